import type { NumericName, ScalarType } from '../dtype.js';
import { TypeError } from '../errors.js';
import type { Expr, Program } from '../ir/expr.js';
import type { Device } from './device.js';

/** Which programs a device can run that does not have all types. */

/** The type in which a device counts places: 64 bits where it has them. */
export const countingType = (device: Device): 'int64' | 'int32' => (device.dtypes.has('int64') ? 'int64' : 'int32');

/** The first type in expressions that is not among those given; a position counts as what it is cast to. */
function foreignType(roots: readonly Expr[], has: Pick<ReadonlySet<string>, 'has'>): ScalarType | null {
  const seen = new Set<Expr>();
  const look = (e: Expr): ScalarType | null => {
    if (seen.has(e)) return null;
    seen.add(e);
    if (!has.has(e.type)) return e.type;
    if (e.op === 'cast' && e.args[0].op === 'position') return null;
    const inner = e.loop === null ? e.args : [...e.args, e.loop.cond, ...e.loop.next];
    for (const a of inner) {
      const found = look(a);
      if (found !== null) return found;
    }
    return null;
  };
  for (const r of roots) {
    const found = look(r);
    if (found !== null) return found;
  }
  return null;
}

const expressions = (p: Program): Expr[] => [
  ...(p.kind === 'map' ? [] : [...p.map, ...p.combine, ...(p.initial ?? [])]),
  ...p.results.flatMap((r) => r.parts),
];

/** Whether a program goes through a type, in its expressions at least. */
export const goesThrough = (p: Program, type: ScalarType): boolean =>
  foreignType(expressions(p), { has: (t) => t !== type }) !== null;

const ARITHMETIC: ReadonlySet<string> = new Set(['add', 'sub', 'mul', 'div', 'sqrt']);
/** How many operations of arithmetic a program does in a type. */
export function arithmeticIn(p: Program, type: ScalarType): number {
  let count = 0;
  const seen = new Set<Expr>();
  const look = (e: Expr): void => {
    if (seen.has(e)) return;
    seen.add(e);
    if (e.type === type && ARITHMETIC.has(e.op)) count++;
    e.args.forEach(look);
    if (e.loop !== null) [e.loop.cond, ...e.loop.next].forEach(look);
  };
  expressions(p).forEach(look);
  return count;
}

const ADVICE: Readonly<Record<string, string>> = {
  float64: 'float32',
  float16: 'float32',
  int64: 'int32',
  int16: 'int32',
  int8: 'int32',
  uint8: 'int32',
  uint16: 'int32',
  uint64: 'uint32',
};

/** The error of what a device cannot do in a type. */
export function lacking(
  device: Pick<Device, 'name'>,
  name: string,
  type: NumericName | ScalarType,
  what: string,
): TypeError {
  const instead = ADVICE[type];
  const how = what.startsWith('the result') ? `ask for dtype '${instead}'` : `cast with tf.cast(x, '${instead}')`;
  const cast = instead === undefined ? '' : `${how}, or `;
  return new TypeError(
    `${name}: ${what} ${type}, which ${device.name} does not have; ${cast}move the operands with t.to('cpu') first`,
  );
}

/** @throws TypeError naming the operation, the type and what to do, for a program with a type that the device does not have */
export function requireTypes(device: Pick<Device, 'name' | 'dtypes'>, p: Program): void {
  for (const d of p.operands) if (!device.dtypes.has(d)) throw lacking(device, p.name, d, 'an operand has dtype');
  for (const r of p.results)
    if (!device.dtypes.has(r.dtype)) throw lacking(device, p.name, r.dtype, 'the result has dtype');
  const inside = foreignType(expressions(p), device.dtypes);
  if (inside !== null) throw lacking(device, p.name, inside, 'it is computed in');
}
