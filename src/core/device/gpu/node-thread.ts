import { type Places, serving, ThreadTransport } from './thread.js';
import type { Transport } from './commands.js';

/** The executor in a worker thread of Node, which ends with the process. */

interface NodeWorker {
  postMessage(message: unknown, moved?: readonly unknown[]): void;
  on(event: string, f: (x: any) => void): void;
  ref(): void;
  unref(): void;
}
interface WorkerThreads {
  Worker: new (text: string, options: { eval: true; workerData: unknown; stderr?: boolean }) => NodeWorker;
}

const PROGRAM = `
const { parentPort, workerData } = (0, require)('node:worker_threads');
const bring = (path) => import(/^[A-Za-z]:/.test(path) ? 'file:///' + path : path);
`;

/** Whether there are threads of Node to run an executor in. */
export const workerThreads = (): WorkerThreads | undefined =>
  (globalThis as { process?: { getBuiltinModule?: (n: string) => unknown } }).process?.getBuiltinModule?.(
    'node:worker_threads',
  ) as WorkerThreads | undefined;

/** Starts an executor, and waits until it is there. @throws RuntimeError when there is no adapter */
export function startNodeThread(threads: WorkerThreads, places: Places): Transport {
  const transport = new ThreadTransport((control, hear, end) => {
    const text = PROGRAM + serving('parentPort', '{ ...workerData, load: require, bring }');
    const worker = new threads.Worker(text, { eval: true, workerData: { places, control } });
    worker.on('message', hear);
    worker.on('error', (e) => end(e instanceof Error ? e.message : String(e)));
    worker.on('exit', () => end('its thread ended'));
    // After the listeners, the first of which would keep the process alive again.
    worker.unref();
    return {
      post: (message, moved) => worker.postMessage(message, moved),
      keep: (alive) => (alive ? worker.ref() : worker.unref()),
    };
  });
  // Asked for now, so that a thread without an adapter is an error here.
  void transport.info;
  return transport;
}
