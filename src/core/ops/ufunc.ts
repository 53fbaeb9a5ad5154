import { asOrder } from '../view.js';
import { ArrayValue } from '../array.js';
import { toArray } from '../coerce.js';
import { dispatch, type PublicFunction, protocolArgs, refuseFunctions } from '../dispatch.js';
import { asDtype, bool, type DType, type DTypeLike } from '../dtype.js';
import { TypeError, ValueError, warn } from '../errors.js';
import { type Casting, weakKindOf } from '../promote.js';
import { isKeywords, unknownKeyword } from '../signature.js';
import { beginning, runAs } from '../transfers.js';
import { applyRow, execute, PLAIN, straight, straightScalar, type UfuncOptions } from './execute.js';
import { operand, Weak } from './operand.js';
import type { UfuncRow } from './row.js';

/** Calling a ufunc as a user writes it: operands, outputs, keywords, and other classes' say. */

const OPTION_NAMES = ['out', 'where', 'casting', 'order', 'dtype', 'subok', 'signature', 'sig'] as const;

/** Python's `...`. */
const ELLIPSIS = '...';

/** What of a ufunc decides how its keywords are read. */
export interface Arity {
  readonly name: string;
  readonly nin: number;
  readonly nout: number;
}

/** The arrays that results go to, from positional arguments or `out=`; null where a fresh array is wanted for each. */
export function readOut(u: Arity, keyword: unknown, positional: readonly unknown[]): (ArrayValue | null)[] | null {
  let given = positional;
  if (positional.length > 0 && (u.name === 'maximum' || u.name === 'minimum'))
    warn(
      'DeprecationWarning',
      'Passing more than 2 positional arguments to np.maximum and np.minimum is deprecated. If you meant to use the third argument as an output, use the `out` keyword argument instead. If you hoped to work with more than 2 inputs, combine them into a single array and get the extrema for the relevant axis.',
    );
  if (positional.includes(ELLIPSIS)) throw new TypeError('out=... is only allowed as a keyword argument.');
  // It asks for arrays rather than scalars, which is what there is.
  if (keyword === ELLIPSIS) return null;
  if (keyword !== undefined && keyword !== null) {
    if (positional.length > 0) throw new TypeError("cannot specify 'out' as both a positional and keyword argument");
    if (u.nout > 1 && !Array.isArray(keyword)) throw new TypeError("'out' must be a tuple of arrays");
    given = Array.isArray(keyword) ? keyword : [keyword];
    if (given.length !== u.nout) throw new ValueError("The 'out' tuple must have exactly one entry per ufunc output");
  }
  if (given.length === 0) return null;
  const out = given.map((o) => {
    if (o === ELLIPSIS) throw new TypeError('must use `...` as `out=...` and not per-operand/in a tuple');
    if (o === null || o === undefined) return null;
    if (!(o instanceof ArrayValue)) throw new TypeError('return arrays must be of ArrayType');
    return o;
  });
  return out.every((o) => o === null) ? null : out;
}

/** A mask from `where=`; data that is no array yet is read as truth values. */
export function readMask(where: unknown): ArrayValue | null {
  if (where === undefined || where === true) return null;
  const mask = where instanceof ArrayValue ? where : toArray(where, bool);
  if (mask.dtype !== bool)
    throw new TypeError(
      `Cannot cast array data from ${mask.dtype.repr()} to ${bool.repr()} according to the rule 'safe'`,
    );
  return mask;
}

const pyType = (x: unknown): string =>
  typeof x === 'number' || typeof x === 'bigint' ? 'int' : typeof x === 'boolean' ? 'bool' : typeof x;

export function readCasting(given: unknown): Casting {
  if (given === undefined || given === null) return 'same_kind';
  if (typeof given !== 'string') throw new TypeError(`casting must be str, not ${pyType(given)}`);
  if (!['no', 'equiv', 'safe', 'same_kind', 'unsafe'].includes(given))
    throw new ValueError(`casting must be one of 'no', 'equiv', 'safe', 'same_kind', 'unsafe' (got '${given}')`);
  return given as Casting;
}

export const readOrder = (given: unknown): string => asOrder(given, 'K');

/**
 * The dtypes that a call fixes by `dtype=`, `signature=` or `sig=`, one for each operand and result; null where nothing is said.
 * @throws TypeError for two of them at once, ValueError for a text or a tuple that does not have the ufunc's form
 */
export function readTypes(u: Arity, kw: Readonly<Record<string, unknown>>): (DType | null)[] | null {
  const none = (x: unknown): boolean => x === undefined || x === null;
  if (!none(kw.sig) && !none(kw.signature)) throw new TypeError("cannot specify both 'sig' and 'signature'");
  const given = none(kw.sig) ? kw.signature : kw.sig;
  if (none(given)) {
    if (none(kw.dtype)) return null;
    const d = asDtype(kw.dtype as DTypeLike);
    return [...new Array<null>(u.nin).fill(null), ...new Array<DType>(u.nout).fill(d)];
  }
  if (!none(kw.dtype)) throw new TypeError("cannot specify both 'signature' and 'dtype'");
  const total = u.nin + u.nout;
  let list: readonly unknown[];
  if (typeof given === 'string') {
    if (given.length !== 1) {
      if (given.length !== total + 2 || given.slice(u.nin, u.nin + 2) !== '->')
        throw new ValueError(
          `a type-string for ${u.name}, ${u.nin} typecode(s) before and ${u.nout} after the -> sign`,
        );
      return [...given.replace('->', '')].map((c) => {
        try {
          return asDtype(c as DTypeLike);
        } catch {
          throw new ValueError('Invalid data-type for array');
        }
      });
    }
    list = [given];
  } else if (Array.isArray(given)) list = given;
  else throw new TypeError('the signature object to ufunc must be a string or a tuple.');
  if (list.length === 1 && total > 1) {
    if (list[0] === null) throw new TypeError('a single item type tuple cannot contain None.');
    throw new TypeError("Use `dtype` or  fill the tuple with more than one 'None'.");
  }
  if (list.length !== total)
    throw new ValueError(`a type-tuple must be specified of length ${total} for ufunc '${u.name}'`);
  const types = list.map((d) => (none(d) ? null : asDtype(d as DTypeLike)));
  // Their loops over objects give objects or, where nothing is asked, truth values.
  const objects = u.name.startsWith('logical_') && types.some((d) => d?.kind === 'O');
  if (objects && types.some((d) => d !== null && d.kind !== 'O'))
    throw new TypeError(`No loop matching the specified signature and casting was found for ufunc ${u.name}`);
  return types;
}

