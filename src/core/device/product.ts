import type { ScalarType } from '../dtype.js';
import type { Value } from '../ir/evaluate.js';
import { ADD, MULTIPLY, operate } from '../python/operators.js';
import { type Accessor, accessor } from './access.js';
import { type Elements, elementsOf } from './elements.js';
import type { HostBuffer, MatrixProduct } from './device.js';

/**
 * Matrix products by plain loops over host memory: the definition that the devices' own routines are tested against, and
 * what a host device without such a routine runs.
 */

/** Length of the blocks whose sums make up a sum of products; see MatrixProduct. */
export const SUM_BLOCK = 256;

/** Offsets of all positions of a group of axes, in C order. */
export function groupOffsets(
  shape: readonly number[],
  strides: readonly number[],
  unit: number,
): Int32Array | Float64Array {
  let n = 1;
  let reach = 0;
  for (let d = 0; d < shape.length; d++) {
    n *= shape[d];
    reach += Math.abs((shape[d] - 1) * (strides[d] / unit));
  }
  const out = reach < 2 ** 31 ? new Int32Array(n) : new Float64Array(n);
  // The last axis varies fastest: each axis, from the last, repeats what is there at its own steps.
  let filled = 1;
  for (let d = shape.length - 1; d >= 0; d--) {
    const step = strides[d] / unit;
    for (let i = 1; i < shape[d]; i++) for (let j = 0; j < filled; j++) out[i * filled + j] = out[j] + i * step;
    filled *= shape[d];
  }
  return out;
}

interface Arithmetic {
  readonly zero: Value;
  readonly add: (a: Value, b: Value) => Value;
  readonly mul: (a: Value, b: Value) => Value;
  readonly read: (v: Value) => Value;
}

function arithmetic(type: ScalarType): Arithmetic {
  const same = (v: Value): Value => v;
  switch (type) {
    case 'float64':
      return {
        zero: 0,
        add: (a, b) => (a as number) + (b as number),
        mul: (a, b) => (a as number) * (b as number),
        read: same,
      };
    case 'float16':
    case 'float32':
      return {
        zero: 0,
        add: (a, b) => Math.fround((a as number) + (b as number)),
        mul: (a, b) => Math.fround((a as number) * (b as number)),
        read: same,
      };
    case 'int64':
    case 'uint64': {
      const wrap = type === 'int64' ? (v: bigint) => BigInt.asIntN(64, v) : (v: bigint) => BigInt.asUintN(64, v);
      return {
        zero: 0n,
        add: (a, b) => wrap((a as bigint) + (b as bigint)),
        mul: (a, b) => wrap((a as bigint) * (b as bigint)),
        read: same,
      };
    }
    case 'bool':
      return {
        zero: 0,
        add: (a, b) => (a as number) | (b as number),
        mul: (a, b) => (a as number) & (b as number),
        read: (v) => (v !== 0 ? 1 : 0),
      };
    default:
      // Narrower integers wrap when they are stored.
      return {
        zero: 0,
        add: (a, b) => ((a as number) + (b as number)) | 0,
        mul: (a, b) => Math.imul(a as number, b as number),
        read: same,
      };
  }
}

/** Calls `visit` with the offsets of every row of the left operand, column of the right one, and element of the result. */
function everyElement(p: MatrixProduct, visit: (x: number, y: number, z: number) => void): void {
  const { left, right, out } = p;
  const [ab, bb, cb] = [left, right, out].map((o) => groupOffsets(p.batch, o.batch, 1));
  const am = groupOffsets(p.m, left.rows, 1);
  const bn = groupOffsets(p.n, right.columns, 1);
  const cm = groupOffsets(p.m, out.rows, 1);
  const cn = groupOffsets(p.n, out.columns, 1);
  for (let g = 0; g < ab.length; g++)
    for (let i = 0; i < am.length; i++)
      for (let j = 0; j < bn.length; j++)
        visit(left.offset + ab[g] + am[i], right.offset + bb[g] + bn[j], out.offset + cb[g] + cm[i] + cn[j]);
}

/** Products of objects, by Python's operators: the first product, and then what is added to it. */
export function objectProduct(p: MatrixProduct): void {
  const open = (o: { buffer: unknown }): Elements => elementsOf(o.buffer as HostBuffer, p.dtype);
  const [a, b, c] = [open(p.left), open(p.right), open(p.out)];
  const ak = groupOffsets(p.k, p.left.columns, 1);
  const bk = groupOffsets(p.k, p.right.rows, 1);
  everyElement(p, (x, y, z) => {
    let total: unknown = 0n;
    for (let k = 0; k < ak.length; k++) {
      const term = operate(MULTIPLY, a.get(x + ak[k]), b.get(y + bk[k]));
      total = k === 0 ? term : operate(ADD, total, term);
    }
    c.set(z, total);
  });
}

/** Runs a product by the definition. */
export function plainProduct(p: MatrixProduct): void {
  const { dtype, left, right, out } = p;
  const { zero, add, mul, read } = arithmetic(dtype.part);
  const half = dtype.itemsize / dtype.parts;
  const from = (o: { buffer: unknown }): Accessor => accessor(o.buffer as HostBuffer, dtype.part);
  const [a, b, c] = [from(left), from(right), from(out)];
  const ak = groupOffsets(p.k, left.columns, 1);
  const bk = groupOffsets(p.k, right.rows, 1);
  const sum = (x: number, y: number): Value => {
    let total = zero;
    for (let k = 0; k < ak.length; k += SUM_BLOCK) {
      let block = zero;
      for (let j = k; j < Math.min(k + SUM_BLOCK, ak.length); j++)
        block = add(block, mul(read(a.get(x + ak[j]) as Value), read(b.get(y + bk[j]) as Value)));
      total = k === 0 ? block : add(total, block);
    }
    return total;
  };
  const minus = (v: Value): Value => -(v as number);
  everyElement(p, (x, y, z) => {
    if (dtype.parts === 1) c.set(z, sum(x, y));
    else {
      c.set(z, add(sum(x, y), minus(sum(x + half, y + half))) as number);
      c.set(z + half, add(sum(x, y + half), sum(x + half, y)) as number);
    }
  });
}
