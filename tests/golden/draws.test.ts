import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import * as table from '../../src/core/random/distributions/index.js';
import { DISTRIBUTIONS } from '../../src/core/random/distributions/index.js';
import { Mt19937, Pcg64 } from '../core/random/streams.js';

/** Every distribution draws what NumPy draws, to the bit, and leaves the stream where NumPy leaves it; see draws.py. */

interface Case {
  kind: 'modern' | 'legacy' | 'single';
  name: string;
  parameters: (number | string | number[])[];
  state?: string;
  inc?: string;
  seed?: number;
  first: string[];
  blocks: string;
  after: string;
}

const { block, cases } = JSON.parse(readFileSync(new URL('./data/draws.json', import.meta.url), 'utf8')) as {
  block: number;
  cases: Case[];
};

const LAST = 2n ** 63n - 1n;

/** The sign and the payload of a NaN are the processor's. */
const plain = (v: number): number => (Number.isNaN(v) ? Number.NaN : v);

/** The draws as bytes. */
function bytes(values: ArrayLike<number>, kind: 'float64' | 'int64' | 'float32'): Buffer {
  if (kind === 'float32') return Buffer.from(Float32Array.from(values, plain).buffer);
  if (kind === 'float64') return Buffer.from(Float64Array.from(values, plain).buffer);
  const whole = BigInt64Array.from(Array.from(values), (v) => (v === 2 ** 63 ? LAST : BigInt(v)));
  return Buffer.from(whole.buffer);
}

const hex = (b: Buffer): string => b.toString('hex');

function vector(c: Case, bits: Pcg64 | Mt19937): [Float64Array, 'float64' | 'int64'] | null {
  const [p, q] = c.parameters as unknown[];
  if (c.name === 'multinomial') {
    const weights = q as number[];
    const out = new Float64Array(200 * weights.length);
    for (let i = 0; i < out.length; i += weights.length) table.multinomial(bits, p as number, weights, out, i);
    return [out, 'int64'];
  }
  if (c.name === 'dirichlet') {
    const alpha = p as number[];
    const sums = table.dirichletSums(alpha);
    const out = new Float64Array(300 * alpha.length);
    for (let i = 0; i < out.length; i += alpha.length)
      if (c.kind === 'legacy') table.dirichletLegacy(bits, alpha, out, i);
      else table.dirichlet(bits, alpha, sums, out, i);
    return [out, 'float64'];
  }
  if (c.name === 'count' || c.name === 'marginals') {
    const colors = p as number[];
    const out = new Float64Array(150 * colors.length);
    const draw = c.name === 'count' ? table.multivariateCount : table.multivariateMarginals;
    draw(bits, colors, q as number, 150, out);
    return [out, 'int64'];
  }
  return null;
}

const special: Record<string, table.Draw> = {
  modern: table.standardExponentialInverse,
  single: table.standardExponentialInverseSingle,
};

function drawn(c: Case, bits: Pcg64 | Mt19937): Buffer {
  const many = vector(c, bits);
  if (many) return bytes(...many);
  const row = DISTRIBUTIONS.get(c.name.replace('_inverse', ''));
  if (!row) throw new Error(c.name);
  const draw = (c.name.endsWith('_inverse') ? special[c.kind] : row[c.kind]) as table.LegacyDraw;
  const parameters = c.parameters.map((p) => (p === 'inf' ? Number.POSITIVE_INFINITY : Number(p)));
  if (c.name === 'uniform') parameters[1] -= parameters[0];
  const single = c.kind === 'single';
  const n = (c.blocks.length / 8) * block;
  const given = single ? parameters.map(Math.fround) : parameters;
  const values = Array.from({ length: n }, () => draw(bits, ...given));
  return bytes(values, single ? 'float32' : row.result);
}

const title = (c: Case): string => `${c.kind} ${c.name}(${c.parameters.join(', ')}) draws what NumPy draws`;

describe('draws', () => {
  test.each(cases.map((c) => [title(c), c] as const))('%s', (_, c) => {
    const bits = c.seed === undefined ? new Pcg64(BigInt(`0x${c.state}`), BigInt(`0x${c.inc}`)) : new Mt19937(c.seed);
    const all = drawn(c, bits);
    const width = c.kind === 'single' ? 4 : 8;
    const first = c.first.map((_, i) => hex(all.subarray(i * width, (i + 1) * width)));
    expect(first).toEqual(c.first);
    const hashes: string[] = [];
    for (let i = 0; i < all.length; i += block * width)
      hashes.push(
        createHash('sha256')
          .update(all.subarray(i, i + block * width))
          .digest('hex')
          .slice(0, 8),
      );
    expect(hashes.join('')).toBe(c.blocks);
    expect(bits.raw().toString(16)).toBe(c.after);
  });
});
