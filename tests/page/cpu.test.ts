import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Report } from './jest-in-page.js';
import { Chromium, noBrowser } from './page.js';

/** The library in a browser's page, on the cpu device: what it computes and prints, and the laws of arrays and tensors. */
const PROGRAM = `
import { np, tf, interop } from './src/index.js';
import { laws } from './tests/laws/laws.js';
import { runTests } from './tests/page/jest-in-page.js';

const array = (values, dtype, shape) => np.array([...values], dtype).reshape([...shape]);
globalThis.lawsOf = async (kind) => {
  const tensors = kind === 'tensors';
  laws({
    name: kind,
    make: (values, dtype, shape) => (tensors ? tf.convert_to_tensor(array(values, dtype, shape)) : array(values, dtype, shape)),
    read: (x) => (x instanceof np.NDArray ? x : x.numpy()),
    owns: (x) => x instanceof (tensors ? tf.Tensor : np.NDArray),
    run: (f) => f(),
    skip: [],
  });
  return runTests();
};
globalThis.smoke = async () => {
  const big = np.arange(1e6);
  const x = new tf.Variable(tf.constant([3, 4], { dtype: 'float32' }));
  const tape = tf.GradientTape();
  const y = tape.with(() => tf.reduce_sum(tf.square(x)));
  const f = tf.function((a) => tf.add(tf.multiply(a, 2), 1));
  return {
    printed: np.array([[1.5, 2], [3, 4]]).toString(),
    sum: np.sum(big).item(),
    solved: np.linalg.solve(np.array([[2, 0], [0, 4]]), np.array([2, 4])).tolist(),
    spectrum: np.fft.rfft(np.array([1, 0, 0, 0])).tolist().map((z) => [z.re, z.im]),
    drawn: np.random.default_rng(1).random(3).tolist(),
    object: np.add(np.array([1n, 'a'.length], { dtype: 'object' }), 1n).tolist().map(String),
    gradient: tape.gradient(y, x).numpy().tolist(),
    traced: f(tf.constant([1, 2], { dtype: 'float32' })).numpy().tolist(),
    copies: interop.profile(() => tf.convert_to_tensor(big)).copies,
    devices: tf.config.list_physical_devices().map((d) => d.device_type),
  };
};
`;

const suite = noBrowser === null ? describe : describe.skip;

suite(`in a browser's page${noBrowser === null ? '' : ` (${noBrowser})`}`, () => {
  let chromium: Chromium;
  let opened: Awaited<ReturnType<Chromium['run']>>;
  beforeAll(async () => {
    chromium = await Chromium.start();
    opened = await chromium.run(PROGRAM);
  }, 120_000);
  afterAll(() => chromium?.stop());

  test('arrays, tensors, gradients and traced functions compute and print', async () => {
    expect(await opened.page.evaluate('smoke()')).toEqual({
      printed: '[[1.5 2. ]\n [3.  4. ]]',
      sum: 499999500000,
      solved: [1, 1],
      spectrum: [
        [1, 0],
        [1, 0],
        [1, 0],
      ],
      drawn: [0.5118216247002567, 0.9504636963259353, 0.14415961271963373],
      object: ['2', '2'],
      gradient: [6, 8],
      traced: [3, 5],
      copies: 0,
      devices: ['CPU'],
    });
  }, 60_000);

  for (const kind of ['arrays', 'tensors'])
    test(`the laws hold for ${kind}`, async () => {
      const reports = (await opened.page.evaluate(`lawsOf('${kind}')`)) as Report[];
      expect(reports.filter((r) => r.state === 'failed')).toEqual([]);
      expect(reports.filter((r) => r.state === 'passed').length).toBeGreaterThan(200);
    }, 120_000);

  test('nothing is complained of', () => expect(opened.complaints).toEqual([]));
});
