import type { ArrayValue } from '../../core/array.js';
import { isDescribed } from '../../core/device/shapes.js';
import { NotImplementedError } from '../../core/errors.js';
import { type LinalgRoutine, runRow } from '../../core/linalg/frame.js';
import * as rows from '../../core/linalg/rows.js';
import * as spectral from '../../core/linalg/spectral-rows.js';
import { matmulOf } from '../../core/ops/contract.js';
import { concatenateTo } from '../../core/ops/join.js';
import { component, diagonalOf, expandAxes, permute, sliceAxis, withDtype } from '../../core/ops/move.js';
import * as np from '../../ndarray/index.js';
import { constantOf, zerosLike } from './parts.js';
import { add, conj, div, mul, neg, type Rule, sub, type Value } from './rule.js';

/**
 * Rules of linear algebra, for stacks of real and complex matrices. Written Ḡ for the gradient of a result Y, a loss changes by
 * Re tr(Ḡᴴ dY); the rule is what stands beside dA when dY is written by dA.
 *
 * M. B. Giles, "Collected matrix derivative results for forward and reverse mode algorithmic differentiation" (2008); what else is used is
 * named where it is.
 */

type A = ArrayValue;
const last = (a: A): number => a.ndim - 1;

function transposed(a: A): A {
  const axes = a.shape.map((_, i) => i);
  const n = axes.length;
  [axes[n - 2], axes[n - 1]] = [n - 1, n - 2];
  return permute(a, axes);
}
const adjoint = (a: A): A => conj(transposed(a));
const times = (...factors: A[]): A => factors.reduce((a, b) => matmulOf(a, b));
const minus = (a: A, b: A): A => sub(a, b) as A;
const column = (v: A): A => expandAxes(v, [v.ndim]);
const row = (v: A): A => expandAxes(v, [v.ndim - 1]);
const two = (v: A): A => expandAxes(v, [v.ndim, v.ndim + 1]);
const one = (r: LinalgRoutine, ...args: A[]): A => runRow(r, args)[0];
const solve = (a: A, b: A): A => one(rows.solve, a, b);
/** X with X B = A. */
const solveRight = (a: A, b: A): A => adjoint(solve(adjoint(b), adjoint(a)));
const eye = (like: A): Value =>
  constantOf(np.eye(like.shape[last(like)], { dtype: like.dtype } as never) as never, like);
const lower = (a: A, k = 0): A => np.tril(a as never, k) as never;
const diagonal = (a: A): A => diagonalOf(a, 0, -2, -1);
const realOf = (a: A): A => (a.dtype.kind === 'c' ? component(a, 0) : a);
const imagOf = (a: A): A => component(a, 1);
/** A stack of vectors on the diagonals of matrices. */
const onDiagonal = (v: A): A => mul(column(v), eye(v)) as A;
const zeroDiagonal = (a: A): A => mul(a, sub(1, eye(a))) as A;
/** 1 / x, and 0 where x is 0. */
const reciprocal = (x: Value): Value => {
  const zero = np.equal(x, 0);
  return np.where(zero, 0 as never, div(1, np.where(zero, 1 as never, x)));
};

/** Y = A⁻¹: dY = -Y dA Y. */
const inv: Rule = ([g], { outputs: [y] }) => (g === null ? [null] : [neg(times(adjoint(y), g, adjoint(y)))]);

/** X = A⁻¹ B: B̄ = A⁻ᴴ X̄, Ā = -B̄ Xᴴ. */
const solveRule: Rule = ([g], { inputs: [a], outputs: [x], needs }) => {
  if (g === null) return [null, null];
  const b = solve(adjoint(a), g);
  return [needs[0] ? neg(times(b, adjoint(x))) : null, b];
};
const solve1: Rule = ([g], { inputs: [a], outputs: [x], needs }) => {
  if (g === null) return [null, null];
  const b = one(rows.solve1, adjoint(a), g);
  return [needs[0] ? neg(mul(column(b), row(conj(x)))) : null, b];
};

/**
 * d det = det tr(A⁻¹ dA). Singular matrices have no inverse, but cofactors: with singular values A = U S Vᴴ these are the products of all
 * values but one, between the same vectors.
 */
