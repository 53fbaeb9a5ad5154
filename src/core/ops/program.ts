import { type DType, kernelName } from '../dtype.js';
import type { MapProgram } from '../ir/expr.js';
import { argParts, castParts } from './row.js';

/** The program that copies with a cast: the identity of each pair of dtypes. */

const numbers: (MapProgram | undefined)[] = [];
const others = new Map<DType, Map<DType, MapProgram>>();

const make = (from: DType, to: DType): MapProgram => ({
  kind: 'map',
  name: from === to ? 'copy' : 'cast',
  operands: [kernelName(from)],
  results: [{ dtype: kernelName(to), parts: castParts(argParts(0, from), from, to) }],
});

/** The program `out = (to) in`, for dtypes that kernels compute with. */
export function castProgram(from: DType, to: DType): MapProgram {
  if (from.index >= 0 && to.index >= 0) return (numbers[from.index * 64 + to.index] ??= make(from, to));
  let row = others.get(from);
  if (row === undefined) others.set(from, (row = new Map()));
  let p = row.get(to);
  if (p === undefined) row.set(to, (p = make(from, to)));
  return p;
}
