import { InvalidArgumentError, TypeError } from '../../core/errors.js';
import { isKeywords } from '../../core/signature.js';
import { type Element, numberOf } from './elements.js';

/** How arguments of datasets are read. */

/** Keywords at the end of the arguments, or arguments in order. */
export function read<T extends object>(names: readonly (keyof T & string)[], given: readonly unknown[]): Partial<T> {
  const out: Record<string, unknown> = {};
  given.forEach((v, i) => {
    if (i === given.length - 1 && isKeywords(v)) {
      for (const [k, w] of Object.entries(v)) {
        if (!(names as readonly string[]).includes(k) && !IGNORED.has(k))
          throw new TypeError(`tf.data.Dataset: unexpected keyword argument '${k}'; it takes ${names.join(', ')}`);
        out[k] = w;
      }
    } else out[names[i]] = v;
  });
  return out as Partial<T>;
}
/** What changes nothing here: one thread runs, in order. */
const IGNORED = new Set(['name', 'num_parallel_calls', 'deterministic', 'block_length']);

/** Whether a cardinality is a number of elements. */
export const bounded = (n: number): boolean => n >= 0;
/** A whole number of at least so much. @throws InvalidArgumentError */
export const whole = (what: string, n: unknown, least: number): number => {
  const k = numberOf(n);
  if (!Number.isInteger(k) || k < least)
    throw new InvalidArgumentError(
      `${what} must be ${least === 1 ? 'greater than zero' : `at least ${least}`}, got ${String(n)}.`,
    );
  return k;
};

/** Functions over elements get the parts of a list one by one, as TensorFlow hands out tuples. */
export const applied = (f: (...a: any[]) => any, e: Element): any => (Array.isArray(e) ? f(...e) : f(e));
