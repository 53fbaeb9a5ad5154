import { add, cast, type Expr, ge, lookup, lt, mul, select, sub, Table, trunc } from '../../ir/expr.js';
import { poly } from '../parts.js';

/**
 * Functions as polynomials on pieces of equal length: a special function is such a function of a variable in which it is smooth, times
 * the factors that make it so. Lengths are powers of two, so that the place within a piece is exact; coefficients are found by
 * `scripts/coefficients.py`, good to 2^-59 of the largest value on the piece.
 */
export interface Pieces {
  readonly start: number;
  readonly width: number;
  readonly count: number;
  readonly terms: number;
  readonly table: Table;
}

export const pieces = (
  name: string,
  start: number,
  width: number,
  count: number,
  coefficients: readonly number[],
): Pieces => ({
  start,
  width,
  count,
  terms: coefficients.length / count,
  table: new Table(name, Float64Array.from(coefficients)),
});

/** The function at a float64; beyond its pieces the nearest one is continued, and means nothing. NaN is NaN. */
export function at(p: Pieces, x: Expr): Expr {
  const place = mul(p.start === 0 ? x : sub(x, p.start), 1 / p.width);
  // A single piece is in powers of the place itself.
  if (p.count === 1) return poly(place, [...p.table.data]);
  const last = p.count - 1;
  // Not by min and max: of NaN, too, the index must be within the table.
  const piece = trunc(select(ge(place, 0), select(lt(place, last), place, last), 0));
  const local = sub(place, piece);
  const t = sub(add(local, local), 1);
  const first = cast(mul(piece, p.terms), 'int32');
  return poly(
    t,
    Array.from({ length: p.terms }, (_, k) => lookup(p.table, k === 0 ? first : add(first, k))),
  );
}
