import { createContext, runInContext } from 'node:vm';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { asPackaged, root } from './page/packaged.js';

/**
 * An application that is bundled for browsers, in a world that has JavaScript and WebAssembly and nothing else: no process, no require,
 * no console, no timers.
 */
const APP = `
import { np, tf, interop } from './src/index.js';
globalThis.run = () => {
  const n = 300000;
  const big = np.add(np.arange(n), np.ones(n));
  const t = tf.constant([[1, 2], [3, 4]]);
  return [
    String(np.add([1, 2, 3], 10)),
    String(np.sum(big)),
    np.array([1.5, 2]).repr(),
    np.matmul(np.ones([100, 100]), np.ones([100, 100])).at(0, 0).item(),
    tf.matmul(t, t).toString(),
    np.max(t).numpy().repr(),
    interop.profile(() => tf.convert_to_tensor(big)).copies,
    String(np.array([2n ** 62n, -1n])),
    big.__array_namespace__({ api_version: '2024.12' }).sum === np.sum,
  ];
};`;

describe('a bundle for browsers', () => {
  let code = '';
  let imported: string[] = [];
  beforeAll(async () => {
    const { outputFiles, metafile } = await build({
      stdin: { contents: APP, resolveDir: root, loader: 'ts' },
      bundle: true,
      platform: 'browser',
      format: 'iife',
      write: false,
      metafile: true,
      logLevel: 'silent',
      plugins: [asPackaged],
    });
    code = outputFiles[0].text;
    imported = Object.values(metafile.outputs).flatMap((o) => o.imports.map((i) => i.path));
    // Bundling takes seconds where the machine is busy.
  }, 60_000);

  test('imports nothing that a browser does not have', () => {
    expect(imported).toEqual([]);
    expect(code).not.toMatch(/\brequire\(["']/);
  });

  test('computes and prints with small and large arrays where there is no process, console or require', () => {
    const world = createContext(Object.create(null));
    runInContext(code, world);
    expect(JSON.parse(runInContext('JSON.stringify(run())', world))).toEqual([
      '[11. 12. 13.]',
      '45000150000.0',
      'array([1.5, 2. ])',
      100,
      'tf.Tensor(\n[[ 7. 10.]\n [15. 22.]], shape=(2, 2), dtype=float32)',
      'array(4., dtype=float32)',
      0,
      '[4611686018427387904                  -1]',
      true,
    ]);
  });
});
