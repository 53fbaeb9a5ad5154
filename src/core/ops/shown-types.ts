import type { UfuncRow } from './row.js';

/**
 * A ufunc's loops as NumPy lists them (`np.add.types`): those by which numbers are resolved, then those for dates and durations and for objects.
 */

/** Loops over dates and durations, in NumPy's order. */
const TIMES: Readonly<Record<string, string>> = {
  add: 'Mm->M mm->m mM->M',
  subtract: 'Mm->M mm->m MM->m',
  multiply: 'mq->m qm->m md->m dm->m',
  divide: 'mq->m md->m mm->d',
  floor_divide: 'mq->m md->m mm->q',
  remainder: 'mm->m',
  divmod: 'mm->qm',
  sign: 'm->m',
  isnat: 'M->? m->?',
  isnan: 'm->? M->?',
  isinf: 'm->? M->?',
  isfinite: 'm->? M->?',
  maximum: 'mm->m MM->M',
  minimum: 'mm->m MM->M',
  fmax: 'mm->m MM->M',
  fmin: 'mm->m MM->M',
  equal: 'MM->? mm->?',
  not_equal: 'MM->? mm->?',
  less: 'MM->? mm->?',
  less_equal: 'MM->? mm->?',
  greater: 'MM->? mm->?',
  greater_equal: 'MM->? mm->?',
};

/** Ufuncs whose loop over durations stands before those over complex numbers. */
const EARLY: ReadonlySet<string> = new Set(['absolute', 'negative', 'positive']);

const COMPARISONS = ['equal', 'not_equal', 'less', 'less_equal', 'greater', 'greater_equal'];

/** Ufuncs without a loop over objects. */
const NO_OBJECTS: ReadonlySet<string> = new Set(
  'copysign divmod float_power frexp heaviside isfinite isinf isnan isnat ldexp logaddexp logaddexp2 modf nextafter signbit spacing'.split(
    ' ',
  ),
);

/** The loops that NumPy lists after those of numbers. */
export function otherTypes(row: UfuncRow): string[] {
  const out: string[] = [];
  if (Object.hasOwn(TIMES, row.name)) out.push(...TIMES[row.name].split(' '));
  if (!NO_OBJECTS.has(row.name)) {
    const ins = 'O'.repeat(row.nin);
    if (COMPARISONS.includes(row.name)) out.push(`${ins}->?`);
    out.push(`${ins}->${'O'.repeat(row.nout)}`);
  }
  return out;
}

/** All loops, given those of numbers as NumPy lists them. */
export function shownTypes(row: UfuncRow, numbers: readonly string[]): string[] {
  const out = [...numbers];
  const at = out.findIndex((t) => t[0] === 'F');
  if (EARLY.has(row.name)) out.splice(at < 0 ? out.length : at, 0, 'm->m');
  return [...out, ...otherTypes(row)];
}
