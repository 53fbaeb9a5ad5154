import type { ArrayValue } from '../../core/array.js';
import { allocate, toArray } from '../../core/coerce.js';
import type { DType } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { setitem } from '../../core/ops/assign.js';
import { broadcastTo } from '../../core/ops/move.js';
import { sizeOf } from '../../core/view.js';
import { ndindex } from '../indexing/iterate.js';
import { commonShape } from '../manipulation/broadcast.js';
import { type NDArray, readScalar } from '../ndarray.js';

/** `np.vectorize` with a signature: the function takes and gives arrays with axes of their own. */

/** The names of the axes of each argument and each result. */
export interface Core {
  readonly ins: readonly (readonly string[])[];
  readonly outs: readonly (readonly string[])[];
}

const ARGUMENT = '\\((?:\\w+(?:,\\w+)*)?\\)';
const SIGNATURE = new RegExp(`^${ARGUMENT}(?:,${ARGUMENT})*->${ARGUMENT}(?:,${ARGUMENT})*$`);

/** @throws ValueError `not a valid gufunc signature: …` */
export function readCore(given: string): Core {
  const text = given.replace(/\s+/g, '');
  if (!SIGNATURE.test(text)) throw new ValueError(`not a valid gufunc signature: ${text}`);
  const [ins, outs] = text
    .split('->')
    .map((side) => (side.match(new RegExp(ARGUMENT, 'g')) ?? []).map((a) => a.match(/\w+/g) ?? []));
  return { ins, outs };
}

/** Learns or checks the lengths of an array's own axes. */
function meet(sizes: Map<string, number>, a: ArrayValue, names: readonly string[]): void {
  if (names.length === 0) return;
  if (a.ndim < names.length) {
    const list = `(${names.map((n) => `'${n}'`).join(', ')}${names.length === 1 ? ',' : ''})`;
    throw new ValueError(
      `${a.ndim}-dimensional argument does not have enough dimensions for all core dimensions ${list}`,
    );
  }
  a.shape.slice(-names.length).forEach((n, i) => {
    const known = sizes.get(names[i]);
    if (known === undefined) sizes.set(names[i], n);
    else if (known !== n) throw new ValueError(`inconsistent size for core dimension '${names[i]}': ${n} vs ${known}`);
  });
}

/** Calls the function for all places of the outer axes, and puts its results together. */
export function applyCore(
  core: Core,
  invoke: (values: readonly unknown[]) => unknown,
  given: readonly NDArray[],
  types: readonly DType[] | null,
): NDArray | NDArray[] {
  const { ins, outs } = core;
  if (given.length !== ins.length)
    throw new TypeError(`wrong number of positional arguments: expected ${ins.length}, got ${given.length}`);
  const sizes = new Map<string, number>();
  const outers = given.map((a, i) => {
    meet(sizes, a, ins[i]);
    return a.shape.slice(0, a.ndim - ins[i].length);
  });
  const outer = commonShape(outers);
  const shapeFor = (names: readonly string[]): number[] => [...outer, ...names.map((n) => sizes.get(n) as number)];
  const arrays = given.map((a, i) => broadcastTo(a, shapeFor(ins[i])) as NDArray);
  const n = outer.length;
  let made: NDArray[] | null = null;
  const create = (results: readonly ArrayValue[] | null): NDArray[] =>
    outs.map(
      (names, k) => allocate(shapeFor(names), types?.[k] ?? (results as readonly ArrayValue[])[k].dtype) as NDArray,
    );
  for (const index of ndindex(outer)) {
    const values = arrays.map((a, i) => {
      const at = index.reduce((p, k, d) => p + k * a.strides[d], a.offset);
      return ins[i].length === 0
        ? readScalar(a, at, false)
        : a.viewOf(a.dtype, a.shape.slice(n), a.strides.slice(n), at);
    });
    const r = invoke(values);
    const count = outs.length === 1 ? 1 : Array.isArray(r) ? r.length : 1;
    if (count !== outs.length)
      throw new ValueError(`wrong number of outputs from pyfunc: expected ${outs.length}, got ${count}`);
    const results = (outs.length === 1 ? [r] : (r as unknown[])).map((v) => toArray(v));
    if (made === null) {
      results.forEach((v, k) => {
        meet(sizes, v, outs[k]);
      });
      made = create(results);
    }
    made.forEach((out, k) => {
      const at = index.reduce((p, i, d) => p + i * out.strides[d], out.offset);
      const part = out.viewOf(out.dtype, out.shape.slice(n), out.strides.slice(n), at);
      if (part.ndim === 0 && results[k].size !== 1) throw new ValueError('setting an array element with a sequence.');
      setitem(part, ['...'], results[k]);
    });
  }
  if (made === null) {
    if (types === null) throw new ValueError('cannot call `vectorize` on size 0 inputs unless `otypes` is set');
    if (sizeOf(outs.map((names) => (names.every((d) => sizes.has(d)) ? 1 : 0))) === 0)
      throw new ValueError('cannot call `vectorize` with a signature including new output dimensions on size 0 inputs');
    made = create(null);
  }
  return outs.length === 1 ? made[0] : made;
}
