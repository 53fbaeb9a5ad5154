import { ArrayValue } from '../core/array.js';
import { hidden } from '../core/inspect.js';
import { repr } from '../core/python/repr.js';
import type { Like } from './ufunc.js';

/** A list that also has names, as Python's named tuples. */
export type Named<A, K extends string> = Omit<Like<A>[], K> & { readonly [P in K]: Like<A> };

/** A member as Python shows it: a scalar with its type. */
function shown(x: unknown): string {
  if (!(x instanceof ArrayValue) || x.ndim > 0)
    return x instanceof ArrayValue ? (x as never as { repr(): string }).repr() : repr(x);
  return `np.${x.dtype.family}(${repr((x as never as { item(): unknown }).item())})`;
}

/** Gives the members of a list names, in order of the fields. It prints as NumPy's tuple of this name does. */
export function named<K extends string>(name: string, fields: Record<K, unknown>): Named<any, K> {
  const list = Object.values(fields) as unknown[];
  for (const key in fields) Object.defineProperty(list, key, { value: fields[key], enumerable: false });
  const keys = Object.keys(fields);
  const text = function (this: unknown[]): string {
    return `${name}(${keys.map((key, i) => `${key}=${shown(this[i])}`).join(', ')})`;
  };
  hidden(list, 'toString', text);
  hidden(list, Symbol.for('nodejs.util.inspect.custom'), text);
  return list as unknown as Named<any, K>;
}
