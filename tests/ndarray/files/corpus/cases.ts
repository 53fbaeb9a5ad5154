import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, inflateSync } from 'node:zlib';
import { stats } from '../../../../src/core/device/cpu/index.js';
import { interop, np } from '../../../../src/index.js';

/** The corpus of broken files: each is read, its verdict compared with NumPy's, and what it cost is measured. */

export interface Case {
  readonly title: string;
  readonly call: string;
  readonly kw: Record<string, unknown>;
  readonly file: Uint8Array;
  readonly verdict: readonly [string, string?];
}

export const casesOf = (name: string): Case[] =>
  (JSON.parse(readFileSync(join(__dirname, `${name}.json`), 'utf8')) as [string, string, {}, string, [string]][]).map(
    ([title, call, kw, text, verdict]) => ({
      title,
      call,
      kw,
      verdict,
      file: text.startsWith('z:') ? inflateSync(Buffer.from(text.slice(2), 'base64')) : Buffer.from(text, 'base64'),
    }),
  );

/** What a result is told by. */
export function digest(x: any): string {
  if (x instanceof np.lib.npyio.NpzFile) return x.files.map((n) => `${n}=${digest(x.at(n))}`).join(';');
  if (x instanceof Uint8Array) return `bytes ${x.length} ${crc32(x)}`;
  if (x instanceof np.NDArray)
    return `${x.dtype.str}${JSON.stringify(x.shape)}${crc32((x as any).tobytes())}`.replaceAll(' ', '');
  return Object.keys(x)
    .sort()
    .map((n) => `${n}=${digest(x[n])}`)
    .join(';');
}

export interface Outcome {
  readonly verdict: readonly [string, string?];
  readonly message: string;
  readonly ms: number;
  /** Bytes of buffers that were there afterwards and not before: what was allocated, unless it was given back meanwhile. */
  readonly bytes: number;
}

/** Runs a case on a file in memory, or at a path where one is given. */
export function run({ call, kw, file }: Case, path: string | null = null): Outcome {
  let source: unknown = new Uint8Array(file);
  if (path !== null) {
    writeFileSync(path, file);
    source = path;
  }
  const held = (): number => process.memoryUsage().arrayBuffers + stats().live;
  const before = held();
  const start = performance.now();
  let verdict: [string, string?];
  let message = '';
  try {
    const f = (np as any)[call] ?? (interop as any)[call];
    verdict = ['ok', digest(f(source, kw))];
  } catch (e) {
    verdict = [(e as Error).name];
    message = (e as Error).message;
  }
  return { verdict, message, ms: performance.now() - start, bytes: held() - before };
}
