import { DType, type Kind, type NumericName, type ScalarType } from './class.js';

/** The dtypes that kernels compute with: one row each. */

let rows = 0;
const row = <N extends NumericName>(name: N, kind: Kind, char: string, num: number, itemsize: number): DType<N> =>
  new DType<N>({
    family: name,
    name,
    kind,
    char,
    num,
    itemsize,
    index: rows++,
    alignment: kind === 'c' ? itemsize / 2 : itemsize,
    carrier: name,
    str: `${itemsize === 1 ? '|' : '<'}${kind}${itemsize}`,
    byteorder: itemsize === 1 ? '|' : '=',
  });

export const bool: DType<'bool'> = row('bool', 'b', '?', 0, 1);
export const int8: DType<'int8'> = row('int8', 'i', 'b', 1, 1);
export const uint8: DType<'uint8'> = row('uint8', 'u', 'B', 2, 1);
export const int16: DType<'int16'> = row('int16', 'i', 'h', 3, 2);
export const uint16: DType<'uint16'> = row('uint16', 'u', 'H', 4, 2);
export const int32: DType<'int32'> = row('int32', 'i', 'i', 5, 4);
export const uint32: DType<'uint32'> = row('uint32', 'u', 'I', 6, 4);
export const int64: DType<'int64'> = row('int64', 'i', 'l', 7, 8);
export const uint64: DType<'uint64'> = row('uint64', 'u', 'L', 8, 8);
export const float16: DType<'float16'> = row('float16', 'f', 'e', 23, 2);
export const float32: DType<'float32'> = row('float32', 'f', 'f', 11, 4);
export const float64: DType<'float64'> = row('float64', 'f', 'd', 12, 8);
export const complex64: DType<'complex64'> = row('complex64', 'c', 'F', 14, 8);
export const complex128: DType<'complex128'> = row('complex128', 'c', 'D', 15, 16);

/** Every numeric dtype, by its dense index. */
export const DTYPES: readonly DType<NumericName>[] = [
  bool,
  int8,
  uint8,
  int16,
  uint16,
  int32,
  uint32,
  int64,
  uint64,
  float16,
  float32,
  float64,
  complex64,
  complex128,
];

export const byName: { readonly [N in NumericName]: DType<N> } = Object.fromEntries(
  DTYPES.map((d) => [d.name, d]),
) as never;

/** Whether values of this scalar type are BigInt when read exactly. */
export const isWide = (t: ScalarType): boolean => t === 'int64' || t === 'uint64';
export const isFloat = (t: ScalarType): boolean => t === 'float64' || t === 'float32' || t === 'float16';
export const isUnsigned = (t: ScalarType): boolean => t.charCodeAt(0) === 117; /* u */
