import type { ArrayValue } from '../../core/array.js';
import { TypeError } from '../../core/errors.js';
import { pyFloatRepr } from '../../core/text/dragon.js';
import { formatted } from '../../core/text/format.js';

/** `format(a, spec)`: of an array without axes as of its element, of others without a specification only. */
export function formatArray(a: ArrayValue, value: unknown, spec: string): string {
  const { kind } = a.dtype;
  if (a.shape.length > 0) {
    if (spec === '') return String(a);
    throw new TypeError('unsupported format string passed to numpy.ndarray.__format__');
  }
  if (kind === 'f') return spec === '' ? pyFloatRepr(value as number) : formatted(value as number, spec);
  if (spec === '') return String(a);
  if (kind === 'b') return formatted(value === true ? 1n : 0n, spec);
  if (kind === 'i' || kind === 'u') return formatted(BigInt(value as number), spec);
  if (kind === 'c') return formatted(value as { re: number; im: number }, spec);
  if (kind === 'O') {
    if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string')
      return formatted(value, spec);
    const name = value === null || value === undefined ? 'NoneType' : 'object';
    throw new TypeError(`unsupported format string passed to ${name}.__format__`);
  }
  return formatted(kind === 'U' ? (value as string) : String(a), spec, kind === 'U' ? 'numpy.str_' : 'str');
}
