import { ArrayValue } from '../core/array.js';
import { fromScalar } from '../core/coerce.js';
import { asDtype, type DTypeLike, voidDtype } from '../core/dtype.js';
import { OverflowError, TypeError } from '../core/errors.js';
import { castTo } from '../core/ops/move.js';
import { typeName } from '../core/python/kind.js';
import { isKeywords } from '../core/signature.js';
import type { NDArray } from './ndarray.js';

/** Raw memory or a structure's element without axes: of a size, of bytes, or of a value and a dtype. */
export function makeVoid(value: unknown, given?: unknown): NDArray<'void'> {
  if (value === undefined) throw new TypeError('void() takes at least 1 positional argument (0 given)');
  const odd = isKeywords(given) ? Object.keys(given).find((k) => k !== 'dtype') : undefined;
  if (odd !== undefined) throw new TypeError(`'${odd}' is an invalid keyword argument for void()`);
  const asked = isKeywords(given) && 'dtype' in given ? given.dtype : given;
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  if (asked !== undefined && asked !== null) {
    const d = asDtype(asked as DTypeLike);
    if (d.kind !== 'V' || d.subdtype !== null)
      throw new TypeError(
        `void: descr must be a \`void\` dtype that is not a subarray dtype (structured or unstructured). Got '${d.repr()}'.`,
      );
    return fromScalar(
      bytes,
      d.itemsize === 0 && bytes instanceof Uint8Array ? voidDtype(bytes.length) : d,
    ) as NDArray<'void'>;
  }
  const n =
    typeof value === 'number' || typeof value === 'bigint'
      ? Number(value)
      : value instanceof ArrayValue && (value.dtype.kind === 'i' || value.dtype.kind === 'u') && value.ndim === 0
        ? Number(value)
        : null;
  if (n !== null) {
    if (!Number.isInteger(n)) throw new TypeError("A bytes-like object is required, not 'float'");
    if (n < 0 || n > 0x7fffffff)
      throw new OverflowError(`size must be non-negative and not greater than ${0x7fffffff}`);
    return fromScalar(new Uint8Array(n), voidDtype(n)) as NDArray<'void'>;
  }
  if (value instanceof ArrayValue && value.dtype.kind === 'V') return castTo(value, value.dtype) as NDArray<'void'>;
  if (value instanceof ArrayValue && !value.dtype.hasobject) {
    const memory = (value as NDArray).tobytes();
    return fromScalar(memory, voidDtype(memory.length)) as NDArray<'void'>;
  }
  if (!(bytes instanceof Uint8Array)) throw new TypeError(`A bytes-like object is required, not '${typeName(value)}'`);
  return fromScalar(bytes, voidDtype(bytes.length)) as NDArray<'void'>;
}
