import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { np as namespace } from '../../src/index.js';

const np: any = namespace;

type Said = string | readonly Said[];
interface Golden {
  readonly layouts: Record<string, string>;
  readonly names: Record<string, string>;
  /** For each call: groups of layouts, by number, and what NumPy's results look like in memory. */
  readonly calls: Record<string, readonly (readonly [layouts: string, answer: Said])[]>;
}
const golden: Golden = JSON.parse(readFileSync(join(__dirname, '../golden/orders.json'), 'utf8'));

/** An index as text, a list, or a tuple of lists, arrays and texts. */
function at(x: any, index: any): any {
  const tuple =
    Array.isArray(index) &&
    index.some((e) => typeof e === 'string' || e === null || Array.isArray(e) || e instanceof np.NDArray);
  return tuple ? x.at(...index) : x.at(index);
}

/** Shape, strides and itemsize; strides of axes of length 1 are arbitrary. */
function said(x: any): Said {
  if (Array.isArray(x)) return x.map(said);
  if (!(x instanceof np.NDArray)) {
    if (typeof x !== 'object' || x === null || 're' in x) return '[] [] 8';
    return Object.values(x).map(said);
  }
  const { shape, strides, itemsize } = x;
  if (x.size === 0) return `(${shape.join(',')}${shape.length === 1 ? ',' : ''})`;
  return `[${shape}] [${strides.map((s: number, i: number) => (shape[i] === 1 ? 0 : s))}] ${itemsize}`;
}

/** JavaScript booleans and numbers stand for scalars of other sizes. */
const sameLayout = (got: Said, want: Said): boolean =>
  JSON.stringify(got) === JSON.stringify(want) || (got === '[] [] 8' && String(want).startsWith('[] []'));

describe.each(Object.keys(golden.layouts))(
  'results of operands in the layout %s lie in memory as NumPy’s',
  (layout) => {
    const k = String(Object.keys(golden.layouts).indexOf(layout));
    const scope: Record<string, unknown> = { np, at };
    const run = (text: string): unknown =>
      new Function(...Object.keys(scope), `return ${text}`)(...Object.values(scope)) as unknown;
    scope.a = run(golden.layouts[layout]);
    for (const [name, how] of Object.entries(golden.names)) scope[name] = run(how);

    test('whatever the function', () => {
      const wrong: string[] = [];
      let seen = 0;
      for (const [text, groups] of Object.entries(golden.calls)) {
        const want = groups.find(([layouts]) => layouts.includes(k))?.[1];
        if (want === undefined) continue;
        seen++;
        let got: Said;
        // Outputs that are given are written: fresh ones each time.
        scope.f = run(golden.names.f);
        try {
          got = said(run(text));
        } catch (e) {
          got = String(e);
        }
        if (!sameLayout(got, want)) wrong.push(`${text}: ${JSON.stringify(got)}, NumPy has ${JSON.stringify(want)}`);
      }
      expect(seen).toBeGreaterThan(600);
      expect(wrong).toEqual([]);
    });
  },
);
