import { toArray } from '../../core/coerce.js';
import { type DType, float64, type ScalarType } from '../../core/dtype.js';
import { TypeError } from '../../core/errors.js';
import * as x from '../../core/ir/expr.js';
import type { Expr, Pair } from '../../core/ir/expr.js';
import * as m from '../../core/math/index.js';
import { concatenateTo } from '../../core/ops/join.js';
import { sliceAxis, withDtype } from '../../core/ops/move.js';
import { accumulateRow } from '../../core/ops/along.js';
import { type Loop, over, row, type UfuncRow } from '../../core/ops/row.js';
import { applyRow } from '../../core/ops/execute.js';
import { type UfuncOperand, Weak } from '../../core/ops/operand.js';
import * as arithmetic from '../../core/ops/ufuncs/arithmetic.js';
import { sin } from '../../core/ops/ufuncs/elementary.js';
import * as logic from '../../core/ops/ufuncs/logic.js';
import { resultType, weakKindOf } from '../../core/promote.js';
import { fn } from '../../core/signature.js';
import { normalizeAxis, copyOrder } from '../../core/view.js';
import { diff } from '../manipulation/diff.js';
import type { ArrayLike, ArrayValue, Reduced } from './common.js';
import { real, Steps } from './steps.js';

/** A Bessel function, the cardinal sine, and the unwrapping of phases. */

type Unary = <A extends ArrayLike>(x: A) => Reduced<A>;

// Chebyshev coefficients of exp(-x) I0(x), on 0 … 8 in x/2 - 2, and beyond in 32/x - 2 with a factor of sqrt(x); from Clenshaw's
// tables as the Cephes library gives them.
const NEAR: readonly number[] = [
  -4.4153416464793395e-18, 3.3307945188222384e-17, -2.431279846547955e-16, 1.715391285555133e-15,
  -1.1685332877993451e-14, 7.676185498604936e-14, -4.856446783111929e-13, 2.95505266312964e-12, -1.726826291441556e-11,
  9.675809035373237e-11, -5.189795601635263e-10, 2.6598237246823866e-9, -1.300025009986248e-8, 6.046995022541919e-8,
  -2.670793853940612e-7, 1.1173875391201037e-6, -4.4167383584587505e-6, 1.6448448070728896e-5, -5.754195010082104e-5,
  1.8850288509584165e-4, -5.763755745385824e-4, 1.6394756169413357e-3, -4.324309995050576e-3, 1.0546460394594998e-2,
  -2.373741480589947e-2, 4.930528423967071e-2, -9.490109704804764e-2, 1.7162090152220877e-1, -3.0468267234319843e-1,
  6.767952744094761e-1,
];
const FAR: readonly number[] = [
  -7.233180487874754e-18, -4.830504485944182e-18, 4.46562142029676e-17, 3.461222867697461e-17, -2.8276239805165834e-16,
  -3.425485619677219e-16, 1.7725601330565263e-15, 3.8116806693526224e-15, -9.554846698828307e-15,
  -4.150569347287222e-14, 1.54008621752141e-14, 3.8527783827421426e-13, 7.180124451383666e-13, -1.7941785315068062e-12,
  -1.3215811840447713e-11, -3.1499165279632416e-11, 1.1889147107846439e-11, 4.94060238822497e-10, 3.3962320257083865e-9,
  2.266668990498178e-8, 2.0489185894690638e-7, 2.8913705208347567e-6, 6.889758346916825e-5, 3.3691164782556943e-3,
  8.04490411014108831608e-1,
];

/** Clenshaw's recurrence. */
function chebyshev(t: Expr, c: readonly number[]): Expr {
  let b0: Expr = x.konst(t.type, c[0]);
  let b1: Expr = x.konst(t.type, 0);
  let b2: Expr = b1;
  for (const k of c.slice(1)) {
    b2 = b1;
    b1 = b0;
    b0 = x.add(x.sub(x.mul(t, b1), b2), k);
  }
  return x.mul(0.5, x.sub(b0, b2));
}

const bessel: UfuncRow = /*@__PURE__*/ row('i0', 1, 1, {
  types: over('efd', '$->$'),
  real: (v: Expr) => {
    const type: ScalarType = v.type;
    const a = x.cast(x.abs(v), 'float64');
    // Each branch gets an argument that it can take.
    const small = x.select(x.le(a, 8), a, 8);
    const large = x.select(x.le(a, 8), 8, a);
    const near = chebyshev(x.sub(x.div(small, 2), 2), NEAR);
    const far = x.div(chebyshev(x.sub(x.div(32, large), 2), FAR), x.sqrt(large));
    return x.cast(x.mul(m.exp(a), x.select(x.le(a, 8), near, far)), type);
  },
  doc: 'Modified Bessel function of the first kind, order 0.',
});

/** Coefficients of the derivative of a series in Chebyshev's polynomials, both from the highest degree down and with the first one doubled. */
function derived(c: readonly number[]): number[] {
  const n = c.length;
  const low = [...c].reverse();
  const d = new Array<number>(n + 1).fill(0);
  for (let k = n - 1; k >= 1; k--) d[k - 1] = (d[k + 1] ?? 0) + 2 * k * low[k];
  return d.slice(0, n - 1).reverse();
}

