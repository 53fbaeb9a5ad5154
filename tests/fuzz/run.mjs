/**
 * Random differential testing against NumPy.
 *
 *     npm run fuzz -- --cases 20000 --seed 1 [--only sorting] [--sizes long] [--dtypes numeric] [--owndata] [--wrapped] [--from dist/index.js] [--shown 3] [--soft message,strides]
 *
 * Failures are grouped by function and class, and the first of each group is shrunk to one line. `--save FILE` writes the shrunk
 * programs with NumPy's answers. Python with NumPy must be on the path.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const { values: o } = parseArgs({
  options: {
    cases: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    skip: { type: 'string', default: '0' },
    only: { type: 'string', default: '' },
    sizes: { type: 'string', default: 'mixed' },
    dtypes: { type: 'string', default: 'all' },
    wrapped: { type: 'boolean', default: false },
    from: { type: 'string', default: join(here, '../../dist/index.js') },
    shown: { type: 'string', default: '1000' },
    soft: { type: 'string', default: '' },
    save: { type: 'string', default: '' },
    sample: { type: 'string', default: '' },
    why: { type: 'string', default: '' },
    owndata: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
  },
});
const code = buildSync({ stdin: { contents: "export * from './interpret.ts'; export * from './source.ts';", resolveDir: here }, bundle: true, write: false, format: 'esm' }).outputFiles[0].text;
process.removeAllListeners('warning');
const { CLASSES, check, source } = await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
const { np } = await import(pathToFileURL(resolve(o.from)));
const options = { wrapped: o.wrapped, owndata: o.owndata, soft: new Set(o.soft.split(',')) };

/** NumPy's answers to programs, from one process that stays. */
const oracle = spawn('python3', [join(here, 'oracle.py')], { stdio: ['pipe', 'pipe', 'ignore'] });
const waiting = [];
createInterface({ input: oracle.stdout }).on('line', (l) => waiting.shift()(JSON.parse(l)));
const ask = (program) =>
  new Promise((done) => {
    waiting.push(done);
    oracle.stdin.write(`${JSON.stringify(program)}\n`);
  });

const groupOf = (record, f) => `${f.class} ${record.p[f.at].f ?? 'array'}`;

/** The places that an argument names. */
function places(x, out) {
  if (Array.isArray(x)) for (const e of x) places(e, out);
  else if (typeof x === 'object' && x !== null) {
    if (x.v !== undefined) out.add(x.v);
    else for (const e of Object.values(x)) places(e, out);
  }
  return out;
}

function renumber(x, to) {
  if (Array.isArray(x)) return x.map((e) => renumber(e, to));
  if (typeof x !== 'object' || x === null) return x;
  if (x.v !== undefined) return { ...x, v: to.get(x.v) };
  return Object.fromEntries(Object.entries(x).map(([k, e]) => [k, renumber(e, to)]));
}

/** The program without the items in `gone`, or null when others need them. */
function without(program, gone) {
  const to = new Map();
  const out = [];
  for (let i = 0; i < program.length; i++) {
    if (gone.has(i)) continue;
    const item = program[i];
    if (item.f !== undefined) for (const v of places([item.a, item.k ?? {}], new Set())) if (!to.has(v)) return null;
    to.set(i, out.length);
    out.push(item.f === undefined ? item : { ...item, a: renumber(item.a, to), ...(item.k ? { k: renumber(item.k, to) } : {}) });
  }
  return out;
}

const unit = { bool: 1, int8: 1, uint8: 1, int16: 2, uint16: 2, float16: 2, int32: 4, uint32: 4, float32: 4, complex128: 16 };

/** Smaller programs to try, the boldest first. */
function* smaller(program, answers) {
  for (let i = program.length - 1; i >= 0; i--) {
    const p = without(program, new Set([i]));
    if (p !== null) yield p;
  }
  // A step's result as a new array.
  for (let i = 0; i < program.length - 1; i++) {
    const a = answers[i];
    if (program[i].f !== undefined && a.d !== undefined && a.b !== undefined && a.d[0] !== '[' && a.b.length < 20000) yield program.map((x, j) => (j === i ? { d: a.d, s: a.s, l: 'C', b: a.b, i: a.b.length > 0 ? Buffer.from(a.b, 'base64').length / Math.max(1, a.s.reduce((x, y) => x * y, 1)) : undefined } : x));
  }
  for (let i = 0; i < program.length; i++) {
    const item = program[i];
    if (item.f === undefined) {
      if (item.l !== 'C' && item.n === undefined && item.o === undefined) yield program.map((x, j) => (j === i ? { ...x, l: 'C', b: Buffer.from(Buffer.from(x.b, 'base64').subarray(0, x.s.reduce((s, t) => s * t, 1) * (unit[x.d] ?? x.i ?? 8))).toString('base64') } : x)).filter((x) => x !== null);
      for (let d = 0; d < item.s.length; d++) {
        for (const n of [1, Math.floor(item.s[d] / 2), item.s[d] - 1]) {
          if (n < 1 || n >= item.s[d]) continue;
          // All arrays that share the extent shrink together, or this one alone.
          for (const all of [true, false]) {
            const s = program.map((x, j) => (x.f !== undefined || (j !== i && !all) ? x : { ...x, s: x.s.map((t, e) => ((all ? t === item.s[d] : j === i && e === d) ? n : t)) }));
            yield s.map((x) => (x.f !== undefined ? x : cut(x)));
          }
        }
      }
    } else if (item.k) for (const key of Object.keys(item.k)) yield program.map((x, j) => (j === i ? { ...x, k: Object.fromEntries(Object.entries(x.k).filter(([k]) => k !== key)) } : x));
  }
}

