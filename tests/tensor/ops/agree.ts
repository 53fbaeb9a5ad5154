import { np, tf } from '../../../src/index.js';

/** What must hold for every tf function: a traced function gives what the eager one gives, and gradients are the slopes of central differences. */

type Tensor = InstanceType<typeof tf.Tensor>;
type Op = (...x: any[]) => any;

const listed = (r: unknown): Tensor[] => [r].flat() as Tensor[];
const texts = (r: unknown): string[] => listed(r).map((t) => `${t.dtype.name} ${t.shape} ${t.numpy().tolist()}`);

/** Texts of the eager and of the traced results, which must be the same. */
export function bothWays(f: Op, ...inputs: unknown[]): [eager: string[], traced: string[]] {
  const x = inputs.map((v) => (v instanceof tf.Tensor ? v : tf.constant(v as never)));
  return [texts(f(...x)), texts(tf.function(f)(...x))];
}

/** The largest difference of a gradient of weighted results from slopes, relative to their size, for float64 inputs. */
export function slopeError(f: Op, ...inputs: unknown[]): number {
  const x = inputs.map((v) => tf.constant(np.asarray(v as never, 'float64') as never));
  const value = (r: unknown): Tensor =>
    listed(r)
      .filter((t) => t.dtype.kind === 'f')
      .map((t) => np.sum(np.multiply(t, np.cos(np.arange(t.size).reshape(t.shape as never)))))
      .reduce((a, b) => np.add(a as never, b as never) as never) as never;
  const tape = new tf.GradientTape();
  for (const t of x) tape.watch(t);
  const gradients = tape.gradient(value(f(...x)) as never, x as never) as unknown as (Tensor | null)[];
  let worst = 0;
  x.forEach((t, k) => {
    const g = gradients[k];
    for (let i = 0; i < t.size; i++) {
      const moved = (h: number): number => {
        const a = np.array(t.numpy()).reshape(-1);
        a.set([i], Number(a.at(i)) + h);
        const y = x.map((o, n) => (n === k ? tf.constant(a.reshape(t.shape as never) as never) : o));
        return Number(value(f(...y)).item());
      };
      const slope = (moved(1e-6) - moved(-1e-6)) / 2e-6;
      const mine = g === null ? Number.NaN : Number(g.numpy().reshape(-1).at(i));
      const error = Math.abs(mine - slope) / (1 + Math.abs(slope));
      worst = Number.isNaN(error) ? Number.POSITIVE_INFINITY : Math.max(worst, error);
    }
  });
  return worst;
}
