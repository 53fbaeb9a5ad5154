// The gpu against plain kernels of gpu.js on the same device, and against the cpu device: a product of matrices, a chain of elementwise
// operations (traced, so one kernel), sums, and a step of training of a small network.
//   node bench/gpu.mjs [--small]
// Figures are medians of runs that end with a wait for the device.
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const dist = process.env.NUMBRIDGE_DIST ?? join(here, '..', 'dist', 'bundle');
const { np, tf } = await import(pathToFileURL(join(dist, 'index.js')).href);
const small = process.argv.includes('--small');
const figure = (ms) => (ms === null ? '-' : ms < 1 ? `${(ms * 1000).toFixed(0)} µs` : `${ms.toFixed(2)} ms`);
const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];

/** Median milliseconds of a call, waited for by reading one element of its result. */
function time(f, count = 20) {
  const wait = (r) => r.reshape(-1).at(':1').numpy();
  for (let i = 0; i < 3; i++) wait(f());
  const taken = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    wait(f());
    taken.push(performance.now() - start);
  }
  return median(taken);
}

/** gpu.js in its own way: one kernel, whose results stay on the device until the last one is read. */
async function openPlain() {
  try {
    const load = createRequire(import.meta.url);
    const webgpu = await import('webgpu');
    Object.assign(globalThis, webgpu.globals);
    // The process aborts when this object is collected.
    globalThis.benchGpu = webgpu.create([]);
    Object.defineProperty(globalThis, 'navigator', { value: { gpu: globalThis.benchGpu }, configurable: true });
    const { GPU } = load('gpu.js');
    return new GPU({ mode: 'webgpu' });
  } catch (e) {
    console.log(`(gpu.js by itself cannot be run: ${e.message})`);
    return null;
  }
}
async function timePlain(gpu, source, output, args, options = {}, count = 10) {
  if (gpu === null) return null;
  try {
    const settings = {
      output,
      pipeline: true,
      immutable: true,
      precision: 'single',
      loopMaxIterations: 1e6,
      dynamicOutput: true,
      dynamicArguments: true,
      ...options,
    };
    const kernel = gpu.createKernel(source, settings);
    // Operands go to the device once, as ours do.
    const identity = gpu.createKernel('function (a) { return a[this.thread.x]; }', {
      ...settings,
      output: [args[0].length],
    });
    const there = [];
    for (const a of args) {
      identity.setOutput?.([a.length]);
      there.push(await identity(a));
    }
    const taken = [];
    for (let i = 0; i < count + 2; i++) {
      const start = performance.now();
      const r = await kernel(...there);
      const { device } = r.context;
      await device.queue.onSubmittedWorkDone();
      if (i > 1) taken.push(performance.now() - start);
      r.delete();
    }
    return median(taken);
  } catch (e) {
    console.log(`(gpu.js: ${e.message.split('\n')[0]})`);
    return null;
  }
}

const [details] = [tf.config.get_device_details({ name: 'gpu', device_type: 'GPU' })];
if (details.backend === undefined) {
  console.log('no gpu is to be had');
  process.exit(0);
}
console.log(`${details.vendor} ${details.device_name} (${details.backend})\n`);

const rng = np.random.default_rng(1);
const normal = (...shape) => tf.constant(rng.standard_normal(shape).astype('float32'));
const flat = (t) => new Float32Array(t.numpy().ravel().toTypedArray());
const rows = [];
const plain = await openPlain();

const m = small ? 256 : 2048;
const [a, b] = [normal(m, m), normal(m, m)];
rows.push([
  `matmul ${m} x ${m}`,
  (x, y) => tf.matmul(x, y),
  [a, b],
  `function (a, b) { let s = 0; for (let k = 0; k < ${m}; k++) { s += a[this.thread.y * ${m} + k] * b[k * ${m} + this.thread.x]; } return s; }`,
  [m, m],
]);
const n = small ? 1e5 : 1e7;
const [x, y] = [normal(n), normal(n)];
const chain = tf.function((p, q) => {
  const z = tf.maximum(tf.square(tf.subtract(tf.add(tf.multiply(p, q), 1), p)), 0.25);
  return tf.multiply(tf.add(tf.sqrt(z), q), 0.5);
});
rows.push([
  `chain of eight, ${n}`,
  chain,
  [x, y],
  'function (a, b) { const p = a[this.thread.x]; const q = b[this.thread.x]; const z = p * q + 1 - p; return (Math.sqrt(Math.max(z * z, 0.25)) + q) * 0.5; }',
  [n],
]);
rows.push([`exp, ${n}`, (p) => tf.exp(p), [x], 'function (a) { return Math.exp(a[this.thread.x]); }', [n]]);
const lines = 1000;
const width = n / lines;
rows.push([
  `sum of ${lines} lines of ${width}`,
  (p) => tf.reduce_sum(p, 1),
  [tf.reshape(x, [lines, width])],
  `function (a) { let s = 0; for (let k = 0; k < ${width}; k++) { s += a[this.thread.x * ${width} + k]; } return s; }`,
  [lines],
]);
rows.push([`sum of ${n}`, (p) => tf.reduce_sum(p), [x], null, null]);

console.log(`${''.padEnd(28)}${'gpu'.padStart(12)}${'gpu.js'.padStart(12)}${'cpu'.padStart(12)}`);
for (const [name, f, operands, source, output] of rows) {
  const there = operands.map((t) => t.to('gpu'));
  const ours = time(() => f(...there));
  const theirs = source === null ? null : await timePlain(plain, source, output, operands.map(flat));
  const host = time(() => f(...operands), 5);
  console.log(
    `${name.padEnd(28)}${figure(ours).padStart(12)}${figure(theirs).padStart(12)}${figure(host).padStart(12)}`,
  );
}

function network(batch, width) {
  const [inputs, labels] = [normal(batch, 784), normal(batch, 10)];
  const variables = [normal(784, width), tf.zeros([width]), normal(width, 10), tf.zeros([10])].map(
    (t) => new tf.Variable(t),
  );
  const [w, p, v, q] = variables;
  const step = tf.function(() => {
    const tape = new tf.GradientTape();
    const out = tf.add(tf.matmul(tf.nn.relu(tf.add(tf.matmul(inputs, w), p)), v), q);
    const loss = tf.reduce_mean(tf.square(tf.subtract(out, labels)));
    const g = tape.gradient(loss, variables);
    for (const [i, value] of variables.entries()) value.assign_sub(tf.multiply(g[i], 1e-6));
    return loss;
  });
  return step;
}
const [batch, hidden] = small ? [64, 64] : [1024, 1024];
const far = tf.device('gpu:0', () => network(batch, hidden));
const near = network(batch, hidden);
console.log(
  `${`step of a network, ${batch} x ${hidden}`.padEnd(28)}${figure(time(far)).padStart(12)}${'-'.padStart(12)}${figure(time(near, 5)).padStart(12)}`,
);
process.exit(0);
