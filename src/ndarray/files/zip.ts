import { Inflate } from 'fflate';
import { BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError } from '../../core/errors.js';
import { textRepr } from '../../core/python/repr.js';
import { type ByteSource, type Reading, take } from '../../core/source.js';
import { decode } from '../../core/strings/codecs.js';
import { crc32 } from './crc.js';

/**
 * Archives: the directory at a zip file's end, and its members, unpacked as far as they are read. What the directory says is checked against the file
 * before anything is allocated. Errors are those of Python's zipfile.
 */

export interface Member {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  /** Bytes in the archive. */
  readonly packed: number;
  /** Bytes when unpacked. */
  readonly size: number;
  /** Where its header begins. */
  readonly at: number;
  /** Where whatever stands behind it begins. */
  readonly end: number;
}

const END = 0x06054b50;
const END64_LOCATOR = 0x07064b50;
const END64 = 0x06064b50;
const DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;
/** The end of the directory may be followed by a comment of this length. */
const LONGEST_COMMENT = 65535;
/** Deflate makes at most so many bytes of one. */
const GREATEST_RATIO = 1032;
/** More members are no honest archive of arrays. */
const MOST_MEMBERS = 1 << 20;

export const isZip = (b: Uint8Array): boolean =>
  b[0] === 0x50 && b[1] === 0x4b && ((b[2] === 3 && b[3] === 4) || (b[2] === 5 && b[3] === 6));

const viewOf = (b: Uint8Array): DataView => new DataView(b.buffer, b.byteOffset, b.byteLength);

function whole(n: bigint, what: string): number {
  if (n > BigInt(Number.MAX_SAFE_INTEGER)) throw new BadZipFile(`${what} is too large: ${n}`);
  return Number(n);
}

interface End {
  readonly count: number;
  readonly size: number;
  readonly offset: number;
  /** Where the end record begins. */
  readonly at: number;
}

function* endOf(s: ByteSource, size: number): Reading<End> {
  const from = Math.max(0, size - 22 - LONGEST_COMMENT);
  const tail = yield* take(s, from, size - from);
  const v = viewOf(tail);
  let i = tail.length - 22;
  while (i >= 0 && v.getUint32(i, true) !== END) i--;
  if (i < 0) throw new BadZipFile('File is not a zip file');
  const end = {
    count: v.getUint16(i + 10, true),
    size: v.getUint32(i + 12, true),
    offset: v.getUint32(i + 16, true),
    at: from + i,
  };
  if (v.getUint16(i + 4, true) !== 0 && v.getUint16(i + 4, true) !== 0xffff)
    throw new BadZipFile('zipfiles that span multiple disks are not supported');
  const locator = end.at >= 20 ? yield* take(s, end.at - 20, 20) : new Uint8Array(20);
  if (viewOf(locator).getUint32(0, true) !== END64_LOCATOR) return end;
  if (viewOf(locator).getUint32(16, true) > 1)
    throw new BadZipFile('zipfiles that span multiple disks are not supported');
  const at = end.at - 20 - 56;
  const record = at >= 0 ? yield* take(s, at, 56) : new Uint8Array(0);
  if (record.length < 56 || viewOf(record).getUint32(0, true) !== END64) return end;
  const r = viewOf(record);
  return {
    count: whole(r.getBigUint64(32, true), 'the number of members'),
    size: whole(r.getBigUint64(40, true), 'the directory'),
    offset: whole(r.getBigUint64(48, true), "the directory's place"),
    at,
  };
}

/** Sizes and places of more than 32 bits stand in a field of their own. */
function wide(extra: Uint8Array, given: readonly number[]): number[] {
  const v = viewOf(extra);
  const out = [...given];
  for (let i = 0; i + 4 <= extra.length; ) {
    const id = v.getUint16(i, true);
    const length = v.getUint16(i + 2, true);
    if (i + 4 + length > extra.length)
      throw new BadZipFile(`Corrupt extra field ${id.toString(16).padStart(4, '0')} (size=${length})`);
    if (id === 1) {
      let at = i + 4;
      out.forEach((n, k) => {
        if (n !== 0xffffffff) return;
        if (at + 8 > i + 4 + length) throw new BadZipFile('Corrupt zip64 extra field');
        out[k] = whole(v.getBigUint64(at, true), 'a size');
        at += 8;
      });
    }
    i += 4 + length;
  }
  return out;
}

