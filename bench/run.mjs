// Compares numbridge with NumPy on the rows of rows.mjs, both measured in turn in the same run, and prints a table of ratios.
//   node bench/run.mjs --peers     compares with TensorFlow.js instead: see peers/run.mjs
//   node bench/run.mjs [--gpu] [--rows=add,sum] [--sizes=10,1e6] [--layouts=contiguous] [--quick] [--exact] [--cpu]
// --rows takes parts of names (--exact: whole names). --cpu measures the processor's time, all threads together, for machines that do other
// work too. Figures are medians (with --cpu the least); every ratio is our time over NumPy's: below 1 is faster.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { cellsOf, ROWS, SIZES } from './rows.mjs';

if (process.argv.includes('--peers')) {
  await import('./peers/run.mjs');
  process.exit();
}

const here = fileURLToPath(new URL('.', import.meta.url));
const dist = process.env.NUMBRIDGE_DIST ?? join(here, '..', 'dist', 'bundle');
const entry = pathToFileURL(join(dist, 'index.js')).href;
const option = (name) => process.argv.find((a) => a.startsWith(`--${name}=`))?.slice(name.length + 3);
const flag = (name) => process.argv.includes(`--${name}`);
// The gpu's rows are compared with other things than NumPy, and the program ends there.
if (flag('gpu')) await import('./gpu.mjs');
const quick = flag('quick');
const list = (text) => text?.split(',').map((s) => s.trim());
const sizes = list(option('sizes'))?.map(Number) ?? (quick ? [10, 1e6] : SIZES);
const wantedRows = list(option('rows'));
const wantedLayouts = list(option('layouts'));
const rows = ROWS.filter(
  (r) => !wantedRows || wantedRows.some((w) => (flag('exact') ? r.name === w : r.name.includes(w))),
);
const budget = quick ? 0.08 : 0.25;
const cpu = flag('cpu');
const clock = cpu
  ? () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1e3;
    }
  : () => performance.now();

const { np } = await import(entry);

// A small generator of our own, so that data is random but the same in every run.
let state = 12345;
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};

function values(kind, shape) {
  const n = shape.reduce((a, b) => a * b, 1);
  const fill = (a, f) => {
    for (let i = 0; i < n; i++) a[i] = f();
    return a;
  };
  const integer = () => 1 + Math.floor(random() * 999);
  const made = {
    f: () => fill(new Float64Array(n), () => 0.5 + random()),
    x: () => fill(new Float64Array(n), () => 2 * random() - 1),
    F: () => fill(new Float32Array(n), () => 0.5 + random()),
    i: () => fill(new Float64Array(n), integer),
    j: () => fill(new Int32Array(n), integer),
    c: () => fill(new Float64Array(n), () => 0.5 + random()),
    b: () => fill(new Uint8Array(n), () => (random() < 0.5 ? 1 : 0)),
    k: () => fill(new Float64Array(n), () => Math.floor(random() * n)),
  };
  if (kind === 't') return np.array(Array.from({ length: n }, () => `s${integer()}`));
  if (kind === 'L') return Array.from({ length: n }, () => 0.5 + random());
  const data = (made[kind] ?? made[{ m: 'f', v: 'f', M: 'F' }[kind]])();
  const dtype = { i: 'int64', k: 'int64', b: 'bool', c: 'complex128' }[kind];
  const array = np.array(data);
  return (dtype ? array.astype(dtype) : array).reshape(shape);
}

function operand(kind, n, layout, first, alone) {
  if (kind === 'p') {
    const a = values('m', [n, n]);
    return a.add(a.T).add(np.eye(n).mul(4 * n));
  }
  if (kind === 'm' || kind === 'M') {
    const a = values(kind, [n, n]);
    return layout === 'transposed' && first ? a.T : a;
  }
  if (kind === 'v' || layout === 'contiguous') return values(kind, [n]);
  if (layout === 'strided') return values(kind, [2 * n]).at('::2');
  const r = Math.max(1, Math.floor(Math.sqrt(n)));
  const c = Math.floor(n / r);
  if (layout === 'square') return values(kind, [r, c]);
  if (layout === 'transposed') return first ? values(kind, [c, r]).T : values(kind, [r, c]);
  if (alone) return np.broadcast_to(values(kind, [c]), [r, c]);
  return first ? values(kind, [r, c]) : values(kind, [c]);
}

