import { type ArrayLike, toArray } from '../../../core/coerce.js';
import { ValueError } from '../../../core/errors.js';
import { concatenateTo } from '../../../core/ops/join.js';
import { promote } from '../../../core/promote.js';
import { fn } from '../../../core/signature.js';
import { toNDArray } from '../../creation/make.js';
import { getIndex } from '../../indexing/item.js';
import type { NDArray } from '../../ndarray.js';
import { changes } from '../../sorting/flat.js';
import { argsort, sort } from '../../sorting/sort.js';
import { type FieldSpec, specOf, structuresAround } from './descr.js';
import { keptFields, type ResultKeywords } from './fields.js';
import { finished, missing, writeRows } from './fill.js';
import { wider } from './merge.js';

/** Joining two arrays of structures by key, and elements that are found more than once. */

const flat = (x: unknown): NDArray => toNDArray(x).ravel() as NDArray;
const rows = (a: NDArray, places: readonly number[]): NDArray => getIndex(a, [toArray(places.map(BigInt), null)]);
const placesOf = (a: unknown): number[] => [...((a as NDArray).tolist() as Iterable<number>)];

/** The order of elements, and for each place in it whether its element is found again beside it. */
function repeats(a: NDArray, order: readonly string[] | null): { order: number[]; again: boolean[] } {
  const places = placesOf(argsort(a, order === null ? {} : ({ order } as never)));
  const sorted = rows(a, places);
  const changed = a.size === 0 ? [] : [...changes(sorted)];
  return { order: places, again: places.map((_, i) => changed[i] === 0 || changed[i + 1] === 0) };
}

/**
 * The elements that are found more than once, in order.
 *
 * @param key a field, at any depth, by which they are compared
 * @param return_index whether to give their places, too
 * @example np.lib.recfunctions.find_duplicates(np.array([[1], [2], [1]], [['a', 'i4']])).at('a') // → array([1, 1], dtype=int32)
 */
export const find_duplicates: (
  a: ArrayLike,
  key?: string | null | { key?: string | null; ignoremask?: boolean; return_index?: boolean },
  ignoremask?: boolean,
  return_index?: boolean,
) => any = /*@__PURE__*/ fn(
  'find_duplicates',
  'a, key=None, ignoremask=True, return_index=False',
  (x, key: string | null, _ignoremask, withPlaces) => {
    const a = flat(x);
    let by = a;
    if (key !== null && key !== '') {
      const around = structuresAround(a.dtype, null, {});
      for (const name of [...(around[key] ?? []), key]) by = getIndex(by, [name]);
    }
    const found = repeats(by, null);
    const places = found.order.filter((_, i) => found.again[i]);
    const result = places.length === 0 ? getIndex(a, ['0:0']) : rows(a, places);
    return withPlaces ? [result, toArray(places.map(BigInt), null)] : result;
  },
  'host',
);

export type JoinType = 'inner' | 'outer' | 'leftouter';

export interface JoinByKeywords extends ResultKeywords {
  jointype?: JoinType;
  r1postfix?: string;
  r2postfix?: string;
  defaults?: Readonly<Record<string, unknown>> | null;
}

interface Postfixes {
  readonly one: string;
  readonly two: string;
}

/** The fields of a join: the keys, then the others of both; names that both have are told apart by postfixes. */
function joinedFields(keys: NDArray, a: NDArray, b: NDArray, key: readonly string[], p: Postfixes): FieldSpec[] {
  const fields = [...specOf(keys.dtype), ...specOf(a.dtype).filter((f) => !key.includes(f.name))].map((f) => ({
    ...f,
  }));
  for (const f of specOf(b.dtype)) {
    const at = fields.findIndex((k) => k.name === f.name);
    if (at < 0) fields.push({ ...f });
    else if (key.includes(f.name)) fields[at] = { ...f, dtype: wider(f.dtype, fields[at].dtype) };
    else {
      const first = { ...fields[at], name: f.name + p.one };
      fields.splice(at, 1, first, { ...f, name: f.name + p.two });
    }
  }
  return fields;
}

