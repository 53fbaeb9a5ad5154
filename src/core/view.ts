import { AxisError, TypeError, ValueError } from './errors.js';

/**
 * Shapes, byte strides and offsets. Pure functions over plain arrays of numbers; no class of arrays is known here.
 */

export type Shape = readonly number[];

/** Number of elements. */
export function sizeOf(shape: Shape): number {
  let n = 1;
  for (let i = 0; i < shape.length; i++) n *= shape[i];
  return n;
}

/** Byte strides of a C-contiguous array. Axes of length 0 or 1 count as NumPy counts them. */
export function cStrides(shape: Shape, itemsize: number): number[] {
  const out = new Array<number>(shape.length);
  let step = itemsize;
  for (let i = shape.length - 1; i >= 0; i--) {
    out[i] = step;
    step *= shape[i] === 0 ? 1 : shape[i];
  }
  return out;
}

/** Byte strides of an F-contiguous array. */
export function fStrides(shape: Shape, itemsize: number): number[] {
  const out = new Array<number>(shape.length);
  let step = itemsize;
  for (let i = 0; i < shape.length; i++) {
    out[i] = step;
    step *= shape[i] === 0 ? 1 : shape[i];
  }
  return out;
}

/** Whether elements lie in C order without gaps. Axes of length 1 do not matter; an empty array is contiguous. */
export function isC(shape: Shape, strides: Shape, itemsize: number): boolean {
  let step = itemsize;
  for (let i = shape.length - 1; i >= 0; i--) {
    const n = shape[i];
    if (n === 0) return true;
    if (n !== 1) {
      if (strides[i] !== step) {
        for (let k = i - 1; k >= 0; k--) if (shape[k] === 0) return true;
        return false;
      }
      step *= n;
    }
  }
  return true;
}

/** Whether elements lie in F order without gaps. */
export function isF(shape: Shape, strides: Shape, itemsize: number): boolean {
  let step = itemsize;
  for (let i = 0; i < shape.length; i++) {
    const n = shape[i];
    if (n === 0) return true;
    if (n !== 1) {
      if (strides[i] !== step) {
        for (let k = i + 1; k < shape.length; k++) if (shape[k] === 0) return true;
        return false;
      }
      step *= n;
    }
  }
  return true;
}

export const sameShape = (a: Shape, b: Shape): boolean => {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
};