const tick = () => new Promise((resolve) => setImmediate(resolve));
const median = (xs) => xs.toSorted?.((a, b) => a - b)[xs.length >> 1] ?? [...xs].sort((a, b) => a - b)[xs.length >> 1];
const keep = { last: null };

async function measure(f, ops) {
  const [a, b, c] = ops;
  const sample = (reps) => {
    const start = clock();
    for (let i = 0; i < reps; i++) keep.last = f(np, a, b, c);
    return (clock() - start) / 1e3 / reps;
  };
  // Warm up until the engine has compiled the path: a fixed time, or a few calls where one is long.
  const warm = performance.now();
  let t = sample(1);
  let reps = 1;
  for (let i = 0; i < 3 || (performance.now() - warm < (quick ? 30 : 100) && i < 2000); i++) t = sample(reps);
  await tick();
  // The least of three: one pause of the collector must not stand for a call, or too few of them are timed together.
  const least = () => Math.min(sample(reps), sample(reps), sample(reps));
  for (t = least(); t * reps < 5e-4 && reps < 1 << 16; t = least()) reps *= 2;
  const times = [];
  const start = performance.now();
  while (times.length < 3 || (performance.now() - start < budget * 1e3 && times.length < 101)) {
    times.push(sample(reps));
    // Finalizers run between turns of the event loop only; without this, memory of dropped arrays is never reused.
    await tick();
  }
  keep.last = null;
  return cpu ? Math.min(...times) : median(times);
}

