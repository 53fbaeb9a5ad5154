import { integer, readInteger, readNumber } from '../../device/blas/arguments.js';
import { type Foreign, inHeap, systemLibrary } from '../../device/blas/library.js';
import { doubles, take } from '../arena.js';

/** How the rows of this folder call the library. */

/** Slots for what routines give back. */
const INFO = 20;
export const SIZE = 21;
const SIZE_I = 22;
const SIZE_R = 23;

/** Address of a place of the arena. */
export const at = (place: number): number => inHeap(8 * place);

/** Numbers as arguments: each call takes slots from 2 on, and the first two are for factors. */
export const int: typeof integer = integer;

const known = new Map<string, Foreign | null>();

/** A routine by its LAPACK name without the letter of its precision, or null. */
export function find(name: string, count: number, letters: number): Foreign | null {
  let f = known.get(name);
  if (f === undefined) {
    f = systemLibrary()?.routine(name, count, letters) ?? null;
    known.set(name, f);
  }
  return f;
}

/** The slot for what LAPACK says of success. */
export const info = (): number => integer(INFO, 0);
export const outcome = (): number => readInteger(INFO);

/** Working memory that a routine asked for. */
export interface Room {
  readonly work: number;
  readonly size: number;
  readonly reals: number;
  readonly integers: number;
  readonly realCount: number;
  readonly integerCount: number;
}

const sizes = new Map<string, { work: number; reals: number; integers: number }>();
const MOST_SIZES = 64;

/**
 * Takes the working memory that a routine asks for. `ask` calls it with the addresses of places that take the answers and of lengths of -1;
 * `reals` and `integers` are what it needs of those where it does not say.
 */
export function room(
  key: string,
  width: 1 | 2,
  ask: (work: number, size: number, reals: number, integers: number) => void,
  reals = 0,
  integers = 0,
): Room {
  let s = sizes.get(key);
  if (s === undefined) {
    ask(integer(SIZE, 0), -1, integer(SIZE_R, 0), integer(SIZE_I, 0));
    // Lengths come in floating point: those that were rounded down are too short by less than this.
    const asked = Math.ceil(readNumber(SIZE) * (1 + 2 ** -50));
    s = {
      work: Math.max(1, asked),
      reals: Math.max(1, reals, Math.ceil(readNumber(SIZE_R))),
      integers: Math.max(1, integers, readInteger(SIZE_I)),
    };
    if (sizes.size >= MOST_SIZES) sizes.clear();
    sizes.set(key, s);
  }
  return {
    work: at(take(width * s.work)),
    size: s.work,
    reals: at(take(s.reals)),
    integers: at(take(s.integers)),
    realCount: s.reals,
    integerCount: s.integers,
  };
}

/** Whether all numbers of a matrix are finite: what the library makes of others depends on its version, and it may not come to an end. */
export function finite(m: number, a: number, lda: number, n: number): boolean {
  const H = doubles();
  let sum = 0;
  for (let j = 0; j < n; j++) {
    let i = a + j * lda;
    const end = i + m;
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (; i + 4 <= end; i += 4) {
      s0 += H[i] * 0;
      s1 += H[i + 1] * 0;
      s2 += H[i + 2] * 0;
      s3 += H[i + 3] * 0;
    }
    for (; i < end; i++) s0 += H[i] * 0;
    sum += s0 + s1 + (s2 + s3);
  }
  return sum === 0;
}