const det: Rule = ([g], { inputs: [a], outputs: [y] }) => {
  if (g === null) return [null];
  const singular = !isDescribed(y.buffer) && Number(np.any(np.equal(y as never, 0))) !== 0;
  if (!singular) return [mul(two(mul(g, conj(y))), adjoint(one(rows.inv, a)))];
  const [u, s, vh] = runRow(spectral.svdThin, [a]);
  const n = s.shape[last(s)];
  const cut = (from: number, to: number): Value => np.prod(sliceAxis(s, last(s), from, to) as never, -1 as never);
  const others = np.stack(
    Array.from({ length: n }, (_, i) => mul(cut(0, i), cut(i + 1, n))),
    -1 as never,
  ) as unknown as A;
  const turn = mul(one(rows.det, u), one(rows.det, vh));
  return [mul(two(mul(g, conj(turn))), times(mul(u, row(others)), vh))];
};

/** d log|det| = Re tr(A⁻¹ dA); the sign of complex matrices turns by the imaginary part. */
const slogdet: Rule = ([gs, gl], { inputs: [a], outputs: [sign] }) => {
  let k: Value = gl;
  if (gs !== null && sign.dtype.kind === 'c') {
    const turn = mul(neg(imagOf(mul(conj(gs), sign))), np.complex(0, 1));
    k = k === null ? turn : add(k, turn);
  }
  return k === null ? [null] : [mul(two(k), adjoint(one(rows.inv, a)))];
};

/**
 * A = L Lᴴ: I. Murray, "Differentiation of the Cholesky decomposition" (2016). The gradient is that of a Hermitian matrix, as in TensorFlow,
 * though only one triangle is read.
 */
function cholesky(l: A, g: A): A {
  const p = lower(times(adjoint(l), g));
  const half = minus(p, mul(onDiagonal(diagonal(p)), 0.5) as A);
  const s = add(half, adjoint(half)) as A;
  const lh = adjoint(l);
  return mul(adjoint(solve(lh, adjoint(solve(lh, s)))), 0.5) as A;
}
const choleskyLower: Rule = ([g], { outputs: [l] }) => (g === null ? [null] : [cholesky(l, g)]);
const choleskyUpper: Rule = ([g], { outputs: [u] }) => (g === null ? [null] : [cholesky(adjoint(u), adjoint(g))]);

/**
 * A = Q R: S. F. Walter and L. Lehmann, "Algorithmic differentiation of linear algebra functions with application in optimum experimental
 * design" (2010). The diagonal of R is real, so that of what ties Q to itself is imaginary.
 */
function deepQR(q: A, r: A, gq: A | null, gr: A | null): A {
  const m1 = gr === null ? null : times(r, adjoint(gr));
  const m2 = gq === null ? null : times(adjoint(gq), q);
  const m = (m1 === null ? neg(m2) : m2 === null ? m1 : sub(m1, m2)) as A;
  const below = lower(m, -1);
  const tie = add(add(below, adjoint(below)), onDiagonal(withDtype(realOf(diagonal(m)), m.dtype))) as A;
  const inner = times(q, tie);
  return solveRight(gq === null ? inner : (add(gq, inner) as A), adjoint(r));
}
function qrBack(a: A, q: A, r: A, gq: A | null, gr: A | null): A | null {
  if (gq === null && gr === null) return null;
  const [m, n] = a.shape.slice(-2);
  if (m >= n) return deepQR(q, r, gq, gr);
  // The first columns have the same Q, and the others are Q times those of R.
  const [u, du, dv] = [
    sliceAxis(r, last(r), 0, m),
    gr && sliceAxis(gr, last(r), 0, m),
    gr && sliceAxis(gr, last(r), m, n),
  ];
  const y = sliceAxis(a, last(a), m, n);
  const more = dv === null ? null : times(y, adjoint(dv));
  const dq = gq === null ? more : more === null ? gq : (add(gq, more) as A);
  const first = deepQR(q, u, dq, du);
  const rest = dv === null ? (zerosLike(y) as A) : times(q, dv);
  return concatenateTo([first, rest], last(a), first.dtype);
}
const qrReduced: Rule = ([gq, gr], { inputs: [a], outputs: [q, r] }) => [qrBack(a, q, r, gq, gr)];
const qrComplete: Rule = ([gq, gr], { inputs: [a], outputs: [q, r] }) => {
  const [m, n] = a.shape.slice(-2);
  if (m > n)
    throw new NotImplementedError(
      `gradient of linalg.qr: with mode='complete' and more rows (${m}) than columns (${n}) Q is not determined; use mode='reduced'`,
    );
  return [qrBack(a, q, r, gq, gr)];
};
const qrR: Rule = ([g], { inputs: [a], outputs: [r] }) =>
  g === null ? [null] : [qrBack(a, runRow(rows.qrReduced, [a])[0], r, null, g)];

