import { TypeError, ValueError } from '../core/errors.js';
import { flatten as leavesOf, isNest, packed } from './nest.js';

/** tf.nest: lists and plain objects of values, as arguments and results have them. */

/** The values of a nest in a list, in order. @example tf.nest.flatten({ a: [1, 2], b: 3 }) // → [ 1, 2, 3 ] */
export const flatten = (structure: unknown): unknown[] => leavesOf(structure);
/** Whether a value is a list or a plain object. @example tf.nest.is_nested([1]) // → true */
export const is_nested = (structure: unknown): boolean => isNest(structure);

/**
 * Makes sure that nests have the same form. @throws ValueError where one has other entries, TypeError where one is a list and the other is not
 * @example tf.nest.assert_same_structure([1, { a: 2 }], [3, { a: 4 }]) // → undefined
 */
export function assert_same_structure(
  nest1: unknown,
  nest2: unknown,
  { check_types = true }: { check_types?: boolean } = {},
): void {
  const differ = (why: string): ValueError =>
    new ValueError(`The two structures don't have the same nested structure.\n\n${why}`);
  const walk = (a: unknown, b: unknown): void => {
    if (isNest(a) !== isNest(b)) throw differ('One is a nest where the other is a value.');
    if (!isNest(a) || !isNest(b)) return;
    if (check_types && Array.isArray(a) !== Array.isArray(b))
      throw new TypeError("The two structures don't have the same sequence type: a list and an object.");
    const [ka, kb] = [Object.keys(a).sort(), Object.keys(b).sort()];
    if (ka.length !== kb.length || ka.some((k, i) => k !== kb[i]))
      throw differ(`Entries [${ka.join(', ')}] and [${kb.join(', ')}].`);
    for (const k of ka) walk((a as Record<string, unknown>)[k], (b as Record<string, unknown>)[k]);
  };
  walk(nest1, nest2);
}

/**
 * A nest of the form of another one with the values of a list. @throws ValueError where there are more or fewer values
 * @example tf.nest.pack_sequence_as({ a: 0, b: [0] }, [1, 2]) // → { a: 1, b: [ 2 ] }
 */
export function pack_sequence_as(structure: unknown, flat_sequence: readonly unknown[]): unknown {
  const wanted = leavesOf(structure).length;
  if (wanted !== flat_sequence.length)
    throw new ValueError(
      `Could not pack sequence. Structure had ${wanted} atoms, but flat_sequence had ${flat_sequence.length} items.`,
    );
  return packed(structure, flat_sequence);
}

/**
 * A function applied to the values of nests of one form. @throws ValueError where forms differ
 * @example tf.nest.map_structure((a, b) => a + b, [1, { x: 2 }], [10, { x: 20 }]) // → [ 11, { x: 22 } ]
 */
export function map_structure(func: (...values: any[]) => unknown, ...structure: readonly unknown[]): unknown {
  if (structure.length === 0) throw new ValueError('Must provide at least one structure');
  for (const other of structure.slice(1)) assert_same_structure(structure[0], other);
  const columns = structure.map(leavesOf);
  return packed(
    structure[0],
    columns[0].map((_, i) => func(...columns.map((c) => c[i]))),
  );
}
