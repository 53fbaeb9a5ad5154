import type { ArrayValue } from '../../core/array.js';
import { type FourierAttrs, fourierOf } from '../../core/fft/transform.js';
import { padWith } from '../../core/ops/join.js';
import { sliceAxis } from '../../core/ops/move.js';
import * as np from '../../ndarray/index.js';
import { constantOf } from './parts.js';
import { mul, type Rule, type Value } from './rule.js';

/** The rule of Fourier transforms: linear maps, whose gradients go through the adjoint map, the transform in the other direction. */

/** An axis cut, or filled up with zeros, to a length. */
function sized(a: ArrayValue, axis: number, n: number): ArrayValue {
  const m = a.shape[axis];
  if (m === n) return a;
  if (m > n) return sliceAxis(a, axis, 0, n);
  const none = new Array<number>(a.ndim).fill(0);
  return padWith(
    a,
    none,
    none.map((_, i) => (i === axis ? n - m : 0)),
    null,
  );
}

/** How often each point of Hermitian input stands in the whole: once at 0 and in the middle, twice elsewhere. */
function counts(points: number, n: number, axis: number, like: ArrayValue): Value {
  const w = Array.from({ length: points }, (_, k) => (k === 0 || 2 * k === n ? 1 : 2));
  const shape = like.shape.map((_, i) => (i === axis ? points : 1));
  return constantOf(np.array(w, like.dtype.name === 'complex64' ? 'float32' : 'float64').reshape(shape) as never, like);
}

const fft: Rule = ([g], { inputs: [x], attrs }) => {
  if (g === null) return [null];
  const { kind, n, axis, backward, factor } = attrs as FourierAttrs;
  const back = { n, axis, backward: !backward, factor };
  const length = x.shape[axis];
  if (kind !== 'hermitian') return [sized(fourierOf(g, { ...back, kind: 'complex' }), axis, length)];
  const half = fourierOf(g, { ...back, kind: 'real' });
  return [sized(mul(half, counts(half.shape[axis], n, axis, half)), axis, length)];
};

export const SPECTRAL: Readonly<Record<string, Rule>> = { fft };
