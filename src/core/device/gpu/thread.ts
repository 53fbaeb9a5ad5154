import { RuntimeError } from '../../errors.js';
import type { AdapterInfo, Batch, Transport } from './commands.js';
import { makeExecutor } from './executor.js';

/**
 * The executor in a thread of its own. Values are read while the calling thread sleeps, so that everything has a synchronous face. Threads are those
 * of Node (node-thread.ts) and workers of a browser (web-thread.ts).
 */

/** A thread, as its owner sees it. */
export interface Thread {
  post(message: unknown, moved: readonly unknown[]): void;
  /** Whether the thread keeps its process alive. */
  keep(alive: boolean): void;
}

/** Where packages are found; `webgpu` is empty where the environment has WebGPU of its own. */
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
    executor = await make(await data.load(data.places.gpujs));
  } catch (e) {
    answer(2, textOf(e));
    port.postMessage({ started: true });
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
  port.postMessage({ started: true });
}

/** A call of `serve` as text. Minifiers may have left calls of `__name` in the functions. */
export const serving = (port: string, data: string): string =>
  `const __name = (f) => f;\n(${serve.toString()})(${makeExecutor.toString()}, ${port}, ${data});`;

/** What a thread says. */
export interface Said {
  readonly started?: true;
  readonly reply?: number;
  readonly bytes?: ArrayBuffer;
  readonly error?: string;
  readonly lost?: string;
}

/** Has its owner start a thread, with the memory that both see, and is told what the thread says and how it ends. */
export class ThreadTransport implements Transport {
  private known: AdapterInfo | null = null;
  private reason: string | null = null;
  private readonly state: Int32Array;
  private readonly text: Uint8Array;
  private readonly thread: Thread;
  private readonly pending = new Map<number, { resolve(b: ArrayBuffer): void; reject(e: Error): void }>();
  private next = 0;

  constructor(start: (control: SharedArrayBuffer, hear: (m: Said) => void, end: (reason: string) => void) => Thread) {
    const control = new SharedArrayBuffer(TEXT + TEXT_BYTES);
    this.state = new Int32Array(control, 0, 4);
    this.text = new Uint8Array(control, TEXT);
    this.thread = start(
      control,
      (m) => this.hear(m),
      (reason) => this.lose(reason),
    );
  }
  private hear(m: Said): void {
    if (m.lost !== undefined) this.lose(m.lost);
    if (m.reply === undefined) return;
    const p = this.pending.get(m.reply);
    this.pending.delete(m.reply);
    if (this.pending.size === 0) this.thread.keep(false);
    if (m.error !== undefined) p?.reject(new RuntimeError(m.error));
    else p?.resolve(m.bytes ?? new ArrayBuffer(0));
  }
  /** Known once the thread has started, which is waited for. @throws RuntimeError where there is no adapter */
  get info(): AdapterInfo {
    this.known ??= JSON.parse(this.wait()) as AdapterInfo;
    return this.known;
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
    this.thread.post(message, []);
    return this.wait();
  }

  post(batch: Batch): void {
    const moved = batch.blobs.filter((b) => b.byteLength === b.buffer.byteLength).map((b) => b.buffer);
    this.thread.post({ batch }, [batch.words.buffer, ...moved]);
  }
  private later(message: object): Promise<ArrayBuffer> {
    const reply = this.next++;
    this.thread.keep(true);
    return new Promise((resolve, reject) => {
      this.pending.set(reply, { resolve, reject });
      this.thread.post({ ...message, reply }, []);
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
  };
  usage(): { readonly live: number; readonly kept: number } {
    return JSON.parse(this.ask({ usage: true }));
  }
  close(): void {
    this.thread.post({ close: true }, []);
    this.lose('it was closed');
  }
}
