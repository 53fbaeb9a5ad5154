import type { ArrayValue } from '../array.js';
import { IndexError } from '../errors.js';
import { MAX_DIMS, tight } from '../view.js';
import { type Entry, parseIndex, resolveSlice } from './entries.js';

/** From entries to a plan: a basic view of the array, and which of the view's axes index arrays take. */

/** One step of a basic index, in order; together they take every axis. */
export type BasicStep =
  | { readonly kind: 'int'; readonly index: number }
  | { readonly kind: 'range'; readonly start: number; readonly step: number; readonly count: number }
  | { readonly kind: 'newaxis' };

/** An index array, with the axes of the basic view that it takes. */
export interface FancyPart {
  readonly array: ArrayValue;
  /** Whether it is a boolean mask over its axes. */
  readonly mask: boolean;
  readonly axes: readonly number[];
  /** The first of its axes in the indexed array, for messages. */
  readonly axis: number;
}

export interface Plan {
  readonly steps: readonly BasicStep[];
  /** Nothing but whole axes: the view is the array itself. */
  readonly whole: boolean;
  /** Only integers, one for each axis: NumPy gives a scalar, which does not alias the array. */
  readonly scalar: boolean;
  /** An integer came as an array: NumPy gives a copy. */
  readonly copy: boolean;
  readonly parts: readonly FancyPart[];
  /** Where the broadcast axes of the index arrays go among the axes of the view that are left. */
  readonly at: number;
}

function takes(e: Entry): number {
  switch (e.kind) {
    case 'mask':
      return e.array.ndim;
    case 'ellipsis':
    case 'newaxis':
      return 0;
    default:
      return 1;
  }
}

/**
 * Plans an index into an array of the given shape.
 * @throws IndexError for too many indices, integers out of bounds, masks of another shape
 */
