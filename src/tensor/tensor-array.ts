import { isDescribed } from '../core/device/shapes.js';
import { asDtype, type DType, type DTypeLike } from '../core/dtype.js';
import { OutOfRangeError } from './errors.js';
import { InvalidArgumentError, shapeText, TypeError, ValueError } from '../core/errors.js';
import { sameShape } from '../core/view.js';
import { concat, stack, unstack } from './shapes.js';
import { cast, convert_to_tensor, options, type TensorLike } from './convert.js';
import { zeros } from './creation.js';
import { split } from './shapes.js';
import { TensorShape } from './tensor-shape.js';
import { Tensor } from './tensor.js';

/** tf.TensorArray: a list of tensors of one dtype that is written and read by place. */

interface Options {
  size: number | null;
  dynamic_size: boolean;
  clear_after_read: boolean;
  tensor_array_name: string | null;
  element_shape: readonly (number | null)[] | TensorShape | null;
  infer_shape: boolean;
  colocate_with_first_write_call: boolean;
}
const NAMES = [
  'size',
  'dynamic_size',
  'clear_after_read',
  'tensor_array_name',
  'handle',
  'flow',
  'infer_shape',
  'element_shape',
  'colocate_with_first_write_call',
] as const;

/**
 * A list of tensors of one dtype. `write` gives the array itself, changed; entries are cleared when they are read, unless `clear_after_read`
 * is false. In traced functions places are numbers that are known there: inside of `tf.while_loop` use `tf.scan` or `tf.map_fn`.
 *
 * @param dtype of all entries
 * @param args size (0), dynamic_size (false), clear_after_read (true), element_shape
 * @throws OutOfRangeError for a place that there is not; InvalidArgumentError for another dtype or shape, or an entry that was cleared
 * @example
 * let a = new tf.TensorArray('float32', { size: 2 });
 * a = a.write(0, [1, 2]).write(1, [3, 4]);
 * a.stack().numpy().tolist() // → [ [ 1, 2 ], [ 3, 4 ] ]
 */
export class TensorArray {
  readonly dtype: DType;
  readonly dynamic_size: boolean;
  private readonly clears: boolean;
  private readonly infers: boolean;
  private entries: (Tensor | null | undefined)[];
  private shape: readonly (number | null)[] | null;

  constructor(dtype: DTypeLike, ...args: unknown[]) {
    const o = options<Options>('TensorArray', NAMES as never, args);
    this.dtype = asDtype(dtype);
    this.dynamic_size = o.dynamic_size ?? false;
    this.clears = o.clear_after_read ?? true;
    this.infers = o.infer_shape ?? true;
    const given = o.element_shape ?? null;
    this.shape = given instanceof TensorShape ? (given.as_list() as (number | null)[]) : given;
    this.entries = new Array<undefined>(Number(o.size ?? 0)).fill(undefined);
  }

  get element_shape(): TensorShape {
    return new TensorShape(this.shape as never);
  }
  /** How many entries there are, an int32 tensor. */
  size(): Tensor {
    return convert_to_tensor(this.entries.length, { dtype: 'int32' } as never) as Tensor;
  }
  /** The array itself. */
  identity(): this {
    return this;
  }
  /** Gives all entries up. */
  close(): void {
    this.entries = [];
  }
  [Symbol.dispose](): void {
    this.close();
  }

  private place(index: TensorLike, what: string): number {
    if (index instanceof Tensor && isDescribed(index.buffer))
      throw new TypeError(
        `TensorArray.${what}: the place is a symbolic tensor, which has no value while the function is traced; use tf.scan or tf.map_fn, which stack what each turn gives`,
      );
    const i = Number(index instanceof Tensor ? index.item() : index);
    if (i < 0)
      throw new OutOfRangeError(
        `${what === 'write' ? 'Writing to' : 'Reading from'} negative indices (index ${i}) is not allowed.`,
      );
    return i;
  }
  private fits(value: TensorLike): Tensor {
    const t = convert_to_tensor(
      value as never,
      value instanceof Tensor ? {} : ({ dtype: this.dtype } as never),
    ) as Tensor;
    if (t.dtype !== this.dtype)
      throw new InvalidArgumentError(
        `TensorArray dtype is ${this.dtype.name} but Op is trying to write dtype ${t.dtype.name}`,
      );
    const s = this.shape;
    if (s !== null && (s.length !== t.ndim || s.some((n, k) => n !== null && n !== t.shape[k])))
      throw new ValueError(
        `Incompatible shape for value (${shapeText(t.shape)}), expected (${s.map((n) => n ?? 'None').join(', ')})`,
      );
    if (s === null && this.infers) this.shape = t.shape;
    return t;
  }

