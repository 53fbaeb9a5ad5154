import { execFileSync } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setWarningHandler } from '../../../src/core/errors.js';
import { interop, np } from '../../../src/index.js';

const folder = mkdtempSync(join(tmpdir(), 'numbridge-streams-'));
const at = (name: string): string => join(folder, name);
beforeAll(() => void setWarningHandler(() => {}));
afterAll(() => {
  setWarningHandler(null);
  rmSync(folder, { recursive: true });
});
const saved = (a: any): Uint8Array => {
  const f = new interop.BytesIO();
  np.save(f, a);
  return f.getvalue();
};
async function* inPieces(b: Uint8Array, n: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < b.length; i += n) yield b.subarray(i, i + n);
}

describe('where bytes come from', () => {
  const a = np.arange(1000, { dtype: 'int32' } as never).reshape(10, 100);
  const bytes = saved(a);
  writeFileSync(at('a.npy'), bytes);
  const sources: [string, () => unknown][] = [
    ['a path', () => at('a.npy')],
    ['a Blob', () => new Blob([bytes as never])],
    ['a Response', () => new Response(bytes as never)],
    ['a promise of a Response', () => Promise.resolve(new Response(bytes as never))],
    ['a ReadableStream', () => new Blob([bytes as never]).stream()],
    ["a stream of Node's", () => createReadStream(at('a.npy'), { highWaterMark: 100 })],
    ['a FileHandle', () => open(at('a.npy'))],
    ['single bytes', () => inPieces(bytes, 1)],
    ['pieces that end anywhere', () => inPieces(bytes, 77)],
    ['memory', () => bytes],
    ['a DataView', () => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)],
  ];
  for (const [name, source] of sources)
    test(`${name} gives the array, and tells of progress`, async () => {
      const seen: [number, number | null][] = [];
      const got = await np.load_async(source() as never, { progress: (done, total) => void seen.push([done, total]) });
      expect(got.repr()).toBe(a.repr());
      expect(seen.length).toBeGreaterThan(0);
      expect(seen.map(([d]) => d)).toEqual(seen.map(([d]) => d).sort((x, y) => x - y));
      const [done, total] = seen[seen.length - 1];
      expect(done).toBe(bytes.length);
      if (total !== null) expect(total).toBe(bytes.length);
    });
  test('files one behind the other are read one by one', () => {
    const f = new interop.BytesIO();
    for (let i = 0; i < 3; i++) np.save(f, np.full([2], i));
    f.seek(0);
    expect([0, 1, 2].map(() => np.load(f).item(0))).toEqual([0, 1, 2]);
    expect(() => np.load(f)).toThrow(expect.objectContaining({ name: 'EOFError', message: 'No data left in file' }));
    expect(f.tell()).toBe(f.getvalue().length);
  });
  test('an object whose read gives everything is a file, too', () => {
    expect(np.load({ read: () => bytes }).shape).toEqual([10, 100]);
    expect(np.loadtxt({ read: () => '1 2\n3 4' }).shape).toEqual([2, 2]);
  });
  test('an error on the way is the promise’s, and the source is closed', async () => {
    let closed = false;
    async function* failing(): AsyncGenerator<Uint8Array> {
      try {
        yield bytes.subarray(0, 200);
        throw new RangeError('the line is dead');
      } finally {
        closed = true;
      }
    }
    await expect(np.load_async(failing())).rejects.toThrow('the line is dead');
    expect(closed).toBe(true);
    await expect(np.load_async(at('none'))).rejects.toMatchObject({ name: 'FileNotFoundError' });
    await expect(np.load_async(folder)).rejects.toMatchObject({ name: 'IsADirectoryError' });
    await expect(np.load_async(5 as never)).rejects.toMatchObject({ name: 'TypeError' });
    let stopped = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield new Uint8Array(1000).fill(0x31);
      } finally {
        stopped = true;
      }
    }
    const enough = (done: number): void => {
      if (done > 1e6) throw new Error('enough');
    };
    await expect(np.loadtxt_async(endless(), { progress: enough })).rejects.toThrow('enough');
    expect(stopped).toBe(true);
  });
  test('a header that lies costs a stream nothing', async () => {
    const text = "{'descr': '<f8', 'fortran_order': False, 'shape': (10000000000,), }".padEnd(117) + '\n';
    const file = Buffer.concat([
      Buffer.from([0x93, 78, 85, 77, 80, 89, 1, 0, 118, 0]),
      Buffer.from(text),
      Buffer.alloc(1000),
    ]);
    const before = process.memoryUsage().arrayBuffers;
    await expect(np.load_async(inPieces(file, 100))).rejects.toThrow(
      'EOF: reading array data, expected 262144 bytes got 1000',
    );
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 21);
  });
});

