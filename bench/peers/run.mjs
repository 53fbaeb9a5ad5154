// Compares numbridge with TensorFlow.js on its WebAssembly backend: a training step of a small network, forth and back, and some operations.
// Both are measured in turn in one run; the results are compared before they are timed.
//   npm run bench -- --peers          (installs the peer into this folder first)
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
if (!existsSync(join(here, 'node_modules'))) {
  console.log('installing TensorFlow.js into bench/peers …');
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: here, stdio: 'inherit' });
}
const dist = process.env.NUMBRIDGE_DIST ?? join(here, '..', '..', 'dist', 'bundle');
const { np, tf } = await import(pathToFileURL(join(dist, 'index.js')).href);
// Its gradients are modules for bundlers only, so that it is bundled.
const bundle = join(here, 'node_modules', '.bundle.mjs');
await build({
  stdin: {
    contents: `export * from '@tensorflow/tfjs-core';
      import '@tensorflow/tfjs-core/dist/register_all_gradients';
      export { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';`,
    resolveDir: here,
  },
  outfile: bundle,
  bundle: true,
  format: 'esm',
  platform: 'node',
  mainFields: ['module', 'main'],
  banner: {
    js: `import { createRequire } from 'node:module'; import { fileURLToPath } from 'node:url';
      const require = createRequire(import.meta.url), __filename = fileURLToPath(import.meta.url), __dirname = fileURLToPath(new URL('.', import.meta.url));`,
  },
  logLevel: 'error',
});
const js = await import(pathToFileURL(bundle).href);
// It announces itself where Node is.
const { log, warn } = console;
console.log = console.warn = () => {};
js.setWasmPaths(join(here, 'node_modules', '@tensorflow', 'tfjs-backend-wasm', 'dist', '/'));
await js.setBackend('wasm');
await js.ready();
Object.assign(console, { log, warn });

const figure = (ms) => (ms < 1 ? `${(ms * 1000).toFixed(ms < 0.1 ? 1 : 0)} µs` : `${ms.toFixed(2)} ms`);
const tick = () => new Promise((resolve) => setImmediate(resolve));
/** The shortest milliseconds of each, measured in turn: whatever else the machine does only adds to it. */
async function times(fs, budget = 600) {
  const reps = fs.map((f) => {
    for (let i = 0; i < 20; i++) f();
    const start = performance.now();
    let n = 0;
    while (performance.now() - start < 60) {
      f();
      n++;
    }
    return Math.max(1, Math.ceil(n / 60));
  });
  const taken = fs.map(() => []);
  const start = performance.now();
  while (taken[0].length < 5 || (performance.now() - start < budget && taken[0].length < 400)) {
    for (const [k, f] of fs.entries()) {
      const before = performance.now();
      for (let i = 0; i < reps[k]; i++) f();
      taken[k].push((performance.now() - before) / reps[k]);
      await tick();
    }
  }
  return taken.map((list) => Math.min(...list));
}
function agree(name, ours, theirs, tolerance = 1e-4) {
  if (!np.allclose(ours, theirs, { rtol: tolerance, atol: tolerance })) throw new Error(`${name}: the results differ`);
}
const heading = (...texts) => console.log(texts.map((t, i) => t.padEnd(i === 0 ? 34 : 22)).join(''));

console.log(
  `TensorFlow.js ${js.version_core} (wasm, SIMD), Node ${process.version}; float32; ratios are our time over theirs\n`,
);

// ---- operations -------------------------------------------------------------------------------------------------------------

