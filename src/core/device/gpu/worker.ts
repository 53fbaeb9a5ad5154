import { RuntimeError } from '../../errors.js';
import type { AdapterInfo, Batch, Transport } from './commands.js';
import { makeExecutor } from './executor.js';

/**
 * The executor in a worker thread of Node. Values are read while the main thread sleeps, so that everything has a synchronous face; the
 * thread ends with the process.
 */

interface NodeWorker {
  postMessage(message: unknown, moved?: readonly unknown[]): void;
  on(event: string, f: (x: any) => void): void;
  ref(): void;
  unref(): void;
  terminate(): Promise<unknown>;
}
interface WorkerThreads {
  Worker: new (text: string, options: { eval: true; workerData: unknown; stderr?: boolean }) => NodeWorker;
}

/** Where the packages were found. */
export interface Places {
  readonly gpujs: string;
  readonly webgpu: string;
}

/** Words of the memory that both threads see: state of the answer, bytes of its text, lost or not; then the text. */
const STATE = 0;
const LENGTH = 1;
const LOST = 2;
const TEXT = 16;
const TEXT_BYTES = 8192;
const WAITING = 0;
const FAILED = 2;
/** An answer that takes longer than this is none: the thread is dead. */
const PATIENCE = 300_000;

/** What runs in the thread; complete in itself, as `makeExecutor` is. */
async function serve(
  make: typeof makeExecutor,
  port: any,
  data: {
    places: Places;
    control: SharedArrayBuffer;
    load: (path: string) => any;
    bring: (path: string) => Promise<any>;
  },
): Promise<void> {
  const state = new Int32Array(data.control, 0, 4);
  const text = new Uint8Array(data.control, 16);
  const answer = (code: number, words: string): void => {
    const bytes = new TextEncoder().encode(words).subarray(0, text.length);
    text.set(bytes);
    state[1] = bytes.length;
    Atomics.store(state, 0, code);
    Atomics.notify(state, 0);
  };
  const textOf = (e: unknown): string => (e instanceof Error ? e.message : String(e));
  let executor: any;
  try {
    const scope = globalThis as any;
    if (data.places.webgpu !== '') {
      const webgpu = await data.bring(data.places.webgpu);
      Object.assign(scope, webgpu.globals);
      // The process aborts when this object is collected.
      scope.numbridgeGpu = webgpu.create([]);
      Object.defineProperty(scope, 'navigator', { value: { gpu: scope.numbridgeGpu }, configurable: true });
    }
    executor = await make(data.load(data.places.gpujs));
  } catch (e) {
    answer(2, textOf(e));
    return;
  }
  executor.lost.then((reason: string) => {
    text.set(new TextEncoder().encode(reason).subarray(0, 200), text.length - 256);
    Atomics.store(state, 2, 1);
    port.postMessage({ lost: reason });
  });
  port.on('message', async (m: any) => {
    if (m.batch !== undefined) {
      executor.run(m.batch);
      return;
    }
    try {
      if (m.usage === true) {
        answer(1, JSON.stringify(executor.usage()));
        return;
      }
      if (m.close === true) {
        executor.destroy();
        port.close();
        return;
      }
      const bytes = m.read === undefined ? (await executor.sync(), null) : await executor.read(...m.read);
      if (m.reply !== undefined) port.postMessage({ reply: m.reply, bytes });
      else {
        if (bytes !== null) new Uint8Array(m.into).set(new Uint8Array(bytes));
        answer(1, '');
      }
    } catch (e) {
      if (m.reply !== undefined) port.postMessage({ reply: m.reply, error: textOf(e) });
      else answer(2, textOf(e));
    }
  });
  answer(1, JSON.stringify(executor.info));
}

/** The worker's program. */
const programText = (): string => `
const { parentPort, workerData } = process.getBuiltinModule('node:worker_threads');
(${serve.toString()})(${makeExecutor.toString()}, parentPort, { ...workerData, load: require, bring: (path) => import(/^[A-Za-z]:/.test(path) ? 'file:///' + path : path) });
`;

/** Whether there are threads to run an executor in. */
export const workerThreads = (): WorkerThreads | undefined =>
  (globalThis as { process?: { getBuiltinModule?: (n: string) => unknown } }).process?.getBuiltinModule?.(
    'node:worker_threads',
  ) as WorkerThreads | undefined;