describe('text, line by line', () => {
  const rows = 20000;
  const text = Array.from({ length: rows }, (_, i) => `${i} ${i / 8} # ${i}`).join('\r\n');
  const bytes = new TextEncoder().encode(text);
  test('ends of lines may lie in two pieces', async () => {
    const few = bytes.subarray(0, text.indexOf('\r\n', 3000));
    for (const n of [1, 7, 64]) expect((await np.loadtxt(inPieces(few, n))).tolist()).toEqual(np.loadtxt(few).tolist());
  });
  test('memory holds numbers, not text', async () => {
    const seen: number[] = [];
    const got = await np.loadtxt_async(inPieces(bytes, 1000), { progress: (done) => void seen.push(done) });
    expect([got.shape, got.at(-1, 1).item()]).toEqual([[rows, 2], (rows - 1) / 8]);
    expect(seen[seen.length - 1]).toBe(bytes.length);
  });
  test('no more is read than is asked for', async () => {
    let pulled = 0;
    async function* lines(): AsyncGenerator<Uint8Array> {
      for (;;) {
        pulled++;
        yield new TextEncoder().encode('1 2\n'.repeat(100_000));
      }
    }
    expect((await np.loadtxt_async(lines(), { max_rows: 3 })).shape).toEqual([3, 2]);
    expect(pulled).toBeLessThan(4);
    const it = ['1', '2', '3', '4'][Symbol.iterator]();
    expect([
      np.loadtxt(it as Iterable<string>, { max_rows: 2 }).tolist(),
      np.loadtxt(it as Iterable<string>).tolist(),
    ]).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });
  test('what gzip packed is unpacked on the way, members one behind the other', async () => {
    const packed = Buffer.concat([gzipSync('1 2\n'), gzipSync(text)]);
    writeFileSync(at('t.txt.gz'), packed);
    expect(np.loadtxt(at('t.txt.gz')).shape).toEqual([rows + 1, 2]);
    expect((await np.loadtxt(inPieces(packed, 999))).shape).toEqual([rows + 1, 2]);
    expect((await np.genfromtxt_async(at('t.txt.gz'), { max_rows: 5 })).shape).toEqual([5, 2]);
  });
  test('long columns of text and structures keep their widths and their order', () => {
    const many = Array.from({ length: 70000 }, (_, i) => (i === 69999 ? 'wider' : 'ab'));
    const got = np.loadtxt(many, 'U');
    expect([got.dtype.str, got.shape, got.item(0), got.item(69999)]).toEqual(['<U5', [70000], 'ab', 'wider']);
    const s = np.loadtxt(
      many.map((x, i) => `${i} ${x}`),
      [
        ['n', 'i4'],
        ['t', 'U5'],
      ] as never,
    );
    expect([s.at('n').at(-1).item(), s.at('t').at(-1).item()]).toEqual([69999, 'wider']);
  });
  test('bytes that are no text are named as Python names them', () => {
    expect(() => np.loadtxt(Uint8Array.of(0x31, 0xff))).toThrow(
      expect.objectContaining({ name: 'UnicodeDecodeError' }),
    );
    expect(np.loadtxt(Uint8Array.of(0xe9, 0x20, 0x62), 'U', { encoding: 'latin1' }).tolist()).toEqual(['é', 'b']);
    const wide = new Uint8Array(new Uint16Array([0xfeff, 0x31, 0x20, 0x32]).buffer);
    expect(np.loadtxt(wide, { encoding: 'utf-16' }).tolist()).toEqual([1, 2]);
  });
});

