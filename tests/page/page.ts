import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { asPackaged, root } from './packaged.js';

/**
 * Programs in a real browser: headless Chromium, driven through playwright-core. Both ways to a GPU are there without one: WebGL2 and
 * WebGPU on SwiftShader.
 */

const EXECUTABLE = process.env.NUMBRIDGE_CHROMIUM ?? '/usr/bin/chromium';
/** Set where a browser is promised: then it is an error that there is none, instead of a reason to skip. */
const promised = process.env.NUMBRIDGE_TESTS_BROWSER === '1';

/** Why nothing runs in a browser here; null where it does. */
export const noBrowser: string | null =
  promised || existsSync(EXECUTABLE)
    ? null
    : `there is no browser at ${EXECUTABLE}; NUMBRIDGE_CHROMIUM names another place`;

const FLAGS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-gpu-watchdog',
];
/** Flags that take both ways to a GPU away. */
export const WITHOUT_GPU: readonly string[] = ['--disable-gpu', '--disable-3d-apis', '--disable-features=WebGPU'];

/** A program for browsers: TypeScript, with imports as seen from the root of the project. */
export async function bundle(source: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
    // What tests are written with, in a page.
    plugins: [asPackaged],
    alias: { '@jest/globals': join(__dirname, 'jest-in-page.ts') },
  });
  return outputFiles[0].text;
}

export interface Worked {
  readonly page: Page;
  readonly complaints: string[];
  call<T>(text: string): Promise<T>;
}
/** Behind a worker's program: it carries out what it is sent. */
const ANSWERING = `
globalThis.addEventListener('message', async ({ data: { id, text } }) => {
  try {
    postMessage({ id, value: await (0, eval)(text) });
  } catch (e) {
    postMessage({ id, error: String(e?.stack ?? e) });
  }
});
postMessage({ id: -1 });`;
/** The program of a page that has such a worker. */
const asking = (name: string): string => `
const worker = new Worker('${name}', { type: 'module' });
const waiting = new Map();
let next = 0;
const ready = new Promise((resolve, reject) => {
  waiting.set(-1, { resolve, reject });
  worker.onerror = (e) => { console.error(e.message); reject(new Error(e.message)); };
});
worker.onmessage = ({ data: { id, value, error } }) => {
  const { resolve, reject } = waiting.get(id);
  waiting.delete(id);
  if (error === undefined) resolve(value);
  else reject(new Error(error));
};
globalThis.ask = async (text) => {
  await ready;
  return new Promise((resolve, reject) => {
    waiting.set(next, { resolve, reject });
    worker.postMessage({ id: next++, text });
  });
};
`;

/** A browser and a server on this machine, which is where browsers hand out WebGPU. */
export class Chromium {
  static readonly FLAGS: readonly string[] = FLAGS;

  private constructor(
    private readonly browser: Browser,
    private readonly server: Server,
    private readonly files: Map<string, string>,
  ) {}

  /** @throws where the browser cannot be started */
  static async start(flags: readonly string[] = FLAGS): Promise<Chromium> {
    const files = new Map<string, string>();
    const server = createServer((request, response) => {
      const text = files.get(request.url ?? '');
      if (text !== undefined) response.setHeader('content-type', 'text/javascript');
      else response.setHeader('content-type', 'text/html');
      // Workers share memory, and wait, only in pages that are isolated from other origins.
      response.setHeader('cross-origin-opener-policy', 'same-origin');
      response.setHeader('cross-origin-embedder-policy', 'require-corp');
      response.end(text ?? '<!doctype html><meta charset="utf-8"><title>numbridge</title>');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    try {
      const browser = await chromium.launch({
        executablePath: EXECUTABLE,
        args: [...new Set(['--no-sandbox', '--disable-dev-shm-usage', ...flags])],
      });
      return new Chromium(browser, server, files);
    } catch (e) {
      server.close();
      throw e;
    }
  }

  /** A page that has run a program: what it puts on `globalThis` can be called through `page.evaluate`. */
  async run(source: string): Promise<{ readonly page: Page; readonly complaints: string[] }> {
    const name = `/program-${this.files.size}.js`;
    this.files.set(name, await bundle(source));
    const page = await this.browser.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (e) => complaints.push(String(e.stack ?? e)));
    page.on('console', (m) => {
      if (m.type() === 'error') complaints.push(m.text());
    });
    const { port } = this.server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/`);
    // As text: the test runner rewrites imports in functions.
    await page.evaluate(`import('http://127.0.0.1:${port}${name}')`);
    return { page, complaints };
  }

  /** A file that pages find under a path. */
  offer(path: string, text: string): void {
    this.files.set(path, text);
  }

  /** A worker of a page that has run a program; what it has on its `globalThis` is called by text. */
  async work(source: string): Promise<Worked> {
    const name = `/worker-${this.files.size}.js`;
    this.files.set(name, (await bundle(source)) + ANSWERING);
    const { page, complaints } = await this.run(asking(name));
    return { page, complaints, call: (text) => page.evaluate(`ask(${JSON.stringify(text)})`) as Promise<any> };
  }

  /** A page at an address. */
  async open(url: string, viewport?: { width: number; height: number }): Promise<Page> {
    const page = await this.browser.newPage(viewport === undefined ? {} : { viewport });
    await page.goto(url);
    return page;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await new Promise((done) => this.server.close(done));
  }
}