const nameOf = (raw: Uint8Array, flags: number): string => {
  const text = flags & 0x800 ? decode(raw, 'utf-8') : decode(raw, 'latin-1');
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
};

/** What an archive holds, in the directory's order. @throws BadZipFile */
export function* members(s: ByteSource): Reading<Member[]> {
  if (s.size === null) throw new ValueError('an archive has to be in memory, or in a file');
  const end = yield* endOf(s, s.size);
  // Bytes before the archive shift all places.
  const shift = end.at - end.size - end.offset;
  const start = end.offset + shift;
  if (shift < 0 || start < 0 || end.size > s.size) throw new BadZipFile('Bad offset for central directory');
  if (end.count > MOST_MEMBERS) throw new BadZipFile(`${end.count} members are too many`);
  const b = yield* take(s, start, end.size);
  const v = viewOf(b);
  const out: Omit<Member, 'end'>[] = [];
  for (let i = 0; i < b.length; ) {
    if (b.length - i < 46) throw new BadZipFile('Truncated central directory');
    if (v.getUint32(i, true) !== DIRECTORY) throw new BadZipFile('Bad magic number for central directory');
    const flags = v.getUint16(i + 8, true);
    const [name, extra, comment] = [28, 30, 32].map((k) => v.getUint16(i + k, true));
    const next = i + 46 + name + extra + comment;
    if (next > b.length) throw new BadZipFile('Truncated central directory');
    const [size, packed, at] = wide(b.subarray(i + 46 + name, i + 46 + name + extra), [
      v.getUint32(i + 24, true),
      v.getUint32(i + 20, true),
      v.getUint32(i + 42, true),
    ]);
    out.push({
      name: nameOf(b.subarray(i + 46, i + 46 + name), flags),
      flags,
      method: v.getUint16(i + 10, true),
      crc: v.getUint32(i + 16, true),
      packed,
      size,
      at: at + shift,
    });
    if (out.length > MOST_MEMBERS) throw new BadZipFile('there are too many members');
    i = next;
  }
  if ((out.length & 0xffff) !== (end.count & 0xffff))
    throw new BadZipFile(`the directory has ${out.length} members, its end says ${end.count}`);
  const places = [...new Set([...out.map((m) => m.at), start])].sort((x, y) => x - y);
  const after = new Map(places.map((p, i) => [p, places[i + 1] ?? start]));
  return out.map((m) => ({ ...m, end: after.get(m.at) as number }));
}

const OTHER_METHODS: Readonly<Record<number, string>> = {
  1: 'shrink',
  6: 'implode',
  9: 'deflate64',
  12: 'bzip2',
  14: 'lzma',
  93: 'zstd',
  95: 'xz',
};

/** Where a member's bytes begin. @throws BadZipFile where its own header says something else than the directory */
function* dataOf(s: ByteSource, m: Member): Reading<number> {
  const shown = textRepr(m.name);
  const head = yield* take(s, m.at, 30);
  if (head.length < 30) throw new BadZipFile('Truncated file header');
  const v = viewOf(head);
  if (v.getUint32(0, true) !== LOCAL) throw new BadZipFile('Bad magic number for file header');
  const length = v.getUint16(26, true);
  const start = m.at + 30 + length + v.getUint16(28, true);
  if (m.flags & 0x20) throw new NotImplementedError('compressed patched data (flag bit 5)');
  if (m.flags & 0x40) throw new NotImplementedError('strong encryption (flag bit 6)');
  const own = nameOf(yield* take(s, m.at + 30, length), v.getUint16(6, true));
  if (own !== m.name) throw new BadZipFile(`File name in directory ${shown} and header ${textRepr(own)} differ.`);
  if (start + m.packed > m.end) throw new BadZipFile(`Overlapped entries: ${shown} (possible zip bomb)`);
  if ((m.flags | v.getUint16(6, true)) & 1)
    throw new RuntimeError(`File ${shown} is encrypted, password required for extraction`);
  if (m.method !== 0 && m.method !== 8)
    throw new NotImplementedError(
      `That compression method is not supported: ${shown} (${OTHER_METHODS[m.method] ?? `method ${m.method}`})`,
    );
  if (m.method === 0 && m.packed !== m.size)
    throw new BadZipFile(`${shown}: ${m.packed} bytes are said to be ${m.size}`);
  if (m.size > m.packed * GREATEST_RATIO + GREATEST_RATIO)
    throw new BadZipFile(`${shown}: ${m.packed} bytes are said to become ${m.size} (possible zip bomb)`);
  return start;
}

