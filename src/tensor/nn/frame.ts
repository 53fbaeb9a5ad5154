import { Immediate } from '../../core/device/device.js';
import { InvalidArgumentError, shapeText, ValueError } from '../../core/errors.js';
import { padWith } from '../../core/ops/join.js';
import { permute, reshapeTo, slice } from '../../core/ops/move.js';
import { type WindowAttrs, windowCount } from '../../core/ops/windows.js';
import { convert_to_tensor, options, type TensorLike } from '../convert.js';
import type { Tensor } from '../tensor.js';

/** What convolutions and poolings share: TensorFlow's words for where windows lie, brought to one form with channels last. */

export type Padding = string | readonly (readonly number[])[];
export type PerAxis = number | readonly number[] | null;

export interface WindowOptions {
  strides?: PerAxis;
  padding?: Padding;
  data_format?: string | null;
  dilations?: PerAxis;
}

export const tensor = (x: unknown): Tensor => x as Tensor;
export const asTensor = (x: unknown): Tensor => convert_to_tensor(x as never) as Tensor;

/** Arguments in order or by name, in one object at the end. */
export const named = <T extends object>(
  fn: string,
  names: readonly (keyof T & string)[],
  given: readonly unknown[],
): Partial<T> => options<T>(`nn.${fn}`, names, given);

/** A tensor of a floating dtype. @throws InvalidArgumentError */
export function floating(name: string, x: TensorLike): Tensor {
  const t = asTensor(x);
  if (t.dtype.kind !== 'f')
    throw new InvalidArgumentError(
      `tf.nn.${name}: dtype ${t.dtype.name} is not allowed; use tf.cast to a floating dtype`,
    );
  return t;
}

/** One number for each spatial axis, from one for all, from one each, or from one for each axis of the tensor. */
export function perAxis(fn: string, what: string, given: PerAxis | undefined, d: number, last: boolean): number[] {
  if (given === undefined || given === null) return new Array<number>(d).fill(1);
  const list = typeof given === 'number' ? [given] : [...given];
  let out: number[];
  if (list.length === 1) out = new Array<number>(d).fill(list[0]);
  else if (list.length === d) out = list;
  else if (list.length === d + 2) {
    const channel = last ? d + 1 : 1;
    if (list[0] !== 1 || list[channel] !== 1)
      throw new InvalidArgumentError(
        `tf.nn.${fn}: Current implementation does not yet support ${what} in the batch and depth dimensions.`,
      );
    out = last ? list.slice(1, -1) : list.slice(2);
  } else
    throw new ValueError(
      `${what} should be of length 1, ${d} or ${d + 2}. Received: ${what}=${JSON.stringify(list)} of length ${list.length}`,
    );
  if (out.some((n) => !Number.isInteger(n) || n <= 0))
    throw new InvalidArgumentError(`tf.nn.${fn}: ${what} must be positive integers, got ${JSON.stringify(list)}`);
  return out;
}

/** Whether channels stand last. @throws ValueError for what is no data format of so many axes */
export function channelsLast(fn: string, format: string | null | undefined, d: number): boolean {
  if (format === undefined || format === null) return true;
  const letters = ['', 'W', 'HW', 'DHW'][d];
  const upper = format.toUpperCase();
  if (upper === `N${letters}C`) return true;
  if (upper === `NC${letters}`) return false;
  throw new ValueError(
    `tf.nn.${fn}: \`data_format\` must be one of 'N${letters}C' and 'NC${letters}'. Received: data_format=${format}`,
  );
}

/** A tensor with channels last and one batch axis, and the way back. */
export interface Laid {
  readonly x: Tensor;
  /** Brings a result of the same form to the form that the user's tensor has. */
  readonly back: (y: Tensor) => Tensor;
}
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

