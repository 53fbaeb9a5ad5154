import type { ArrayValue } from '../../core/array.js';
import { LinAlgError } from '../../core/errors.js';

/** What functions of linear algebra ask of their operands. */

const text = (a: ArrayValue, least: string): string =>
  `${a.ndim}-dimensional array given. Array must be ${least}two-dimensional`;

/** @throws LinAlgError `1-dimensional array given. Array must be two-dimensional` */
export function check2d(...arrays: readonly ArrayValue[]): void {
  for (const a of arrays) if (a.ndim !== 2) throw new LinAlgError(text(a, ''));
}

/** @throws LinAlgError `1-dimensional array given. Array must be at least two-dimensional` */
export function checkStacked(...arrays: readonly ArrayValue[]): void {
  for (const a of arrays) if (a.ndim < 2) throw new LinAlgError(text(a, 'at least '));
}

/** @throws LinAlgError `Last 2 dimensions of the array must be square` */
export function checkSquare(...arrays: readonly ArrayValue[]): void {
  checkStacked(...arrays);
  for (const { shape } of arrays)
    if (shape[shape.length - 1] !== shape[shape.length - 2])
      throw new LinAlgError('Last 2 dimensions of the array must be square');
}