/** A spec whose bytes fit its shape. */
function cut(spec) {
  const size = unit[spec.d] ?? spec.i ?? 8;
  const n = spec.s.reduce((a, b) => a * b, 1);
  const count = spec.l === 'step' || spec.l === 'step0' ? 2 * n : spec.l === 'off' ? n + 3 : spec.l === 'bcast' ? n / spec.s[0] : spec.l === 'bcastl' ? n / spec.s[spec.s.length - 1] : n;
  if (spec.n !== undefined) return { ...spec, n: count };
  if (spec.o !== undefined) return { ...spec, o: spec.o.slice(0, count) };
  const bytes = Buffer.from(spec.b, 'base64');
  return bytes.length <= count * size ? spec : { ...spec, b: bytes.subarray(0, count * size).toString('base64') };
}

async function shrink(record, found) {
  let best = record;
  let f = found;
  for (let round = 0; round < 60; round++) {
    let better = false;
    let tries = 0;
    for (const p of smaller(best.p, best.a)) {
      if (++tries > 150) break;
      const answer = await ask(p);
      if (answer.unknown !== undefined) continue;
      const r = { i: record.i, p, ...answer };
      let again = null;
      try {
        again = check(np, r, options);
      } catch {
        continue;
      }
      if (again === null || groupOf(r, again) !== groupOf(record, found)) continue;
      best = r;
      f = again;
      better = true;
      break;
    }
    if (!better) break;
  }
  return [best, f];
}

const groups = new Map();
let count = 0;
const missing = new Map();
const started = Date.now();
function judge(record) {
  let f;
  try {
    f = check(np, record, options);
  } catch (e) {
    f = { class: 'crash', text: `the interpreter: ${e.stack}`, at: record.p.length - 1 };
  }
  count++;
  if (f === null) return;
  if (f.class === 'missing') {
    missing.set(f.text, (missing.get(f.text) ?? 0) + 1);
    return;
  }
  const key = groupOf(record, f);
  const list = groups.get(key);
  if (list) list.push([record, f]);
  else groups.set(key, [[record, f]]);
}

// NumPy dies of some programs; the next one goes on in a new process.
const end = Number(o.skip) + Number(o.cases);
for (let next = Number(o.skip), idle = 0; next < end && idle < 3; ) {
  const child = spawn('python3', [join(here, 'generate.py'), '--cases', end - next, '--seed', o.seed, '--skip', next, '--sizes', o.sizes, '--dtypes', o.dtypes, ...(o.only ? ['--only', o.only] : [])], { stdio: ['ignore', 'pipe', 'inherit'] });
  const first = next;
  for await (const line of createInterface({ input: child.stdout })) {
    let record;
    try {
      record = JSON.parse(line);
    } catch {
      break;
    }
    judge(record);
    next = record.i + 1;
  }
  idle = next === first ? idle + 1 : 0;
  if (next < end) console.log(`case ${next++}: the process ended`);
}

const rank = (key) => CLASSES.indexOf(key.split(' ')[0]);
const sorted = [...groups].sort((a, b) => rank(a[0]) - rank(b[0]) || b[1].length - a[1].length);
const saved = [];
let shown = 0;
for (const [key, list] of sorted) {
  if (shown++ >= Number(o.shown)) break;
  // The shortest is the best to begin with.
  list.sort((a, b) => JSON.stringify(a[0].p).length - JSON.stringify(b[0].p).length);
  const [r, f] = o.quick ? list[0] : await shrink(...list[0]);
  saved.push(r);
  console.log(`\n## ${key}: ${list.length} (case ${r.i})\n${source(r.p)}\n  step ${f.at}: ${f.text}`);
}
console.log(`\n${count} programs, ${[...groups.values()].reduce((n, l) => n + l.length, 0)} failures in ${groups.size} groups, ${((Date.now() - started) / 1000).toFixed(0)} s`);
if (missing.size) console.log('not there:', [...missing].map(([k, n]) => `${k} ${n}`).join(', '));
if (o.save) writeFileSync(o.save, saved.map((r) => JSON.stringify(r)).join('\n'));
oracle.stdin.end();
process.exitCode = groups.size > 0 ? 1 : 0;