  /** The entry at a place. */
  read(index: TensorLike): Tensor {
    const i = this.place(index, 'read');
    if (i >= this.entries.length)
      throw new OutOfRangeError(`Tried to read from index ${i} but array size is: ${this.entries.length}`);
    const t = this.entries[i];
    if (t === null)
      throw new InvalidArgumentError(
        `Could not read index ${i} twice because it was cleared after a previous read (perhaps try setting clear_after_read = false?)`,
      );
    if (this.clears) this.entries[i] = t === undefined ? undefined : null;
    return t ?? this.nothing(i);
  }
  /** What stands where nothing was written. */
  private nothing(i: number): Tensor {
    const s = this.shape;
    if (s === null || s.includes(null))
      throw new InvalidArgumentError(
        `Could not read from TensorArray index ${i}. Furthermore, the element shape is not fully defined: ${s === null ? '<unknown>' : `[${s.map((n) => n ?? '?').join(',')}]`}. It is possible you are working with a resizeable TensorArray and stop_gradients is not allowing the gradients to be written. If you set the full element_shape property on the forward TensorArray, the proper all-zeros tensor will be returned instead of incurring this error.`,
      );
    return zeros(s as number[], this.dtype) as Tensor;
  }
  /** Writes the entry at a place, and gives the array. */
  write(index: TensorLike, value: TensorLike): this {
    const i = this.place(index, 'write');
    if (i >= this.entries.length) {
      if (!this.dynamic_size)
        throw new OutOfRangeError(
          `Tried to write to index ${i} but array is not resizeable and size is: ${this.entries.length}`,
        );
      while (this.entries.length < i) this.entries.push(undefined);
    }
    this.entries[i] = this.fits(value);
    return this;
  }

  private all(indices: readonly number[]): Tensor[] {
    return indices.map((i) => this.read(i));
  }
  private every(): number[] {
    return this.entries.map((_, i) => i);
  }
  /** All entries as one tensor, with an axis more. */
  stack(): Tensor {
    const list = this.all(this.every());
    if (list.length === 0) return zeros([0, ...((this.shape ?? []) as number[])], this.dtype) as Tensor;
    return stack(list) as Tensor;
  }
  /** Entries of these places as one tensor. */
  gather(indices: TensorLike): Tensor {
    return stack(this.all(numbers(indices).map((i) => this.place(i, 'read')))) as Tensor;
  }
  /** All entries behind each other, along their first axis. */
  concat(): Tensor {
    const list = this.all(this.every());
    if (list.length === 0) return zeros([0, ...((this.shape ?? []).slice(1) as number[])], this.dtype) as Tensor;
    return concat(list, 0) as Tensor;
  }
  /** The entries of a tensor along its first axis; what was there before is given up. */
  unstack(value: TensorLike): this {
    const list = unstack(this.whole(value)) as Tensor[];
    if (!this.dynamic_size && this.entries.length > 0 && list.length > this.entries.length)
      throw new ValueError(
        `TensorArray's size is ${this.entries.length}, which cannot hold the ${list.length} entries of the value`,
      );
    this.entries = list.map((t) => this.fits(t));
    return this;
  }
  /** The entries of a tensor along its first axis, to these places. */
  scatter(indices: TensorLike, value: TensorLike): this {
    const list = unstack(this.whole(value)) as Tensor[];
    numbers(indices).forEach((i, k) => {
      this.write(i, list[k]);
    });
    return this;
  }
  /** Pieces of a tensor along its first axis, of these lengths. */
  split(value: TensorLike, lengths: TensorLike): this {
    const t = this.whole(value);
    const sizes = numbers(lengths);
    const sum = sizes.reduce((a, b) => a + b, 0);
    if (sum !== t.shape[0])
      throw new InvalidArgumentError(
        `Expected sum of lengths to be equal to values.shape[0], but sum of lengths is ${sum} and value's shape is: ${shapeText(t.shape)}`,
      );
    this.entries = (split(t, sizes) as Tensor[]).map((p) => {
      const s = this.shape;
      if (s !== null && !sameShape(s.slice(1) as number[], p.shape.slice(1))) this.fits(p);
      return p;
    });
    return this;
  }
  private whole(value: TensorLike): Tensor {
    const t = convert_to_tensor(
      value as never,
      value instanceof Tensor ? {} : ({ dtype: this.dtype } as never),
    ) as Tensor;
    return t.dtype === this.dtype ? t : (cast(t, this.dtype) as Tensor);
  }
}

const numbers = (x: TensorLike): number[] =>
  (Array.isArray(x) ? x : ((convert_to_tensor(x as never) as Tensor).tolist() as unknown as number[])).map(Number);
