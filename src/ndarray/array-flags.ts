import { AttributeError } from '../core/errors.js';
import { hidden, inspectable } from '../core/inspect.js';
import { isC, isF } from '../core/view.js';

/** `a.flags`: what is known of an array's memory. */

/** What the flags are read from. */
interface Flagged {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly dtype: { readonly itemsize: number };
  readonly base: unknown;
  readonly buffer: { readonly exposed?: boolean };
  readonly writeable: boolean;
}

/** The flags of an array, which follow it; `writeable` may be set, as by `setflags`. Also by NumPy's keys: `a.flags.C_CONTIGUOUS`, `a.flags.W`. */
export class ArrayFlags {
  declare private readonly array: Flagged;

  constructor(array: Flagged) {
    hidden(this, 'array', array);
  }
  /** Whether the elements lie in C order without gaps. */
  get c_contiguous(): boolean {
    const { shape, strides, dtype } = this.array;
    return isC(shape, strides, dtype.itemsize);
  }
  /** Whether the elements lie in Fortran order without gaps. */
  get f_contiguous(): boolean {
    const { shape, strides, dtype } = this.array;
    return isF(shape, strides, dtype.itemsize);
  }
  /** Whether the memory is the array's own. */
  get owndata(): boolean {
    return this.array.base === null && this.array.buffer.exposed !== true;
  }
  get writeable(): boolean {
    return this.array.writeable;
  }
  set writeable(value: boolean) {
    (this.array as unknown as { setflags(o: { write: boolean }): void }).setflags({ write: Boolean(value) });
  }
  /** Always: there are no views at odd addresses. */
  get aligned(): boolean {
    return true;
  }
  set aligned(value: boolean) {
    (this.array as unknown as { setflags(o: { align: boolean }): void }).setflags({ align: Boolean(value) });
  }
  /** Always false: no array writes back to another. */
  get writebackifcopy(): boolean {
    return false;
  }
  set writebackifcopy(value: boolean) {
    (this.array as unknown as { setflags(o: { uic: boolean }): void }).setflags({ uic: Boolean(value) });
  }
  get contiguous(): boolean {
    return this.c_contiguous;
  }
  get fortran(): boolean {
    return this.f_contiguous;
  }
  /** Fortran order and not C order. */
  get fnc(): boolean {
    return this.f_contiguous && !this.c_contiguous;
  }
  /** Fortran order or C order. */
  get forc(): boolean {
    return this.f_contiguous || this.c_contiguous;
  }
  get behaved(): boolean {
    return this.aligned && this.writeable;
  }
  get carray(): boolean {
    return this.behaved && this.c_contiguous;
  }
  get farray(): boolean {
    return this.behaved && this.fnc;
  }
  /** NumPy's bits: 1 C order, 2 Fortran order, 4 own memory, 0x100 aligned, 0x400 writeable. */
  get num(): number {
    const bit = (is: boolean, n: number): number => (is ? n : 0);
    return (
      bit(this.c_contiguous, 1) |
      bit(this.f_contiguous, 2) |
      bit(this.owndata, 4) |
      bit(this.aligned, 0x100) |
      bit(this.writeable, 0x400)
    );
  }

  /** The table that Python shows. */
  toString(): string {
    const row = (name: string, value: boolean): string => `  ${name} : ${value ? 'True' : 'False'}\n`;
    return (
      row('C_CONTIGUOUS', this.c_contiguous) +
      row('F_CONTIGUOUS', this.f_contiguous) +
      row('OWNDATA', this.owndata) +
      row('WRITEABLE', this.writeable) +
      row('ALIGNED', this.aligned) +
      row('WRITEBACKIFCOPY', this.writebackifcopy)
    );
  }
  repr(): string {
    return this.toString();
  }
  toJSON(): Record<string, boolean> {
    const { c_contiguous, f_contiguous, owndata, writeable, aligned, writebackifcopy } = this;
    return { c_contiguous, f_contiguous, owndata, writeable, aligned, writebackifcopy };
  }
}

export interface ArrayFlags {
  readonly C_CONTIGUOUS: boolean;
  readonly F_CONTIGUOUS: boolean;
  readonly OWNDATA: boolean;
  WRITEABLE: boolean;
  ALIGNED: boolean;
  readonly C: boolean;
  readonly F: boolean;
  readonly O: boolean;
  W: boolean;
  A: boolean;
}

type Name =
  | 'c_contiguous' | 'f_contiguous' | 'owndata' | 'writeable' | 'aligned' | 'writebackifcopy' | 'behaved' | 'carray' | 'farray' | 'fnc' | 'forc'; // biome-ignore format: one list

/** The other keys under which NumPy finds the flags. */
const KEYS: Readonly<Record<string, Name>> = {
  C: 'c_contiguous',
  CONTIGUOUS: 'c_contiguous',
  C_CONTIGUOUS: 'c_contiguous',
  F: 'f_contiguous',
  FORTRAN: 'f_contiguous',
  F_CONTIGUOUS: 'f_contiguous',
  O: 'owndata',
  OWNDATA: 'owndata',
  W: 'writeable',
  WRITEABLE: 'writeable',
  A: 'aligned',
  ALIGNED: 'aligned',
  X: 'writebackifcopy',
  WRITEBACKIFCOPY: 'writebackifcopy',
  B: 'behaved',
  BEHAVED: 'behaved',
  CA: 'carray',
  CARRAY: 'carray',
  FA: 'farray',
  FARRAY: 'farray',
  FNC: 'fnc',
  FORC: 'forc',
};
const SETTABLE: readonly string[] = ['writeable', 'aligned', 'writebackifcopy'];

for (const [key, name] of Object.entries(KEYS)) {
  Object.defineProperty(ArrayFlags.prototype, key, {
    get(this: ArrayFlags) {
      return this[name];
    },
    set(this: ArrayFlags, value: boolean) {
      (this as unknown as Record<string, boolean>)[name] = value;
    },
  });
}
for (const [name, d] of Object.entries(Object.getOwnPropertyDescriptors(ArrayFlags.prototype))) {
  if (d.get === undefined || SETTABLE.includes(name) || name in KEYS) continue;
  Object.defineProperty(ArrayFlags.prototype, name, {
    ...d,
    set() {
      throw new AttributeError(`attribute '${name}' of 'numpy._core.multiarray.flagsobj' objects is not writable`);
    },
  });
}
inspectable(ArrayFlags, 'flagsobj');