/** `(2,3)`, `(4,)`, `()`: a shape in the tight form of NumPy's broadcasting messages. */
export const tight = (shape: Shape): string => (shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(',')})`);

/**
 * The common shape of operands.
 * @throws ValueError `operands could not be broadcast together with shapes (2,3) (4,) `
 */
export function broadcastShapes(shapes: readonly Shape[]): number[] {
  let nd = 0;
  for (const s of shapes) if (s.length > nd) nd = s.length;
  const out = new Array<number>(nd).fill(1);
  for (const s of shapes) {
    const lead = nd - s.length;
    for (let i = 0; i < s.length; i++) {
      const n = s[i];
      if (n === 1) continue;
      const m = out[lead + i];
      if (m === 1) out[lead + i] = n;
      else if (m !== n)
        throw new ValueError(`operands could not be broadcast together with shapes ${shapes.map(tight).join(' ')} `);
    }
  }
  return out;
}

/** Strides of an operand over a larger shape: 0 along every axis that is stretched. The shapes are known to be compatible. */
export function broadcastStrides(shape: Shape, strides: Shape, to: Shape): number[] {
  const lead = to.length - shape.length;
  const out = new Array<number>(to.length).fill(0);
  for (let i = 0; i < shape.length; i++)
    if (shape[i] !== 1 || to[lead + i] === 1) out[lead + i] = shape[i] === 1 ? 0 : strides[i];
  return out;
}

/** The most axes an array has. */
export const MAX_DIMS = 64;

/** Refuses a number of axes that is too large, as NumPy does. */
export function checkDims(n: number): void {
  if (n > MAX_DIMS)
    throw new ValueError(`maximum supported dimension for an ndarray is currently ${MAX_DIMS}, found ${n}`);
}

/** The integer that an array without axes stands for. */
function oneInteger(a: { item?: () => unknown; shape?: Shape; dtype?: { kind: string; name: string } }): number {
  if (a.shape !== undefined && a.shape.length > 0)
    throw new TypeError('only integer scalar arrays can be converted to a scalar index');
  if (a.dtype !== undefined && !'iu'.includes(a.dtype.kind))
    throw new TypeError(`'numpy.${a.dtype.name}' object cannot be interpreted as an integer`);
  return Number(a.item?.());
}

/**
 * An axis counted from the front.
 * @throws AxisError `axis 2 is out of bounds for array of dimension 2`
 */
export function normalizeAxis(axis: number, ndim: number, prefix?: string): number {
  if (typeof axis !== 'number' || !Number.isInteger(axis)) {
    const given = axis as unknown;
    if (typeof given === 'bigint') return normalizeAxis(Number(given), ndim, prefix);
    if (typeof given === 'boolean') throw new TypeError('an integer is required');
    const item = (given as { item?: () => unknown } | null)?.item;
    if (typeof item === 'function') return normalizeAxis(oneInteger(given as object), ndim, prefix);
    const type =
      typeof given === 'number'
        ? 'float'
        : given === null
          ? 'NoneType'
          : typeof given === 'string'
            ? 'str'
            : typeof given;
    throw new TypeError(`${prefix ? prefix + ': ' : ''}'${type}' object cannot be interpreted as an integer`);
  }
  if (axis < -ndim || axis >= ndim) throw new AxisError(axis, ndim, prefix);
  return axis < 0 ? axis + ndim : axis;
}

/**
 * Axes from an `axis=` argument: null or undefined means all of them.
 * @throws AxisError, and ValueError `duplicate value in 'axis'`
 */
export function normalizeAxes(
  axis: number | readonly number[] | null | undefined,
  ndim: number,
  prefix?: string,
): number[] {
  if (axis === null || axis === undefined) {
    const all: number[] = [];
    for (let i = 0; i < ndim; i++) all.push(i);
    return all;
  }
  if (!Array.isArray(axis)) return [normalizeAxis(axis as number, ndim, prefix)];
  const out = axis.map((k: number) => normalizeAxis(k, ndim, prefix));
  if (new Set(out).size !== out.length) throw new ValueError("duplicate value in 'axis'");
  return out;
}

/**
 * A shape argument (an integer or a sequence) as a list of lengths.
 * @throws ValueError `negative dimensions are not allowed`; TypeError for anything that is not an integer
 */
export function asShape(shape: number | bigint | Iterable<number | bigint>, name = 'shape'): number[] {
  const list = typeof shape === 'number' || typeof shape === 'bigint' ? [shape] : isIterable(shape) ? [...shape] : null;
  if (list === null)
    throw new TypeError(`${name}: expected a sequence of integers or a single integer, got '${String(shape)}'`);
  checkDims(list.length);
  return list.map((given) => {
    let n = given;
    if (typeof n === 'bigint') n = dimension(n);
    else if (typeof n === 'object' && n !== null && typeof (n as { item?: unknown }).item === 'function')
      n = oneInteger(n as object);
    if (typeof n === 'boolean') throw new TypeError('an integer is required');
    if (typeof n !== 'number' || !Number.isInteger(n)) {
      throw new TypeError(
        `'${typeof n === 'number' ? 'float' : typeof n === 'string' ? 'str' : typeof n}' object cannot be interpreted as an integer`,
      );
    }
    if (n < 0) throw new ValueError('negative dimensions are not allowed');
    if (n >= 2 ** 63) throw new ValueError('Maximum allowed dimension exceeded');
    return n;
  });
}

/** A bigint as a number, not rounded up: what is below 2^63 stays below it. */
function dimension(n: bigint): number {
  const v = Number(n);
  return BigInt(v) > n && n > 0n ? Number((n >> 10n) << 10n) : v;
}

const isIterable = (x: unknown): x is Iterable<number | bigint> =>
  typeof x === 'object' && x !== null && Symbol.iterator in x;

/** Strides that give `shape` over the same memory in C (or F) order of elements, or null when only a copy can. */
export function reshapeStrides(
  oldShape: Shape,
  oldStrides: Shape,
  newShape: Shape,
  itemsize: number,
  order: 'C' | 'F' = 'C',
): number[] | null {
  if (sizeOf(newShape) === 0) return order === 'C' ? cStrides(newShape, itemsize) : fStrides(newShape, itemsize);
  if (order === 'F') {
    const r = reshapeStrides([...oldShape].reverse(), [...oldStrides].reverse(), [...newShape].reverse(), itemsize);
    return r === null ? null : r.reverse();
  }
  const olds: number[] = [];
  const steps: number[] = [];
  for (let i = 0; i < oldShape.length; i++) {
    if (oldShape[i] !== 1) {
      olds.push(oldShape[i]);
      steps.push(oldStrides[i]);
    }
  }
  const out = new Array<number>(newShape.length).fill(itemsize);
  let oi = 0;
  let ni = 0;
  // Match the smallest groups of old and new axes with equal products; within a group the old axes must be evenly spaced.
  while (oi < olds.length && ni < newShape.length) {
    let oj = oi + 1;
    let nj = ni + 1;
    let op = olds[oi];
    let np = newShape[ni];
    while (op !== np) {
      if (np < op) np *= newShape[nj++];
      else op *= olds[oj++];
    }
    for (let k = oi; k < oj - 1; k++) if (steps[k] !== olds[k + 1] * steps[k + 1]) return null;
    out[nj - 1] = steps[oj - 1];
    for (let k = nj - 1; k > ni; k--) out[k - 1] = out[k] * newShape[k];
    oi = oj;
    ni = nj;
  }
  const last = ni > 0 ? out[ni - 1] : itemsize;
  for (let k = ni; k < newShape.length; k++) out[k] = last;
  return out;
}

/** Lowest and one-past-highest byte that a view touches, relative to the buffer. Empty views touch nothing. */
export function byteBounds(shape: Shape, strides: Shape, offset: number, itemsize: number): [number, number] {
  let lo = offset;
  let hi = offset + itemsize;
  for (let i = 0; i < shape.length; i++) {
    if (shape[i] === 0) return [offset, offset];
    const span = (shape[i] - 1) * strides[i];
    if (span < 0) lo += span;
    else hi += span;
  }
  return [lo, hi];
}

/**
 * Order of axes, outermost first, that follows the operands' memory (NumPy's K order): an axis with larger steps goes further out; the given
 * order decides where steps say nothing. `strides` are per operand over one shape.
 */
export function kOrder(shape: Shape, strides: readonly Shape[]): number[] {
  const nd = shape.length;
  const perm = Array.from({ length: nd }, (_, i) => i);
  // Insertion sort that moves an axis outwards only past axes that no operand contradicts, as NumPy's iterator does.
  for (let i = nd - 2; i >= 0; i--) {
    const axis = perm[i];
    let at = i;
    for (let j = i + 1; j < nd; j++) {
      const other = perm[j];
      let shouldSwap = false;
      let ambiguous = true;
      for (const s of strides) {
        const a = Math.abs(s[axis]);
        const b = Math.abs(s[other]);
        if (a !== 0 && b !== 0) {
          if (a >= b) shouldSwap = false;
          else if (ambiguous) shouldSwap = true;
          ambiguous = false;
        }
      }
      if (!ambiguous) {
        if (shouldSwap) at = j;
        else break;
      }
    }
    if (at !== i) {
      perm.splice(i, 1);
      perm.splice(at, 0, axis);
    }
  }
  return perm;
}

/** Byte strides of a fresh array of this shape whose axes lie in memory in the order given (outermost first). */
export function stridesInOrder(shape: Shape, order: Shape, itemsize: number): number[] {
  const out = new Array<number>(shape.length);
  let step = itemsize;
  for (let k = order.length - 1; k >= 0; k--) {
    out[order[k]] = step;
    step *= shape[order[k]] === 0 ? 1 : shape[order[k]];
  }
  return out;
}

/** Order of axes, outermost first, of a plain copy: by the size of the steps alone, so that stretched axes go innermost. */
export const copyOrder = (strides: Shape): number[] =>
  Array.from(strides, (_, i) => i).sort((i, j) => Math.abs(strides[j]) - Math.abs(strides[i]) || i - j);

/** Strides of fresh memory like an array's, in a shape of as many axes: what is contiguous stays so, other axes go by their steps. */
export const strideLike = (
  a: { readonly shape: Shape; readonly strides: Shape },
  width: number,
  shape: Shape,
  itemsize: number,
): number[] =>
  isC(a.shape, a.strides, width)
    ? cStrides(shape, itemsize)
    : isF(a.shape, a.strides, width)
      ? fStrides(shape, itemsize)
      : stridesInOrder(shape, copyOrder(a.strides), itemsize);

/** Order of axes, outermost first, of a join: an axis goes inwards only where no part contradicts; a stretched axis lies innermost. */
export function joinOrder(parts: readonly { readonly shape: Shape; readonly strides: Shape }[]): number[] {
  const perm = Array.from(parts[0].shape, (_, i) => i);
  for (let i = 1; i < perm.length; i++) {
    const axis = perm[i];
    let at = i;
    for (let j = i - 1; j >= 0; j--) {
      const other = perm[j];
      let outwards = false;
      let ambiguous = true;
      for (const { shape, strides } of parts) {
        if (shape[axis] === 1 || shape[other] === 1) continue;
        if (Math.abs(strides[axis]) <= Math.abs(strides[other])) outwards = false;
        else if (ambiguous) outwards = true;
        ambiguous = false;
      }
      if (ambiguous) continue;
      if (!outwards) break;
      at = j;
    }
    if (at !== i) {
      perm.splice(i, 1);
      perm.splice(at, 0, axis);
    }
  }
  return perm;
}

/** Byte strides of a fresh reduction of an operand: the axes that are kept lie as in the operand. Undefined where that is C order. */
export function keptStrides(
  shape: Shape,
  strides: Shape,
  reduced: readonly boolean[],
  keepdims: boolean,
  itemsize: number,
  mask: Shape | null = null,
): number[] | undefined {
  const nd = shape.length;
  let last = Number.POSITIVE_INFINITY;
  let descending = true;
  for (let i = 0; i < nd && descending; i++) {
    const s = Math.abs(strides[i]);
    if (reduced[i] || s === 0 || shape[i] === 1) continue;
    descending = s <= last;
    last = s;
  }
  // An axis that is reduced may still decide between two that say nothing of each other.
  if (mask === null && descending && strides.every((s, i) => s !== 0 || shape[i] === 1)) return undefined;
  const along = (steps: Shape): number[] => steps.map((s, i) => (shape[i] === 1 ? 0 : s));
  const order = kOrder(shape, mask === null ? [along(strides)] : [along(strides), along(mask)]);
  const left = stridesInOrder(
    shape.map((n, i) => (reduced[i] ? 1 : n)),
    order,
    itemsize,
  );
  return keepdims ? left : left.filter((_, i) => !reduced[i]);
}

/** The shape that is left when the marked axes are reduced: without them, or with length 1 in their place. */
export const shapeOfReduced = (shape: Shape, reduced: readonly boolean[], keepdims: boolean): number[] =>
  keepdims ? shape.map((n, i) => (reduced[i] ? 1 : n)) : shape.filter((_, i) => !reduced[i]);

/** A memory order by one of its letters. */
export type OrderName = 'C' | 'F' | 'A' | 'K';

/**
 * A memory order argument: 'C', 'F', 'A' or 'K', small letters too; null stands for the default.
 * @throws ValueError `order must be one of 'C', 'F', 'A', or 'K' (got 'Z')`; TypeError for what is no text
 */
export function asOrder(order: unknown, otherwise: OrderName): OrderName {
  if (order === null || order === undefined) return otherwise;
  if (typeof order !== 'string') throw new TypeError(`order must be str, not ${pythonType(order)}`);
  const o = order.toUpperCase();
  if (o !== 'C' && o !== 'F' && o !== 'A' && o !== 'K')
    throw new ValueError(`order must be one of 'C', 'F', 'A', or 'K' (got '${order}')`);
  return o;
}

const pythonType = (x: unknown): string =>
  typeof x === 'number'
    ? Number.isInteger(x)
      ? 'int'
      : 'float'
    : typeof x === 'boolean'
      ? 'bool'
      : Array.isArray(x)
        ? 'list'
        : typeof x;
