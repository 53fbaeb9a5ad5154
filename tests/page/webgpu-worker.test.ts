import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Report } from './jest-in-page.js';
import { Chromium, noBrowser, type Worked } from './page.js';
import { root } from './packaged.js';

/** WebGPU in a worker of a page, with a thread of its own: values are read at once, and so all that tests devices runs there. */
const PROGRAM = `
import { np, tf, interop } from './src/index.js';
import { getDevice } from './src/core/device/registry.js';
import { runTests } from './tests/page/jest-in-page.js';

globalThis.deviceUnderTest = 'gpu:0';
const SUITES = {
  laws: () => import('./tests/core/remote/laws.test.js'),
  functions: () => import('./tests/core/remote/functions.test.js'),
  networks: () => import('./tests/core/remote/networks.test.js'),
};
const load = (options) => interop.load('gpu.js', () => import('gpu.js'), options);
const said = async (f) => {
  try {
    return await f();
  } catch (e) {
    return e.name + ': ' + e.message;
  }
};
Object.assign(globalThis, {
  suite: async (name) => {
    await SUITES[name]();
    return runTests();
  },
  open: async (url) => {
    await load({ url });
    const { info, sync } = getDevice('gpu:0');
    return { backend: info.backend, sync };
  },
  refusal: (url) => said(() => load({ url }).then(() => 'opened')),
  atOnce: () => {
    const t = tf.device('gpu:0', () => tf.multiply(tf.constant([1, 2, 3], { dtype: 'float32' }), 2));
    return { device: t.device, now: t.numpy().tolist(), text: String(np.max(t)) };
  },
  later: async () => [...(await tf.constant([1, 2], { dtype: 'float32' }).to('gpu:0').data())],
  lose: async () => {
    const t = tf.constant([1, 2], { dtype: 'float32' }).to('gpu:0');
    getDevice('gpu:0').backend().close();
    const old = await said(() => t.numpy().tolist());
    await load({ url: 'gpu.js' });
    return { old, fresh: tf.constant([3], { dtype: 'float32' }).to('gpu:0').numpy().tolist() };
  },
});
`;

const suite = noBrowser === null ? describe : describe.skip;

suite(`the gpu through WebGPU in a worker of a page${noBrowser === null ? '' : ` (${noBrowser})`}`, () => {
  let chromium: Chromium;
  let worked: Worked;
  beforeAll(async () => {
    chromium = await Chromium.start();
    chromium.offer('/gpu.js', readFileSync(join(root, 'node_modules/gpu.js/dist/gpu-browser.min.js'), 'utf8'));
    worked = await chromium.work(PROGRAM);
  }, 120_000);
  afterAll(() => chromium?.stop());

  test('a page itself is told that it cannot wait', async () => {
    const { page } = await chromium.run(`
      import { interop } from './src/index.js';
      globalThis.refusal = () => interop.load('gpu.js', () => import('gpu.js'), { url: 'gpu.js' }).then(() => '', (e) => e.message);
    `);
    expect(await page.evaluate('refusal()')).toBe(
      'load: values cannot be read at once: only workers may wait for values',
    );
  }, 60_000);

  test('a file that is not there is an error and none to compute elsewhere', async () => {
    expect(await worked.call("refusal('nowhere.js')")).toMatch(
      /^ImportError: load: gpu\.js is not to be had from http.*nowhere\.js/,
    );
  }, 60_000);

  test('is a thread that is waited for', async () => {
    expect(await worked.call("open('gpu.js')")).toEqual({ backend: 'webgpu', sync: true });
    expect(await worked.call('atOnce()')).toEqual({
      device: 'gpu:0',
      now: [2, 4, 6],
      text: expect.stringMatching(/6\./),
    });
    expect(await worked.call('later()')).toEqual([1, 2]);
  }, 120_000);

  test('the laws of arrays hold, functions give what they give on the cpu, and so do networks', async () => {
    for (const [name, least] of [
      ['laws', 50],
      ['functions', 400],
      ['networks', 10],
    ] as const) {
      const reports = await worked.call<Report[]>(`suite('${name}')`);
      expect(reports.filter((r) => r.state === 'failed')).toEqual([]);
      expect(reports.filter((r) => r.state === 'passed').length).toBeGreaterThan(least);
    }
  }, 600_000);

  test('after a loss old tensors are errors, and the device is there again once it is loaded', async () => {
    const { old, fresh } = await worked.call<Record<string, unknown>>('lose()');
    expect(old).toMatch(/^RuntimeError: .*was lost \(it was closed\)/);
    expect(fresh).toEqual([3]);
  }, 60_000);

  test('nothing is complained of', () => expect(worked.complaints).toEqual([]));
});
