import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { np } from '../../../src/index.js';

type Signatures = Record<string, string>;
const golden: { strings: Signatures; char: Signatures } = JSON.parse(
  readFileSync(join(__dirname, '..', '..', 'golden', 'text-signatures.json'), 'utf8'),
);

describe('np.strings and np.char', () => {
  for (const name of ['strings', 'char'] as const) {
    const module = np[name] as unknown as Record<
      string,
      { signature: string; signatureText?: string; functionName: string }
    >;
    const names = Object.keys(module).filter((n) => n !== '__esModule');
    test(`np.${name} has the names of NumPy's, and no others`, () => {
      expect(names.sort()).toEqual(Object.keys(golden[name]).sort());
    });
    test(`np.${name} has NumPy's signatures`, () => {
      const signatures = Object.fromEntries(names.map((n) => [n, module[n].signatureText ?? module[n].signature]));
      expect(signatures).toEqual(golden[name]);
    });
  }

  test('functions that both have are the same', () => {
    expect(np.char.isalpha).toBe(np.strings.isalpha);
    expect(np.char.upper).toBe(np.strings.upper);
    expect(np.strings.add).toBe(np.add);
  });
});