export function planIndex(shape: readonly number[], entries: readonly Entry[]): Plan {
  const nd = shape.length;
  let used = 0;
  let dots = 0;
  let fancy = false;
  for (const e of entries) {
    used += takes(e);
    if (e.kind === 'ellipsis') dots++;
    else if (e.kind === 'array' || e.kind === 'mask') fancy = true;
  }
  if (dots > 1) throw new IndexError("an index can only have a single ellipsis ('...')");
  if (used > nd)
    throw new IndexError(`too many indices for array: array is ${nd}-dimensional, but ${used} were indexed`);
  const steps: BasicStep[] = [];
  const parts: FancyPart[] = [];
  let axis = 0;
  // Axes of the view so far, and those among them that stay.
  let viewAxis = 0;
  let kept = 0;
  let at = 0;
  // NumPy keeps the place of index arrays only when no basic entry (an ellipsis included) stands between them.
  let place: 'none' | 'open' | 'closed' | 'apart' = 'none';
  const meet = (): void => {
    if (place === 'none') {
      place = 'open';
      at = kept;
    } else if (place === 'closed') {
      place = 'apart';
      at = 0;
    }
  };
  const part = (): void => {
    if (place === 'open') place = 'closed';
  };
  let wrong: IndexError | null = null;
  let whole = true;
  let scalar = used === nd && dots === 0 && !fancy;
  let copy = false;
  const rest = (count: number): void => {
    for (let i = 0; i < count; i++) {
      steps.push({ kind: 'range', start: 0, step: 1, count: shape[axis++] });
      viewAxis++;
      kept++;
    }
  };
  for (const e of entries) {
    switch (e.kind) {
      case 'int': {
        const n = shape[axis];
        // Masks of a wrong shape, further on, are reported before integers out of bounds.
        if (wrong === null && (e.value < -n || e.value >= n))
          wrong = new IndexError(`index ${e.value} is out of bounds for axis ${axis} with size ${n}`);
        steps.push({ kind: 'int', index: e.value < 0 ? e.value + n : e.value + 0 });
        if (e.array) copy = true;
        whole = false;
        if (fancy) meet();
        axis++;
        break;
      }
      case 'slice': {
        const n = shape[axis++];
        const [start, step, count] = resolveSlice(e.slice, n);
        steps.push({ kind: 'range', start: count === 0 ? 0 : start, step, count });
        if (step !== 1 || count !== n) whole = false;
        scalar = false;
        viewAxis++;
        kept++;
        part();
        break;
      }
      case 'ellipsis':
        rest(nd - used);
        part();
        break;
      case 'newaxis':
        steps.push({ kind: 'newaxis' });
        viewAxis++;
        kept++;
        whole = false;
        scalar = false;
        part();
        break;
      case 'array':
        meet();
        parts.push({ array: e.array, mask: false, axes: [viewAxis++], axis });
        steps.push({ kind: 'range', start: 0, step: 1, count: shape[axis++] });
        break;
      case 'mask': {
        meet();
        const m = e.array.shape;
        const axes: number[] = [];
        for (let k = 0; k < m.length; k++) {
          if (m[k] !== shape[axis + k]) {
            throw new IndexError(
              `boolean index did not match indexed array along axis ${axis + k}; size of axis is ${shape[axis + k]} but size of corresponding boolean axis is ${m[k]}`,
            );
          }
          axes.push(viewAxis++);
        }
        parts.push({ array: e.array, mask: true, axes, axis });
        for (let k = 0; k < m.length; k++) steps.push({ kind: 'range', start: 0, step: 1, count: shape[axis++] });
        break;
      }
    }
  }
  if (dots === 0) rest(nd - axis);
  if (wrong !== null) throw wrong;
  // A mask counts as many index arrays as it has axes, but at least one.
  const arrays = parts.reduce((n, p) => n + Math.max(1, p.axes.length), 0);
  if (kept > MAX_DIMS || (arrays > 0 && kept + 1 > MAX_DIMS))
    throw new IndexError(
      `number of dimensions must be within [0, ${MAX_DIMS}], indexing result would have ${kept + (arrays > 0 ? 1 : 0)}`,
    );
  if (arrays >= MAX_DIMS)
    throw new IndexError(
      `when no subspace is given, the number of index arrays cannot be above ${MAX_DIMS - 1}, but ${arrays} index arrays found`,
    );
  return { steps, whole, scalar, copy, parts, at };
}

/** Shape, strides and offset of a basic index. */
export function viewGeometry(
  steps: readonly BasicStep[],
  strides: readonly number[],
  offset: number,
): { shape: number[]; strides: number[]; offset: number } {
  const shape: number[] = [];
  const out: number[] = [];
  let at = offset;
  let axis = 0;
  for (const s of steps) {
    if (s.kind === 'newaxis') {
      shape.push(1);
      out.push(0);
    } else if (s.kind === 'int') at += s.index * strides[axis++];
    else {
      at += s.start * strides[axis];
      shape.push(s.count);
      out.push(s.step * strides[axis++]);
    }
  }
  return { shape, strides: out, offset: at };
}

/**
 * The common shape of index arrays.
 * @throws IndexError `shape mismatch: indexing arrays could not be broadcast together with shapes (2,) (3,) `
 */
export function broadcastIndices(shapes: readonly (readonly number[])[]): number[] {
  let nd = 0;
  for (const s of shapes) if (s.length > nd) nd = s.length;
  const out = new Array<number>(nd).fill(1);
  for (const s of shapes) {
    const lead = nd - s.length;
    for (let i = 0; i < s.length; i++) {
      if (s[i] === 1) continue;
      if (out[lead + i] === 1) out[lead + i] = s[i];
      else if (out[lead + i] !== s[i]) {
        throw new IndexError(
          `shape mismatch: indexing arrays could not be broadcast together with shapes ${shapes.map(tight).join(' ')} `,
        );
      }
    }
  }
  return out;
}

export { parseIndex };
