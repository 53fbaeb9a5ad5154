import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { root } from './packaged.js';
import { Chromium, noBrowser, WITHOUT_GPU } from './page.js';

/** The example page of `npm run demo:browser`, over the sources: it runs on both devices, and says why where there is no gpu. */

const suite = noBrowser === null ? describe : describe.skip;

/** The page's server, and its address. */
function serve(): Promise<{ server: ChildProcess; url: string }> {
  const server = spawn(process.execPath, [join(root, 'scripts', 'demo-browser.mjs'), '--port', '0', '--source'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((done, fail) => {
    let said = '';
    server.stderr?.on('data', (d) => (said += d));
    server.stdout?.on('data', (d) => {
      const url = /http:\S+/.exec(String(d))?.[0];
      if (url !== undefined) done({ server, url });
    });
    server.on('exit', () => fail(new Error(said)));
  });
}

const ready = async (page: Page): Promise<void> => {
  await page.waitForSelector('body[data-state=ready]', { timeout: 60_000 });
};
/** What a program's two halves show once it ran. */
async function ran(page: Page, id: string): Promise<{ states: (string | null)[]; text: string; verdict: string }> {
  await page.click(`#${id} .run`);
  await page.waitForSelector(`#${id}[data-state=done]`, { timeout: 120_000 });
  const panels = page.locator(`#${id} .result`);
  return {
    states: [await panels.nth(0).getAttribute('data-state'), await panels.nth(1).getAttribute('data-state')],
    text: (await panels.allInnerTexts())[1],
    verdict: (await page.textContent(`#${id} .verdict`)) ?? '',
  };
}

suite(`the example page${noBrowser === null ? '' : ` (${noBrowser})`}`, () => {
  let chromium: Chromium;
  let bare: Chromium;
  let served: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    [served, chromium, bare] = await Promise.all([serve(), Chromium.start(), Chromium.start(WITHOUT_GPU)]);
  }, 120_000);
  afterAll(async () => {
    served?.server.removeAllListeners('exit');
    const ended = served && new Promise((done) => served.server.on('exit', done));
    served?.server.kill();
    await Promise.all([ended, chromium?.stop(), bare?.stop()]);
  });

  test('runs its programs on the cpu and through WebGL2, and both agree', async () => {
    const page = await chromium.open(`${served.url}?gpu=webgl2`);
    await ready(page);
    expect(await page.textContent('#gpu-name')).toMatch(/^WebGL2 · ./);
    for (const id of ['julia', 'edges', 'training', 'product']) {
      const { states, text, verdict } = await ran(page, id);
      expect({ id, states }).toEqual({ id, states: ['done', 'done'] });
      expect(text).toMatch(/first\s+[\d.]+ m?s\s+again\s+[\d.]+ m?s/);
      expect(text).toMatch(/device\s+\d+×/);
      expect(verdict).toMatch(/^Equal to the last bit\.$|differ, by at most \d\.\de-[3-9]\.$/);
    }
  }, 300_000);

  test('takes WebGPU where it is to be had', async () => {
    const page = await chromium.open(served.url);
    await ready(page);
    expect(await page.textContent('#gpu-name')).toMatch(/^WebGPU · ./);
    const { states, verdict } = await ran(page, 'julia');
    expect(states).toEqual(['done', 'done']);
    expect(verdict).toBe('Equal to the last bit.');
  }, 240_000);

  test('says why there is no gpu, and runs on the cpu', async () => {
    const page = await bare.open(served.url);
    await ready(page);
    expect(await page.textContent('#gpu-name')).toMatch(/no GPU is to be had in this page \(webgpu: .*; webgl2: .*\)/);
    const { states, text } = await ran(page, 'julia');
    expect(states).toEqual(['done', 'none']);
    expect(text).toMatch(/no GPU is to be had/);
  }, 120_000);

  test('fits a narrow window', async () => {
    const page = await chromium.open(`${served.url}?gpu=none`, { width: 400, height: 800 });
    await ready(page);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400);
  }, 60_000);
});
