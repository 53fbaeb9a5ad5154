import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { interop, np, tf } from '../../src/index.js';

const golden: {
  files: [
    title: string,
    file: string,
    metadata: Record<string, string> | null,
    Record<string, [string, number[], string]>,
  ][];
  bfloat16: string;
} = JSON.parse(readFileSync(join(__dirname, '../golden/tensorfiles.json'), 'utf8'));
const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'));
const saved = (arrays: any, kw?: any): Uint8Array => {
  const f = new interop.BytesIO();
  interop.save_safetensors(f, arrays, kw);
  return f.getvalue();
};
const folder = mkdtempSync(join(tmpdir(), 'numbridge-safetensors-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('safetensors', () => {
  test(`${golden.files.length} files of its own library are read, and written again byte for byte`, () => {
    for (const [title, file, metadata, arrays] of golden.files) {
      const got = interop.load_safetensors(bytesOf(file));
      const want = Object.fromEntries(
        Object.entries(arrays).map(([n, [d, shape, b]]) => [n, np.frombuffer(bytesOf(b), d as never).reshape(shape)]),
      );
      expect(Object.keys(got).sort()).toEqual(Object.keys(want).sort());
      for (const n of Object.keys(want)) expect([n, got[n].repr()]).toEqual([n, want[n].repr()]);
      expect([title, Buffer.compare(saved(want, { metadata }), bytesOf(file))]).toEqual([title, 0]);
      expect(interop.open_safetensors(bytesOf(file)).metadata).toEqual(metadata ?? {});
    }
  });
  test('what python3 has of it reads what is written here', () => {
    const path = join(folder, 'ours.safetensors');
    interop.save_safetensors(path, { w: np.arange(6, { dtype: 'float32' } as never).reshape(2, 3), n: np.array([1n]) });
    let out: string;
    try {
      out = execFileSync(
        'python3',
        [
          '-c',
          `from safetensors.numpy import load_file; d = load_file(${JSON.stringify(path)}); print(d['w'].tolist(), d['n'].dtype)`,
        ],
        { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
      );
    } catch {
      return; // python3 or the package is not there
    }
    expect(out.trim()).toBe('[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]] int64');
  });
  test('over bytes arrays are views, which the ledger shows, and tensors take a copy of what others may write', () => {
    const bytes = saved({ a: np.arange(4, { dtype: 'float32' } as never), b: np.ones(3, 'int8' as never) });
    const { result, copies } = interop.profile(() => interop.load_safetensors(bytes));
    expect(copies).toBe(0);
    expect(result.a.data.buffer).toBe(bytes.buffer);
    result.a.set([0], 7);
    expect(interop.load_safetensors(bytes).a.item(0)).toBe(7);
  });
  test('bytes that do not lie as a dtype must are copied, which the ledger shows', () => {
    const bytes = saved({ a: np.arange(4, { dtype: 'float64' } as never) });
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    const p = interop.profile(() => interop.load_safetensors(shifted.subarray(1)));
    expect([p.result.a.tolist(), p.count('order'), p.bytes]).toEqual([[0, 1, 2, 3], 1, 32]);
  });
  test('a file is read tensor by tensor, from a path, bytes, a Blob and a FileHandle', async () => {
    const path = join(folder, 'big.safetensors');
    const arrays = { w: np.arange(100000, { dtype: 'int32' } as never), b: np.ones([2, 2]) };
    interop.save_safetensors(path, arrays, { metadata: { k: 'v' } });
    const handle = await open(path);
    const files = [
      interop.open_safetensors(path),
      interop.open_safetensors(readFileSync(path)),
      await interop.open_safetensors(new Blob([readFileSync(path)])),
      await interop.open_safetensors(handle),
    ];
    for (const f of files) {
      expect([f.keys(), f.length, f.has('w'), f.metadata, f.info('b').shape]).toEqual([
        ['b', 'w'],
        2,
        true,
        { k: 'v' },
        [2, 2],
      ]);
      expect((await f.get('w')).at('-1').item()).toBe(99999);
      expect((await f.tensor('b')) instanceof tf.Tensor).toBe(true);
      expect(() => f.get('x')).toThrow('File does not contain tensor x');
      f.close();
      expect(() => f.get('w')).toThrow('closed file');
    }
    await handle.close();
    expect(String(files[0])).toBe('SafetensorsFile with 2 tensors: b, w');
  });
  test('streams are read in order, tell of progress, and only some tensors may be asked for', async () => {
    const bytes = saved({ a: np.zeros(300000), b: np.ones(2) });
    const seen: number[] = [];
    const got = await interop.load_safetensors(new Blob([bytes as never]).stream(), {
      names: ['b'],
      progress: (done) => void seen.push(done),
    });
    expect([Object.keys(got), got.b.tolist()]).toEqual([['b'], [1, 1]]);
    expect([...seen]).toEqual([...seen].sort((x, y) => x - y));
    expect(() => interop.load_safetensors(bytes, { names: ['c'] })).toThrow('does not contain tensor c');
    await expect(interop.open_safetensors(new Response(bytes as never) as never)).rejects.toThrow(
      'a stream is read in order',
    );
  });
  test('an error of the progress callback ends the reading', () => {
    const stop = (): never => {
      throw new Error('enough');
    };
    const path = join(folder, 'stop.safetensors');
    writeFileSync(path, saved({ a: np.zeros(10) }));
    expect(() => interop.load_safetensors(path, { progress: stop })).toThrow('enough');
  });
  test('bfloat16 is refused by name, widened as a copy that the ledger shows, or given as bits', () => {
    const b = bytesOf(golden.bfloat16);
    expect(() => interop.load_safetensors(b)).toThrow('the tensor "b" has the dtype BF16');
    const p = interop.profile(() => interop.load_safetensors(b, { bfloat16: 'float32' }).b);
    expect([p.result.tolist(), p.result.dtype.name, p.count('dtype')]).toEqual([
      [1, -2, Number.POSITIVE_INFINITY],
      'float32',
      1,
    ]);
    expect(interop.load_safetensors(b, { bfloat16: 'uint16' }).b.tolist()).toEqual([0x3f80, 0xc000, 0x7f80]);
    expect(() => interop.load_safetensors(b, { bfloat16: 'float64' as never })).toThrow("bfloat16 must be 'refuse'");
  });
  test('what the format does not have is not written', () => {
    for (const x of [
      np.array(['a']),
      np.array([1], 'complex128'),
      np.array([null], 'object'),
      np.array(['2020'], 'M8[Y]'),
    ])
      expect(() => saved({ x })).toThrow('which safetensors does not have');
    expect(() => saved({ __metadata__: np.ones(1) })).toThrow('no name for a tensor');
    expect(() => saved({ x: np.ones(1) }, { metadata: { k: 1 } })).toThrow('metadata holds text only');
  });
  test('arrays in any layout, byte order and shape come back', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ maxLength: 5 }).filter((n) => n !== '__metadata__' && !/\p{Cs}/u.test(n)),
          fc.tuple(
            fc.constantFrom('<f4', '>f8', '?', '<i2', '>u8', '<f2', 'c8'),
            fc.array(fc.nat(3), { maxLength: 3 }),
            fc.boolean(),
          ),
          { maxKeys: 5 },
        ),
        (wanted) => {
          const arrays = new Map(
            Object.entries(wanted).map(([n, [d, shape, turned]]) => {
              const a = np
                .arange(shape.reduce((x, y) => x * y, 1))
                .reshape(shape)
                .astype(d as never);
              return [n, turned ? a.T : a];
            }),
          );
          const got = interop.load_safetensors(saved(arrays));
          for (const [n, a] of arrays) expect([got[n].shape, got[n].tolist()]).toEqual([a.shape, a.tolist()]);
          expect(Object.keys(got).length).toBe(arrays.size);
        },
      ),
      { numRuns: 100 },
    );
  });
  test('writers that take their time are waited for', async () => {
    const pieces: Uint8Array[] = [];
    const stream = new WritableStream<Uint8Array>({
      write: async (b) => {
        await new Promise((r) => setTimeout(r, 1));
        pieces.push(b);
      },
    });
    await interop.save_safetensors_async(stream, { a: np.arange(3) });
    expect(Buffer.compare(Buffer.concat(pieces), saved({ a: np.arange(3) }))).toBe(0);
  });
});
