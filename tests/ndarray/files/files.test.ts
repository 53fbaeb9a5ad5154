import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { setWarningHandler } from '../../../src/core/errors.js';
import { interop, np } from '../../../src/index.js';

const folder = mkdtempSync(join(tmpdir(), 'numbridge-files-'));
const at = (name: string): string => join(folder, name);
beforeAll(() => void setWarningHandler(() => {}));
afterAll(() => {
  setWarningHandler(null);
  rmSync(folder, { recursive: true });
});
const saved = (a: any): Uint8Array => {
  const file = new interop.BytesIO();
  np.save(file, a);
  return file.getvalue();
};
const named = [
  'ValueError',
  'EOFError',
  'TypeError',
  'UnicodeDecodeError',
  'MemoryError',
  'OverflowError',
  'BadZipFile',
  'NotImplementedError',
  'RuntimeError',
];

describe('files', () => {
  test('what is saved under a path is loaded from it, and the ending is added', () => {
    const a = np.arange(6, { dtype: 'float32' }).reshape(2, 3);
    np.save(at('a'), a);
    expect(np.load(at('a.npy')).repr()).toBe(a.repr());
    np.savez(at('many'), { x: a, y: np.array(['p', 'qq']) });
    expect(np.load(pathToFileURL(at('many.npz'))).files).toEqual(['x', 'y']);
    np.savetxt(at('t.txt'), a, { fmt: '%d' });
    expect(readFileSync(at('t.txt'), 'utf8')).toBe('0 1 2\n3 4 5\n');
    expect(np.loadtxt(at('t.txt')).tolist()).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
    a.tofile(at('raw'));
    expect(np.fromfile(at('raw'), 'float32', 2, '', 4).tolist()).toEqual([1, 2]);
  });
  test('packed text is unpacked, and packed again', () => {
    writeFileSync(at('z.txt.gz'), gzipSync('1 2\n3 4\n'));
    expect(np.loadtxt(at('z.txt.gz')).tolist()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    np.savetxt(at('y.gz'), [[5, 6]], { fmt: '%d' });
    expect(np.genfromtxt(at('y.gz')).tolist()).toEqual([5, 6]);
  });
  test('Blobs and Responses give promises', async () => {
    const bytes = saved(np.arange(3));
    expect((await np.load(new Blob([bytes as never]))).tolist()).toEqual([0, 1, 2]);
    expect((await np.load(new Response(bytes as never))).tolist()).toEqual([0, 1, 2]);
    expect((await np.loadtxt(new Blob(['1 2']))).tolist()).toEqual([1, 2]);
  });
  test('a file that is not there is named', () => {
    expect(() => np.load(at('none.npy'))).toThrow(
      expect.objectContaining({
        name: 'FileNotFoundError',
        message: `[Errno 2] No such file or directory: '${at('none.npy')}'`,
      }),
    );
    expect(() => np.loadtxt(at('none.txt'))).toThrow(`${at('none.txt')} not found.`);
    expect(() => np.load(folder)).toThrow('[Errno 21] Is a directory');
    expect(() => np.save(at('no/such/folder'), 1)).toThrow('No such file or directory');
  });
  test('objects are neither written nor read', () => {
    expect(() => saved(np.array([null], 'object'))).toThrow('Object arrays cannot be saved');
    const header = "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }".padEnd(117) + '\n';
    const file = Buffer.concat([
      Buffer.from([0x93, 78, 85, 77, 80, 89, 1, 0, 118, 0]),
      Buffer.from(header),
      Buffer.alloc(8),
    ]);
    expect(() => np.load(file)).toThrow('Object arrays cannot be loaded');
    expect(() => np.load(Uint8Array.of(0x80, 4, 1))).toThrow('This file contains pickled (object) data');
  });
  test('every array comes back as it was', () => {
    const dtypes = [
      'bool',
      'int8',
      'uint16',
      'int64',
      'float16',
      'float64',
      'complex64',
      '<U3',
      'S4',
      'M8[s]',
      '>i4',
      '>f8',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...dtypes),
        fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }),
        fc.boolean(),
        (d, shape, fortran) => {
          const n = shape.reduce((x, y) => x * y, 1);
          const a = np
            .arange(n, { dtype: 'int64' } as never)
            .reshape(shape)
            .astype(d as never, { order: fortran ? 'F' : 'C' });
          const b = np.load(saved(a));
          expect([b.repr(), b.dtype, b.flags.f_contiguous]).toEqual([a.repr(), a.dtype, a.flags.f_contiguous]);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('broken files', () => {
  const whole = saved(np.arange(12).reshape(3, 4));
  test('cut off anywhere, a file is refused by name', () => {
    for (let n = 0; n < whole.length; n++) {
      let e: Error | null = null;
      try {
        np.load(whole.slice(0, n));
      } catch (x) {
        e = x as Error;
      }
      expect(named).toContain(e?.name);
    }
  });
  test('whatever bytes are changed, there is an array or a named error', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(127), fc.nat(255)), { minLength: 1, maxLength: 6 }), (changes) => {
        const b = whole.slice();
        for (const [i, v] of changes) b[i] = v;
        try {
          np.load(b);
        } catch (e) {
          expect(named).toContain((e as Error).name);
        }
      }),
      { numRuns: 500 },
    );
  });
  const lying = (header: string): Uint8Array => {
    const text = header.padEnd(117) + '\n';
    return Buffer.concat([
      Buffer.from([0x93, 78, 85, 77, 80, 89, 1, 0, text.length & 255, text.length >> 8]),
      Buffer.from(text),
      Buffer.alloc(64),
    ]);
  };
  const headers: [string, string][] = [
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000,), }", 'Failed to read all data'],
    [
      "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999999, 99999999999999999), }",
      'Python int too large',
    ],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }", 'negative dimensions'],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (1.5,), }", 'shape is not valid'],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': [1], }", 'shape is not valid'],
    ["{'descr': '<f8', 'fortran_order': 1, 'shape': (1,), }", 'fortran_order is not a valid bool'],
    ["{'descr': 'nonsense', 'fortran_order': False, 'shape': (1,), }", 'descr is not a valid dtype descriptor'],
    ["{'descr': [('a',)], 'fortran_order': False, 'shape': (1,), }", 'descr is not a valid dtype descriptor'],
    ["{'descr': '<f8', 'shape': (1,), }", 'does not contain the correct keys'],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'x': 1}", 'does not contain the correct keys'],
    ["__import__('os').system('true')", 'Cannot parse header'],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (1,)", 'Cannot parse header'],
    ['[1, 2]', 'Header is not a dictionary'],
    [`${'('.repeat(200)}${')'.repeat(200)}`, 'Cannot parse header'],
  ];
  for (const [header, message] of headers)
    test(`a header ${header.slice(0, 60)} is refused: ${message}`, () => {
      expect(() => np.load(lying(header))).toThrow(message);
    });
  test('long headers are read when asked for', () => {
    const a = np.zeros(
      1,
      Array.from({ length: 400 }, (_, i) => [`field_number_${i}_${'x'.repeat(20)}`, 'f8']) as never,
    );
    const b = saved(a);
    expect(() => np.load(b)).toThrow('is large and may not be safe to load securely');
    expect(np.load(b, { max_header_size: 1e6 }).dtype).toBe(a.dtype);
  });
  test('broken archives are refused by name', () => {
    let archive = new Uint8Array();
    np.savez({ write: (b) => (archive = b as never) }, { x: np.arange(50) });
    for (const n of [4, 30, 100, archive.length - 10]) expect(() => np.load(archive.slice(0, n)).get('x')).toThrow();
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(archive.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        (changes) => {
          const b = archive.slice();
          for (const [i, v] of changes) b[i] = v;
          try {
            np.load(b).values();
          } catch (e) {
            expect([...named, 'KeyError']).toContain((e as Error).name);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
