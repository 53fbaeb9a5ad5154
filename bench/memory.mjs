// Makes 8 MB temporaries in one long synchronous loop, in which no finalizer can run, and reports how much memory the process
// holds. It must stay bounded and throw nothing, without dispose.
//   node bench/memory.mjs [iterations]
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const dist = process.env.NUMBRIDGE_DIST ?? join(fileURLToPath(new URL('.', import.meta.url)), '..', 'dist', 'bundle');
const { np } = await import(pathToFileURL(join(dist, 'index.js')).href);
const iterations = Number(process.argv[2] ?? 100_000);

const a = np.array(Float64Array.from({ length: 1e6 }, Math.random));
const start = performance.now();
let peak = 0;
let last = a;
for (let i = 1; i <= iterations; i++) {
  last = np.add(a, last.at(-1).item() > 1e9 ? 0 : 1);
  if (i % Math.ceil(iterations / 10) === 0) {
    const rss = process.memoryUsage.rss() / 2 ** 20;
    peak = Math.max(peak, rss);
    const each = (performance.now() - start) / i;
    console.log(`${String(i).padStart(8)} iterations  ${rss.toFixed(0).padStart(6)} MiB  ${each.toFixed(2)} ms each`);
  }
}
console.log(`peak ${peak.toFixed(0)} MiB`);
