/** Matrices of mathjs, known by their marks, and what they hold as nested lists. */

export interface ForeignMatrix {
  readonly isMatrix: true;
  size(): number[];
  valueOf(): unknown;
  toJSON(): object;
  datatype?(): string | undefined;
}

interface SparseData {
  readonly values?: readonly unknown[];
  readonly index: readonly number[];
  readonly ptr: readonly number[];
  readonly size: readonly number[];
}

export const isMatrix = (x: object): x is ForeignMatrix =>
  (x as Partial<ForeignMatrix>).isMatrix === true && typeof (x as Partial<ForeignMatrix>).size === 'function';

/** What an empty matrix would hold. */
const KINDS: Readonly<Record<string, string>> = {
  number: 'float64',
  bigint: 'int64',
  boolean: 'bool',
  Complex: 'complex128',
  string: 'str',
};

/** The dtype of a matrix without elements, by the datatype that it names. */
export const emptyKind = (m: ForeignMatrix): string => {
  const name = m.datatype?.();
  return name === undefined || name === 'mixed' ? 'float64' : (KINDS[name] ?? 'object');
};

/** The numbers of a sparse matrix of numbers in C order, without lists for its zeros; null for all other matrices. */
export function sparseNumbers(m: ForeignMatrix): Float64Array | null {
  if ((m as { isSparseMatrix?: boolean }).isSparseMatrix !== true) return null;
  const { values, index, ptr, size } = m.toJSON() as SparseData;
  if (values?.some((v) => typeof v !== 'number') === true) return null;
  const [rows, columns] = size;
  const out = new Float64Array(rows * columns);
  for (let j = 0; j < columns; j++)
    for (let k = ptr[j]; k < ptr[j + 1]; k++) out[index[k] * columns + j] = (values?.[k] as number | undefined) ?? 1;
  return out;
}