function joined(
  given: string | readonly string[],
  x: unknown,
  y: unknown,
  type: JoinType,
  p: Postfixes,
  defaults: Readonly<Record<string, unknown>> | null,
): NDArray {
  if (!['inner', 'outer', 'leftouter'].includes(type))
    throw new ValueError(
      `The 'jointype' argument should be in 'inner', 'outer' or 'leftouter' (got '${String(type)}' instead)`,
    );
  const key = typeof given === 'string' ? [given] : [...given];
  const twice = key.find((k, i) => key.indexOf(k, i + 1) >= 0);
  if (twice !== undefined) throw new ValueError(`duplicate join key '${twice}'`);
  const [a, b] = [flat(x), flat(y)];
  const [names1, names2] = [a.dtype.names ?? [], b.dtype.names ?? []];
  for (const k of key) {
    if (!names1.includes(k)) throw new ValueError(`r1 does not have key field '${k}'`);
    if (!names2.includes(k)) throw new ValueError(`r2 does not have key field '${k}'`);
  }
  if (!p.one && !p.two && names1.some((n) => names2.includes(n) && !key.includes(n)))
    throw new ValueError("r1 and r2 contain common names, r1postfix and r2postfix can't both be empty");

  const sharedKeys = names1.filter((n) => key.includes(n));
  const [k1, k2] = [keptFields(a, sharedKeys), keptFields(b, sharedKeys)];
  const found = repeats(concatenateTo([k1, k2], 0, promote(k1.dtype, k2.dtype)) as NDArray, key);
  const pick = (again: boolean, second: boolean): number[] =>
    found.order
      .filter((at, i) => found.again[i] === again && at >= a.size === second)
      .map((at) => (second ? at - a.size : at));
  const both = [pick(true, false), pick(true, true)];
  const alone = [type === 'inner' ? [] : pick(false, false), type === 'outer' ? pick(false, true) : []];
  const n = Math.max(both[0].length, both[1].length);

  const out = missing([n + alone[0].length + alone[1].length], joinedFields(k1, a, b, key, p), defaults);
  const names = out.dtype.names ?? [];
  const write = (from: NDArray, other: readonly string[], side: 0 | 1, post: string, otherPost: string): void => {
    const start = n + (side === 0 ? 0 : alone[0].length);
    for (const name of from.dtype.names ?? []) {
      const shared = other.includes(name) && !otherPost && !key.includes(name);
      const column = getIndex(out, [!names.includes(name) || shared ? name + post : name]);
      const values = getIndex(from, [name]);
      if (both[side].length > 0) writeRows(column, 0, rows(values, both[side]));
      if (alone[side].length > 0) writeRows(column, start, rows(values, alone[side]));
    }
  };
  write(a, names2, 0, p.one, p.two);
  write(b, names1, 1, p.two, p.one);
  return sort(out, { order: key } as never) as NDArray;
}

/**
 * Joins two arrays of structures by the fields named in `key`, in whose order the result is. Keys must not repeat within an array.
 *
 * @param jointype 'inner': elements that both have; 'outer': also those of one alone; 'leftouter': also those of the first alone
 * @param r1postfix what is appended to the name of a field that both have, as r2postfix
 * @param defaults what stands for missing values, by field; otherwise what numpy.ma fills with
 * @throws ValueError `r1 does not have key field 'x'`, `duplicate join key 'x'`
 * @example np.lib.recfunctions.join_by('k', np.array([[1, 5]], [['k', 'i4'], ['a', 'i4']]), np.array([[1, 7]], [['k', 'i4'], ['b', 'i4']])).tolist() // → [ [ 1, 5, 7 ] ]
 */
export const join_by: (
  key: string | readonly string[],
  r1: ArrayLike,
  r2: ArrayLike,
  jointype?: JoinType | JoinByKeywords,
  r1postfix?: string,
  r2postfix?: string,
  defaults?: JoinByKeywords['defaults'],
  usemask?: boolean,
  asrecarray?: boolean,
) => NDArray = /*@__PURE__*/ fn(
  'join_by',
  "key, r1, r2, jointype='inner', r1postfix='1', r2postfix='2', defaults=None, usemask=True, asrecarray=False",
  (key, r1, r2, type, one, two, defaults, _usemask, asrecarray) =>
    finished(joined(key, r1, r2, type, { one, two }, defaults), asrecarray),
  'host',
);

/**
 * `join_by` as an array of records.
 * @example np.lib.recfunctions.rec_join('k', np.array([[1, 5]], [['k', 'i4'], ['a', 'i4']]), np.array([[1, 7]], [['k', 'i4'], ['b', 'i4']])).b // → array([7], dtype=int32)
 */
export const rec_join: (
  key: string | readonly string[],
  r1: ArrayLike,
  r2: ArrayLike,
  jointype?: JoinType | JoinByKeywords,
  r1postfix?: string,
  r2postfix?: string,
  defaults?: JoinByKeywords['defaults'],
) => NDArray & Record<string, any> = /*@__PURE__*/ fn(
  'rec_join',
  "key, r1, r2, jointype='inner', r1postfix='1', r2postfix='2', defaults=None",
  (key, r1, r2, type, one, two, defaults) => finished(joined(key, r1, r2, type, { one, two }, defaults), true),
  'host',
);
