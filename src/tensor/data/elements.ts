import { ArrayValue } from '../../core/array.js';
import { typedArrayDtype } from '../../core/coerce.js';
import type { DType } from '../../core/dtype.js';
import { InvalidArgumentError, shapeText, TypeError, ValueError } from '../../core/errors.js';
import { bind1 } from '../../core/dispatch.js';
import { gatherPrimitive } from '../../core/ops/index.js';
import { concatenateTo } from '../../core/ops/join.js';
import { reshapeTo, sliceAxis } from '../../core/ops/move.js';
import { sameShape } from '../../core/view.js';
import * as np from '../../ndarray/index.js';
import { convert_to_tensor } from '../convert.js';
import { TensorSpec } from '../graph/signature.js';
import { Tensor } from '../tensor.js';
import { Variable } from '../variable.js';

/** What datasets are made of: tensors, and lists and objects of them. */

export type Element = any;
export type Spec = any;

const isPlain = (x: unknown): x is Record<string, unknown> =>
  typeof x === 'object' && x !== null && Object.getPrototypeOf(x) === Object.prototype;

/** Whether a list stands for several components rather than for one tensor: when something in it is no plain data. */
const hasParts = (x: readonly unknown[]): boolean =>
  x.some(
    (e) =>
      e instanceof ArrayValue ||
      e instanceof Variable ||
      e instanceof Dataset0 ||
      typedArrayDtype(e) !== null ||
      isPlain(e) ||
      (Array.isArray(e) && hasParts(e)),
  );
/** Marks datasets inside of elements (windows), which stand as they are. */
export abstract class Dataset0 {
  abstract get element_spec(): Spec;
}

/** A value as an element: plain numbers become tensors, lists with tensors inside stay lists. */
export function asElement(x: unknown, spec: Spec = null): Element {
  if (x instanceof Dataset0) return x;
  if (spec instanceof TensorSpec)
    return fitting(convert_to_tensor(x as never, { dtype: spec.dtype } as never) as Tensor, spec);
  if (Array.isArray(x) && (Array.isArray(spec) || (spec === null && hasParts(x)))) {
    if (Array.isArray(spec) && spec.length !== x.length)
      throw new TypeError(`tf.data: an element of ${x.length} parts does not fit the signature of ${spec.length}`);
    return x.map((e, i) => asElement(e, Array.isArray(spec) ? spec[i] : null));
  }
  if (isPlain(x))
    return Object.fromEntries(Object.entries(x).map(([k, v]) => [k, asElement(v, isPlain(spec) ? spec[k] : null)]));
  return convert_to_tensor(x as never);
}
function fitting(t: Tensor, spec: TensorSpec): Tensor {
  if (!spec.is_compatible_with(t))
    throw new TypeError(
      `\`generator\` yielded an element of shape ${shapeText(t.shape)} and dtype ${t.dtype.name} where an element of ${spec.toString()} was expected.`,
    );
  return t;
}

/** Something of the same form, part by part. */
export function mapParts(x: Element, f: (t: any) => unknown): Element {
  if (x instanceof Tensor || x instanceof TensorSpec || x instanceof Dataset0) return f(x);
  if (Array.isArray(x)) return x.map((e) => mapParts(e, f));
  if (isPlain(x)) return Object.fromEntries(Object.entries(x).map(([k, v]) => [k, mapParts(v, f)]));
  return f(x);
}
export function parts(x: Element): any[] {
  const out: any[] = [];
  mapParts(x, (t) => {
    out.push(t);
    return t;
  });
  return out;
}

/** The k-th of the parts of several elements of one form. */
export function zipParts(all: readonly Element[], f: (list: any[]) => unknown): Element {
  const lists = all.map(parts);
  let k = 0;
  return mapParts(all[0], () => {
    const at = k++;
    return f(lists.map((l) => l[at]));
  });
}

/** What an element looks like. */
export const specOf = (x: Element): Spec =>
  mapParts(x, (t) => (t instanceof Tensor ? TensorSpec.from_tensor(t) : t instanceof Dataset0 ? t.element_spec : t));
/** The same with one axis more in front. */
export const specInside = (s: Spec, n: number | null): Spec =>
  mapParts(s, (t: TensorSpec) => new TensorSpec(t.shape === null ? null : [n, ...t.shape], t.dtype));