const data = (n, k = 1) => Float32Array.from({ length: n }, (_, i) => 0.5 + Math.abs(Math.sin(i * k)));
const ops = [
  ['add', (t, a, b) => t.add(a, b), (t, a, b) => t.add(a, b)],
  ['multiply', (t, a, b) => t.multiply(a, b), (t, a, b) => t.mul(a, b)],
  ['maximum', (t, a, b) => t.maximum(a, b), (t, a, b) => t.maximum(a, b)],
  ['exp', (t, a) => t.exp(a), (t, a) => t.exp(a)],
  ['tanh', (t, a) => t.tanh(a), (t, a) => t.tanh(a)],
  ['sigmoid', (t, a) => t.sigmoid(a), (t, a) => t.sigmoid(a)],
  ['relu', (t, a) => t.nn.relu(a), (t, a) => t.relu(a)],
  ['reduce_sum', (t, a) => t.reduce_sum(a), (t, a) => t.sum(a)],
  ['reduce_max', (t, a) => t.reduce_max(a), (t, a) => t.max(a)],
];
heading('operation, elements', 'numbridge', 'TensorFlow.js', 'ratio');
async function compare(name, ours, theirs) {
  const mine = ours();
  const other = theirs();
  agree(name, np.ravel(mine.numpy()), np.array(Float32Array.from(other.dataSync())), 1e-3);
  other.dispose();
  const [a, b] = await times([() => ours().dispose(), () => theirs().dispose()]);
  heading(name, figure(a), figure(b), (a / b).toFixed(2));
}
for (const n of [100, 1e4, 1e6]) {
  const [x, y] = [data(n), data(n, 0.7)];
  const [a, b] = [tf.constant(x), tf.constant(y)];
  const [p, q] = [js.tensor(x), js.tensor(y)];
  for (const [name, ours, theirs] of ops)
    await compare(
      `${name}, ${n}`,
      () => ours(tf, a, b),
      () => theirs(js, p, q),
    );
}
for (const n of [32, 128, 512]) {
  const [x, y] = [data(n * n), data(n * n, 0.7)];
  const [a, b] = [x, y].map((v) => tf.reshape(tf.constant(v), [n, n]));
  const [p, q] = [x, y].map((v) => js.tensor(v, [n, n]));
  await compare(
    `matmul, ${n}²`,
    () => tf.matmul(a, b),
    () => js.matMul(p, q),
  );
}
{
  const [x, k] = [data(8 * 28 * 28 * 8), data(3 * 3 * 8 * 16, 0.7)];
  const [a, b] = [tf.reshape(tf.constant(x), [8, 28, 28, 8]), tf.reshape(tf.constant(k), [3, 3, 8, 16])];
  const [p, q] = [js.tensor(x, [8, 28, 28, 8]), js.tensor(k, [3, 3, 8, 16])];
  await compare(
    'conv2d 3², 8·28²·8 to 16',
    () => tf.nn.conv2d(a, b, { strides: 1, padding: 'SAME' }),
    () => js.conv2d(p, q, 1, 'same'),
  );
}

// ---- a training step ----------------------------------------------------------------------------------------------------------

/** The first numbers of a network of two layers, and its data. */
function network(hidden, batch, inputs = 64) {
  const fill = (rows, columns, k) => Float32Array.from({ length: rows * columns }, (_, i) => 0.3 * Math.sin(i * k));
  return {
    shapes: [[inputs, hidden], [hidden], [hidden, 10], [10]],
    values: [fill(inputs, hidden, 1.3), fill(1, hidden, 0), fill(hidden, 10, 0.7), fill(1, 10, 0)],
    x: [fill(batch, inputs, 2.1), [batch, inputs]],
    labels: Int32Array.from({ length: batch }, (_, i) => (i * 7) % 10),
  };
}
function mine({ shapes, values, x, labels }) {
  const vars = values.map((v, i) => new tf.Variable(tf.reshape(tf.constant(v), shapes[i])));
  const [w1, b1, w2, b2] = vars;
  const input = tf.reshape(tf.constant(x[0]), x[1]);
  const targets = tf.one_hot(tf.constant(labels, 'int32'), 10);
  const step = (data, truth) => {
    const tape = new tf.GradientTape();
    const h = tf.nn.relu(tf.add(tf.matmul(data, w1), b1));
    const loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(truth, tf.add(tf.matmul(h, w2), b2)));
    const gradients = tape.gradient(loss, vars);
    for (const [i, v] of vars.entries()) v.assign_sub(tf.multiply(gradients[i], 0.01));
    return loss;
  };
  const traced = tf.function(step);
  return { eager: () => np.tidy(() => step(input, targets)), traced: () => np.tidy(() => traced(input, targets)) };
}
function theirs({ shapes, values, x, labels }) {
  const vars = values.map((v, i) => js.variable(js.tensor(v, shapes[i])));
  const [w1, b1, w2, b2] = vars;
  const input = js.tensor(x[0], x[1]);
  const targets = js.cast(js.oneHot(js.tensor1d(labels, 'int32'), 10), 'float32');
  const optimizer = js.train.sgd(0.01);
  return () => {
    const loss = optimizer.minimize(
      () => {
        const h = js.relu(js.add(js.matMul(input, w1), b1));
        return js.mean(js.losses.softmaxCrossEntropy(targets, js.add(js.matMul(h, w2), b2)));
      },
      true,
      vars,
    );
    const value = loss.dataSync()[0];
    loss.dispose();
    return value;
  };
}

console.log('');
heading('training step 64-hidden-10', 'numbridge, traced', 'numbridge, eager', 'TensorFlow.js', 'ratios');
for (const [hidden, batch] of [
  [16, 8],
  [64, 32],
  [256, 256],
  [512, 512],
]) {
  const parts = network(hidden, batch);
  const { eager } = mine(parts);
  const { traced } = mine(parts);
  const other = theirs(parts);
  for (let i = 0; i < 10; i++) {
    const value = other();
    agree('the loss', eager().numpy(), np.array(value), 1e-3);
    agree('the traced loss', traced().numpy(), np.array(value), 1e-3);
  }
  const [a, b, c] = await times([() => traced().item(), () => eager().item(), other], 1500);
  heading(
    `hidden ${hidden}, batch ${batch}`,
    figure(a),
    figure(b),
    figure(c),
    `${(a / c).toFixed(2)}, ${(b / c).toFixed(2)}`,
  );
}
