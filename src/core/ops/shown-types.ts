import type { UfuncRow } from './row.js';

/**
 * A ufunc's loops as NumPy lists them (`np.add.types`): those by which numbers are resolved, under the further letters that C types
 * have there, then those for dates and durations and for objects.
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

const WIDER: Readonly<Record<string, string>> = { l: 'q', L: 'Q', d: 'g', D: 'G' };
/** The loop of a wider C type, where all of a loop's letters have one or stay. */
const widened = (text: string, from: string): string => text.replaceAll(from, WIDER[from]);

const known = new WeakMap<UfuncRow, readonly string[]>();

/** `ufunc.types`. */
export function shownTypes(row: UfuncRow): readonly string[] {
  let list = known.get(row);
  if (list === undefined) known.set(row, (list = listOf(row)));
  return list;
}

function listOf(row: UfuncRow): string[] {
  const out: string[] = [];
  const { types } = row;
  const wide: string[] = [];
  types.forEach((text, i) => {
    const first = text[0];
    // Comparisons of the two wide integers are listed once, under the letters of the wider C type.
    if (text.startsWith('lL') || text.startsWith('Ll')) {
      wide.push(widened(widened(text, 'l'), 'L'));
      if (types[i + 1]?.[0] !== 'L') out.push(...wide.splice(0));
      return;
    }
    if (first === 'F' && EARLY.has(row.name)) out.push('m->m');
    out.push(text);
    const next = types[i + 1]?.[0];
    if (first === 'l' || first === 'L') {
      wide.push(widened(widened(text, 'l'), 'L'));
      // The two wide integers stand side by side, and so do their further letters.
      if (next !== 'l' && next !== 'L') out.push(...wide.splice(0));
    } else if (first === 'd' && next !== 'd') {
      if (row.name === 'ldexp') out.push('gi->g');
      out.push(widened(text, 'd'));
    } else if (first === 'D') out.push(widened(widened(text, 'D'), 'd'));
  });
  if (Object.hasOwn(TIMES, row.name)) out.push(...TIMES[row.name].split(' '));
  if (!NO_OBJECTS.has(row.name)) {
    const ins = 'O'.repeat(row.nin);
    if (COMPARISONS.includes(row.name)) out.push(`${ins}->?`);
    out.push(`${ins}->${'O'.repeat(row.nout)}`);
  }
  return out;
}
