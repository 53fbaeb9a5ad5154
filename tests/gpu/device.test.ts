import { expect, jest, test } from '@jest/globals';
import { closeGpu, gpuUsage } from '../../src/core/device/gpu/index.js';
import { np as numpy, interop, tf as tensors } from '../../src/index.js';
import { adapter, onGpu } from './adapter.js';

const np: any = numpy;
const tf: any = tensors;
jest.setTimeout(120_000);

const random = (...shape: number[]): any => np.random.default_rng(7).standard_normal(shape).astype('float32');
const there = (a: any): any => tf.constant(a).to('gpu');

/** A step of training: two layers, squares of the differences. */
function network(): { step: () => any; variables: any[] } {
  const rng = np.random.default_rng(3);
  const normal = (...shape: number[]): any => tf.constant(rng.standard_normal(shape).astype('float32'));
  const [x, y] = [normal(32, 8), normal(32, 1)];
  const [w, b, v] = [new tf.Variable(normal(8, 16)), new tf.Variable(tf.zeros([16])), new tf.Variable(normal(16, 1))];
  const variables = [w, b, v];
  const step = (): any => {
    const tape = new tf.GradientTape();
    const out = tf.matmul(tf.nn.relu(tf.add(tf.matmul(x, w), b)), v);
    const loss = tf.reduce_mean(tf.square(tf.subtract(out, y)));
    const g = tape.gradient(loss, variables);
    for (const [i, p] of variables.entries()) p.assign_sub(tf.multiply(g[i], 0.01));
    return loss;
  };
  return { step, variables };
}

