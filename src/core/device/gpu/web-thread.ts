import { ImportError, RuntimeError } from '../../errors.js';
import type { Transport } from './commands.js';
import { type Said, serving, ThreadTransport } from './thread.js';

/** The executor in a worker of a browser, whose owner is a worker, too: pages themselves may not sleep. */

interface WebWorker {
  postMessage(message: unknown, moved?: readonly unknown[]): void;
  addEventListener(event: string, f: (e: any) => void): void;
}
interface Scope {
  readonly crossOriginIsolated?: boolean;
  readonly WorkerGlobalScope?: unknown;
  readonly Worker?: new (url: string, options: { type: 'module'; name: string }) => WebWorker;
  readonly location?: { readonly href: string };
  readonly URL: (new (
    url: string,
    base?: string,
  ) => { readonly href: string }) & { createObjectURL(blob: unknown): string; revokeObjectURL(url: string): void };
  readonly Blob: new (parts: readonly string[], options: { type: string }) => unknown;
}
const scope = globalThis as unknown as Scope;

const MISSING = 'gpu.js is not to be had from';
/** gpu.js's file for browsers is a script that leaves a global where there are no modules of Node; other builds are modules. */
const PROGRAM = `
const port = {
  on: (_, f) => addEventListener('message', (e) => f(e.data)),
  postMessage: (m, moved) => postMessage(m, moved ?? []),
  close: () => close(),
};
const load = async (url) => {
  const m = await import(url).catch((e) => ({ why: String(e?.message ?? e) }));
  const found = [m, m.default, globalThis.GPU].find((x) => x?.WebGPUContext !== undefined);
  if (found === undefined) throw new Error('${MISSING} ' + url + ': ' + (m.why ?? 'it is another file'));
  return found;
};
const start = (e) => {
  removeEventListener('message', start);
  const data = { ...e.data, load, bring: load };
`;

/** Why values cannot be read at once here; null where they can. */
export const noWebThread = (): string | null => {
  if (scope.WorkerGlobalScope === undefined || scope.Worker === undefined) return 'only workers may wait for values';
  return scope.crossOriginIsolated === true
    ? null
    : 'the page is not cross-origin isolated (its server sends Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp)';
};

/**
 * Starts an executor.
 * @param url where gpu.js's file for browsers lies
 * @throws RuntimeError where no thread can be waited for, or there is no adapter; ImportError where gpu.js is not at its place
 */
export async function startWebThread(url: string): Promise<Transport> {
  const why = noWebThread();
  if (why !== null || scope.Worker === undefined) throw new RuntimeError(`no thread can be waited for: ${why}`);
  const text = `${PROGRAM}${serving('port', 'data')}\n};\naddEventListener('message', start);`;
  const place = scope.URL.createObjectURL(new scope.Blob([text], { type: 'text/javascript' }));
  const worker = new scope.Worker(place, { type: 'module', name: 'numbridge gpu' });
  // Nobody may sleep before the thread runs: its start needs this one.
  const started = new Promise<void>((done, fail) => {
    worker.addEventListener('message', (e: { data: Said }) => e.data.started === true && done());
    worker.addEventListener('error', (e) =>
      fail(new RuntimeError(`the gpu's thread: ${e.message ?? 'no reason given'}`)),
    );
  });
  const transport = new ThreadTransport((control, hear, end) => {
    worker.addEventListener('message', (e: { data: Said }) => hear(e.data));
    worker.addEventListener('error', (e) => end(e.message ?? 'no reason was given'));
    // A thread of text has no place of its own that a path could begin at.
    const gpujs = new scope.URL(url, scope.location?.href).href;
    worker.postMessage({ places: { gpujs, webgpu: '' }, control });
    return { post: (message, moved) => worker.postMessage(message, moved), keep: () => undefined };
  });
  await started;
  scope.URL.revokeObjectURL(place);
  try {
    void transport.info;
  } catch (e) {
    if (e instanceof RuntimeError && e.message.startsWith(MISSING)) throw new ImportError(`load: ${e.message}`);
    throw e;
  }
  return transport;
}
