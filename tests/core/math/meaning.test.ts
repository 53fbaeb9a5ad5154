import { describe, expect, test } from '@jest/globals';
import { cpu } from '../../../src/core/device/cpu/index.js';
import type { HostBuffer, Operand } from '../../../src/core/device/device.js';
import { byName } from '../../../src/core/dtype.js';
import { evaluate } from '../../../src/core/ir/evaluate.js';
import { arg, type Expr } from '../../../src/core/ir/expr.js';
import * as math from '../../../src/core/math/index.js';
import { compile } from './compile.js';

/** The same expressions through the interpreter, the cpu device and the test compiler; and a few values everybody trips over. */

const UNARY = [
  'exp',
  'exp2',
  'expm1',
  'log',
  'log2',
  'log10',
  'log1p',
  'sin',
  'cos',
  'tan',
  'arcsin',
  'arccos',
  'arctan',
  'sinh',
  'cosh',
  'tanh',
  'arcsinh',
  'arccosh',
  'arctanh',
  'cbrt',
  'spacing',
] as const;
const BINARY = [
  'arctan2',
  'pow',
  'hypot',
  'logaddexp',
  'logaddexp2',
  'fmod',
  'remainder',
  'floorDivide',
  'nextafter',
] as const;

const VALUES = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  2,
  0.1,
  0.9,
  3.7,
  -2.3,
  1e-5,
  1e-20,
  5e-324,
  1e-310,
  30,
  -30,
  88.5,
  709.9,
  -740,
  1000,
  12345.678,
  1.6e6,
  1e9,
  1e22,
  1e30,
  1e200,
  1.7976931348623157e308,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
  Math.PI,
  Math.PI / 2,
  1 + 2 ** -50,
  1 - 2 ** -50,
];

type Type = 'float64' | 'float32';
const arrayOf = (t: Type, n: ArrayLike<number>): Float64Array | Float32Array =>
  t === 'float64' ? Float64Array.from(n) : Float32Array.from(n);

/** A map of one result on the cpu device. */
function onCpu(e: Expr, type: Type, columns: readonly (Float64Array | Float32Array)[]): number[] {
  const dtype = byName[type];
  const n = columns[0].length;
  const operand = (): Operand => ({ dtype, buffer: cpu.allocate(n * dtype.itemsize), offset: 0 });
  const bytes = (o: Operand): Uint8Array => (o.buffer as HostBuffer).bytes;
  const inputs = columns.map((column) => {
    const o = operand();
    bytes(o).set(new Uint8Array(column.buffer));
    return o;
  });
  const out = operand();
  const kernel = cpu.prepare({
    kind: 'map',
    name: 'test',
    operands: columns.map(() => type),
    results: [{ dtype: type, parts: [e] }],
  });
  kernel.flat(n, [...inputs, out]);
  const copy = bytes(out).slice(0, n * dtype.itemsize);
  return Array.from(type === 'float64' ? new Float64Array(copy.buffer) : new Float32Array(copy.buffer));
}

describe('one numeric definition', () => {
  for (const type of ['float64', 'float32'] as const) {
    for (const name of [...UNARY, ...BINARY]) {
      test(`${name} of ${type} has the same bits interpreted, compiled and on the cpu device`, () => {
        const two = (BINARY as readonly string[]).includes(name);
        const f = (math as unknown as Record<string, (...a: Expr[]) => Expr>)[name];
        const args = two ? [arg(0, type), arg(1, type)] : [arg(0, type)];
        const e = f(...args);
        const xs = arrayOf(
          type,
          two
            ? VALUES.flatMap((x) =>
                VALUES.slice(0, 34)
                  .filter((_, i) => i % 3 === 0)
                  .map(() => x),
              )
            : VALUES,
        );
        const ys = arrayOf(
          type,
          two ? VALUES.flatMap(() => VALUES.slice(0, 34).filter((_, i) => i % 3 === 0)) : VALUES,
        );
        const columns = two ? [xs, ys] : [xs];
        const device = onCpu(e, type, columns);
        const compiled = compile([e], (index) => index);
        const at = (i: number): number[] => columns.map((column) => column[i]);
        const bad: string[] = [];
        for (let i = 0; i < xs.length; i++) {
          const c = compiled(at(i))[0];
          if (!Object.is(c, device[i])) bad.push(`${name}(${at(i)}): compiled ${c}, cpu ${device[i]}`);
          if (i % (two ? 7 : 1) === 0) {
            const r = evaluate(e, { arg: (index) => columns[index][i] });
            if (!Object.is(c, r)) bad.push(`${name}(${at(i)}): compiled ${c}, interpreted ${r}`);
          }
        }
        expect(bad).toEqual([]);
      });
    }
  }
});

const at = (f: (x: Expr) => Expr, x: number): number => compile([f(arg(0, 'float64'))], (i) => i)([x])[0] as number;

describe('values that naive formulas get wrong', () => {
  test('arcsinh of 1e200 does not overflow, and of 1e-10 keeps its digits', () => {
    expect(at(math.arcsinh, 1e200)).toBe(461.2101657793691);
    expect(at(math.arcsinh, 1e-10)).toBe(1e-10);
  });
  test('tanh of -400 is -1, and near zero it is its argument', () => {
    expect(at(math.tanh, -400)).toBe(-1);
    expect(at(math.tanh, 1e-300)).toBe(1e-300);
    expect(at(math.tanh, -0)).toBe(-0);
  });
  test('sinh near zero keeps its digits, and expm1 and log1p too', () => {
    expect(at(math.sinh, 1e-12)).toBe(1e-12);
    expect(at(math.expm1, 1e-18)).toBe(1e-18);
    expect(at(math.log1p, 1e-18)).toBe(1e-18);
  });
  test('sin and cos of huge angles are right', () => {
    expect(at(math.sin, 1e12)).toBe(-0.6112387023768895);
    expect(at(math.sin, 1e22)).toBe(-0.8522008497671888);
    expect(at(math.cos, 1e308)).toBe(-0.8913089376870335);
  });
  test('sums that are far apart or infinite pass through logaddexp', () => {
    const f = compile([math.logaddexp(arg(0, 'float64'), arg(1, 'float64'))], (i) => i);
    expect(f([1000, 0])).toEqual([1000]);
    expect(f([Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY])).toEqual([Number.NEGATIVE_INFINITY]);
  });
  test('hypot of large and small sides has the digits of NumPy, without overflow or underflow', () => {
    const f = compile([math.hypot(arg(0, 'float64'), arg(1, 'float64'))], (i) => i);
    expect(f([3e200, 4e200])).toEqual([4.9999999999999995e200]);
    expect(f([3e-200, 4e-200])).toEqual([5e-200]);
  });
});
