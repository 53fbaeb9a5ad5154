import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { CONTAINER, halfToNumber } from '../../../src/core/device/access.js';
import { byName, type NumericName } from '../../../src/core/dtype.js';
import * as np from '../../../src/ndarray/print/index.js';

/** Everything in printing.json (written by NumPy itself) is printed here to the byte. */

type Options = Record<string, any>;
interface Golden {
  readonly arrays: [NumericName, number[], string, Options, Options, string, string, string][];
  readonly scalars: [NumericName, string, string, string][];
  readonly numbers: [
    NumericName,
    string,
    'format_float_positional' | 'format_float_scientific',
    Options,
    string | [string, string],
  ][];
  readonly python: [string, string][];
}
const golden: Golden = JSON.parse(readFileSync(join(__dirname, '../../golden/printing.json'), 'utf8'));

const legacy: Pick<Golden, 'arrays'> = JSON.parse(
  readFileSync(join(__dirname, '../../golden/printing-legacy.json'), 'utf8'),
);

const FORMATTERS: Record<string, (x: any) => string> = {
  stars: () => '***',
  'int!': (x) => `${x}!`,
  rows: () => 'ab\nc',
  real: (x) => `${Math.trunc(x.re)}r`,
  sign: (x) => (x < 0 ? 'neg' : 'pos'),
};

const FUNCTIONS: Record<string, (...args: any[]) => string> = {
  format_float_positional: np.format_float_positional,
  format_float_scientific: np.format_float_scientific,
};

/** The elements in base64 bytes. */
function elements(dtype: NumericName, base64: string): np.PrintValue[] {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
  const d = byName[dtype];
  const parts = [...new CONTAINER[d.part](bytes.buffer)] as (number | bigint)[];
  if (d.kind === 'b') return parts.map((v) => v === 1);
  if (dtype === 'float16') return parts.map((v) => halfToNumber(v as number));
  if (d.kind !== 'c') return parts;
  return Array.from({ length: parts.length / 2 }, (_, i) => ({
    re: parts[2 * i] as number,
    im: parts[2 * i + 1] as number,
  }));
}

/** An array of this shape that repeats the values. */
function cyclic(dtype: NumericName, shape: readonly number[], values: readonly np.PrintValue[]): np.Printable {
  const size = shape.reduce((n, k) => n * k, 1);
  return {
    dtype: byName[dtype],
    shape,
    size,
    values(mesh) {
      let flat = [0];
      mesh.forEach((indices, k) => {
        flat = flat.flatMap((at) => indices.map((i) => at * shape[k] + i));
      });
      return flat.map((i) => values[i % values.length]);
    },
  };
}

const live = (o: Options): Options =>
  o.formatter
    ? { ...o, formatter: Object.fromEntries(Object.entries(o.formatter).map(([k, v]) => [k, FORMATTERS[v as string]])) }
    : o;

const named = (text: string, names: Options): any[] =>
  text
    .split(', ')
    .flatMap((p) => (p === '*' ? [] : [names[p.split('=')[0]]]))
    .slice(1);

afterEach(() => np.set_printoptions(8, 1000, 3, 75, false, 'nan', 'inf', null, '-', 'maxprec'));

describe('printing as NumPy prints', () => {
  const dtypes = [...new Set(golden.arrays.map((r) => r[0]))];
  test.each(dtypes)('str, repr and array2string of %s arrays', (name) =>
    agree(golden.arrays.filter((row) => row[0] === name)),
  );

  test.each(['1.13', '1.21', '1.25', '2.1', '2.2'])('arrays as NumPy %s prints them', (mode) =>
    agree(legacy.arrays.filter((row) => row[3].legacy === mode)),
  );

  function agree(rows: Golden['arrays']): void {
    expect(rows.length).toBeGreaterThan(10);
    for (const [dtype, shape, base64, options, kw, str, repr, text] of rows) {
      const a = cyclic(dtype, shape, elements(dtype, base64));
      const args = named(np.SIGNATURES.array2string, live(kw));
      const got = np.printoptions(live(options), () => [
        np.array_str(a),
        np.array_repr(a),
        (np.array2string as any)(a, ...args),
      ]);
      if (got[0] !== str || got[1] !== repr || got[2] !== text) {
        expect({ dtype, shape, options, kw, got }).toEqual({ dtype, shape, options, kw, got: [str, repr, text] });
      }
    }
  }

  test('str and repr of scalars', () => {
    const got = golden.scalars.map(([dtype, base64]) => {
      const [v] = elements(dtype, base64);
      return [dtype, base64, np.scalarStr(v, byName[dtype]), np.scalarRepr(v, byName[dtype])];
    });
    expect(got).toEqual(golden.scalars);
  });

  test('format_float_positional and format_float_scientific, with their errors', () => {
    for (const [dtype, base64, name, kw, want] of golden.numbers) {
      const a = cyclic(dtype, [], elements(dtype, base64));
      let got: unknown;
      try {
        got = FUNCTIONS[name](a, ...named(np.SIGNATURES[name], kw));
      } catch (e) {
        got = [(e as Error).name, (e as Error).message];
      }
      expect([dtype, base64, name, kw, got]).toEqual([dtype, base64, name, kw, want]);
    }
  });

  test('Python floats', () => {
    const got = golden.python.map(([base64]) => [base64, np.pyFloatRepr(elements('float64', base64)[0] as number)]);
    expect(got).toEqual(golden.python);
  });
});
