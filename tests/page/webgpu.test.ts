import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { OperationReport } from './operations.js';
import { Chromium, noBrowser } from './page.js';

/** The gpu device of a page through WebGPU: its values come later. What its kernels compute is tested at length in Node (tests/gpu). */
const PROGRAM = `
import { np, tf, interop } from './src/index.js';
import { compareOperations } from './tests/page/operations.js';
import { gpuUsage } from './src/core/device/gpu/index.js';
import { getDevice } from './src/core/device/registry.js';

const said = (f) => {
  try {
    return f();
  } catch (e) {
    return e.name + ': ' + e.message;
  }
};
Object.assign(globalThis, {
  compareOperations,
  open: async (mode) => {
    await interop.load('gpu.js', () => import('gpu.js'), { mode });
    const { info, sync } = getDevice('gpu:0');
    return { backend: info.backend, sync };
  },
  later: async () => {
    const t = tf.device('gpu:0', () => tf.multiply(tf.constant([1, 2, 3], { dtype: 'float32' }), 2));
    return { device: t.device, now: said(() => t.numpy().tolist()), later: [...(await t.data())], array: (await t.array()).tolist() };
  },
  ledger: async () => {
    const a = tf.constant(np.ones([100, 10], 'float32'));
    const { result, records } = await interop.profile(async () => [...(await tf.reduce_sum(a.to('gpu:0')).data())]);
    return { result, records: records.map((r) => [r.reason, r.from, r.to, r.bytes]) };
  },
  refused: () => said(() => interop.policy('forbid', () => tf.add(tf.constant([1], { dtype: 'float32' }).to('gpu:0'), tf.constant([1, 2], { dtype: 'float32' })))),
  train: async (n) => {
    // Nothing is given back by hand: what the collector finds, between two values that are waited for, is all.
    const [w, v] = tf.device('gpu:0', () => [new tf.Variable(tf.random.normal([8, 16], { seed: 1 })), new tf.Variable(tf.random.normal([16, 1], { seed: 2 }))]);
    const x = tf.random.normal([32, 8], { seed: 3 }).to('gpu:0');
    const y = tf.reduce_sum(x, 1, true);
    const eager = () => {
      const tape = new tf.GradientTape();
      const loss = tf.reduce_mean(tf.square(tf.subtract(tf.matmul(tf.tanh(tf.matmul(x, w)), v), y)));
      const [dw, dv] = tape.gradient(loss, [w, v]);
      w.assign_sub(tf.multiply(dw, 0.01));
      v.assign_sub(tf.multiply(dv, 0.01));
      return loss;
    };
    const traced = tf.function(eager);
    const samples = [];
    const losses = [];
    for (let i = 0; i < n; i++) {
      const loss = i % 10 === 0 ? eager() : traced();
      if (i % 50 === 0) {
        const [value] = await loss.data();
        if (i % 500 === 0) losses.push(value);
        samples.push(gpuUsage().live);
      }
    }
    const half = samples.length / 2;
    return {
      first: Math.max(...samples.slice(0, half)),
      second: Math.max(...samples.slice(half)),
      heap: performance.memory.usedJSHeapSize,
      losses,
    };
  },
});
`;

/** More by hand: the first thousand show whether anything stays behind. */
const STEPS = Number(process.env.NUMBRIDGE_TESTS_STEPS ?? 2000);

const suite = noBrowser === null ? describe : describe.skip;

suite(`the gpu through WebGPU in a page${noBrowser === null ? '' : ` (${noBrowser})`}`, () => {
  let chromium: Chromium;
  let opened: Awaited<ReturnType<Chromium['run']>>;
  const call = <T>(text: string): Promise<T> => opened.page.evaluate(text) as Promise<T>;
  beforeAll(async () => {
    chromium = await Chromium.start();
    opened = await chromium.run(PROGRAM);
  }, 120_000);
  afterAll(() => chromium?.stop());

  test('is what a page gets that asks for no mode', async () => {
    expect(await call('open(null)')).toEqual({ backend: 'webgpu', sync: false });
  }, 60_000);

  test('values come later, and the error of reading them at once says how', async () => {
    const got = await call<Record<string, unknown>>('later()');
    expect(got).toMatchObject({ device: 'gpu:0', later: [2, 4, 6], array: [2, 4, 6] });
    expect(got.now).toMatch(
      /^TypeError: Tensor\.numpy: the tensor lives on gpu:0, which cannot be read synchronously; write `await t\.data\(\)`/,
    );
  }, 60_000);

  test('the ledger shows the ways there and back', async () => {
    expect(await call('ledger()')).toEqual({
      result: [1000],
      records: [
        ['device', 'cpu:0', 'gpu:0', 4000],
        ['device', 'gpu:0', 'cpu:0', 4],
      ],
    });
  }, 60_000);

  test('layouts, folds, products, gathers, networks, gradients and traced functions give what they give on the cpu', async () => {
    const reports = await call<OperationReport[]>('compareOperations()');
    expect(reports.filter((r) => !r.close || r.device !== 'gpu:0')).toEqual([]);
    expect(reports.length).toBeGreaterThan(140);
  }, 400_000);

  test('steps of training, traced and operation by operation, that give nothing back by hand stay in the memory of the first', async () => {
    const { first, second, heap, losses } = await call<{
      first: number;
      second: number;
      heap: number;
      losses: number[];
    }>(`train(${STEPS})`);
    expect(first).toBeGreaterThan(2 ** 14);
    expect(second).toBeLessThan(1.5 * first + 2 ** 20);
    expect(second).toBeLessThan(32 * 2 ** 20);
    expect(heap).toBeLessThan(256 * 2 ** 20);
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(losses[losses.length - 1]).toBeLessThan(losses[0] / 4);
  }, 400_000);

  test('nothing is complained of', () => expect(opened.complaints).toEqual([]));
});