/** NumPy in a process beside this one, or null where python3 has none. */
async function startNumpy() {
  const child = spawn('python3', [join(here, 'numpy_bench.py')], { stdio: ['pipe', 'pipe', 'ignore'] });
  const failed = new Promise((resolve) => child.once('error', () => resolve(null)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await Promise.race([failed, lines.next()]);
  if (!first || first.done) return null;
  const ask = async (cell) => {
    child.stdin.write(`${JSON.stringify({ ...cell, budget, cpu })}\n`);
    return JSON.parse((await lines.next()).value);
  };
  return { version: JSON.parse(first.value).numpy, ask, stop: () => child.stdin.end() };
}

/** Fresh processes: how long an import takes inside of one, and a whole one with the import beside one without. Milliseconds. */
function importTime() {
  const timed = `const t = performance.now(); await import(${JSON.stringify(entry)}); console.log(performance.now() - t);`;
  const run = (code, read) => {
    const start = performance.now();
    const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', code]);
    if (status !== 0) return Number.NaN;
    return read ? Number(stdout) : performance.now() - start;
  };
  const samples = { import: [], process: [], empty: [] };
  for (let i = 0; i < 15; i++) {
    samples.import.push(run(timed, true));
    samples.process.push(run(timed));
    samples.empty.push(run('await null; console.log(1);'));
  }
  return Object.fromEntries(Object.entries(samples).map(([name, times]) => [name, median(times)]));
}

const duration = (s) =>
  s === undefined || Number.isNaN(s)
    ? '-'
    : s < 1e-6
      ? `${(s * 1e9).toFixed(0)} ns`
      : s < 1e-3
        ? `${(s * 1e6).toFixed(s < 1e-5 ? 2 : 1)} µs`
        : `${(s * 1e3).toFixed(2)} ms`;
const geomean = (xs) => (xs.length ? Math.exp(xs.reduce((a, x) => a + Math.log(x), 0) / xs.length) : Number.NaN);

const numpy = await startNumpy();
console.log(
  `numbridge on Node ${process.version}, ${numpy ? `NumPy ${numpy.version}` : 'no NumPy here: times only'}, ${os.cpus()[0]?.model} (${os.cpus().length} cores)\n`,
);

const results = [];
const width = 36;
const columns = [...new Set(rows.flatMap((r) => r.sizes ?? sizes))];
for (const row of rows) {
  for (const layout of row.layouts.filter((l) => !wantedLayouts || wantedLayouts.includes(l))) {
    const texts = [];
    for (const cell of cellsOf(row, sizes).filter((c) => c.layout === layout)) {
      const result = { row: row.name, layout, size: cell.size };
      try {
        const ops = [...row.data].map((k, i) => operand(k, cell.size, layout, i === 0, row.data.length === 1));
        result.ours = await measure(row.js, ops);
        if (row.fused && typeof np.evaluate === 'function') {
          try {
            result.fused = await measure(row.fused, ops);
          } catch (e) {
            result.fusedError = String(e.message ?? e);
          }
        }
      } catch (e) {
        result.error = `${e.name}: ${e.message}`;
      }
      if (numpy) {
        const answer = await numpy.ask(cell);
        result.numpy = answer.time;
        if (answer.error) result.numpyError = answer.error;
      }
      if (result.ours && result.numpy) result.ratio = (result.fused ?? result.ours) / result.numpy;
      results.push(result);
      const size =
        cell.size >= 1e4 && Number.isInteger(Math.log10(cell.size))
          ? `1e${Math.round(Math.log10(cell.size))}`
          : cell.size;
      texts.push(
        result.error
          ? `${size}: ${result.error.slice(0, 40)}`
          : `${size}: ${duration(result.fused ?? result.ours)}${result.ratio ? ` ${result.ratio.toFixed(2)}x` : ''}`,
      );
    }
    console.log(
      `${row.name} ${layout === 'contiguous' ? '' : layout}`.padEnd(width) + texts.map((t) => t.padEnd(23)).join(''),
    );
  }
}
numpy?.stop();

const withRatio = results.filter((r) => r.ratio);
const summary = {
  geomean: geomean(withRatio.map((r) => r.ratio)),
  bySize: {},
  importMs: quick && wantedRows ? undefined : importTime(),
};
for (const size of columns) {
  const here_ = withRatio.filter((r) => r.size === size).map((r) => r.ratio);
  if (here_.length) summary.bySize[size] = geomean(here_);
}
console.log('');
if (withRatio.length) {
  console.log(`geometric mean of ${withRatio.length} ratios: ${summary.geomean.toFixed(2)}x NumPy's time`);
  console.log(
    `by size: ${Object.entries(summary.bySize)
      .map(([s, g]) => `${s}: ${g.toFixed(2)}x`)
      .join(', ')}`,
  );
  const slow = withRatio.filter((r) => r.ratio > 3 && r.size >= 1e6).sort((a, b) => b.ratio - a.ratio);
  console.log(
    slow.length
      ? `slower than 3x at 1e6 and above: ${slow.map((r) => `${r.row} ${r.layout} ${r.size.toExponential(0)} ${r.ratio.toFixed(1)}x`).join('; ')}`
      : 'nothing is slower than 3x at 1e6 and above',
  );
}
if (summary.importMs !== undefined) {
  const { import: inside, process: whole, empty } = summary.importMs;
  console.log(
    `import: ${inside.toFixed(1)} ms; a process with it ${whole.toFixed(1)} ms, an empty one ${empty.toFixed(1)} ms`,
  );
}
const broken = results.filter((r) => r.error);
if (broken.length) console.log(`${broken.length} cells failed`);

const folder = join(here, 'results');
mkdirSync(folder, { recursive: true });
const document = {
  date: new Date().toISOString(),
  node: process.version,
  numpy: numpy?.version ?? null,
  cpu: os.cpus()[0]?.model,
  cores: os.cpus().length,
  quick,
  processorTime: cpu,
  summary,
  results,
};
const file = join(folder, `${document.date.replace(/[:.]/g, '-')}.json`);
for (const path of [file, join(folder, 'latest.json')]) writeFileSync(path, `${JSON.stringify(document, null, 1)}\n`);
console.log(`written to ${file}`);