/** So many packed bytes are unpacked at once: not more come of them than can be held. */
const STEP = 4096;

/** A member's bytes, unpacked one after the other as they are read. @throws BadZipFile, EOFError */
export function* memberSource(s: ByteSource, m: Member): Reading<ByteSource> {
  const start = yield* dataOf(s, m);
  const packed = yield* take(s, start, m.packed);
  if (packed.length < m.packed) throw new EOFError(`${m.name} is cut off`);
  const checked = (crc: number): void => {
    if (crc !== m.crc) throw new BadZipFile(`Bad CRC-32 for file ${textRepr(m.name)}`);
  };
  if (m.method === 0) {
    checked(crc32(packed));
    return {
      size: packed.length,
      memory: packed,
      sequential: false,
      name: m.name,
      read: (at, into) => copied(packed, at, into),
      close: () => {},
    };
  }
  const ready: Uint8Array[] = [];
  const inflate = new Inflate((b) => {
    if (b.length > 0) ready.push(b);
  });
  let fed = 0;
  let given = 0;
  let crc = 0;
  /** The beginning, which is looked at before it is read. */
  let head = new Uint8Array(0);
  if (m.size === 0) checked(0);
  const more = (): boolean => {
    while (ready.length === 0 && fed < packed.length) {
      const next = Math.min(packed.length, fed + STEP);
      try {
        inflate.push(packed.subarray(fed, next), next === packed.length);
      } catch (e) {
        if (/EOF/.test((e as Error).message)) throw new EOFError(`${m.name} ends in the middle`);
        throw new BadZipFile(`${textRepr(m.name)} cannot be unpacked: ${(e as Error).message}`);
      }
      fed = next;
    }
    return ready.length > 0;
  };
  const read = (at: number, into: Uint8Array): number => {
    if (at < given) {
      if (at >= head.length) throw new ValueError('a packed file cannot be read again');
      return copied(head, at, into);
    }
    while (more()) {
      const b = ready[0];
      const skip = Math.min(at - given, b.length);
      const n = copied(b, skip, into);
      const used = b.subarray(0, skip + n);
      if (given + used.length > m.size)
        throw new BadZipFile(`${textRepr(m.name)}: more than ${m.size} bytes come of it (possible zip bomb)`);
      if (given === 0) head = used.slice(0, 64);
      crc = crc32(used, crc);
      given += used.length;
      if (used.length === b.length) ready.shift();
      else ready[0] = b.subarray(used.length);
      if (given === m.size) {
        if (ready.length > 0)
          throw new BadZipFile(`${textRepr(m.name)}: more than ${m.size} bytes come of it (possible zip bomb)`);
        checked(crc);
      }
      if (n > 0) return n;
    }
    if (given < m.size) throw new EOFError(`${m.name}: ${given} of ${m.size} bytes are there`);
    return 0;
  };
  return { size: m.size, memory: null, sequential: true, name: m.name, read, close: () => {} };
}

function copied(from: Uint8Array, at: number, into: Uint8Array): number {
  const n = Math.max(0, Math.min(into.length, from.length - at));
  into.set(from.subarray(at, at + n));
  return n;
}