onGpu('the gpu device', () => {
  test('is listed with its backend and limits', () => {
    const [gpu] = tf.config.list_physical_devices('GPU');
    expect(gpu).toEqual({ name: '/physical_device:GPU:0', device_type: 'GPU' });
    const details = tf.config.get_device_details(gpu);
    expect(details.backend).toBe('webgpu');
    expect(details.limits).toEqual(adapter?.limits);
  });

  test('gives values at once and later', async () => {
    const t = there([
      [1, 2],
      [3, 4],
    ]);
    expect(t.device).toBe('gpu:0');
    expect(tf.add(t, t).numpy().tolist()).toEqual([
      [2, 4],
      [6, 8],
    ]);
    expect((await tf.add(t, t).array()).tolist()).toEqual([
      [2, 4],
      [6, 8],
    ]);
    expect([...(await tf.transpose(t).data())]).toEqual([1, 3, 2, 4]);
    expect(String(t)).toContain('[[1. 2.]');
  });

  test('moves are in the ledger, and refused where copies are forbidden', () => {
    const t = tf.constant([1, 2, 3]);
    const { records } = interop.profile(() => t.to('gpu').numpy()) as any;
    expect(records.map((r: any) => [r.reason, r.bytes, r.from, r.to])).toEqual([
      ['device', 12, 'cpu:0', 'gpu:0'],
      ['device', 12, 'gpu:0', 'cpu:0'],
    ]);
    expect(() => interop.policy('forbid', () => t.to('gpu'))).toThrow(interop.CopyForbiddenError);
  });

  test('dtypes that it does not have are refused by name', () => {
    expect(() => tf.constant([1, 2], 'float64').to('gpu')).toThrow(/float64.*gpu:0.*tf\.cast\(x, 'float32'\)/);
    expect(() => tf.add(there([1]), tf.constant([1]))).toThrow(/gpu:0 and cpu:0/);
  });

  test('special functions that are expressions in float64 are refused by name, alone and traced', () => {
    const x = there([0.5, 1.5]);
    for (const [name, f] of [
      ['lgamma', tf.math.lgamma],
      ['digamma', tf.math.digamma],
      ['bessel_i0', tf.math.bessel_i0],
      ['betainc', (v: any) => tf.math.betainc(v, v, tf.multiply(v, 0.5))],
    ] as const)
      for (const g of [f, tf.function((v: any) => tf.add(f(v), 1))])
        expect(() => g(x)).toThrow(
          new RegExp(`${name}: it takes \\d+ operations in float64.*gpu:0.*t\\.to\\('cpu'\\)`),
        );
    expect(np.less(tf.constant([1, 2], 'int32').to('gpu'), there([1.5, 1.5])).tolist()).toEqual([true, false]);
  });

  test('results are of the precision of the host, NaN and infinities included', () => {
    const values = [
      0,
      -0,
      1,
      -1.5,
      2.5,
      1e30,
      -1e30,
      1e-30,
      88,
      -88,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
    ];
    const x = np.concatenate([np.array(values), np.multiply(random(500), 10)]).astype('float32');
    for (const f of 'exp log sin cos tan tanh sqrt expm1 log1p floor ceil rint trunc sign negative absolute isnan isfinite signbit arctan square reciprocal'.split(
      ' ',
    )) {
      const here = np[f](x);
      // Subnormal results may be zero there.
      const want =
        here.dtype.kind === 'f' ? np.where(np.less(np.abs(here), 1.2e-38), np.multiply(here, 0), here) : here;
      expect([f, np.array_equal(np[f](there(x)).numpy(), want, { equal_nan: true })]).toEqual([f, true]);
    }
  });

  test('folds of long lines, of many lines, and of strided ones', () => {
    for (const shape of [[20_000], [2, 9000], [17_000, 2], [7, 8, 9]]) {
      const x = random(...shape);
      const t = there(x);
      for (const axis of [null, ...shape.map((_, i) => i)]) {
        expect(np.allclose(np.sum(t, { axis }).numpy(), np.sum(x, { axis }), { rtol: 1e-4, atol: 1e-3 })).toBe(true);
        expect(np.array_equal(np.max(t, { axis }).numpy(), np.max(x, { axis }))).toBe(true);
        expect(np.array_equal(np.argmin(t, { axis }).numpy(), np.argmin(x, { axis }))).toBe(true);
      }
      const sum = np.cumsum(t, { axis: 0 }).numpy();
      expect(np.allclose(sum, np.cumsum(x, { axis: 0 }), { rtol: 1e-4, atol: 1e-2 })).toBe(true);
    }
    const t = there(random(7, 8, 9));
    expect(
      np.allclose(np.sum(np.transpose(t), { axis: [0, 2] }).numpy(), np.sum(random(7, 8, 9), { axis: [2, 0] }), {
        rtol: 1e-4,
        atol: 1e-4,
      }),
    ).toBe(true);
  });

  test('products of matrices of odd sizes, transposed and in batches', () => {
    const [a, b] = [random(70, 130), random(130, 65)];
    const close = (got: any, want: any): void =>
      expect(np.allclose(got.numpy(), want, { rtol: 1e-4, atol: 1e-4 })).toBe(true);
    close(np.matmul(there(a), there(b)), np.matmul(a, b));
    close(np.matmul(np.transpose(there(b)), np.transpose(there(a))), np.matmul(b.T, a.T));
    close(np.matmul(there(random(3, 2, 5, 7)), there(random(2, 7, 4))), np.matmul(random(3, 2, 5, 7), random(2, 7, 4)));
    close(np.matmul(there(a), there(random(130))), np.matmul(a, random(130)));
    const i = np.arange(12).reshape(3, 4).astype('int32');
    expect(np.matmul(there(i), there(i.T)).numpy().tolist()).toEqual(np.matmul(i, i.T).tolist());
  });

  test('a fused kernel of more operands than a shader may have', () => {
    const many = Array.from({ length: 12 }, (_, k) => np.multiply(random(100), k + 1).astype('float32'));
    const sum = tf.function((...xs: any[]) => xs.reduce((s, x) => tf.add(tf.multiply(s, 0.5), x)));
    expect(
      np.allclose(sum(...many.map(there)).numpy(), sum(...many.map((x) => tf.constant(x))).numpy(), {
        rtol: 1e-5,
        atol: 1e-5,
      }),
    ).toBe(true);
  });

  test('nothing is there of empty tensors, and folds of them are their identity', () => {
    const empty = there(np.zeros([0, 3], 'float32'));
    expect(tf.add(empty, 1).shape).toEqual([0, 3]);
    expect(np.sum(empty, { axis: 0 }).numpy().tolist()).toEqual([0, 0, 0]);
    expect(empty.numpy().shape).toEqual([0, 3]);
  });

  test('a training loop gives the numbers of the host and holds no more memory in the end', () => {
    const [here, far] = [network(), tf.device('gpu:0', network)];
    for (let i = 0; i < 20; i++) expect(Math.abs(Number(here.step()) - Number(far.step()))).toBeLessThan(1e-3);
    for (let i = 0; i < 150; i++) far.step();
    const before = gpuUsage();
    for (let i = 0; i < 150; i++) far.step();
    const after = gpuUsage();
    const size = (u: { live: number; kept: number }): number => u.live + u.kept;
    expect(size(after)).toBeLessThan(Math.max(2 * size(before), 64 * 1024 * 1024));
    expect(far.variables[0].device).toContain('gpu:0');
  });

  test('memory that is given back is taken again', () => {
    const start = gpuUsage();
    for (let i = 0; i < 20; i++) tf.zeros([1000, 1000]).to('gpu').dispose();
    const end = gpuUsage();
    expect(end.live).toBeLessThanOrEqual(start.live + 5_000_000);
    expect(end.kept).toBeLessThan(start.kept + 20_000_000);
  });

  test('after a loss of the device what lived there is an error, and a new one is opened', () => {
    const t = there([1, 2, 3]);
    closeGpu();
    expect(() => t.numpy()).toThrow(/lived on gpu:0, which was lost/);
    expect(
      tf
        .add(there([1, 2]), 1)
        .numpy()
        .tolist(),
    ).toEqual([2, 3]);
  });
});
