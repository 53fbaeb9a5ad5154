import { describe, expect, test } from '@jest/globals';
import { np as numpy, tf as tensors } from '../../../src/index.js';
import { CASES } from '../../laws/cases.js';
import { operands } from '../../laws/laws.js';
import { DIFFERENTIABLE, PLAIN } from '../../tensor/ops/cases.js';
import { array, deviceName, difference, isThere, listed, NARROW, sent } from './support.js';

/** Functions on a device that the host does not reach give what they give here, in its dtypes, or an error that names them and the device. */

const np: any = numpy;
const tf: any = tensors;

const complex = (title: string, call: unknown): boolean => /\bc[,)]/.test(title) || /o\.c\b/.test(String(call));
/** Functions whose results have 64 bits in NumPy where they count or name places: int32 there. */
const POSITIONS = /arg(max|min|sort)|searchsorted|count_nonzero/;

/** What is refused, and the words of the error that say why. */
const REFUSED: readonly (readonly [RegExp, RegExp])[] = [
  // Results of another dtype than the device's.
  [/^np\.(sqrt|exp|sin)\(i\)|float_power|np\.divide\(l, j\)/, /the result has dtype float64/],
  [/bitwise_count/, /the result has dtype uint8/],
  [/^np\.(add|multiply)\(i, s\)|^np\.add\(i, 1\.5\)|concatenate\(\[m, i\]|cov|corrcoef|where\(b, i, 1\.5/, /float64/],
  // A gpu computes in float64, if slowly; it holds none.
  ...(deviceName === 'gpu:0' ? [] : [[/^np\.less\(i, s\)/, /computed in float64/] as const]),
  [/^np\.(sum|prod|cumsum)\([ib]\)|nanmedian|choose/, /int64/],
  [/^np\.mean\([ib]\)$/, /float64/],
  [/float16/, /float16/],
  // What depends on values, or is computed on the host.
  [
    /extract|nonzero|argwhere|unique|partition|lexsort|isin\(|digitize|bincount|histogram|interp|np\.linalg\.eig/,
    /values in the host's memory|cannot be read synchronously|no linear algebra/,
  ],
  [
    /np\.linalg\.(solve|inv|det|slogdet|cholesky|qr|svd|svdvals|eigh|pinv|lstsq|matrix_power\(q, -2|tensorsolve)/,
    /no linear algebra/,
  ],
];
const whyNot = (title: string): RegExp | undefined => REFUSED.find(([t]) => t.test(title))?.[1];

describe('functions of np', () => {
  for (const [title, call] of Object.entries(CASES)) {
    if (complex(title, call)) continue;
    const run = (): unknown =>
      call(
        np,
        operands((v, d, s) => (d.startsWith('c') ? null : sent(tf.constant(array(v, d, s))))),
      );
    const refusal = POSITIONS.test(title) ? undefined : whyNot(title);
    test(refusal === undefined ? title : `${title} is refused`, () => {
      if (refusal !== undefined) {
        expect(run).toThrow(refusal);
        expect(run).toThrow(deviceName);
        return;
      }
      const got = listed(run());
      let want = listed(
        call(
          np,
          operands((v, d, s) => (d.startsWith('c') ? null : array(v, d, s))),
        ),
      );
      if (POSITIONS.test(title)) want = want.map((w) => (w.dtype?.name === 'int64' ? w.astype('int32') : w));
      if (title.includes('quantile')) want = want.map((w) => w.astype('float32'));
      expect(difference(got, want, 1e-5)).toBe('');
      for (const g of got) if (g?.dtype !== undefined) expect(isThere(g)).toBe(true);
    });
  }
});

const FLOATS = (x: any): boolean => x.dtype.kind === 'f';
/** Operands here, and their copies there. */
function pairs(inputs: readonly unknown[]): [any[], any[]] {
  const here = inputs.map((x: any) => {
    const t = x instanceof tf.Tensor ? x : tf.constant(x);
    const narrow = NARROW[t.dtype.name];
    return narrow === undefined ? t : tf.cast(t, narrow);
  });
  return [here, here.map((t) => (t.dtype.kind === 'c' ? t : sent(t)))];
}
function slopes(f: (...x: any[]) => any, x: readonly any[]): any[] {
  const tape = new tf.GradientTape();
  const floats = x.filter(FLOATS);
  for (const t of floats) tape.watch(t);
  const sums = listed(f(...x))
    .filter(FLOATS)
    .map((t) => tf.reduce_sum(tf.multiply(t, t)));
  return tape.gradient(tf.add_n(sums), floats, { unconnected_gradients: 'zero' });
}

/** Functions of tf whose cases ask for something that the device does not have. */
const BEYOND: Readonly<Record<string, RegExp>> = {
  cast: /float64/,
  saturate_cast: /float64|int8/,
  'complex and its parts': /complex64/,
  'confusion_matrix of weights': /float64/,
  bitcast: /values in the host's memory/,
  boolean_mask: /values in the host's memory|cannot be read/,
};
/** Those that have no operand of the device's, or none that it can have. */
const HERE = /^(shape and size|scatter of complex)$/;

describe('functions of tf', () => {
  const seen = new Set<string>();
  for (const [title, f, ...inputs] of [...DIFFERENTIABLE, ...PLAIN]) {
    if (HERE.test(title)) continue;
    const named = seen.has(title) ? `${title} again` : title;
    seen.add(title);
    const beyond = BEYOND[title];
    test(named, () => {
      const [here, there] = pairs(inputs);
      if (beyond !== undefined) {
        expect(() => f(...there)).toThrow(beyond);
        expect(() => f(...there)).toThrow(deviceName);
        return;
      }
      let want = listed(f(...here));
      if (/^argmin$|count_nonzero/.test(title)) want = want.map((t) => tf.cast(t, 'int32'));
      const got = listed(f(...there));
      expect(difference(got, want, 1e-5)).toBe('');
      expect(got.every(isThere)).toBe(true);
      // What has no operand at all stays with the host in a traced function.
      expect(difference(listed(tf.function(f)(...there)), want, 1e-5)).toBe('');
      if (!DIFFERENTIABLE.some((d) => d[0] === title) || !want.some(FLOATS)) return;
      const g = slopes(f, there);
      expect(difference(g, slopes(f, here), 1e-4)).toBe('');
      expect(g.every(isThere)).toBe(true);
    });
  }
});
