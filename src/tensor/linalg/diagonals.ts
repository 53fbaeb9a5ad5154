import { InvalidArgumentError, shapeText, ValueError } from '../../core/errors.js';
import { runAs } from '../../core/transfers.js';
import * as np from '../../ndarray/index.js';
import { convert_to_tensor, options, type TensorLike, together } from '../convert.js';
import type { Tensor } from '../tensor.js';
import { last, tensor } from './common.js';

/** Diagonals and bands of matrices. Diagonals of several lengths lie in rows of one, aligned to the left or to the right. */

export type Align = 'RIGHT_LEFT' | 'LEFT_RIGHT' | 'LEFT_LEFT' | 'RIGHT_RIGHT';
type Range = number | readonly number[];
interface Band {
  readonly low: number;
  readonly high: number;
  readonly rows: number;
  readonly columns: number;
  /** The length of the longest diagonal. */
  readonly length: number;
  /** Where the entry of a row and column lies in the rows of diagonals, the highest diagonal first. */
  readonly place: (row: number, column: number) => number;
}

/** The lowest and the highest diagonal. @throws ValueError unless these are in order */
function range(name: string, k: Range): [number, number] {
  const [low, high] = typeof k === 'number' ? [k, k] : [k[0], k[k.length - 1]];
  if (low > high)
    throw new ValueError(
      `tf.linalg.${name}: lower_diag_index must not be larger than upper_diag_index: ${low} > ${high}`,
    );
  return [low, high];
}

function band(name: string, low: number, high: number, rows: number, columns: number, align: string): Band {
  if ((low <= -rows || low >= columns || high <= -rows || high >= columns) && !(low === 0 && high === 0))
    throw new InvalidArgumentError(
      `tf.linalg.${name}: diagonals ${low} to ${high} are out of bounds of a matrix of shape (${rows}, ${columns})`,
    );
  const sides = align.split('_');
  if (sides.length !== 2 || sides.some((s) => s !== 'LEFT' && s !== 'RIGHT'))
    throw new InvalidArgumentError(
      `Value for attr 'align' of "${align}" is not in the list of allowed values: "LEFT_RIGHT", "RIGHT_LEFT", "LEFT_LEFT", "RIGHT_RIGHT"`,
    );
  const size = (d: number): number => Math.min(rows + Math.min(d, 0), columns - Math.max(d, 0));
  const length = Math.min(rows + Math.min(high, 0), columns - Math.max(low, 0));
  const place = (row: number, column: number): number => {
    const d = column - row;
    const start = sides[d >= 0 ? 0 : 1] === 'RIGHT' ? length - size(d) : 0;
    return (high - d) * length + start + Math.min(row, column);
  };
  return { low, high, rows, columns, length, place };
}

/** Entries of the last two axes by index, with another value where there is none (-1). */
function picked(flat: Tensor, index: readonly number[], otherwise: unknown, shape: readonly number[]): Tensor {
  const lead = flat.shape.slice(0, -1);
  const safe = np.array(
    index.map((i) => Math.max(i, 0)),
    { dtype: 'int64' } as never,
  );
  const found = np.reshape(np.take(flat, safe as never, { axis: -1 }), [...lead, ...shape] as never);
  if (!index.includes(-1)) return tensor(found);
  const there = np.reshape(np.array(index.map((i) => i >= 0)), shape as never);
  return tensor(np.where(there, found, otherwise as never));
}
const flattened = (t: Tensor): Tensor =>
  tensor(np.reshape(t, [...t.shape.slice(0, -2), last(t) * last(t, 2)] as never));
const padding = (value: TensorLike, like: Tensor): Tensor =>
  convert_to_tensor(value as never, { dtype: like.dtype } as never) as Tensor;

/** A tensor of at least so many axes. */
function atLeast(n: number, name: string, x: TensorLike): Tensor {
  const t = convert_to_tensor(x as never) as Tensor;
  if (t.ndim < n)
    throw new InvalidArgumentError(
      `tf.linalg.${name}: the operand must have at least ${n} ${n === 1 ? 'axis' : 'axes'}, got shape ${shapeText(t.shape)}`,
    );
  return t;
}

interface DiagOptions {
  k: Range;
  num_rows: number;
  num_cols: number;
  padding_value: TensorLike;
  align: Align;
}
type Rest = (TensorLike | Align | Partial<DiagOptions>)[];

/**
 * Matrices with given diagonals, `padding_value` elsewhere: the last axis on diagonal `k` (0 the main one, above it positive), or the
 * last two on the diagonals from k[0] to k[1], the highest first.
 * @throws InvalidArgumentError for a scalar, or lengths that do not fit
 * @example tf.linalg.diag([1, 2]).numpy() // → array([[1., 0.],
 * //          [0., 2.]], dtype=float32)
 */
