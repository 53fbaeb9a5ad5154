// What traced functions save: a chain of eight elementwise operations against NumPy's eight, and a training step of a small network
// traced against the same step operation by operation.
//   node bench/graphs.mjs
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const dist = process.env.NUMBRIDGE_DIST ?? join(here, '..', 'dist', 'bundle');
const { np, tf } = await import(pathToFileURL(join(dist, 'index.js')).href);

/** Median milliseconds of a call. */
function time(f, count) {
  for (let i = 0; i < Math.max(3, count / 10); i++) f();
  const taken = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    f();
    taken.push(performance.now() - start);
  }
  return taken.sort((a, b) => a - b)[count >> 1];
}
const figure = (ms) => (ms < 1 ? `${(ms * 1000).toFixed(0)} µs` : `${ms.toFixed(2)} ms`);

const PYTHON = `
import numpy as np, time, sys
n = int(sys.argv[1])
x = np.linspace(0, 1, n).astype('f4'); y = np.linspace(1, 2, n).astype('f4')
f4 = np.float32
def f(x, y):
    z = x * y; z = z + f4(1); z = z - x; z = z * z; z = np.maximum(z, f4(.25)); z = np.sqrt(z); z = z + y; return z * f4(.5)
for _ in range(10): f(x, y)
t = []
for _ in range(int(sys.argv[2])):
    s = time.perf_counter(); f(x, y); t.append(time.perf_counter() - s)
print(sorted(t)[len(t) // 2] * 1000)
`;

const chain = (x, y) => {
  let z = tf.add(tf.multiply(x, y), 1);
  z = tf.subtract(z, x);
  z = tf.maximum(tf.multiply(z, z), 0.25);
  return tf.multiply(tf.add(tf.sqrt(z), y), 0.5);
};

console.log('a chain of eight, float32');
for (const n of [1e3, 1e6]) {
  const x = tf.constant(np.linspace(0, 1, n).astype('float32'));
  const y = tf.constant(np.linspace(1, 2, n).astype('float32'));
  const traced = tf.function(chain);
  const kernels = traced.get_concrete_function(x, y).graph.optimized().get_operations().length;
  const count = n > 1e5 ? 100 : 3000;
  const numpy = Number(spawnSync('python3', ['-c', PYTHON, String(n), String(count)], { encoding: 'utf8' }).stdout);
  const ours = time(() => traced(x, y), count);
  const eager = time(() => chain(x, y), count);
  console.log(
    `  ${n} elements: traced ${figure(ours)} (${kernels} kernel), eager ${figure(eager)}, NumPy ${figure(numpy)}: ${(numpy / ours).toFixed(1)} times as fast as NumPy`,
  );
}

/** A network of two layers, its data, and one step of gradient descent. */
function network(hidden, batch) {
  const fill = (rows, columns, k) =>
    np.multiply(np.sin(np.multiply(np.arange(rows * columns).reshape(rows, columns), k)), 0.3).astype('float32');
  const vars = [
    fill(32, hidden, 1.3),
    np.zeros([hidden], 'float32'),
    fill(hidden, 10, 0.7),
    np.zeros([10], 'float32'),
  ].map((a) => new tf.Variable(a));
  const [w1, b1, w2, b2] = vars;
  const step = (x, y) => {
    const tape = new tf.GradientTape();
    const h = tf.nn.relu(tf.add(tf.matmul(x, w1), b1));
    const loss = tf.reduce_mean(tf.square(tf.subtract(tf.add(tf.matmul(h, w2), b2), y)));
    const gradients = tape.gradient(loss, vars);
    for (const [i, v] of vars.entries()) v.assign_sub(tf.multiply(gradients[i], 0.01));
    return loss;
  };
  return { step, x: tf.constant(fill(batch, 32, 2.1)), y: tf.constant(fill(batch, 10, 0.33)) };
}

console.log('a training step of a network 32-hidden-10');
for (const [hidden, batch] of [
  [16, 8],
  [64, 32],
  [256, 256],
]) {
  const { step, x, y } = network(hidden, batch);
  const traced = tf.function(step);
  const count = hidden > 100 ? 200 : 1000;
  const ours = time(() => traced(x, y), count);
  const eager = time(() => step(x, y), count);
  console.log(
    `  hidden ${hidden}, batch ${batch}: traced ${figure(ours)}, eager ${figure(eager)}: ${(eager / ours).toFixed(1)} times as fast`,
  );
}
