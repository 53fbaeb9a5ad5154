/**
 * The main job of the README: real data through np and tf and back.
 *
 * Reads 10,000 reports of aircraft hitting birds (a CSV with missing values) and an image; prepares both with np; moves on to tensors
 * without a copy; trains a classifier of the animal's size with tensor operations and np calls on tensors; comes back to arrays; prints
 * what NumPy would print; and shows the ledger of copies. The same program in Python (bird_strikes.py) is run beside it where python3
 * has numpy, and the two reports must be equal line by line; elsewhere the stored report is the measure.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { interop, np, tf } from 'numbridge';
import { PNG } from 'pngjs';

const require = createRequire(import.meta.url);
const data = (file: string): string => join(dirname(require.resolve('vega-datasets')), '..', 'data', file);
const here = (file: string): string => fileURLToPath(new URL(`../../examples/${file}`, import.meta.url));

const report: string[] = [];
/** Python's print: values by their text, with blanks between. */
const print = (...values: unknown[]): void => {
  const tuple = (v: unknown): string => (Array.isArray(v) ? `(${v.join(', ')})` : String(v));
  const text = values.map(tuple).join(' ');
  report.push(...text.split('\n'));
  console.log(text);
};
const list = (names: readonly string[]): string => `[${names.map((n) => `'${n}'`).join(', ')}]`;

// --- the image: pixels to the unit interval, by np.max and np.min on a tensor
const png = PNG.sync.read(readFileSync(data('ffox.png')));
const pixels = np.asarray(new Uint8Array(png.data)).reshape(png.height, png.width, 4);
const rgb = tf.convert_to_tensor(pixels.at('..., :3').astype('float64'));
const scaled = np.divide(np.subtract(rgb, np.min(rgb)), np.subtract(np.max(rgb), np.min(rgb)));
const image = scaled.numpy();
const grey = np.mean(image, { axis: 2 });
print('image', image.shape, image.dtype, 'mean of each channel', np.round(np.mean(image, { axis: [0, 1] }), 6));
print(np.round(grey.at('48:52, 20:80:12'), 4));

// --- the table: missing speeds, standardising, one-hot columns
type Row = Record<string, string>;
const rows: Row[] = parse(readFileSync(data('birdstrikes.csv')), { columns: true });
let speed: np.NDArray = np.array(
  rows.map((r) => (r['Speed IAS in knots'] === '' ? Number.NaN : Number(r['Speed IAS in knots']))),
);
const known = np.logical_not(np.isnan(speed));
print(
  'speeds known',
  np.count_nonzero(known),
  'of',
  speed.size,
  'median',
  np.nanmedian(speed),
  'mean',
  np.round(np.nanmean(speed), 6),
);
speed.set([np.isnan(speed)], np.nanmedian(speed));
speed = np.clip(speed, 0, 400);
speed = speed.sub(speed.mean()).div(speed.std());

const codes = (column: string): { names: string[]; code: number[] } => {
  const names = [...new Set(rows.map((r) => r[column]))].sort();
  return { names, code: rows.map((r) => names.indexOf(r[column])) };
};
const oneHot = (k: number[], n: number) => np.eye(n).at(np.array(k, 'int64'));
const phase = codes('Phase of flight');
const time = codes('Time of day');
const size = codes('Wildlife Size');
const month = rows.map((r) => Number(r['Flight Date'].slice(5, 7)) - 1);
const harm = np.array(rows.map((r) => (r['Effect Amount of damage'] === 'None' ? 0 : 1)));
const X = np.concatenate(
  [
    oneHot(phase.code, phase.names.length),
    oneHot(time.code, time.names.length),
    oneHot(month, 12),
    np.stack([speed, speed.pow(2), harm, np.ones(rows.length)], { axis: 1 }),
  ],
  { axis: 1 },
);
const Y = oneHot(size.code, size.names.length);
const test = np.equal(np.remainder(np.arange(rows.length), 5), 0);
const train = np.logical_not(test);
const [Xtrain, Ytrain, Xtest] = [X.at(train), Y.at(train), X.at(test)];
print('features', Xtrain.shape, Xtest.shape, Xtrain.dtype);
print(np.round(np.mean(Xtrain, { axis: 0 }), 6));