/** The gradient of a Hermitian matrix of which one triangle is read: that of the entries there. */
function triangleOf(g: A, upper: boolean): A {
  const both = add(g, adjoint(g)) as A;
  const kept = upper ? (np.triu(both as never) as unknown as A) : lower(both);
  return minus(kept, mul(onDiagonal(diagonal(both)), 0.5) as A);
}

/** A = V diag(w) Vᴴ. Vectors of equal values are taken not to turn into each other. */
const eigh =
  (upper: boolean): Rule =>
  ([gw, gv], { outputs: [w, v] }) => {
    if (gw === null && gv === null) return [null];
    let inner: Value = gw === null ? null : onDiagonal(gw);
    if (gv !== null) {
      const f = reciprocal(sub(row(w), column(w)));
      const turn = mul(f, times(adjoint(v), gv));
      inner = inner === null ? turn : add(inner, turn);
    }
    return [triangleOf(times(v, withDtype(inner, v.dtype), adjoint(v)), upper)];
  };
const eigvalsh =
  (upper: boolean): Rule =>
  ([g], { inputs: [a] }) => {
    if (g === null) return [null];
    const v = runRow(upper ? spectral.eighUpper : spectral.eighLower, [a])[1];
    return [triangleOf(times(mul(v, row(g)) as A, adjoint(v)), upper)];
  };

/** A V = V diag(w), columns of length 1: C. Boeddeker et al., "On the computation of complex-valued gradients" (2017), 4.77. */
const eig: Rule = ([gw, gv], { outputs: [w, v] }) => {
  if (gw === null && gv === null) return [null];
  const vh = adjoint(v);
  let inner: Value = gw === null ? null : onDiagonal(gw);
  if (gv !== null) {
    const vg = times(vh, gv);
    const turn = minus(vg, mul(times(vh, v), row(realOf(diagonal(vg)))) as A);
    const f = conj(reciprocal(sub(row(w), column(w))));
    const part = zeroDiagonal(mul(turn, f) as A);
    inner = inner === null ? part : add(inner, part);
  }
  return [solve(vh, times(inner, vh))];
};
const eigvals: Rule = ([g], { inputs: [a] }) => {
  if (g === null) return [null];
  const vh = adjoint(runRow(spectral.eig, [a])[1]);
  return [solve(vh, mul(column(g), vh) as A)];
};

/**
 * A = U diag(S) Vᴴ: J. Townsend, "Differentiating the singular value decomposition" (2016), and for complex matrices Z.-Q. Wan and
 * S.-X. Zhang, "Automatic differentiation for complex valued SVD" (2019).
 */
function svdBack(u: A, s: A, vh: A, gu: A | null, gs: A | null, gvh: A | null): A {
  const v = adjoint(vh);
  const parts: A[] = [];
  const middle: A[] = [];
  if (gs !== null) middle.push(onDiagonal(gs));
  const square = mul(s, s);
  const f = reciprocal(sub(row(square as A), column(square as A)));
  const inverse = reciprocal(s);
  const skew = (x: A): A => mul(f, minus(x, adjoint(x))) as A;
  if (gu !== null) {
    const x = times(adjoint(u), gu);
    middle.push(mul(skew(x), row(s)) as A);
    if (u.shape[last(u) - 1] > u.shape[last(u)]) parts.push(times(mul(minus(gu, times(u, x)), row(inverse)) as A, vh));
    if (u.dtype.kind === 'c') middle.push(onDiagonal(mul(mul(imagOf(diagonal(x)), inverse), np.complex(0, 1)) as A));
  }
  if (gvh !== null) {
    const gv = adjoint(gvh);
    const x = times(vh, gv);
    middle.push(mul(column(s), skew(x)) as A);
    if (v.shape[last(v) - 1] > v.shape[last(v)])
      parts.push(times(u, mul(column(inverse), adjoint(minus(gv, times(v, x)))) as A));
  }
  if (middle.length > 0) {
    const sum = middle.reduce((a, b) => add(a, b) as A);
    parts.push(times(times(u, withDtype(sum, u.dtype)), vh));
  }
  return parts.reduce((a, b) => add(a, b) as A);
}
const svdThin: Rule = ([gu, gs, gvh], { outputs: [u, s, vh] }) =>
  gu === null && gs === null && gvh === null ? [null] : [svdBack(u, s, vh, gu, gs, gvh)];
