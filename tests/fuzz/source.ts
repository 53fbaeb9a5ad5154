import { SIZES, shown } from './dtypes.js';
import { bytesOf, components, OPERATORS, PART, text } from './interpret.js';

/** Programs as lines of JavaScript. */

function sourceOf(x: any, name: (i: number) => string): string {
  if (Array.isArray(x)) return `[${x.map((e: unknown) => sourceOf(e, name)).join(', ')}]`;
  if (typeof x !== 'object' || x === null) return JSON.stringify(x);
  if (x.v !== undefined) return x.j === undefined ? name(x.v) : `${name(x.v)}[${x.j}]`;
  if (x.t !== undefined) return `[${x.t.map((e: unknown) => sourceOf(e, name)).join(', ')}]`;
  if (x.n !== undefined) return x.n === 'nan' ? 'NaN' : 'Infinity';
  if (x.i !== undefined) return `${x.i}n`;
  if (x.c !== undefined) return `np.complex(${x.c.join(', ')})`;
  if (x.fn !== undefined) return x.fn;
  if (x.s !== undefined) return `'${x.s[0] ?? ''}:${x.s[1] ?? ''}${x.s[2] === null ? '' : `:${x.s[2]}`}'`;
  return "'...'";
}

/** One line that reproduces a program. */
export function source(program: readonly any[]): string {
  const name = (i: number): string => `v${i}`;
  return program
    .map((item, i) => {
      if (item.f === undefined) {
        const bytes = bytesOf(item.b ?? '');
        const part = PART[item.d] ?? item.d;
        const values: string[] =
          SIZES[item.d] === undefined
            ? shown(item, bytes)
            : Array.from(components(part, bytes) as ArrayLike<number | bigint>, text);
        const list = PART[item.d]
          ? Array.from({ length: values.length / 2 }, (_, j) => {
              const imaginary = values[2 * j + 1];
              return `${values[2 * j]}${imaginary.startsWith('-') ? '' : '+'}${imaginary}j`;
            })
          : values;
        return `v${i}=${item.d}(${item.s})${item.l === 'C' ? '' : `/${item.l}`}${item.n ? `/repeats to ${item.n}` : ''}[${list.slice(0, 70).join(',')}]`;
      }
      const args = item.a.map((a: unknown) => sourceOf(a, name));
      const kw = Object.entries(item.k ?? {}).map(([k, v]) => `${k}: ${sourceOf(v, name)}`);
      if (kw.length) args.push(`{${kw.join(', ')}}`);
      if (item.f === 'getitem') return `v${i}=${args[0]}.at(${args[1].slice(1, -1)})`;
      if (item.f === 'setitem') return `v${i}=${args[0]}.set(${args.slice(1).join(', ')})`;
      if (OPERATORS.has(item.f)) return `v${i}=${args[0]}.${item.f}(${args[1]})`;
      if (item.f[0] === '.') return `v${i}=${args[0]}${item.f}(${args.slice(1).join(', ')})`;
      return `v${i}=${item.f}(${args.join(', ')})`;
    })
    .join('; ');
}
