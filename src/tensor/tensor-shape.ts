import { inspectable } from '../core/inspect.js';
import { shapeText, ValueError } from '../core/errors.js';

/** tf.TensorShape: lengths of which some, or all, may not be known. */

export type TensorShapeLike = number | null | readonly (number | null)[] | TensorShape;
const sizesOf = (x: TensorShapeLike): readonly (number | null)[] | null =>
  x instanceof TensorShape ? x.dims : typeof x === 'number' ? [x] : x;

/**
 * A shape; null stands for a length that is not known, and in place of the list for a shape of which nothing is known.
 * @example new tf.TensorShape([null, 3]).is_compatible_with([2, 3]) // → true
 */
export class TensorShape {
  readonly dims: readonly (number | null)[] | null;
  constructor(dims: TensorShapeLike) {
    const given = sizesOf(dims);
    if (given?.some((n) => n !== null && (!Number.isInteger(n) || n < 0)))
      throw new ValueError(`Dimension must be a non-negative integer or null, got ${JSON.stringify(given)}`);
    this.dims = given === null ? null : [...given];
  }
  /** The number of axes, or null. */
  get rank(): number | null {
    return this.dims === null ? null : this.dims.length;
  }
  get ndims(): number | null {
    return this.rank;
  }
  get length(): number {
    return this.known('length').length;
  }
  private known(by: string): readonly (number | null)[] {
    if (this.dims === null) throw new ValueError(`${by}() is not defined on an unknown TensorShape.`);
    return this.dims;
  }
  /** @throws ValueError for a shape of which nothing is known */
  as_list(): (number | null)[] {
    return [...this.known('as_list')];
  }
  at(i: number): number | null {
    return this.dims === null ? null : (this.dims.at(i) ?? null);
  }
  [Symbol.iterator](): IterableIterator<number | null> {
    return this.known('iterator')[Symbol.iterator]();
  }
  is_fully_defined(): boolean {
    return this.dims?.every((n) => n !== null) ?? false;
  }
  /** How many elements there are, or null where that is not known. */
  num_elements(): number | null {
    return this.is_fully_defined() ? (this.dims as readonly number[]).reduce((a, b) => a * b, 1) : null;
  }
  is_compatible_with(other: TensorShapeLike): boolean {
    const [a, b] = [this.dims, sizesOf(other)];
    if (a === null || b === null) return true;
    return a.length === b.length && a.every((n, i) => n === null || b[i] === null || n === b[i]);
  }
  assert_is_compatible_with(other: TensorShapeLike): void {
    if (!this.is_compatible_with(other))
      throw new ValueError(`Shapes ${this} and ${new TensorShape(other)} are incompatible`);
  }
  assert_is_fully_defined(): void {
    if (!this.is_fully_defined()) throw new ValueError(`Shape ${this} is not fully defined`);
  }
  assert_has_rank(rank: number): void {
    if (this.rank !== null && this.rank !== rank) throw new ValueError(`Shape ${this} must have rank ${rank}`);
  }
  assert_same_rank(other: TensorShapeLike): void {
    const o = new TensorShape(other);
    if (this.rank !== null && o.rank !== null && this.rank !== o.rank)
      throw new ValueError(`Shapes ${this} and ${o} must have the same rank`);
  }
  /** What is known of either. @throws ValueError where they disagree */
  merge_with(other: TensorShapeLike): TensorShape {
    this.assert_is_compatible_with(other);
    const [a, b] = [this.dims, sizesOf(other)];
    return new TensorShape(a === null ? b : b === null ? a : a.map((n, i) => n ?? b[i]));
  }
  concatenate(other: TensorShapeLike): TensorShape {
    const b = sizesOf(other);
    return new TensorShape(this.dims === null || b === null ? null : [...this.dims, ...b]);
  }
  /** What both have in common: lengths in which they differ are not known. */
  most_specific_compatible_shape(other: TensorShapeLike): TensorShape {
    const b = sizesOf(other);
    if (this.dims === null || b === null || this.dims.length !== b.length) return new TensorShape(null);
    return new TensorShape(this.dims.map((n, i) => (n === b[i] ? n : null)));
  }
  with_rank(rank: number): TensorShape {
    this.assert_has_rank(rank);
    return this.dims === null ? new TensorShape(new Array<null>(rank).fill(null)) : this;
  }
  with_rank_at_least(rank: number): TensorShape {
    if (this.rank !== null && this.rank < rank) throw new ValueError(`Shape ${this} must have rank at least ${rank}`);
    return this;
  }
  with_rank_at_most(rank: number): TensorShape {
    if (this.rank !== null && this.rank > rank) throw new ValueError(`Shape ${this} must have rank at most ${rank}`);
    return this;
  }
  toString(): string {
    return this.dims === null ? '<unknown>' : shapeText(this.dims.map((n) => n ?? 'None') as never);
  }
  toJSON(): unknown {
    return this.dims;
  }
}
inspectable(TensorShape, 'TensorShape');