describe('where bytes go', () => {
  const a = np.arange(12).reshape(3, 4).T;
  test('streams get what a file gets', async () => {
    const want = saved(a);
    await np.save_async(at('late'), a);
    expect(Buffer.compare(readFileSync(at('late.npy')), want)).toBe(0);
    const node = createWriteStream(at('node.npy'), { highWaterMark: 10 });
    await np.save_async(node, a);
    await new Promise((r) => node.end(r));
    expect(Buffer.compare(readFileSync(at('node.npy')), want)).toBe(0);
    const handle = await open(at('handle.npy'), 'w');
    await np.save_async(handle as never, a);
    await handle.close();
    expect(Buffer.compare(readFileSync(at('handle.npy')), want)).toBe(0);
    const { readable, writable } = new TransformStream();
    const [got] = await Promise.all([
      new Response(readable).arrayBuffer(),
      np.save_async(writable, a).then(() => writable.close()),
    ]);
    expect(Buffer.compare(new Uint8Array(got), want)).toBe(0);
    await np.savez_async(at('late.npz'), { a });
    expect(np.load(at('late.npz')).at('a').tolist()).toEqual(a.tolist());
    await np.savetxt_async(at('late.txt.gz'), a, { fmt: '%d' });
    expect(np.loadtxt(at('late.txt.gz')).tolist()).toEqual(a.tolist());
    await expect(np.save_async(at('no/such/folder'), a)).rejects.toMatchObject({ name: 'FileNotFoundError' });
    await expect(np.save_async(5 as never, a)).rejects.toMatchObject({ name: 'TypeError' });
    await expect(np.save_async(at('objects'), np.array([null], 'object'))).rejects.toMatchObject({
      name: 'ValueError',
    });
  });
  test('writers tell of progress', () => {
    const seen: [number, number | null][] = [];
    np.save(at('big'), np.zeros(2 ** 20), { progress: (d, t) => void seen.push([d, t]) });
    expect(seen.length).toBeGreaterThan(2);
    expect(seen[seen.length - 1]).toEqual([2 ** 23 + 128, 2 ** 23 + 128]);
  });
  test('NumPy, where python3 has it, reads all that is written', () => {
    const dtypes = ['bool', 'int8', 'uint64', 'float16', 'float32', 'complex64', '>i4', '<U3', 'S2', 'M8[s]', 'm8[D]'];
    const arrays = Object.fromEntries(
      dtypes.map((d, i) => [
        `a${i}`,
        np
          .arange(6)
          .reshape(2, 3)
          .astype(d as never),
      ]),
    );
    arrays.structure = np.zeros(2, [
      ['x', 'i4'],
      ['y', 'f8', [2]],
    ] as never);
    arrays.fortran = np.asfortranarray(np.ones([2, 3]));
    np.savez(at('plain'), arrays);
    np.savez_compressed(at('packed'), arrays);
    np.save(at('one'), arrays.fortran);
    np.savetxt(at('table'), [
      [1.5, 2],
      [3, 4],
    ]);
    np.arange(3).tofile(at('raw'));
    const script = `
import numpy as np, json
r = {}
for f in ('plain', 'packed'):
    with np.load(${JSON.stringify(folder)} + '/' + f + '.npz') as z:
        r[f] = [[n, z[n].dtype.str, repr(z[n].tolist())] for n in z.files]
r['one'] = [np.load(${JSON.stringify(at('one.npy'))}).flags.f_contiguous, np.loadtxt(${JSON.stringify(at('table'))}).tolist(), np.fromfile(${JSON.stringify(at('raw'))}, 'i8').tolist()]
print(json.dumps(r))`;
    let out: string;
    try {
      out = execFileSync('python3', ['-c', script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    } catch {
      return; // python3 or NumPy is not there
    }
    const r = JSON.parse(out) as { plain: [string, string, string][]; packed: unknown; one: unknown };
    expect(r.plain.map(([name]) => name)).toEqual(Object.keys(arrays));
    expect(r.packed).toEqual(r.plain);
    expect(r.plain.find(([name]) => name === 'a1')?.[2]).toBe('[[0, 1, 2], [3, 4, 5]]');
    for (const [name, str] of r.plain) if (name.startsWith('a')) expect(str).toBe(arrays[name].dtype.str);
    expect(r.one).toEqual([
      true,
      [
        [1.5, 2],
        [3, 4],
      ],
      [0, 1, 2],
    ]);
  });
});

describe('archives', () => {
  test('names are names, whatever they are', () => {
    const f = new interop.BytesIO();
    np.savez(
      f,
      Object.fromEntries([
        ['__proto__', np.ones(1)],
        ['constructor', np.zeros(2)],
        ['../x', np.zeros(3)],
        ['é', np.zeros(4)],
      ]),
    );
    const npz = np.load(f.getvalue());
    expect(npz.files).toEqual(['__proto__', 'constructor', '../x', 'é']);
    expect([
      npz.at('__proto__').size,
      npz.f.constructor.size,
      npz.at('../x.npy').size,
      npz.has('toString'),
      npz.get('toString'),
    ]).toEqual([1, 2, 3, false, null]);
    expect(Object.keys(npz.f)).toEqual(npz.files);
    expect([npz.keys(), npz.values().length, npz.items()[0][0], [...npz], npz.length]).toEqual([
      npz.files,
      4,
      '__proto__',
      npz.files,
      4,
    ]);
  });
  test('of a path only the directory is read, and a member when it is asked for', () => {
    np.savez(at('lazy'), { a: np.arange(3), b: np.arange(4) });
    const npz = np.load(at('lazy.npz'));
    const bytes = readFileSync(at('lazy.npz'));
    bytes[bytes.indexOf('NUMPY') + 130] ^= 255;
    writeFileSync(at('lazy.npz'), bytes);
    expect(() => npz.at('a')).toThrow(
      expect.objectContaining({ name: 'BadZipFile', message: "Bad CRC-32 for file 'a.npy'" }),
    );
    expect(npz.at('b').tolist()).toEqual([0, 1, 2, 3]);
    rmSync(at('lazy.npz'));
    expect(() => npz.at('b')).toThrow('No such file');
  });
  test('long headers are read when they are asked for, pickles never', () => {
    const many = np.zeros(1, Array.from({ length: 500 }, (_, i) => [`a_field_of_number_${i}`, 'f8']) as never);
    const f = new interop.BytesIO();
    np.savez(f, { many });
    expect(() => np.load(f.getvalue()).at('many')).toThrow('is large and may not be safe to load securely');
    expect(np.load(f.getvalue(), { max_header_size: 1e6 }).at('many').dtype).toBe(many.dtype);
    expect(new np.lib.npyio.NpzFile(f.getvalue(), { max_header_size: 1e6 }).at('many').size).toBe(1);
  });
});
