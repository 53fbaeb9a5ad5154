import type { ArrayValue } from '../../core/array.js';
import { NotImplementedError } from '../../core/errors.js';

/** Singular values for norms. */
export function singularValues(_a: ArrayValue): ArrayValue {
  throw new NotImplementedError('singular values');
}
