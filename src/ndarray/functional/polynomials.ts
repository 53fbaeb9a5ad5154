import { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import { float64 } from '../../core/dtype.js';
import { ValueError } from '../../core/errors.js';
import { sliceAxis } from '../../core/ops/move.js';
import { fn } from '../../core/signature.js';
import { arange } from '../creation/range.js';
import { ones, zeros } from '../creation/fill.js';
import { zeros_like } from '../creation/from.js';
import { concatenate } from '../manipulation/join.js';
import { trim_zeros } from '../indexing/edit.js';
import { atleast_1d } from '../manipulation/shape.js';
import type { Like } from '../ufunc.js';
import { convolve } from '../statistics/correlation.js';
import { add, divide, multiply, subtract } from '../ufuncs.js';

/** Polynomials as lists of coefficients, the highest power first. */

type Mixed<A, B> = A extends ArrayValue ? Like<A> : Like<B>;
export type PolynomialPair = <A extends ArrayLike, B extends ArrayLike>(a1: A, a2: B) => Mixed<A, B>;
