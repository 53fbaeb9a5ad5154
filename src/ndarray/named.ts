import type { Like } from './ufunc.js';

/** A list that also has names, as Python's named tuples. */
export type Named<A, K extends string> = Omit<Like<A>[], K> & { readonly [P in K]: Like<A> };

/** Gives the members of a list names, in order of the fields. */
export function named<K extends string>(fields: Record<K, unknown>): Named<any, K> {
  const list = Object.values(fields);
  for (const key in fields) Object.defineProperty(list, key, { value: fields[key], enumerable: false });
  return list as unknown as Named<any, K>;
}