export const diag = (diagonal: TensorLike, ...rest: Rest): Tensor =>
  runAs('tf.linalg.diag', () => {
    const o = options<DiagOptions>('linalg.diag', ['k', 'num_rows', 'num_cols', 'padding_value', 'align'], rest);
    const [low, high] = range('diag', o.k ?? 0);
    const t = atLeast(low === high ? 1 : 2, 'diag', diagonal);
    const n = last(t);
    const least = [n - Math.min(high, 0), n + Math.max(low, 0)];
    let [rows, columns] = [o.num_rows ?? -1, o.num_cols ?? -1];
    if (rows === -1 && columns === -1) rows = columns = Math.max(...least);
    if (rows === -1) rows = least[0];
    if (columns === -1) columns = least[1];
    const b = band('diag', low, high, rows, columns, o.align ?? 'RIGHT_LEFT');
    if (b.length !== n || (low !== high && last(t, 2) !== high - low + 1))
      throw new InvalidArgumentError(
        `tf.linalg.diag: The number of rows and columns, ${rows} and ${columns}, and the diagonals ${low} to ${high} do not fit ${shapeText(t.shape)}`,
      );
    const rowsOf = low === high ? tensor(np.expand_dims(t, { axis: -2 })) : t;
    return picked(flattened(rowsOf), indexOf(b), padding(o.padding_value ?? 0, t), [rows, columns]);
  });
/** For each entry of a matrix its place among the diagonals, or -1. */
const indexOf = ({ low, high, rows, columns, place }: Band): number[] =>
  Array.from({ length: rows * columns }, (_, i) => {
    const [r, c] = [Math.floor(i / columns), i % columns];
    return c - r >= low && c - r <= high ? place(r, c) : -1;
  });

interface PartOptions {
  k: Range;
  padding_value: TensorLike;
  align: Align;
}
/**
 * Diagonal `k` of the last two axes, or the diagonals from k[0] to k[1], the highest first, filled up with `padding_value`.
 * @throws InvalidArgumentError for fewer than two axes, or diagonals that there are not
 * @example tf.linalg.diag_part([[1, 2], [3, 4]]).numpy() // → array([1., 4.], dtype=float32)
 */
export const diag_part = (input: TensorLike, ...rest: (TensorLike | Align | Partial<PartOptions>)[]): Tensor =>
  runAs('tf.linalg.diag_part', () => {
    const o = options<PartOptions>('linalg.diag_part', ['k', 'padding_value', 'align'], rest);
    const t = atLeast(2, 'diag_part', input);
    const [low, high] = range('diag_part', o.k ?? 0);
    const b = band('diag_part', low, high, last(t, 2), last(t), o.align ?? 'RIGHT_LEFT');
    const index = new Array<number>((high - low + 1) * b.length).fill(-1);
    indexOf(b).forEach((place, i) => {
      if (place >= 0) index[place] = i;
    });
    const shape = low === high ? [b.length] : [high - low + 1, b.length];
    return picked(flattened(t), index, padding(o.padding_value ?? 0, t), shape);
  });

/**
 * The matrices with other diagonals: `diagonal` is laid out as {@link diag_part} gives it.
 * @throws InvalidArgumentError for shapes that do not fit
 * @example tf.linalg.set_diag([[1, 2], [3, 4]], [8, 9]).numpy().tolist() // → [ [ 8, 2 ], [ 3, 9 ] ]
 */
export const set_diag = (
  input: TensorLike,
  diagonal: TensorLike,
  ...rest: (Range | Align | Partial<Omit<PartOptions, 'padding_value'>>)[]
): Tensor =>
  runAs('tf.linalg.set_diag', () => {
    const o = options<{ k: Range; align: Align }>('linalg.set_diag', ['k', 'align'], rest as never);
    const [t, d] = together('MatrixSetDiag', [input, diagonal]);
    atLeast(2, 'set_diag', t);
    const [low, high] = range('set_diag', o.k ?? 0);
    const b = band('set_diag', low, high, last(t, 2), last(t), o.align ?? 'RIGHT_LEFT');
    const want = [...t.shape.slice(0, -2), ...(low === high ? [] : [high - low + 1]), b.length];
    if (d.shape.join() !== want.join())
      throw new InvalidArgumentError(
        `tf.linalg.set_diag: diagonal must have shape ${shapeText(want)}, got ${shapeText(d.shape)}`,
      );
    const rowsOf = low === high ? tensor(np.expand_dims(d, { axis: -2 })) : d;
    return picked(flattened(rowsOf), indexOf(b), t, t.shape.slice(-2));
  });

/** A tensor of twice the axes with the values where both halves of the indices are equal, zeros elsewhere. @example tf.linalg.tensor_diag([1, 2]).numpy().tolist() // → [ [ 1, 0 ], [ 0, 2 ] ] */
export const tensor_diag = (diagonal: TensorLike): Tensor =>
  runAs('tf.linalg.tensor_diag', () => {
    const t = atLeast(1, 'tensor_diag', diagonal);
    return tensor(np.reshape(diag(tensor(np.reshape(t, [-1]))), [...t.shape, ...t.shape] as never));
  });
/** The values where both halves of the indices are equal. @throws InvalidArgumentError unless both halves of the shape are @example tf.linalg.tensor_diag_part([[1, 2], [3, 4]]).numpy() // → array([1., 4.], dtype=float32) */
export const tensor_diag_part = (input: TensorLike): Tensor =>
  runAs('tf.linalg.tensor_diag_part', () => {
    const t = atLeast(2, 'tensor_diag_part', input);
    const half = t.shape.slice(0, t.ndim / 2);
    if (t.ndim % 2 !== 0 || half.join() !== t.shape.slice(t.ndim / 2).join())
      throw new InvalidArgumentError(
        `tf.linalg.tensor_diag_part: the rank must be even and both halves of the shape the same, got ${shapeText(t.shape)}`,
      );
    const n = half.reduce((a, b) => a * b, 1);
    return tensor(np.reshape(diag_part(tensor(np.reshape(t, [n, n]))), half as never));
  });
