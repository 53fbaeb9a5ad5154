import type { HostBuffer } from '../../core/device/device.js';
import { FileNotFoundError, MemoryError, OSError, OverflowError, ValueError } from '../../core/errors.js';
import { MOST_AT_ONCE, type NodeFiles, nodeFiles, onPath, type Path } from '../../core/files.js';
import { Storage } from '../../core/memory.js';
import { beforeReading } from '../../core/source.js';

/**
 * What stands in for a mapped file where nothing can be mapped: memory with a copy of a part of a file, whose changes are written back. Bytes lie at
 * their places in the file, so that what comes before the part costs addresses, not memory.
 */

/** Changes are looked for, and written, in pages. */
const PAGE = 4096;

interface Stat {
  readonly size: number;
  readonly ino: number;
  readonly dev: number;
}

/** Parts of files whose changes are still to be written. */
const open = new Set<FilePart>();
let watching = false;

const forgotten = new FinalizationRegistry<FilePart>((part) => part.end());

function watch(): void {
  if (watching) return;
  watching = true;
  const p = (globalThis as { process?: { on?: (event: string, f: () => void) => void } }).process;
  p?.on?.('exit', () => {
    for (const part of [...open]) part.end();
  });
  // What is read by the library is what was written through maps.
  beforeReading((path) => {
    if (open.size === 0) return;
    let real: string;
    try {
      real = nodeFiles('memmap').realpathSync(path);
    } catch {
      return;
    }
    for (const part of open) if (part.path === real) part.flush();
  });
}

export class FilePart {
  /** The file's bytes, from its start on. */
  bytes: Uint8Array;
  /** What the part held when it was first written since the last flush; 'zeros' for a new file's, null: nothing was written. */
  private before: Uint8Array | 'zeros' | null = null;
  /** Whether a file that nobody has written to yet holds zeros. */
  private fresh: boolean;

  constructor(
    readonly path: string,
    bytes: Uint8Array,
    readonly start: number,
    /** Whether changes are written back. */
    readonly writes: boolean,
    fresh: boolean,
    private readonly inode: string,
  ) {
    this.bytes = bytes;
    this.fresh = fresh;
    if (writes) {
      watch();
      open.add(this);
    }
  }

  /** To be called before the memory is written. */
  touched(): void {
    if (!this.writes || this.before !== null) return;
    this.before = this.fresh ? 'zeros' : this.bytes.slice(this.start);
  }

  /** Writes changes to the file. @throws FileNotFoundError, OSError */
  flush(exposed = false): void {
    const { before, bytes, start } = this;
    if (before === null) return;
    const fs = nodeFiles('memmap');
    const fd = onPath(this.path, () => fs.openSync(this.path, 'r+'));
    try {
      const now = fs.fstatSync(fd) as unknown as Stat;
      if (`${now.dev}:${now.ino}` !== this.inode)
        throw new OSError(`${this.path} is another file than was opened: nothing was written`);
      const changed = (at: number): boolean => {
        const end = Math.min(at + PAGE, bytes.length);
        for (let i = at; i < end; i++) if (bytes[i] !== (before === 'zeros' ? 0 : before[i - start])) return true;
        return false;
      };
      for (let at = start; at < bytes.length; ) {
        if (!changed(at)) {
          at += PAGE;
          continue;
        }
        let end = at + PAGE;
        while (end < bytes.length && changed(end)) end += PAGE;
        end = Math.min(end, bytes.length);
        // Only what differs: bytes beside it may have been changed by others.
        for (let i = at; i < end; ) {
          while (i < end && bytes[i] === (before === 'zeros' ? 0 : before[i - start])) i++;
          let to = i;
          let same = 0;
          for (let k = i; k < end && same < 64; k++) {
            if (bytes[k] === (before === 'zeros' ? 0 : before[k - start])) same++;
            else {
              same = 0;
              to = k + 1;
            }
          }
          for (let k = i; k < to; ) k += fs.writeSync(fd, bytes, k, Math.min(to - k, MOST_AT_ONCE), k);
          i = Math.max(to, i + 1);
        }
        at = end;
      }
    } finally {
      fs.closeSync(fd);
    }
    this.fresh = false;
    this.before = null;
    // A window on the memory may be written without a word.
    if (exposed) this.touched();
  }

  /** The last flush. A file that is gone takes its changes along. */
  end(): void {
    open.delete(this);
    try {
      this.flush();
    } catch (e) {
      if (!(e instanceof FileNotFoundError)) throw e;
    }
  }
}

/** The cell of a mapped file's memory, which notes that it is about to be written. */
export class PartStorage extends Storage {
  readonly part: FilePart;
  constructor(buffer: HostBuffer, part: FilePart) {
    super(buffer);
    this.part = part;
    if (part.writes) forgotten.register(this, part);
  }
  override own(by: string): void {
    this.part.touched();
    super.own(by);
    this.part.bytes = (this.buffer as HostBuffer).bytes;
  }
}

/** The length of a file. */
export function lengthOf(path: Path): number {
  const fs = nodeFiles('memmap');
  return onPath(path, () => {
    const fd = fs.openSync(path, 'r');
    try {
      return fs.fstatSync(fd).size;
    } finally {
      fs.closeSync(fd);
    }
  });
}

/** How a file is opened: 'r' and 'c' never change it, 'w+' makes it anew. */
export type Mode = 'r' | 'c' | 'r+' | 'w+';

/**
 * A part of a file in memory. `sized` says, from the file's length, where the part ends; a file that is written is made that long.
 * @throws ValueError, OverflowError, MemoryError; FileNotFoundError and its like
 */
export function openPart(path: Path, mode: Mode, start: number, sized: (length: number) => number): FilePart {
  const fs: NodeFiles = nodeFiles('memmap');
  return onPath(path, () => {
    if (mode !== 'w+') for (const part of open) if (part.path === fs.realpathSync(path)) part.flush();
    const fd = fs.openSync(path, mode === 'c' ? 'r' : mode);
    try {
      const stat = fs.fstatSync(fd) as unknown as Stat;
      const writes = mode === 'r+' || mode === 'w+';
      let end = sized(stat.size);
      if (start < 0) throw new OverflowError('memory mapped offset must be positive');
      if (end < start && end < 0) throw new OverflowError('memory mapped length must be positive');
      if (writes) {
        end = Math.max(end, 1);
        if (stat.size < end) fs.ftruncateSync(fd, end);
      } else if (stat.size === 0) throw new ValueError('cannot mmap an empty file');
      else if (stat.size < end) throw new ValueError('mmap length is greater than file size');
      let bytes: Uint8Array;
      try {
        bytes = new Uint8Array(end);
      } catch {
        throw new MemoryError(`memmap: no memory for the ${end} bytes of the file up to the end of the part`);
      }
      const there = Math.min(stat.size, end);
      if (mode !== 'w+')
        for (let at = Math.min(start, there); at < there; ) {
          const n = fs.readSync(fd, bytes, at, Math.min(there - at, MOST_AT_ONCE), at);
          if (n === 0) break;
          at += n;
        }
      return new FilePart(
        fs.realpathSync(path),
        bytes,
        Math.min(start, end),
        writes,
        mode === 'w+',
        `${stat.dev}:${stat.ino}`,
      );
    } finally {
      fs.closeSync(fd);
    }
  });
}
