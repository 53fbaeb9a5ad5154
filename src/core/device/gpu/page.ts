import { RuntimeError } from '../../errors.js';
import type { Batch, Executor, Transport } from './commands.js';

/** The executor in the thread of the program, as in a browser's page: commands are carried out at once, values come later. */
class PageTransport implements Transport {
  lost: string | null = null;
  constructor(private readonly executor: Executor) {
    executor.lost.then((reason) => {
      this.lost ??= reason || 'no reason was given';
    });
  }
  get info(): Executor['info'] {
    return this.executor.info;
  }
  post(batch: Batch): void {
    this.executor.run(batch);
  }
  read(id: number, offset: number, nbytes: number): Promise<ArrayBuffer> {
    return this.executor.read(id, offset, nbytes).catch((e) => {
      throw new RuntimeError(e instanceof Error ? e.message : String(e));
    });
  }
  sync(): Promise<void> {
    return this.executor.sync();
  }
  usage(): { readonly live: number; readonly kept: number } {
    return this.executor.usage();
  }
  close(): void {
    this.lost ??= 'it was closed';
    this.executor.destroy();
  }
}

export const pageTransport = (executor: Executor): Transport => new PageTransport(executor);