// --- on to tensors: no copy, which the ledger shows and the shared buffers prove
const moved = interop.profile(() => ({
  x: tf.convert_to_tensor(Xtrain),
  y: tf.convert_to_tensor(Ytrain),
  xtest: tf.convert_to_tensor(Xtest),
}));
const { x, y, xtest } = moved.result;

// --- softmax regression by gradient descent: tf operations, and np calls on tensors
const W = new tf.Variable(np.zeros([X.shape[1], size.names.length]), { name: 'W' });
const learning = interop.profile(() => {
  for (let step = 0; step < 200; step++) {
    const z = tf.matmul(x, W);
    const e = np.exp(np.subtract(z, np.max(z, { axis: 1, keepdims: true })));
    const p = np.divide(e, np.sum(e, { axis: 1, keepdims: true }));
    if (step % 50 === 0)
      print(
        'step',
        step,
        'loss',
        np.round(np.negative(np.mean(np.sum(np.multiply(y, np.log(p)), { axis: 1 }))).numpy(), 6),
      );
    const gradient = tf.matmul(x, np.subtract(p, y), { transpose_a: true });
    W.assign_sub(np.divide(np.multiply(gradient, 0.5), Xtrain.shape[0]));
  }
});
const weights = W.numpy();
print('weights of speed, speed squared, harm');
print(np.round(weights.at('-4:-1'), 6));

// --- back to arrays: how well
const predicted = np.argmax(tf.matmul(xtest, W), { axis: 1 }).numpy();
const actual = np.array(size.code, 'int64').at(test);
const confusion = np.zeros([size.names.length, size.names.length], 'int64');
np.add.at(confusion, [actual, predicted], 1);
print(
  'accuracy',
  np.round(np.mean(predicted.eq(actual)), 6),
  'always the commonest',
  np.round(Number(np.max(np.sum(confusion, { axis: 1 }))) / actual.size, 6),
);
print(list(size.names));
print(confusion);

// --- what was copied, and what was not
const before = Number(Xtrain.item(0, 0));
const written = interop.profile(() => Xtrain.set([0, 0], 42));
const checks: [string, boolean][] = [
  [
    'three arrays became tensors without a copy',
    moved.copies === 0 && x.buffer !== Xtrain.buffer && x.nbytes === Xtrain.nbytes,
  ],
  ['200 training steps copied nothing', learning.copies === 0],
  ['an array of a tensor shares its memory', weights.buffer === W.value().buffer],
  ['writing to a converted array made one copy-on-write', written.count('copy-on-write') === 1 && written.copies === 1],
  ['and left the tensor as it was', x.item(0, 0) === before && Xtrain.item(0, 0) === 42],
];
console.log('\ncopies while converting three arrays:', String(moved));
console.log('copies in 200 training steps:', String(learning));
console.log('copies when a converted array is written:\n' + String(written));
console.log('\nthe ledger of the whole program\n' + String(interop.ledger()));

// --- the measure: NumPy itself where there is one, else its stored report
function reportOfNumPy(): { text: string; from: string } {
  const dir = mkdtempSync(join(tmpdir(), 'numbridge-'));
  try {
    writeFileSync(join(dir, 'image.raw'), png.data);
    const run = spawnSync(
      'python3',
      [here('bird_strikes.py'), data('birdstrikes.csv'), join(dir, 'image.raw'), String(png.height), String(png.width)],
      { encoding: 'utf8' },
    );
    if (run.status === 0) return { text: run.stdout, from: 'NumPy, run beside this program' };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
  return {
    text: readFileSync(here('bird_strikes.txt'), 'utf8'),
    from: "NumPy's stored report (no python3 with numpy here)",
  };
}
const measure = reportOfNumPy();
const expected = measure.text.trimEnd().split('\n');
const wrong = expected.findIndex((line, i) => line !== report[i]);
checks.push([
  `all ${expected.length} lines of the report equal those of ${measure.from}`,
  wrong < 0 && expected.length === report.length,
]);

console.log('\nchecks');
for (const [what, ok] of checks) console.log(`  ${ok ? 'ok    ' : 'FAILED'} ${what}`);
if (wrong >= 0)
  console.log(
    `  first difference, line ${wrong + 1}:\n    NumPy     ${expected[wrong]}\n    numbridge ${report[wrong]}`,
  );
if (checks.some(([, ok]) => !ok)) process.exitCode = 1;
