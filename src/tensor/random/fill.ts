import type { ArrayValue } from '../../core/array.js';
import type { DType } from '../../core/dtype.js';
import * as np from '../../ndarray/index.js';
import type { NDArray } from '../../ndarray/ndarray.js';
import { Philox, type Threefry } from './philox.js';
import {
  BLOCKS,
  type FloatName,
  immediateOf,
  type RecipeName,
  recipeOf,
  type Row,
  runProgram,
  THREEFRY,
  truncatedProgram,
} from './programs.js';

/** Distributions whose every value takes the same number of words, or of blocks: filled by kernels. */

const empty = (n: number, dtype: DType | string): NDArray => np.empty([n], { dtype } as never) as unknown as NDArray;
const every = (array: NDArray, step: number): Row[] =>
  Array.from({ length: step }, (_, first) => ({ array: array as unknown as ArrayValue, step, first }));
const head = (a: NDArray, n: number): NDArray => (a.size === n ? a : (a.at([np.slice(n)]) as unknown as NDArray));

const philoxState = (s: Philox) =>
  [
    immediateOf('uint64', (BigInt(s.counter[1]) << 32n) | BigInt(s.counter[0])),
    immediateOf('uint64', (BigInt(s.counter[3]) << 32n) | BigInt(s.counter[2])),
    immediateOf('uint64', BigInt(s.key[0])),
    immediateOf('uint64', BigInt(s.key[1])),
  ] as const;

/** At least n words. */
function wordsOf(source: Philox | Threefry, n: number): NDArray {
  if (source instanceof Philox) {
    const blocks = Math.ceil(n / 4);
    const out = empty(4 * blocks, 'uint32');
    runProgram(BLOCKS, blocks, philoxState(source), every(out, 4));
    return out;
  }
  // The first words of all blocks, then the second ones.
  const half = Math.ceil(n / 2);
  const out = empty(2 * half, 'uint32');
  const array = out as unknown as ArrayValue;
  runProgram(
    THREEFRY,
    half,
    [
      immediateOf('uint64', BigInt.asUintN(64, source.counter)),
      immediateOf('uint32', source.key[0]),
      immediateOf('uint32', source.key[1]),
    ],
    [
      { array, step: 1, first: 0 },
      { array, step: 1, first: half },
    ],
  );
  return out;
}

/** n values of a kind. */
export function filled(
  source: Philox | Threefry,
  name: RecipeName,
  dtype: DType,
  n: number,
  more: readonly bigint[] = [],
): NDArray {
  const { words, values, program } = recipeOf(name, dtype.name);
  const times = Math.ceil(n / values);
  const from = wordsOf(source, times * words);
  const out = empty(times * values, dtype);
  const numbers = more.map((v, i) => immediateOf(program.operands[words + i], v));
  runProgram(program, times, [...every(from, words), ...numbers], every(out, values));
  from.dispose();
  return head(out, n);
}

/** Normals within two standard deviations: others are drawn again, each group of values from blocks of its own. */
export function truncated(source: Philox, dtype: DType, n: number): NDArray {
  const program = truncatedProgram(dtype.name as FloatName);
  const group = program.results.length;
  const times = Math.ceil(n / group);
  const out = empty(times * group, dtype);
  runProgram(program, times, philoxState(source), every(out, group));
  return head(out, n);
}

/** Integers from `low` to below `high`: the remainders of words. */
export const bounded = (source: Philox | Threefry, low: bigint, high: bigint, dtype: DType, n: number): NDArray => {
  const bits = 8 * dtype.itemsize;
  return filled(source, 'bounded', dtype, n, [BigInt.asUintN(bits, low), BigInt.asUintN(bits, high - low)]);
};