const bessel1: UfuncRow = /*@__PURE__*/ row('i1', 1, 1, {
  types: over('efd', '$->$'),
  // The derivative of order 0, by those of its series.
  real: (v: Expr) => {
    const wide = x.cast(v, 'float64');
    const a = x.abs(wide);
    const small = x.select(x.le(a, 8), a, 8);
    const large = x.select(x.le(a, 8), 8, a);
    const t = x.sub(x.div(small, 2), 2);
    const near = x.add(chebyshev(t, NEAR), x.mul(0.25, chebyshev(t, derived(NEAR))));
    const u = x.sub(x.div(32, large), 2);
    const f = chebyshev(u, FAR);
    const slope = x.div(x.mul(16, chebyshev(u, derived(FAR))), x.mul(large, large));
    const far = x.div(x.sub(x.sub(f, x.div(f, x.mul(2, large))), slope), x.sqrt(large));
    return x.cast(x.copysign(x.mul(m.exp(a), x.select(x.le(a, 8), near, far)), wide), v.type);
  },
  doc: 'Modified Bessel function of the first kind, order 1.',
});
/** @internal Modified Bessel function of the first kind, order 1: the derivative of `i0`. */
export const besselI1 = (v: ArrayLike): ArrayValue => applyRow(bessel1, [toArray(v)]) as ArrayValue;

/**
 * Modified Bessel function of the first kind, order 0.
 * @throws TypeError for complex numbers
 * @example np.i0([0, 1, 2]) // → array([1.        , 1.26606588, 2.2795853 ])
 */
export const i0: Unary = /*@__PURE__*/ fn<Unary>(
  'i0',
  'x',
  (given) => {
    const v = toArray(given);
    if (v.dtype.kind === 'c') throw new TypeError('i0 not supported for complex values');
    return applyRow(bessel, [v.dtype.kind === 'f' ? v : withDtype(v, float64)]);
  },
  'primitive',
);

const EPS: Record<string, number> = { float16: 2 ** -10, float32: 2 ** -23, float64: 2 ** -52 };

/** x, or a number where x is zero. */
const or_else: UfuncRow = /*@__PURE__*/ row('or_else', 2, 1, {
  types: over('efdFD', '$$->$'),
  real: (v: Expr, by: Expr) => x.select(x.ne(v, 0), v, by),
  complex: (v: Pair, by: Pair, _loop: Loop) => {
    const some = x.or(x.ne(v.re, 0), x.ne(v.im, 0));
    return { re: x.select(some, v.re, by.re), im: x.select(some, v.im, by.im) };
  },
  doc: 'x where it is not zero, else a value.',
});

/**
 * The cardinal sine sin(πx) / (πx), which is 1 at 0.
 * @example np.sinc([0, 0.5, 1]) // → array([1.00000000e+00, 6.36619772e-01, 3.89817183e-17])
 */
export const sinc: Unary = /*@__PURE__*/ fn<Unary>(
  'sinc',
  'x',
  (given) => {
    const s = new Steps();
    const y = s.do(arithmetic.multiply, toArray(given), real(Math.PI));
    const z = s.do(or_else, y, real(y.dtype.kind === 'f' ? EPS[y.dtype.name] : 1e-20));
    return s.end(applyRow(arithmetic.divide, [s.do(sin, z), z]) as ArrayValue);
  },
  'composite',
);

/** Keywords of `unwrap`. */
export interface UnwrapKeywords {
  /** The least jump that is corrected; half a period unless given. */
  discont?: number | null;
  axis?: number;
  period?: number;
}
export type UnwrapFunction = <A extends ArrayLike>(
  p: A,
  discont?: number | null | UnwrapKeywords,
  axis?: number | UnwrapKeywords,
  kw?: UnwrapKeywords,
) => Reduced<A>;

const choose: UfuncRow = /*@__PURE__*/ row('choose', 3, 1, {
  types: over('bBhHiIlLefd', '?$$->$'),
  real: (c: Expr, a: Expr, b: Expr) => x.select(c, a, b),
  doc: 'a where a condition holds, else b.',
});

/**
 * Takes whole periods off the jumps between neighbours, so that none is longer than half a period.
 *
 * @throws ValueError for arrays without axes, AxisError
 * @example np.unwrap([0, 1, 2, -1, 0], {period: 4}) // → array([0., 1., 2., 3., 4.])
 */
export const unwrap: UnwrapFunction = /*@__PURE__*/ fn<UnwrapFunction>(
  'unwrap',
  'p, discont=None, axis=-1, *, period=6.283185307179586',
  (given, discont, axis, period) => {
    const p = toArray(given);
    const s = new Steps();
    const dd = s.own(diff(p, { axis }) as ArrayValue);
    const k = normalizeAxis(axis, p.ndim);
    const type: DType = resultType([dd.dtype], [weakKindOf(period)]);
    const integer = type.kind === 'i' || type.kind === 'u';
    const number = (v: number): UfuncOperand => new Weak(v, integer ? 'int' : 'float');
    const high = integer ? Math.floor(period / 2) : period / 2;
    const low = -high;
    let rest = s.do(
      arithmetic.add,
      s.do(arithmetic.remainder, s.do(arithmetic.subtract, dd, number(low)), number(period)),
      number(low),
    );
    if (!integer || period % 2 === 0) {
      const edge = s.do(logic.bitwise_and, s.do(logic.equal, rest, number(low)), s.do(logic.greater, dd, number(0)));
      rest = s.do(choose, edge, number(high), rest);
    }
    const small = s.do(logic.less, s.do(arithmetic.absolute, dd), real(discont ?? period / 2));
    const correction = s.do(choose, small, number(0), s.do(arithmetic.subtract, rest, dd));
    const total = s.own(accumulateRow(arithmetic.add, correction, k, null, null));
    const n = p.shape[k];
    const first = sliceAxis(p, k, 0, Math.min(1, n));
    const later = s.do(arithmetic.add, sliceAxis(p, k, Math.min(1, n), n), total);
    const parts = [first, later].map((v) => (v.dtype === type ? v : s.own(withDtype(v, type))));
    return s.end(concatenateTo(parts, k, type, copyOrder(p.strides)));
  },
  'composite',
);
