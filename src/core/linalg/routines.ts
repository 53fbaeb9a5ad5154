import { NotImplementedError } from '../errors.js';
import type { Lapack } from './lapack.js';
import { ownRoutines } from './own/index.js';
import { systemRoutines } from './system/index.js';

/** The routines in use: those of the system's LAPACK where there is one, else the library's own, or what took their place. */

type Routines = { -readonly [K in keyof Lapack]: Lapack[K] };

const missing = (name: string) => (): never => {
  throw new NotImplementedError(`linear algebra: there is no ${name}`);
};
const NAMES = 'gemm trsm getrf gesv inverse potrf geqrf orgqr gesdd syevd geev gelsd'.split(' ');
const table = (width: 1 | 2): Routines => {
  const none = Object.fromEntries(NAMES.map((n) => [n, missing(n)]));
  const own = { width, ...none, ...ownRoutines(width) } as unknown as Lapack;
  return { ...own, ...systemRoutines(width, own) };
};

let tables: readonly [Routines, Routines] | null = null;

/** The routines for real or for complex matrices. */
export const lapack = (complex: boolean): Lapack => (tables ??= [table(1), table(2)])[complex ? 1 : 0];

/** Puts routines in the place of those in use, and gives back those that were there. */
export function replaceRoutines(complex: boolean, routines: Partial<Omit<Lapack, 'width'>>): Partial<Lapack> {
  const own = lapack(complex) as unknown as Record<string, unknown>;
  const before: Record<string, unknown> = {};
  for (const [name, routine] of Object.entries(routines)) {
    before[name] = own[name];
    own[name] = routine;
  }
  return before as Partial<Lapack>;
}
