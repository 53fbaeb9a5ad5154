import { np, tf } from '../../../src/index.js';

/** Gradients against central differences, in float64 and complex128. */

export type Value = any;
type Func = (...x: Value[]) => Value;

const listed = (y: Value): Value[] => (Array.isArray(y) ? y : [y]);

/** Numbers in no order, the same in every run: weights for results, so that each element has a gradient of its own. */
export function weights(shape: readonly number[], complex: boolean, salt = 0): Value {
  const n = shape.reduce((a, b) => a * b, 1);
  const at = (k: number): number => Math.sin(12.9898 * (k + 1 + 7 * salt)) + 0.3;
  const re = np.array(
    Array.from({ length: n }, (_, k) => at(k)),
    'float64',
  );
  if (!complex) return re.reshape(shape as number[]);
  const im = np.array(
    Array.from({ length: n }, (_, k) => at(k + 0.5)),
    'float64',
  );
  return np.add(re, np.multiply(im, np.complex(0, 1))).reshape(shape as number[]);
}

const floating = (t: Value): boolean => t.dtype.kind === 'f' || t.dtype.kind === 'c';
const results = (f: Func, xs: Value[]): Value[] => listed(f(...xs)).filter((y) => y !== null && floating(y));
const seedsFor = (ys: Value[]): Value[] => ys.map((y, i) => tf.constant(weights(y.shape, y.dtype.kind === 'c', i)));

/** The sum of the products of a function's results with weights, a real number. */
function loss(f: Func, xs: Value[]): number {
  let sum = 0;
  results(f, xs).forEach((y, i) => {
    const w = weights(y.shape, y.dtype.kind === 'c', i);
    sum += Number(np.sum(np.real(np.multiply(np.conj(w), y.numpy()))).item());
  });
  return sum;
}

/** Gradients of a function's weighted results by a tape. */
export function gradients(f: Func, xs: Value[]): Value[] {
  const tape = tf.GradientTape();
  tape.watch(xs);
  const ys = results(f, xs);
  return tape.gradient(ys, xs, { output_gradients: seedsFor(ys), unconnected_gradients: 'zero' }) as Value[];
}

/** Gradients by central differences, those of complex numbers along both axes. */
function differences(f: Func, xs: Value[], h: number): Value[] {
  return xs.map((x, k) => {
    const a = np.array(x.numpy());
    const out = np.zeros(a.shape, { dtype: a.dtype });
    const flat = out.reshape(-1);
    for (let i = 0; i < a.size; i++) {
      const along = (step: Value): number => {
        const moved = (s: Value): number => {
          const b = np.array(a).reshape(-1);
          b.set([i], np.add(b.at(i), s));
          const ys = xs.slice();
          ys[k] = tf.constant(b.reshape(a.shape));
          return loss(f, ys);
        };
        return (moved(step) - moved(np.negative(step))) / (2 * h);
      };
      const re = along(h);
      flat.set([i], a.dtype.kind === 'c' ? np.complex(re, along(np.complex(0, h))) : re);
    }
    return out;
  });
}

export interface Tolerance {
  h?: number;
  rtol?: number;
  atol?: number;
  /** Whether the gradients' gradients are checked too. */
  second?: boolean;
  /** Whether a traced function must give the same. */
  traced?: boolean;
}

const shown = (v: Value): string => String(v).replace(/\s+/g, ' ');

function compare(what: string, got: Value[], want: Value[], rtol: number, atol: number): void {
  got.forEach((g, k) => {
    const a = g.numpy();
    if (String(a.shape) !== String(want[k].shape))
      throw new Error(`${what}: shape of gradient ${k}: ${a.shape} instead of ${want[k].shape}`);
    if (!np.allclose(a, want[k], { rtol, atol }))
      throw new Error(`${what}: gradient ${k} is ${shown(a)}, by differences ${shown(want[k])}`);
  });
}

const tensors = (data: readonly unknown[]): Value[] =>
  data.map((x) => {
    const a = np.asarray(x as never);
    return tf.constant(a.dtype.kind === 'c' ? a.astype('complex128') : a.astype('float64'));
  });

/** Holds a function's gradients, and their gradients, to central differences; and traced ones to the same numbers. */
export function check(f: Func, data: readonly unknown[], o: Tolerance = {}): void {
  const { h = 1e-6, rtol = 2e-6, atol = 2e-7, second = true, traced = true } = o;
  const xs = tensors(data);
  const first = gradients(f, xs);
  compare('first order', first, differences(f, xs, h), rtol, atol);
  const grads: Func = (...ys) => gradients(f, ys);
  const twice = second ? gradients(grads, xs) : null;
  if (twice !== null) compare('second order', twice, differences(grads, xs, h), 10 * rtol, 20 * atol);
  if (!traced) return;
  const graph = tf.function((...ys: Value[]) => [gradients(f, ys), second ? gradients(grads, ys) : null]);
  const [one, two] = (graph as Func)(...xs) as Value[];
  const values = (ts: Value[]): Value[] => ts.map((t) => t.numpy());
  compare('traced', one, values(first), 1e-10, 1e-10);
  if (twice !== null) compare('traced, second order', two, values(twice), 1e-9, 1e-9);
}
