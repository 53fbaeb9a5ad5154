import { asOrder } from '../view.js';
import { ArrayValue } from '../array.js';
import { toArray } from '../coerce.js';
import { dispatch, type PublicFunction, protocolArgs } from '../dispatch.js';
import { asDtype, bool, type DType, type DTypeLike } from '../dtype.js';
import { TypeError, ValueError } from '../errors.js';
import { type Casting, weakKindOf } from '../promote.js';
import { isKeywords, unknownKeyword } from '../signature.js';
import { runAs } from '../transfers.js';
import { applyRow, execute, PLAIN, straight, straightScalar, type UfuncOptions } from './execute.js';
import { operand, Weak } from './operand.js';
import type { UfuncRow } from './row.js';

/** Calling a ufunc as a user writes it: operands, outputs, keywords, and other classes' say. */

const OPTION_NAMES = ['out', 'where', 'casting', 'order', 'dtype', 'subok', 'signature'] as const;

export function readOptions(row: UfuncRow, kw: Record<string, unknown>, outs: readonly unknown[]): UfuncOptions {
  let out: (ArrayValue | null)[] | null = null;
  for (const key in kw)
    if (!(OPTION_NAMES as readonly string[]).includes(key)) throw unknownKeyword(row.name, key, OPTION_NAMES);
  let given: readonly unknown[] = outs;
  if (kw.out !== undefined && kw.out !== null) {
    if (outs.length > 0) throw new TypeError(`cannot specify 'out' as both a positional and keyword argument`);
    given = Array.isArray(kw.out) ? kw.out : [kw.out];
    if (Array.isArray(kw.out) && given.length !== row.nout)
      throw new ValueError("The 'out' tuple must have exactly one entry per ufunc output");
  }
  if (given.length > 0) {
    out = given.map((o) => {
      if (o === null || o === undefined) return null;
      if (!(o instanceof ArrayValue)) throw new TypeError('return arrays must be of ArrayType');
      return o;
    });
    if (out.every((o) => o === null)) out = null;
  }
  let where: ArrayValue | null = null;
  if (kw.where !== undefined && kw.where !== true) {
    where = toArray(kw.where);
    if (where.dtype !== bool)
      throw new TypeError(
        `Cannot cast array data from ${where.dtype.repr()} to ${bool.repr()} according to the rule 'safe'`,
      );
  }
  const signature = kw.signature === undefined || kw.signature === null ? null : readSignature(row, kw.signature);
  const dtype = kw.dtype === undefined || kw.dtype === null ? null : asDtype(kw.dtype as DTypeLike);
  const casting = (kw.casting ?? 'same_kind') as Casting;
  if (!['no', 'equiv', 'safe', 'same_kind', 'unsafe'].includes(casting))
    throw new ValueError(
      `casting must be one of 'no', 'equiv', 'safe', 'same_kind', or 'unsafe' (got '${String(casting)}')`,
    );
  return { out, where, dtype, signature, casting, order: asOrder(kw.order, 'K') };
}

function readSignature(row: UfuncRow, given: unknown): (DType | null)[] {
  const total = row.nin + row.nout;
  const list = typeof given === 'string' ? [...given.replace('->', '')] : Array.isArray(given) ? given : [given];
  if (list.length === 1 && total > 1)
    return [...new Array<null>(row.nin).fill(null), ...new Array<DType>(row.nout).fill(asDtype(list[0] as DTypeLike))];
  if (list.length !== total)
    throw new ValueError(`a type-tuple must be specified of length ${total} for ufunc '${row.name}'`);
  return list.map((d) => (d === null ? null : asDtype(d as DTypeLike)));
}

/** A call as a user wrote it: operands, then outputs, then one object of keywords. */
export function callRow(row: UfuncRow, self: PublicFunction, args: unknown[]): unknown {
  const n = args.length;
  // The straight path: exactly the operands, all of them arrays of an eager class that has no say of its own.
  if (n === row.nin) {
    const a = args[0];
    if (a instanceof ArrayValue && a.face.priority === 0) {
      if (n === 1) return straight(row, a, null) ?? execute(row, args as ArrayValue[], PLAIN);
      const b = args[1];
      if (n === 2) {
        if (b instanceof ArrayValue && b.face.priority === 0)
          return straight(row, a, b) ?? execute(row, args as ArrayValue[], PLAIN);
        if (typeof b === 'number')
          return straightScalar(row, a, b) ?? execute(row, [a, new Weak(b, weakKindOf(b))], PLAIN);
      }
    }
  }
  let kw: Record<string, unknown> | null = null;
  if (n > 0 && isKeywords(args[n - 1])) kw = args.pop() as Record<string, unknown>;
  const takers = protocolArgs(args, kw);
  if (takers.length > 0) return dispatch(self, takers, args, kw ?? {});
  return runAs(row.name, () => boundCall(row, args, kw));
}

/** The body of a ufunc's public function: protocol and keywords are dealt with. */
export function boundCall(row: UfuncRow, args: readonly unknown[], kw: Record<string, unknown> | null): unknown {
  const n = args.length;
  if (n < row.nin || n > row.nin + row.nout) {
    const range = row.nout === 0 ? `${row.nin}` : `from ${row.nin} to ${row.nin + row.nout}`;
    throw new TypeError(`${row.name}() takes ${range} positional arguments but ${n} ${n === 1 ? 'was' : 'were'} given`);
  }
  const operands = args.slice(0, row.nin).map(operand);
  const options = kw === null && n === row.nin ? PLAIN : readOptions(row, kw ?? {}, args.slice(row.nin));
  return applyRow(row, operands, options);
}
