import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setWarningHandler } from '../../../src/core/errors.js';
import { interop, np } from '../../../src/index.js';

const golden: {
  npy: string[];
  npz: string[];
  tables: [name: 'loadtxt' | 'genfromtxt', lines: string[], kw: Record<string, unknown>, want: unknown][];
  written: [js: string, kw: Record<string, unknown>, want: string][];
} = JSON.parse(readFileSync(join(__dirname, '../../golden/files.json'), 'utf8'));
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'));
const saved = (a: any): Uint8Array => {
  const file = new interop.BytesIO();
  np.save(file, a);
  return file.getvalue();
};

beforeAll(() => void setWarningHandler(() => {}));
afterAll(() => void setWarningHandler(null));

describe("NumPy's files", () => {
  test(`${golden.npy.length} .npy files are read, and written again byte for byte`, () => {
    const wrong = golden.npy.filter((text) => Buffer.compare(saved(np.load(bytes(text))), bytes(text)) !== 0);
    expect(wrong).toEqual([]);
  });
  test('archives are read, packed or not, each array when it is asked for', () => {
    const [plain, packed] = golden.npz.map((t) => np.load(bytes(t)));
    expect(String(plain)).toBe("NpzFile 'object' with keys: x, arr_0");
    expect(plain.at('arr_0').tolist()).toEqual([0, 1, 2]);
    expect([...packed]).toEqual(['a', 'b']);
    expect(packed.at('b').tolist()).toEqual(['p', 'qq']);
    expect(packed.get('a').shape).toEqual([50, 50]);
    expect(packed.get('c')).toBeNull();
    expect(() => packed.at('c')).toThrow("'c is not a file in the archive'");
    packed.close();
    expect(() => packed.at('a')).toThrow('closed file');
  });
  const shown = (r: any): unknown => (Array.isArray(r) ? r.map(shown) : r.repr());
  test(`${golden.tables.length} text tables give what NumPy gives`, () => {
    const wrong: unknown[] = [];
    for (const [name, lines, kw, want] of golden.tables) {
      let got: unknown;
      try {
        got = shown((np[name] as any)(lines, kw));
      } catch (e) {
        got = `${(e as Error).name}: ${(e as Error).message}`;
      }
      if (JSON.stringify(got) !== JSON.stringify(want)) wrong.push({ name, lines, kw, got, want });
    }
    expect(wrong).toEqual([]);
  });
  test(`${golden.written.length} arrays are written as text as NumPy writes them`, () => {
    const wrong: unknown[] = [];
    for (const [js, kw, want] of golden.written) {
      let got = '';
      try {
        np.savetxt({ write: (s: string) => (got += s) } as never, new Function('np', `return ${js}`)(np), kw);
      } catch (e) {
        got = `${(e as Error).name}: ${(e as Error).message}`;
      }
      if (got !== want) wrong.push({ js, kw, got, want });
    }
    expect(wrong).toEqual([]);
  });
});
