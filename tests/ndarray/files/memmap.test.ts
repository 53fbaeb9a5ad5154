import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { np, tf } from '../../../src/index.js';

const folder = mkdtempSync(join(tmpdir(), 'numbridge-memmap-'));
afterAll(() => rmSync(folder, { recursive: true }));
let n = 0;
const fresh = (bytes?: Uint8Array): string => {
  const path = join(folder, `file${n++}`);
  if (bytes !== undefined) writeFileSync(path, bytes);
  return path;
};
const numbers = (k: number): Uint8Array => Uint8Array.from({ length: k }, (_, i) => i);

describe('np.memmap', () => {
  test('a new file is made as long as it must be, and holds what was flushed', () => {
    const path = fresh();
    const map = np.memmap(path, { dtype: 'float32', mode: 'w+', shape: [3, 4] });
    expect([statSync(path).size, map.shape, map.filename, map.mode, map.offset]).toEqual([48, [3, 4], path, 'w+', 0]);
    map.set(['...'], np.arange(12).reshape(3, 4));
    expect(readFileSync(path).every((b) => b === 0)).toBe(true);
    map.flush();
    expect([...new Float32Array(new Uint8Array(readFileSync(path)).buffer)]).toEqual(
      Array.from({ length: 12 }, (_, i) => i),
    );
  });
  test('views are maps of the same memory, results are arrays', () => {
    const map = np.memmap(fresh(numbers(24)), { shape: [4, 6] });
    for (const v of [map.T, map.at('1:'), map.reshape(24), map.ravel(), map.view(), map.at('...')]) {
      expect(v.constructor.name).toBe('memmap');
      expect((v as typeof map)._mmap).toBe(map._mmap);
      expect((v as typeof map).filename).toBe(map.filename);
    }
    for (const v of [
      np.add(map, 1),
      np.add(map, map),
      np.sum(map, 0),
      np.sum(map),
      map.at([[0, 1]]),
      map.copy(),
      np.asarray(map),
      np.array(map),
      map.at(0, 0),
    ])
      expect(v.constructor.name).toBe('NDArray');
    expect(np.asanyarray(map)).toBe(map);
    expect(np.add(map, 1, { out: map })).toBe(map);
    expect(map.repr().startsWith('memmap([[ 1,')).toBe(true);
    expect(np.asarray(map).base).toBe(map);
    expect(map.at('1:').offset).toBe(6);
  });
  test('only what was written goes to the file', () => {
    const path = fresh(numbers(20000));
    const map = np.memmap(path, { mode: 'r+' });
    map.set([5], 99);
    map.at('10000:10003').set(['...'], 7);
    // Somebody else writes meanwhile, beside.
    const theirs = readFileSync(path);
    theirs[7] = 200;
    writeFileSync(path, theirs);
    map.flush();
    const now = readFileSync(path);
    expect([now[5], now[7], now[10000], now[10002], now[10003]]).toEqual([99, 200, 7, 7, numbers(20000)[10003]]);
    map.flush();
    expect(Buffer.compare(readFileSync(path), now)).toBe(0);
  });
  test('a map that was not written leaves the file alone', () => {
    const path = fresh(numbers(10));
    const map = np.memmap(path, { mode: 'r+' });
    writeFileSync(path, Uint8Array.of(9, 9, 9, 9, 9, 9, 9, 9, 9, 9));
    map.flush();
    map.dispose();
    expect(readFileSync(path)[0]).toBe(9);
  });
  test('a file that took the place of the one that was opened is not written', () => {
    const path = fresh(numbers(10));
    const map = np.memmap(path, { mode: 'r+' });
    map.set([0], 5);
    writeFileSync(`${path}.new`, numbers(10));
    renameSync(`${path}.new`, path);
    expect(() => map.flush()).toThrow('is another file than was opened');
    expect(readFileSync(path)[0]).toBe(0);
    rmSync(path);
    expect(() => map.flush()).toThrow('No such file');
  });
  test("'c' keeps changes in memory, 'r' refuses them", () => {
    const path = fresh(numbers(8));
    const map = np.memmap(path, { mode: 'c' });
    map.set([0], 9);
    map.flush();
    expect([map.item(0), readFileSync(path)[0]]).toEqual([9, 0]);
    const read = np.memmap(path, { mode: 'readonly' });
    expect(() => read.set([0], 1)).toThrow('assignment destination is read-only');
    expect(read.mode).toBe('r');
  });
  test('what numbridge reads by its path is what was written, without a flush', () => {
    const path = fresh(numbers(8));
    const map = np.memmap(path, { mode: 'r+' });
    map.set([1], 50);
    expect(np.fromfile(path, 'uint8').item(1)).toBe(50);
    map.set([2], 60);
    expect(np.memmap(path, { mode: 'r' }).item(2)).toBe(60);
    expect(readFileSync(path)[2]).toBe(60);
  });
  test('a window on the memory is written to the file, too', () => {
    const path = fresh(numbers(8));
    const map = np.memmap(path, { mode: 'r+' });
    const window = map.data as Uint8Array;
    window[3] = 77;
    map.flush();
    window[4] = 78;
    map.flush();
    expect([...readFileSync(path).subarray(3, 5)]).toEqual([77, 78]);
  });
  test('a tensor of a map keeps what it had, and the file gets what comes later', () => {
    const path = fresh(numbers(8));
    const map = np.memmap(path, { mode: 'r+' });
    const t = tf.convert_to_tensor(map);
    map.set([0], 42);
    map.flush();
    expect([t.numpy().item(0), readFileSync(path)[0]]).toEqual([0, 42]);
  });
  test('at the end of a program changes are written, and by using', () => {
    const path = fresh(numbers(8));
    {
      using map = np.memmap(path, { mode: 'r+' });
      map.set([0], 11);
    }
    expect(readFileSync(path)[0]).toBe(11);
  });
  test('dtypes, offsets, orders and lengths are those of NumPy', () => {
    const path = fresh(numbers(24));
    expect(np.memmap(path, 'int16', 'r', 2, [2, 3], 'F').tolist()).toEqual(
      np.frombuffer(numbers(24), 'int16', 6, 2).reshape(3, 2).T.tolist(),
    );
    expect(np.memmap(path, { dtype: '<i4', mode: 'r', offset: 3, shape: 2 }).tolist()).toEqual([
      0x06050403, 0x0a090807,
    ]);
    expect(
      np.memmap(path, {
        dtype: [
          ['a', 'u1'],
          ['b', '>u2'],
        ] as never,
        mode: 'r',
      }).shape,
    ).toEqual([8]);
    expect(np.memmap(pathToFileURL(path), { mode: 'r' }).filename).toEqual(pathToFileURL(path));
    expect(np.memmap(relative(process.cwd(), path), { mode: 'r' }).filename).toBe(path);
    const short = fresh(numbers(4));
    expect(np.memmap(short, { shape: 10 }).tolist()).toEqual([0, 1, 2, 3, 0, 0, 0, 0, 0, 0]);
    expect(statSync(short).size).toBe(10);
    expect(np.memmap(fresh(new Uint8Array()), { mode: 'r+' }).shape).toEqual([0]);
  });
  const errors: [object, string, string][] = [
    [
      { mode: 'x' },
      'ValueError',
      "mode must be one of ['r', 'c', 'r+', 'w+', 'readonly', 'copyonwrite', 'readwrite', 'write'] (got 'x')",
    ],
    [{ mode: 'w+' }, 'ValueError', "shape must be given if mode == 'w+'"],
    [{ dtype: 'f8', mode: 'r' }, 'ValueError', 'Size of available data is not a multiple of the data-type size.'],
    [{ shape: 40, mode: 'r' }, 'ValueError', 'mmap length is greater than file size'],
    [{ shape: 40, mode: 'c' }, 'ValueError', 'mmap length is greater than file size'],
    [{ shape: [2, -1] }, 'ValueError', 'negative dimensions are not allowed'],
    [{ offset: 20 }, 'ValueError', 'negative dimensions are not allowed'],
    [{ offset: -1 }, 'OverflowError', 'memory mapped offset must be positive'],
    [{ dtype: 'V0' }, 'ZeroDivisionError', 'integer modulo by zero'],
    [{ shape: [2.5] }, 'TypeError', "'float' object cannot be interpreted as an integer"],
    [{ order: 'X' }, 'ValueError', "order must be one of 'C', 'F', 'A', or 'K' (got 'X')"],
    [{ dtype: 'O' }, 'ValueError', "Array can't be memory-mapped: Python objects in dtype."],
  ];
  for (const [kw, name, message] of errors)
    test(`${JSON.stringify(kw)} is a ${name}, and the file stays as it is`, () => {
      const path = fresh(numbers(12));
      expect(() => np.memmap(path, kw as never)).toThrow(expect.objectContaining({ name, message }));
      expect(statSync(path).size).toBe(12);
    });
  test('no file is made for a mode that reads', () => {
    expect(() => np.memmap(join(folder, 'none'), { mode: 'r+' })).toThrow('No such file or directory');
    expect(() => np.memmap(fresh(new Uint8Array()), { mode: 'r' })).toThrow('cannot mmap an empty file');
    expect(() => np.memmap(numbers(3) as never)).toThrow('expected str, bytes or os.PathLike object');
  });
});