export function laid(fn: string, given: Tensor, d: number, last: boolean): Laid {
  if (given.ndim < d + 2)
    throw new ValueError(
      `tf.nn.${fn}: \`input\` rank must be at least ${d + 2}. Received: input.shape=${shapeText(given.shape)}`,
    );
  const lead = given.shape.slice(0, given.ndim - d - 1);
  const flat =
    lead.length === 1
      ? given
      : tensor(reshapeTo(given, [lead.reduce((a, b) => a * b, 1), ...given.shape.slice(-d - 1)]));
  const x = last ? flat : tensor(permute(flat, [0, ...range(2, d + 2), 1]));
  return {
    x,
    back: (y) => {
      const z = last ? y : tensor(permute(y, [0, d + 1, ...range(1, d + 1)]));
      return lead.length === 1 ? z : tensor(reshapeTo(z, [...lead, ...z.shape.slice(1)]));
    },
  };
}

/** What is added before and behind each spatial axis. */
export type Pads = readonly (readonly [number, number])[];

export function padsOf(
  fn: string,
  padding: Padding | undefined,
  lengths: readonly number[],
  size: readonly number[],
  step: readonly number[],
  dilation: readonly number[],
  last: boolean,
): Pads {
  if (padding === undefined) throw new ValueError(`tf.nn.${fn}() missing 1 required argument: 'padding'`);
  if (typeof padding !== 'string') {
    const d = lengths.length;
    const list = padding.length === d ? padding : last ? padding.slice(1, -1) : padding.slice(2);
    if (list.length !== d || list.some((p) => p.length !== 2 || p.some((n) => !(n >= 0))))
      throw new ValueError(
        `tf.nn.${fn}: explicit \`padding\` must be a list of pairs, one for each of ${d + 2} axes. Received: padding=${JSON.stringify(padding)}`,
      );
    return list.map((p) => [p[0], p[1]] as const);
  }
  const name = padding.toUpperCase();
  if (name === 'VALID') return lengths.map(() => [0, 0] as const);
  if (name !== 'SAME')
    throw new InvalidArgumentError(
      `Value for attr 'padding' of "${padding}" is not in the list of allowed values: "SAME", "VALID"`,
    );
  return lengths.map((n, i) => {
    const total = Math.max((Math.ceil(n / step[i]) - 1) * step[i] + (size[i] - 1) * dilation[i] + 1 - n, 0);
    return [Math.floor(total / 2), total - Math.floor(total / 2)] as const;
  });
}

/** [N, S…, C] with entries around it: zeros, or the value given. */
export function padded(x: Tensor, pads: Pads, value: number | bigint | null = null): Tensor {
  if (pads.every(([a, b]) => a === 0 && b === 0)) return x;
  const before = [0, ...pads.map((p) => p[0]), 0];
  const after = [0, ...pads.map((p) => p[1]), 0];
  return tensor(padWith(x, before, after, value === null ? null : new Immediate(x.dtype, value as number)));
}
/** The reverse: without what stood around it. */
export function cropped(x: Tensor, pads: Pads, lengths: readonly number[]): Tensor {
  if (pads.every(([a, b]) => a === 0 && b === 0)) return x;
  const shape = [x.shape[0], ...lengths, ...x.shape.slice(lengths.length + 1)];
  return tensor(
    slice(
      x,
      [0, ...pads.map((p) => p[0]), ...x.shape.slice(lengths.length + 1).map(() => 0)],
      shape,
      shape.map(() => 1),
    ),
  );
}

export const windowAttrs = (
  size: readonly number[],
  step: readonly number[],
  dilation: readonly number[],
): WindowAttrs => ({
  first: 1,
  size,
  step,
  dilation,
});

/** @throws InvalidArgumentError where not one window fits */
export function checkFits(fn: string, lengths: readonly number[], pads: Pads, w: WindowAttrs): number[] {
  return lengths.map((n, i) => {
    const full = n + pads[i][0] + pads[i][1];
    const count = windowCount(full, w.size[i], w.step[i], w.dilation[i]);
    if (count <= 0)
      throw new InvalidArgumentError(
        `tf.nn.${fn}: Computed output size would be negative: ${full - (w.size[i] - 1) * w.dilation[i]} [input_size: ${n}, effective_filter_size: ${(w.size[i] - 1) * w.dilation[i] + 1}, stride: ${w.step[i]}]`,
      );
    return count;
  });
}
