import type { ArrayValue } from '../../core/array.js';
import { broadcastTo, expandAxes, reshapeTo } from '../../core/ops/move.js';
import {
  type OverlapAttrs,
  overlapAdd,
  type WindowAttrs,
  type WindowFoldAttrs,
  windowMaxBack,
  windowsOf,
} from '../../core/ops/windows.js';
import * as np from '../../ndarray/index.js';
import { missing } from './elementwise.js';
import { type Rule, sumOver, type Value } from './rule.js';

/** Rules of sliding windows. */

/** The axes that stand for the places in a window. */
const inner = ({ first, size }: WindowAttrs): number[] => size.map((_, i) => first + size.length + i);

/** Something of the folds' shape over all places of the windows: a view. */
function spread(y: ArrayValue, w: WindowAttrs): ArrayValue {
  const at = w.first + w.size.length;
  return broadcastTo(expandAxes(y, inner(w)), [...y.shape.slice(0, at), ...w.size, ...y.shape.slice(at)]);
}

/** Where in each window the largest entry stands, the first of equals: bools in the windows' shape. */
function firstLargest(x: ArrayValue, y: ArrayValue, w: WindowAttrs): ArrayValue {
  const hit: Value = np.equal(windowsOf(x, w) as never, spread(y, w) as never);
  const at = w.first + w.size.length;
  const flat = [...hit.shape.slice(0, at), -1, ...hit.shape.slice(at + w.size.length)];
  const ranked = np.cumsum(np.reshape(hit, flat) as never, { axis: at });
  return np.logical_and(hit, np.reshape(np.equal(ranked as never, 1), hit.shape) as never) as Value;
}

export const WINDOWING: Readonly<Record<string, Rule>> = {
  windows: ([g], { inputs: [x], attrs }) => [g === null ? null : overlapAdd(g, attrs, x.shape)],
  overlap_add: ([g], { attrs }) => {
    const { shape: _, ...w } = attrs as OverlapAttrs;
    return [g === null ? null : windowsOf(g, w as WindowAttrs)];
  },
  window_fold: ([g], { inputs: [x], outputs: [y], attrs }) => {
    if (g === null) return [null];
    const { row, ...w } = attrs as WindowFoldAttrs;
    if (row.name === 'add') return [overlapAdd(spread(g, w), w, x.shape)];
    if (row.name !== 'maximum') throw missing(`window_fold of ${row.name}`);
    return [windowMaxBack(x, y, g, w)];
  },
  window_max_back: ([g], { inputs: [x, y], attrs }) => {
    if (g === null) return [null, null, null];
    const hit = firstLargest(x, y, attrs);
    const chosen = np.where(hit as never, windowsOf(g, attrs) as never, 0 as never) as Value;
    return [null, null, reshapeTo(sumOver(chosen, inner(attrs)), y.shape)];
  },
};