describe('maps of .npy files', () => {
  test('np.load with a mode, and open_memmap, give maps of what is there', () => {
    const path = `${fresh()}.npy`;
    const a = np.asfortranarray(np.arange(6).reshape(2, 3));
    np.save(path, a);
    const map = np.load(path, { mmap_mode: 'r+' });
    expect([map.constructor.name, map.tolist(), map.strides, map.offset]).toEqual([
      'memmap',
      a.tolist(),
      a.strides,
      128,
    ]);
    map.set([1, 2], 50);
    map.flush();
    expect(np.load(path).at(1, 2).item()).toBe(50);
    expect(np.lib.format.open_memmap(path, 'c').at(1, 2).item()).toBe(50);
    expect(() => np.load(numbers(3), { mmap_mode: 'r' })).toThrow();
    expect(() => np.lib.format.open_memmap(numbers(3) as never)).toThrow(
      'Filename must be a string or a path-like object.',
    );
  });
  test('open_memmap makes files that np.load reads', () => {
    const path = `${fresh()}.npy`;
    const map = np.lib.format.open_memmap(path, 'w+', {
      dtype: 'complex64',
      shape: [2, 2],
      fortran_order: true,
      version: [2, 0],
    });
    map.set([0, 1], np.complex(1, 2));
    map.flush();
    expect(readFileSync(path)[6]).toBe(2);
    expect([np.load(path).repr(), np.load(path).flags.f_contiguous]).toEqual([np.asarray(map).repr(), true]);
    expect(() => np.lib.format.open_memmap(path, 'w+', 'O', [1])).toThrow('Python objects in dtype');
  });
  test('whatever is written in any order, the file holds in the end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(9999), fc.nat(300), fc.nat(255), fc.boolean()), { maxLength: 12 }),
        (writes) => {
          const path = fresh(numbers(10000));
          const map = np.memmap(path, { mode: 'r+' });
          const want = numbers(10000);
          for (const [at, length, value, flush] of writes) {
            map.at(np.slice(at, at + length)).set(['...'], value);
            want.fill(value, at, at + length);
            if (flush) {
              map.flush();
              expect(Buffer.compare(readFileSync(path), want)).toBe(0);
            }
          }
          map.dispose();
          expect(Buffer.compare(readFileSync(path), want)).toBe(0);
        },
      ),
      { numRuns: 40 },
    );
  });
  test('NumPy, where python3 has it, reads what was written through a map', () => {
    const path = `${fresh()}.npy`;
    np.lib.format.open_memmap(path, 'w+', 'int32', [2, 3]).set(
      ['...'],
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    );
    np.load(path);
    let out: string;
    try {
      out = execFileSync(
        'python3',
        ['-c', `import numpy as np; print(np.load(${JSON.stringify(path)}, mmap_mode='r').tolist())`],
        { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
      );
    } catch {
      return; // python3 or NumPy is not there
    }
    expect(out.trim()).toBe('[[1, 2, 3], [4, 5, 6]]');
  });
});
