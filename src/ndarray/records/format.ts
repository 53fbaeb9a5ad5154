import { asDtype, type DType, type DTypeLike } from '../../core/dtype.js';
import { structure } from '../../core/dtypes/parse.js';
import { ValueError } from '../../core/errors.js';

/** Structures described by lists of formats, names and titles. */

/** Names or formats: a list, or text with commas. */
export type Listed = string | readonly unknown[];

export interface ParserOptions {
  formats?: Listed | null;
  names?: Listed | null;
  titles?: Listed | null;
  aligned?: boolean;
  byteorder?: string | null;
}

/** The members that are found more than once, each as often as it is found again. */
export function duplicates(list: readonly unknown[]): unknown[] {
  return [...new Set(list.filter((x) => list.filter((y) => y === x).length > 1))];
}

const listOf = (x: Listed | null): unknown[] =>
  x === null ? [] : typeof x === 'string' ? (x === '' ? [] : x.split(',')) : [...x];

/**
 * A structure from formats (`'f8, i4'` or a list), names, titles.
 * @throws ValueError `Need formats argument`, `Duplicate field names: ['a']`
 */
export class FormatParser {
  readonly dtype: DType;

  constructor(
    formats: Listed | null,
    names: Listed | null,
    titles: Listed | null,
    aligned = false,
    byteorder: string | null = null,
  ) {
    if (formats === null || formats === undefined) throw new ValueError('Need formats argument');
    const read = Array.isArray(formats)
      ? formats.map((f) => asDtype(f as DTypeLike))
      : fieldsOf(asDtype(formats as string, aligned));
    const given = listOf(names).map((n) => (typeof n === 'string' ? n.trim() : String(n)));
    const labels = read.map((_, i) => given[i] ?? `f${i}`);
    const twice = duplicates(labels);
    if (twice.length > 0) throw new ValueError(`Duplicate field names: [${twice.map((n) => `'${n}'`).join(', ')}]`);
    const second = listOf(titles).map((t) => (typeof t === 'string' ? t.trim() : t));
    const made = structure(
      read.map((dtype, i) => ({ name: labels[i], dtype, title: second[i] || null })),
      aligned,
    );
    this.dtype = byteorder === null ? made : made.newbyteorder(byteorder[0]);
  }
}

const fieldsOf = (d: DType): DType[] => d.layout?.map((f) => f.dtype) ?? [d];