export function readOptions(row: UfuncRow, kw: Record<string, unknown>, outs: readonly unknown[]): UfuncOptions {
  for (const key in kw)
    if (!(OPTION_NAMES as readonly string[]).includes(key)) throw unknownKeyword(row.name, key, OPTION_NAMES);
  const out = readOut(row, kw.out, outs);
  const signature = readTypes(row, kw);
  if (!('out' in kw) && outs.length === 0 && kw.where !== undefined && kw.where !== true)
    warn(
      'UserWarning',
      "'where' used without 'out', expect unitialized memory in output. If this is intended, use out=None.",
    );
  if (kw.subok !== undefined && typeof kw.subok !== 'boolean') throw new TypeError("'subok' must be a boolean");
  return {
    out,
    where: readMask(kw.where),
    dtype: null,
    signature: signature?.every((d) => d === null) ? null : signature,
    casting: readCasting(kw.casting),
    order: readOrder(kw.order),
  };
}

/** @throws TypeError when a call has too few or too many positional arguments */
export function checkCount(u: Arity, n: number): void {
  if (n < u.nin || n > u.nin + u.nout)
    throw new TypeError(
      `${u.name}() takes from ${u.nin} to ${u.nin + u.nout} positional arguments but ${n} ${n === 1 ? 'was' : 'were'} given`,
    );
}

/** `out` as a list, as those who take part are given it; not there at all where it says nothing. */
export function listedOut(kw: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (!('out' in kw)) return kw;
  const { out, ...rest } = kw;
  if (out === undefined || out === null || (Array.isArray(out) && out.every((o) => o === null))) return rest;
  return { ...rest, out: Array.isArray(out) || out === ELLIPSIS ? out : [out] };
}

/** A call in the form that those who take part are given: operands alone, and outputs by keyword. */
export function normalCall(
  u: Arity,
  args: readonly unknown[],
  kw: Readonly<Record<string, unknown>>,
): [readonly unknown[], Readonly<Record<string, unknown>>] {
  checkCount(u, args.length);
  if (args.length === u.nin) return [args, listedOut(kw)];
  if (kw.out !== undefined) throw new TypeError("cannot specify 'out' as both a positional and keyword argument");
  const outs = [...args.slice(u.nin), ...new Array<null>(u.nin + u.nout - args.length).fill(null)];
  return [args.slice(0, u.nin), listedOut({ ...kw, out: outs })];
}

type Normal = NonNullable<PublicFunction['normal']>;

/** What a ufunc tells those who take part. */
export const ufuncSide = (u: Arity, self: () => object): { ufunc: PublicFunction; method: string; normal: Normal } => ({
  get ufunc(): PublicFunction {
    return self() as PublicFunction;
  },
  method: '__call__',
  normal: (args, kw) => normalCall(u, args, kw),
});

/** Positional arguments of a ufunc's method by their names, but for the operands. */
export function normalMethod(names: readonly string[], operands: number): Normal {
  return (args, kw) => {
    if (args.length <= operands) return [args, listedOut(kw)];
    if (args.length > names.length)
      throw new TypeError(`takes at most ${names.length} positional arguments (${args.length} given)`);
    const all: Record<string, unknown> = { ...kw };
    args.slice(operands).forEach((x, i) => {
      const name = names[operands + i];
      if (name in kw) throw new TypeError(`argument given by name ('${name}') and position (${operands + i})`);
      if (x !== undefined) all[name] = x;
    });
    return [args.slice(0, operands), listedOut(all)];
  };
}

/** A call as a user wrote it: operands, then outputs, then one object of keywords. */
export function callRow(row: UfuncRow, self: PublicFunction, args: unknown[]): unknown {
  const n = args.length;
  beginning();
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
  refuseFunctions(args);
  const takers = protocolArgs(args, kw);
  if (takers.length > 0) return dispatch(self, takers, args, kw ?? {});
  return runAs(row.name, () => boundCall(row, args, kw));
}

/** The body of a ufunc's public function: protocol and keywords are dealt with. */
export function boundCall(row: UfuncRow, args: readonly unknown[], kw: Record<string, unknown> | null): unknown {
  const n = args.length;
  checkCount(row, n);
  // With no other operand to take a dtype from, an integer beyond int64 is what an array of it alone would be.
  const alone = row.nin === 1 && typeof args[0] === 'bigint' && BigInt.asIntN(64, args[0]) !== args[0];
  const operands = alone ? [toArray(args[0])] : args.slice(0, row.nin).map(operand);
  const options = kw === null && n === row.nin ? PLAIN : readOptions(row, kw ?? {}, args.slice(row.nin));
  return applyRow(row, operands, options);
}
