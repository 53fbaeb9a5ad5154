import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as np from '../../../src/ndarray/index.js';

/** What tests/golden/digits.py says about `%` and `format`. */

type Row = [spec: string, value: number | string, text: string];
const golden: Record<string, Row[]> = JSON.parse(readFileSync(join(__dirname, '../../golden/digits.json'), 'utf8'));

const differing = (rows: Row[], write: (value: number | string, spec: string) => string): unknown[] =>
  rows.filter(([spec, value, text]) => write(value, spec) !== text).map((r) => [...r, write(r[1], r[0])]);

describe('numbers as text', () => {
  test('% rounds ties to even and keeps all digits of exponents', () => {
    expect(differing(golden.percent, (v, spec) => np.char.mod(spec, [v]).item(0))).toEqual([]);
  });

  test('savetxt writes what % writes', () => {
    const lines: string[] = [];
    np.savetxt({ write: (s: unknown) => lines.push(String(s)) }, [0.125, 2.5, 6.881745597716248e-10], { fmt: '%.2g' });
    expect(lines.join('')).toBe('0.12\n2.5\n6.9e-10\n');
  });

  test("arrays without axes are formatted by Python's mini-language", () => {
    expect(differing(golden.float, (v, spec) => np.array(v as number).format(spec))).toEqual([]);
    expect(differing(golden.int, (v, spec) => np.array(BigInt(v)).format(spec))).toEqual([]);
    expect(differing(golden.str, (v, spec) => np.array(v as string).format(spec))).toEqual([]);
  });

  test('other elements are formatted as their scalars', () => {
    expect(np.array(np.complex(1, 2.5)).format('.2f')).toBe('1.00+2.50j');
    expect(np.array(true).format('5')).toBe('    1');
    expect(np.float32(0.1).format('.3f')).toBe('0.100');
    expect(np.float32(0.1).format()).toBe('0.10000000149011612');
    expect(np.datetime64('2024-01-01').format('>12')).toBe('  2024-01-01');
    expect(np.array([1n, 2n]).format()).toBe('[1 2]');
  });

  test.each<[string, () => unknown, string]>([
    [
      'an array with axes',
      () => np.array([1, 2]).format('d'),
      'unsupported format string passed to numpy.ndarray.__format__',
    ],
    ['a code for other types', () => np.array(2.5).format('x'), "Unknown format code 'x' for object of type 'float'"],
    ['a number for text', () => np.array('a').format('d'), "Unknown format code 'd' for object of type 'numpy.str_'"],
    ['a precision for integers', () => np.array(1n).format('.2d'), 'Precision not allowed in integer format specifier'],
    ['no specification', () => np.array(2.5).format('%Y'), "Invalid format specifier '%Y' for object of type 'float'"],
    ['None', () => np.array(null).format('5'), 'unsupported format string passed to NoneType.__format__'],
  ])('%s is refused as in Python', (_, call, message) => {
    expect(call).toThrow(message);
  });
});
