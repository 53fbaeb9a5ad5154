/**
 * Prints, for each of NumPy's and TensorFlow's namespaces and classes, which public names are here, which are listed in docs/deviations.md, and
 * which are missing. `--missing` prints only what is missing; the exit status is 1 where numpy or ndarray lack a name that is on no list.
 */
import { readFileSync } from 'node:fs';
import { np, tf } from '../../dist/index.js';

const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');
const lists = [JSON.parse(read('./names.json')), JSON.parse(read('./tensorflow.json'))];

/** Names with the reason why they are not here: the table under "Names that are not here". */
const section = read('../../docs/deviations.md').split('## Names that are not here')[1] ?? '';
const reasons = new Map();
for (const line of section.split('\n')) {
  const m = /^\| (.+?) \| (.+) \|$/.exec(line);
  if (m === null) continue;
  for (const name of m[1].matchAll(/`([^`]+)`/g)) reasons.set(name[1], m[2]);
}

const at = (path) => path.split('.').slice(1).reduce((o, k) => o?.[k], path.startsWith('tf') ? tf : np);
const a = np.zeros([2, 2]);
const samples = {
  'numpy.ndarray': a,
  'numpy.dtype': np.dtype('f8'),
  'numpy.ufunc': np.add,
  'numpy.flatiter': a.flat,
  'numpy.nditer': new np.nditer(a),
  'numpy.broadcast': np.broadcast(a, a),
  'tf.Tensor': tf.ones([2]),
  'tf.Variable': new tf.Variable([1]),
  'tf.GradientTape': new tf.GradientTape(),
  'tf.TensorShape': new tf.TensorShape([2]),
  'tf.random.Generator': tf.random.Generator.from_seed(1),
};

/** A namespace that is not here excuses its names. */
const reasonFor = (space, n) => reasons.get(`${space}.${n}`) ?? reasons.get(space);

/** Members of an object and, for a class, of what it makes: methods stand on the prototype. */
const member = (o, n) => o !== undefined && o !== null && (n in Object(o) || (typeof o === 'function' && n in Object(o.prototype)));

const only = process.argv.includes('--missing');
let failed = false;
for (const { numpy, tensorflow, names } of lists) {
  const rows = [];
  for (const [space, list] of Object.entries(names)) {
    const has = (n) => member(samples[space], n) || member(at(space), n);
    const done = list.filter((n) => has(n));
    const excused = list.filter((n) => !has(n) && reasonFor(space, n) !== undefined);
    const missing = list.filter((n) => !has(n) && reasonFor(space, n) === undefined);
    rows.push({ space, names: list.length, done: done.length, 'on the list': excused.length, missing: missing.length });
    if (!only)
      for (const n of list) console.log(`${space}.${n}\t${has(n) ? 'done' : (reasonFor(space, n) ?? 'MISSING')}`);
    else if (missing.length > 0) console.log(`${space}: ${missing.join(' ')}`);
    if ((space === 'numpy' || space === 'numpy.ndarray') && missing.length > 0) failed = true;
  }
  console.log(numpy === undefined ? `\npublic names of TensorFlow ${tensorflow}` : `\npublic names of NumPy ${numpy}`);
  console.table(rows);
}
process.exitCode = failed ? 1 : 0;