/**
 * An element that was not looked at yet: a row of tensors. Sources of slices give these, so that what only moves elements (shuffling, taking)
 * moves numbers, and a batch of rows is one gather, or one view where they follow each other.
 */
export class Row {
  constructor(
    readonly table: Element,
    readonly index: number,
  ) {}
  get value(): Element {
    return mapParts(this.table, (t: Tensor) => t.at(this.index));
  }
}
export const look = (x: Element): Element => (x instanceof Row ? x.value : x);

/** Elements stacked along a new first axis. */
export function stacked(list: readonly Element[]): Element {
  const first = list[0];
  if (first instanceof Row && list.every((e) => e instanceof Row && e.table === first.table)) {
    const rows = list as readonly Row[];
    const from = first.index;
    const n = rows.length;
    if (rows.every((r, i) => r.index === from + i))
      return mapParts(first.table, (t: Tensor) => sliceAxis(t, 0, from, from + n));
    const at = convert_to_tensor(
      np.asarray(
        rows.map((r) => r.index),
        'int64',
      ) as never,
    ) as Tensor;
    return mapParts(first.table, (t: Tensor) =>
      bind1(gatherPrimitive, [t, at], { axes: [0], at: 0, names: [0] } as never),
    );
  }
  return zipParts(list.map(look), (tensors: Tensor[]) => {
    const [head] = tensors;
    if (head instanceof Dataset0) throw new TypeError('tf.data: datasets cannot be batched; flat_map over them first');
    for (const t of tensors) {
      if (t.dtype !== head.dtype || !sameShape(t.shape, head.shape))
        throw new InvalidArgumentError(
          `Cannot batch tensors with different shapes in component 0. First element had shape [${head.shape.join(',')}] and element ${tensors.indexOf(t)} had shape [${t.shape.join(',')}].`,
        );
    }
    return concatenateTo(
      tensors.map((t) => reshapeTo(t, [1, ...t.shape])),
      0,
      head.dtype,
    );
  });
}

/** Elements of several lengths stacked, the shorter filled up. */
export function stackedPadded(list: readonly Element[], shapes: unknown, values: unknown): Element {
  const shapeParts = shapes === null ? null : flatShapes(shapes);
  const fills = values === null ? null : Array.isArray(values) || isPlain(values) ? parts(values) : [values];
  let k = 0;
  return zipParts(list.map(look), (tensors: Tensor[]) => {
    const part = k++;
    const [head] = tensors;
    const asked = shapeParts?.[part] ?? null;
    if (asked !== null && asked.length !== head.ndim)
      throw new ValueError(
        `The padded shape ${shapeText(asked as number[])} is not compatible with the shape ${shapeText(head.shape)}.`,
      );
    const shape = head.shape.map((_, d) => {
      const most = Math.max(...tensors.map((t) => t.shape[d]));
      const n = asked?.[d] ?? null;
      if (n === null || n === -1) return most;
      if (most > n)
        throw new InvalidArgumentError(
          `Attempted to pad to a smaller size than the input element: ${most} along axis ${d}, padded to ${n}.`,
        );
      return n;
    });
    const fill = fills === null ? 0 : ((fills.length === 1 ? fills[0] : fills[part]) ?? 0);
    return concatenateTo(
      tensors.map((t) => {
        const wide = np.pad(t as never, t.shape.map((n, d) => [0, shape[d] - n]) as never, {
          mode: 'constant',
          constant_values: fill as number,
        });
        return reshapeTo((t.ndim === 0 ? t : wide) as never, [1, ...shape]);
      }),
      0,
      head.dtype,
    );
  });
}
const isShape = (x: unknown): x is (number | null)[] =>
  Array.isArray(x) && x.every((n) => n === null || typeof n === 'number');
function flatShapes(x: unknown): (number | null)[][] {
  if (isShape(x)) return [x];
  return Object.values(x as object).flatMap(flatShapes);
}

/** A key by which equal elements are known. */
export const keyOf = (x: Element): string =>
  parts(x)
    .map((t: Tensor) => `${t.dtype.name}[${t.shape.join()}]${JSON.stringify(t.tolist(), bigints)}`)
    .join(';');
const bigints = (_: string, v: unknown): unknown => (typeof v === 'bigint' ? `${v}n` : v);

/** A single number of an element, as what it counts or chooses. */
export const numberOf = (x: unknown): number => Number(x instanceof Tensor ? x.item() : x);
export const dtypeOf = (t: Tensor): DType => t.dtype;
