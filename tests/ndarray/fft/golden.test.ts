import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { np as numpy } from '../../../src/index.js';

const np: any = numpy;

interface Case {
  f: string;
  seed: number;
  shape: number[];
  dtype: string;
  layout: string;
  kw: Record<string, unknown>;
  to: [string, number[], number[]];
  step: number;
  largest: number;
  re: number[];
  im: number[];
}
interface Failure {
  f: string;
  data: unknown;
  dtype: string;
  out: [number[], string] | null;
  kw: Record<string, unknown>;
  type: string;
  text: string;
}

const golden: {
  signatures: Record<string, string>;
  cases: Case[];
  errors: Failure[];
  frequencies: { f: string; n: number; d: number; dtype: string; values: number[] }[];
} = JSON.parse(readFileSync(join(__dirname, '../../golden/fft.json'), 'utf8'));

function numbers(seed: number, count: number): Float64Array {
  const out = new Float64Array(count);
  let x = seed;
  for (let i = 0; i < count; i++) {
    x = (x * 48271) % 2147483647;
    out[i] = ((x % 2000001) - 1000000) / 2 ** 20;
  }
  return out;
}

function operand({ seed, shape, dtype, layout }: Case): any {
  const size = shape.reduce((n, m) => n * m, 1);
  const kind = np.dtype(dtype).kind;
  let a: any;
  if (kind === 'c') a = np.frombuffer(new Uint8Array(numbers(seed, 2 * size).buffer), 'complex128').astype(dtype);
  else {
    const v = numbers(seed, size);
    if (kind === 'i' || kind === 'u') a = np.abs(np.floor(np.array(v.map((x) => x * 100)))).astype(dtype);
    else if (kind === 'b') a = np.greater(np.array(v), 0);
    else a = np.array(v).astype(dtype);
  }
  if (layout === 'F') return a.reshape([...shape].reverse()).T;
  a = a.reshape(shape);
  return layout === 'reversed' ? a.at('::-1') : a;
}

const title = (c: Case): string => `np.fft.${c.f}(${c.dtype} ${c.layout} [${c.shape}], ${JSON.stringify(c.kw)})`;

/** Rounding of the dtype times the number of steps, which is that of the logarithm of the length. */
function tolerance(c: Case, dtype: string): number {
  const n = Math.max(...c.shape, ...[c.kw.n ?? 1, c.kw.s ?? 1].flat().map(Number));
  const unit = dtype === 'float16' ? 1e-3 : dtype === 'float32' || dtype === 'complex64' ? 2e-7 : 5e-16;
  return unit * (1 + Math.log2(n)) * c.largest;
}

describe('np.fft and NumPy', () => {
  test('every function of numpy.fft is here, with its signature', () => {
    const mine = Object.fromEntries(Object.keys(golden.signatures).map((n) => [n, np.fft[n]?.signature]));
    expect(mine).toEqual(golden.signatures);
    expect(Object.keys(np.fft).filter((n) => typeof np.fft[n] === 'function' && !(n in golden.signatures))).toEqual([]);
  });

  for (const f of [...new Set(golden.cases.map((c) => c.f))]) {
    test(`${f} gives the same numbers, dtypes, shapes and strides`, () => {
      const wrong: string[] = [];
      for (const c of golden.cases) {
        if (c.f !== f) continue;
        const y = np.fft[f](operand(c), { ...c.kw });
        const [dtype, shape, strides] = c.to;
        if (
          y.dtype.name !== dtype ||
          String(y.shape) !== String(shape) ||
          (y.size > 0 && String(y.strides) !== String(strides))
        )
          wrong.push(`${title(c)}: ${y.dtype.name} [${y.shape}] [${y.strides}], not ${dtype} [${shape}] [${strides}]`);
        const flat = y.ravel().at(`::${c.step}`).astype('complex128');
        const bound = tolerance(c, dtype);
        const [re, im] = [flat.real.tolist(), flat.imag.tolist()];
        c.re.forEach((v, i) => {
          const off = Math.hypot(re[i] - v, im[i] - (c.im[i] ?? 0));
          if (!(off <= bound)) wrong.push(`${title(c)} at ${i * c.step}: off by ${off}, ${bound} allowed`);
        });
      }
      expect(wrong.slice(0, 10)).toEqual([]);
    });
  }

  test('errors are of the same class and say the same', () => {
    const wrong: unknown[] = [];
    for (const e of golden.errors) {
      let said: [string, string] | null = null;
      try {
        const out = e.out === null ? {} : { out: np.empty(...e.out) };
        np.fft[e.f](np.array(e.data, e.dtype), { ...e.kw, ...out });
      } catch (x) {
        said = [(x as Error).name, (x as Error).message];
      }
      // NumPy's private classes go by the name of the public one above them.
      const type = e.type.startsWith('_UFunc') ? 'UFuncTypeError' : e.type;
      if (said === null || said[0] !== type || said[1] !== e.text) wrong.push([e, said]);
    }
    expect(wrong).toEqual([]);
  });

  test('frequencies are the same', () => {
    for (const { f, n, d, dtype, values } of golden.frequencies) {
      const y = np.fft[f](n, d);
      expect([y.dtype.name, y.tolist()]).toEqual([dtype, values]);
    }
  });
});