class WorkerTransport implements Transport {
  readonly info: AdapterInfo;
  private reason: string | null = null;
  private readonly state: Int32Array;
  private readonly text: Uint8Array;
  private readonly worker: NodeWorker;
  private readonly pending = new Map<number, { resolve(b: ArrayBuffer): void; reject(e: Error): void }>();
  private next = 0;

  constructor(threads: WorkerThreads, places: Places) {
    const control = new SharedArrayBuffer(TEXT + TEXT_BYTES);
    this.state = new Int32Array(control, 0, 4);
    this.text = new Uint8Array(control, TEXT);
    this.worker = new threads.Worker(programText(), { eval: true, workerData: { places, control } });
    this.worker.on('message', (m: { reply?: number; bytes?: ArrayBuffer; error?: string; lost?: string }) => {
      if (m.lost !== undefined) this.lose(m.lost);
      if (m.reply === undefined) return;
      const p = this.pending.get(m.reply);
      this.pending.delete(m.reply);
      if (this.pending.size === 0) this.worker.unref();
      if (m.error !== undefined) p?.reject(new RuntimeError(m.error));
      else p?.resolve(m.bytes ?? new ArrayBuffer(0));
    });
    this.worker.on('error', (e) => this.lose(e instanceof Error ? e.message : String(e)));
    this.worker.on('exit', () => this.lose('its thread ended'));
    // A thread that is ended amid a call into the driver takes the process down with an error.
    (globalThis as { process?: { once(event: string, f: () => void): void } }).process?.once('exit', () => {
      try {
        if (this.lost === null) this.now.sync();
      } catch {
        // Nobody is left to be told.
      }
    });
    // After the listeners, the first of which would keep the process alive again.
    this.worker.unref();
    this.info = JSON.parse(this.wait());
  }

  private lose(reason: string): void {
    this.reason ??= reason;
    for (const p of this.pending.values()) p.reject(new RuntimeError(`the gpu device was lost: ${this.reason}`));
    this.pending.clear();
  }

  get lost(): string | null {
    if (this.reason === null && Atomics.load(this.state, LOST) === 1) {
      const bytes = this.text.slice(TEXT_BYTES - 256);
      this.reason = new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0))) || 'no reason was given';
    }
    return this.reason;
  }

  /** Sleeps until the thread has answered; gives the text of the answer. */
  private wait(): string {
    const { state } = this;
    while (Atomics.load(state, STATE) === WAITING) {
      if (Atomics.wait(state, STATE, WAITING, PATIENCE) === 'timed-out') {
        this.lose('its thread does not answer');
        throw new RuntimeError('the gpu device does not answer');
      }
    }
    const code = Atomics.load(state, STATE);
    const text = new TextDecoder().decode(this.text.slice(0, state[LENGTH]));
    if (code === FAILED) throw new RuntimeError(text);
    return text;
  }
  private ask(message: object): string {
    if (this.lost !== null) throw new RuntimeError(`the gpu device was lost: ${this.lost}`);
    Atomics.store(this.state, STATE, WAITING);
    this.worker.postMessage(message);
    return this.wait();
  }

  post(batch: Batch): void {
    const moved = batch.blobs.filter((b) => b.byteLength === b.buffer.byteLength).map((b) => b.buffer);
    this.worker.postMessage({ batch }, [batch.words.buffer, ...moved]);
  }
  private later(message: object): Promise<ArrayBuffer> {
    const reply = this.next++;
    this.worker.ref();
    return new Promise((resolve, reject) => {
      this.pending.set(reply, { resolve, reject });
      this.worker.postMessage({ ...message, reply });
    });
  }
  read(id: number, offset: number, nbytes: number): Promise<ArrayBuffer> {
    return this.later({ read: [id, offset, nbytes] });
  }
  async sync(): Promise<void> {
    await this.later({});
  }
  readonly now: NonNullable<Transport['now']> = {
    read: (id: number, offset: number, nbytes: number): ArrayBuffer => {
      const into = new SharedArrayBuffer(nbytes);
      this.ask({ read: [id, offset, nbytes], into });
      return into as unknown as ArrayBuffer;
    },
    sync: (): void => {
      this.ask({});
    },
    usage: () => JSON.parse(this.ask({ usage: true })),
  };
  close(): void {
    this.worker.postMessage({ close: true });
    this.lose('it was closed');
  }
}

/** Starts an executor in a thread. @throws RuntimeError when there is no adapter */
export const startWorker = (threads: WorkerThreads, places: Places): Transport => new WorkerTransport(threads, places);
