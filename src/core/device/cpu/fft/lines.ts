import type { DType } from '../../../dtype.js';
import { type TypedArray, typedView, CONTAINER } from '../../access.js';
import type { FourierOperand, HostBuffer } from '../../device.js';
import { groupOffsets } from '../../product.js';
import { heap } from '../heap.js';
import { type Form, moveOf } from './moves.js';

/** Lines of points, wherever they lie, and how they come into the heap and out of it. */

export const BYTES: { readonly [F in Form]: number } = { f64: 8, f32: 4, c128: 16, c64: 8 };
export const formOf = (d: DType): Form =>
  d.part === 'float64' ? (d.kind === 'c' ? 'c128' : 'f64') : d.kind === 'c' ? 'c64' : 'f32';

const parts = (f: Form): number => (f === 'c128' || f === 'c64' ? 2 : 1);

/** A run of neighbouring lines in scratch memory, contiguous, `apart` bytes from each other. */
export interface Stage {
  readonly address: number;
  readonly form: Form;
  readonly apart: number;
}

export class Lines {
  readonly form: Form;
  /** Address in the heap, or -1. */
  readonly address: number;
  readonly step: number;
  /** Bytes from one line to the next within a run. */
  readonly next: number;
  private readonly runs: Int32Array | Float64Array;
  private readonly buffer: HostBuffer;
  private readonly offset: number;

  /** The last axis of the batch is the one along which lines are taken together. */
  constructor(o: FourierOperand, shape: readonly number[], strides: readonly number[]) {
    this.form = formOf(o.dtype);
    this.buffer = o.buffer as HostBuffer;
    const address = this.buffer.address ?? -1;
    this.address = address < 0 ? -1 : address + o.offset;
    this.offset = o.offset;
    this.step = o.step;
    this.next = strides.length === 0 ? 0 : strides[strides.length - 1];
    this.runs = groupOffsets(shape.slice(0, -1), strides.slice(0, -1), 1);
  }

  get runCount(): number {
    return this.runs.length;
  }

  /** Byte offset of a line from the first one. */
  at(run: number, line: number): number {
    return this.runs[run] + line * this.next;
  }

  /** Whether a line lies in the heap as transforms read and write it. */
  isPlain(form: Form): boolean {
    return this.address >= 0 && this.form === form && this.step === BYTES[form];
  }

  /** Copies `count` points of `lines` lines into scratch memory, at `first` points from its start. */
  read(run: number, line: number, lines: number, count: number, to: Stage, skip = 0, first = 0, back = false): void {
    const at = this.at(run, line) + skip * this.step;
    const size = BYTES[to.form];
    const target = to.address + first * size;
    const step = back ? -size : size;
    if (this.address >= 0) {
      const move = moveOf(this.form, to.form);
      const [a, im] = [this.address + at, back ? -1 : 1];
      if (Math.abs(this.step) <= Math.abs(this.next))
        move(a, target, lines, this.next, to.apart, count, this.step, step, 1, im);
      else move(a, target, count, this.step, step, lines, this.next, to.apart, 1, im);
      return;
    }
    const { array, base, unit } = this.typed();
    const points = heap().f64;
    const [mine, theirs] = [parts(this.form), parts(to.form)];
    for (let i = 0; i < lines; i++) {
      let p = base + (at + i * this.next) / unit;
      let q = (target + i * to.apart) / 8;
      if (!back && mine === theirs && this.step === mine * unit) {
        points.set(array.subarray(p, p + count * mine) as Float64Array, q);
        continue;
      }
      for (let k = 0; k < count; k++, p += this.step / unit, q += step / 8) {
        points[q] = array[p] as number;
        if (theirs === 2) points[q + 1] = mine === 1 ? 0 : back ? -(array[p + 1] as number) : (array[p + 1] as number);
      }
    }
  }

  /** Copies `count` points of `lines` lines out of scratch memory, times a factor. */
  write(run: number, line: number, lines: number, count: number, from: Stage, factor: number): void {
    const at = this.at(run, line);
    const size = BYTES[from.form];
    if (this.address >= 0) {
      const move = moveOf(from.form, this.form);
      const a = this.address + at;
      if (Math.abs(this.step) <= Math.abs(this.next))
        move(from.address, a, lines, from.apart, this.next, count, size, this.step, factor, factor);
      else move(from.address, a, count, size, this.step, lines, from.apart, this.next, factor, factor);
      return;
    }
    const { array, base, unit } = this.typed();
    const points = heap().f64;
    const both = parts(this.form) === 2;
    for (let i = 0; i < lines; i++) {
      let p = base + (at + i * this.next) / unit;
      let q = (from.address + i * from.apart) / 8;
      for (let k = 0; k < count; k++, p += this.step / unit, q += size / 8) {
        array[p] = points[q] * factor;
        if (both) array[p + 1] = points[q + 1] * factor;
      }
    }
  }

  /** The typed array over memory outside of the heap, and the index of the first point. */
  private typed(): { array: TypedArray; base: number; unit: number } {
    const type = this.form === 'f64' || this.form === 'c128' ? 'float64' : 'float32';
    const { array, base } = typedView(this.buffer, CONTAINER[type]);
    const unit = array.BYTES_PER_ELEMENT;
    return { array, base: base + this.offset / unit, unit };
  }
}
