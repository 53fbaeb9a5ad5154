import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { build } from 'esbuild';
import { asPackaged, root } from '../page/packaged.js';
import { onGpu } from './adapter.js';

jest.setTimeout(120_000);

/** Ends of a process whose gpu has still much to do. */
const PROGRAM = `
const { tf } = await import('./library.mjs');
const x = tf.random.normal([256, 256]).to('gpu:0');
let y = x;
for (let i = 0; i < 10; i++) y = tf.matmul(y, x);
const [, , how] = process.argv;
if (how === 'exits') process.exit(3);
if (how === 'throws') throw new Error('its own');
if (how === 'waits') y.data().then((d) => console.log(d.length));
`;

onGpu('a process', () => {
  let folder: string;
  beforeAll(async () => {
    mkdirSync(join(root, 'build'), { recursive: true });
    folder = mkdtempSync(join(root, 'build', 'exit-'));
    await build({
      entryPoints: [join(root, 'src/index.ts')],
      outfile: join(folder, 'library.mjs'),
      bundle: true,
      format: 'esm',
      platform: 'node',
      logLevel: 'silent',
      plugins: [asPackaged],
    });
    writeFileSync(join(folder, 'program.mjs'), PROGRAM);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  for (const [how, status, said] of [
    ['ends', 0, ''],
    ['exits', 3, ''],
    ['throws', 1, 'its own'],
    ['waits', 0, '65536'],
  ] as const)
    test(`that ${how} while the gpu works has its own status`, () => {
      const r = spawnSync(process.execPath, [join(folder, 'program.mjs'), how], { cwd: root, encoding: 'utf8' });
      expect({ status: r.status, signal: r.signal }).toEqual({ status, signal: null });
      expect(r.stdout + r.stderr).toContain(said);
    });
});
