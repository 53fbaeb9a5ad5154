import { AttributeError, ValueError } from '../core/errors.js';
import { inspectable } from '../core/inspect.js';
import { isC, isF } from '../core/view.js';

/** What flags are read from, and written through. */
export interface Flagged {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly dtype: { readonly itemsize: number };
  readonly base: Flagged | null;
  readonly buffer: { readonly exposed: boolean };
  writeable: boolean;
}

/**
 * Lets an array be written, or not.
 * @throws ValueError where the memory belongs to an array that may not be written
 */
export function setWriteable(a: Flagged, to: boolean): void {
  if (to && !a.writeable && a.base !== null && !a.base.writeable)
    throw new ValueError('cannot set WRITEABLE flag to True of this array');
  a.writeable = to;
}

const C = 1;
const F = 2;
const OWNDATA = 4;
const ALIGNED = 0x100;
const WRITEABLE = 0x400;

/**
 * How an array lies in memory and what may be done with it: NumPy's flags object. `writeable` can be set; everything else is read.
 * The names that NumPy takes in brackets are properties too: `a.flags.C_CONTIGUOUS`, `a.flags['F']`.
 * @example np.zeros([2, 3]).flags.c_contiguous // → true
 */
export class Flags {
  readonly #of: Flagged;

  constructor(of: Flagged) {
    this.#of = of;
  }

  /** In C order without gaps. */
  get c_contiguous(): boolean {
    return isC(this.#of.shape, this.#of.strides, this.#of.dtype.itemsize);
  }
  /** In F order without gaps. */
  get f_contiguous(): boolean {
    return isF(this.#of.shape, this.#of.strides, this.#of.dtype.itemsize);
  }
  get contiguous(): boolean {
    return this.c_contiguous;
  }
  get fortran(): boolean {
    return this.f_contiguous;
  }
  /** Whether the memory is the array's own, not that of another array or of the user. */
  get owndata(): boolean {
    return this.#of.base === null && !this.#of.buffer.exposed;
  }
  get writeable(): boolean {
    return this.#of.writeable;
  }
  set writeable(to: boolean) {
    setWriteable(this.#of, Boolean(to));
  }
  /** Elements lie at multiples of their size: true of all arrays here. */
  get aligned(): boolean {
    return true;
  }
  set aligned(_to: boolean) {}
  get writebackifcopy(): boolean {
    return false;
  }
  set writebackifcopy(to: boolean) {
    if (to) throw new ValueError('cannot set WRITEBACKIFCOPY flag to True');
  }
  /** F order and not C order. */
  get fnc(): boolean {
    return this.f_contiguous && !this.c_contiguous;
  }
  /** F order or C order. */
  get forc(): boolean {
    return this.f_contiguous || this.c_contiguous;
  }
  /** Aligned and writeable. */
  get behaved(): boolean {
    return this.writeable;
  }
  /** Behaved and in C order. */
  get carray(): boolean {
    return this.behaved && this.c_contiguous;
  }
  /** Behaved and in F order, not C order. */
  get farray(): boolean {
    return this.behaved && this.fnc;
  }
  /** All flags as bits. */
  get num(): number {
    return (
      (this.c_contiguous ? C : 0) |
      (this.f_contiguous ? F : 0) |
      (this.owndata ? OWNDATA : 0) |
      ALIGNED |
      (this.writeable ? WRITEABLE : 0)
    );
  }

  /** What Python's `print(a.flags)` writes. */
  toString(): string {
    return PRINTED.map((name) => `  ${name} : ${this[name.toLowerCase() as 'aligned'] ? 'True' : 'False'}\n`).join('');
  }
}

const PRINTED = ['C_CONTIGUOUS', 'F_CONTIGUOUS', 'OWNDATA', 'WRITEABLE', 'ALIGNED', 'WRITEBACKIFCOPY'];

type FlagName = Exclude<keyof Flags, 'toString'>;

/** What may stand in brackets, and the attribute it is. */
const KEYS: readonly (readonly [attribute: FlagName, ...keys: string[]])[] = [
  ['c_contiguous', 'C_CONTIGUOUS', 'CONTIGUOUS', 'C'],
  ['f_contiguous', 'F_CONTIGUOUS', 'FORTRAN', 'F'],
  ['owndata', 'OWNDATA', 'O'],
  ['writeable', 'WRITEABLE', 'W'],
  ['aligned', 'ALIGNED', 'A'],
  ['writebackifcopy', 'WRITEBACKIFCOPY', 'X'],
  ['fnc', 'FNC'],
  ['forc', 'FORC'],
  ['behaved', 'BEHAVED', 'B'],
  ['carray', 'CARRAY', 'CA'],
  ['farray', 'FARRAY', 'FA'],
];
const SETTABLE: ReadonlySet<string> = new Set<FlagName>(['writeable', 'aligned', 'writebackifcopy']);

const refuse = (name: string) => (): void => {
  throw new AttributeError(`attribute '${name}' of 'numpy._core.multiarray.flagsobj' objects is not writable`);
};

for (const [attribute, ...keys] of KEYS) {
  const own = Object.getOwnPropertyDescriptor(Flags.prototype, attribute) as PropertyDescriptor;
  for (const key of keys) Object.defineProperty(Flags.prototype, key, { get: own.get, set: own.set ?? refuse(key) });
}
for (const [name, d] of Object.entries(Object.getOwnPropertyDescriptors(Flags.prototype)))
  if (d.get !== undefined && !SETTABLE.has(name) && d.set === undefined)
    Object.defineProperty(Flags.prototype, name, { ...d, set: refuse(name) });

inspectable(Flags, 'Flags');