const svdFull: Rule = ([gu, gs, gvh], { inputs: [a], outputs: [u, s, vh] }) => {
  if (gu === null && gs === null && gvh === null) return [null];
  const [m, n] = a.shape.slice(-2);
  const k = Math.min(m, n);
  if (m !== n && (gu !== null || gvh !== null))
    throw new NotImplementedError(
      `gradient of linalg.svd: with full_matrices the vectors of a matrix of ${m} rows and ${n} columns are not determined; use full_matrices: false`,
    );
  return [svdBack(sliceAxis(u, last(u), 0, k), s, sliceAxis(vh, last(vh) - 1, 0, k), gu, gs, gvh)];
};
const svdValues: Rule = ([g], { inputs: [a] }) => {
  if (g === null) return [null];
  const [u, , vh] = runRow(spectral.svdThin, [a]);
  return [times(mul(u, row(g)) as A, vh)];
};

/**
 * The pseudo-inverse P of A, of constant rank: G. H. Golub and V. Pereyra, "The differentiation of pseudo-inverses and nonlinear least
 * squares problems whose variables separate" (1973): dP = -P dA P + P Pᴴ dAᴴ (I - A P) + (I - P A) dAᴴ Pᴴ P.
 */
const pinv: Rule = ([g], { inputs: [a], outputs: [p] }) => {
  if (g === null) return [null];
  const [ph, gh] = [adjoint(p), adjoint(g)];
  const first = neg(times(ph, g, ph)) as A;
  const second = times(minus(gh, times(a, times(p, gh))), times(p, ph));
  const third = times(times(ph, p), minus(gh, times(gh, times(p, a))));
  return [add(add(first, second), third)];
};

/** x = P b with the pseudo-inverse, the squares of what is left of b, and singular values. */
const lstsq: Rule = ([gx, gleft, , gs], { inputs: [a, b], outputs: [x] }) => {
  let [ga, gb]: (A | null)[] = [null, null];
  const more = (to: A | null, v: Value): A => (to === null ? v : add(to, v)) as A;
  const left = minus(b, times(a, x));
  if (gx !== null) {
    const p = np.linalg.pinv(a as never) as unknown as A;
    const ph = adjoint(p);
    gb = times(ph, gx);
    const gh = adjoint(gx);
    ga = neg(times(gb, adjoint(x))) as A;
    ga = more(ga, times(left, times(gh, times(p, ph))));
    ga = more(ga, times(times(ph, x), minus(gh, times(times(gh, p), a))));
  }
  if (gleft !== null) {
    const scaled = mul(mul(left, 2), row(gleft)) as A;
    gb = more(gb, scaled);
    ga = more(ga, neg(times(scaled, adjoint(x))));
  }
  if (gs !== null) {
    const [u, , vh] = runRow(spectral.svdThin, [a]);
    ga = more(ga, times(mul(u, row(gs)) as A, vh));
  }
  return [ga, gb];
};

/**
 * P A = L U, both triangles in one matrix: dL is strictly lower, dU upper, and L⁻¹ P dA U⁻¹ = L⁻¹ dL + dU U⁻¹ falls apart into these two.
 */
const lu: Rule = ([g], { outputs: [both, order] }) => {
  if (g === null) return [null];
  const l = add(lower(both, -1), eye(both)) as A;
  const u = np.triu(both as never) as unknown as A;
  const tie = add(
    lower(times(adjoint(l), lower(g, -1)), -1),
    np.triu(times(np.triu(g as never) as unknown as A, adjoint(u)) as never),
  ) as A;
  const permuted = solveRight(solve(adjoint(l), tie), adjoint(u));
  const back = np.expand_dims(np.argsort(order as never, { axis: -1 } as never) as never, -1);
  return [np.take_along_axis(permuted as never, back as never, { axis: -2 } as never) as unknown as A];
};

const named = (r: LinalgRoutine, rule: Rule): [string, Rule] => [r.primitive.name, rule];

export const DECOMPOSITIONS: Readonly<Record<string, Rule>> = Object.fromEntries([
  named(rows.inv, inv),
  named(rows.solve, solveRule),
  named(rows.solve1, solve1),
  named(rows.det, det),
  named(rows.slogdet, slogdet),
  named(rows.choleskyLower, choleskyLower),
  named(rows.choleskyUpper, choleskyUpper),
  named(rows.qrReduced, qrReduced),
  named(rows.qrComplete, qrComplete),
  named(rows.qrR, qrR),
  named(rows.lu, lu),
  named(spectral.eighLower, eigh(false)),
  named(spectral.eighUpper, eigh(true)),
  named(spectral.eigvalshLower, eigvalsh(false)),
  named(spectral.eigvalshUpper, eigvalsh(true)),
  named(spectral.eig, eig),
  named(spectral.eigvals, eigvals),
  named(spectral.svdThin, svdThin),
  named(spectral.svdFull, svdFull),
  named(spectral.svdValues, svdValues),
  named(spectral.lstsq, lstsq),
  ['linalg.pinv', pinv],
]);
