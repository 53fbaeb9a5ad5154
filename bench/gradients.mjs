// What recording costs: chains of operations without a tape, under one that watches them, and under one that watches something else; then
// the way back. NumPy has no counterpart, so figures are times for each operation.
//   node bench/gradients.mjs [--length=200]
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const dist = process.env.NUMBRIDGE_DIST ?? join(here, '..', 'dist', 'bundle');
const { np, tf } = await import(pathToFileURL(join(dist, 'index.js')).href);
const length = Number(process.argv.find((a) => a.startsWith('--length='))?.slice(9) ?? 200);

const tick = () => new Promise((resolve) => setImmediate(resolve));
/** The shortest of many times, taken in turn, in µs for each operation: whatever else the machine does only adds to it. */
async function best(...fs) {
  const least = fs.map(() => Number.POSITIVE_INFINITY);
  for (let i = 0; i < 300; i++) {
    fs.forEach((f, k) => {
      const start = performance.now();
      f();
      least[k] = Math.min(least[k], performance.now() - start);
    });
    if (i % 10 === 0) await tick();
  }
  return least.map((t) => (t * 1e3) / length);
}

const chains = {
  'tf.add of 10': { n: 10, step: (y, b) => tf.add(y, b) },
  'np.multiply of 10': { n: 10, step: (y, b) => np.multiply(y, b) },
  'np.sin of 10': { n: 10, step: (y) => np.sin(y) },
  'np.add of 1000': { n: 1000, step: (y, b) => np.add(y, b) },
};

const us = (t) => `${t.toFixed(2)} µs`.padStart(10);
console.log('for each operation       no tape   watched  overhead  unwatched  way back');
for (const [name, { n, step }] of Object.entries(chains)) {
  const x = tf.constant(np.linspace(0.5, 1, n));
  const b = tf.constant(np.linspace(1, 1.0001, n));
  const run = () => {
    let y = x;
    for (let i = 0; i < length; i++) y = step(y, b);
    return y;
  };
  const under = (watched, after) => () => {
    const tape = tf.GradientTape();
    tape.watch(watched);
    const y = run();
    if (after) tape.gradient(y, x);
    else tape.stop();
  };
  const [plain, taped, other, all] = await best(run, under(x, false), under(tf.constant([1]), false), under(x, true));
  console.log(`${name.padEnd(20)}${us(plain)}${us(taped)}${us(taped - plain)}${us(other)} ${us(all - taped)}`);
}

const x = tf.constant(np.linspace(0.5, 1, 100));
const w = tf.constant(np.linspace(-1, 1, 1e4).reshape(100, 100));
const jacobian = () => {
  const tape = tf.GradientTape();
  tape.watch(x);
  tape.jacobian(np.tanh(np.matmul(w, x)), x);
};
console.log(`\nJacobian of 100 by 100: ${(((await best(jacobian))[0] * length) / 1e3).toFixed(2)} ms`);
