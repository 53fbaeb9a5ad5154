import { zerosOn } from '../../core/ops/movement.js';
import { elsewhere } from '../../core/ops/place.js';
import { ArrayValue, isFortran } from '../../core/array.js';
import { type ArrayLike, allocate, toArray } from '../../core/coerce.js';
import type { HostBuffer } from '../../core/device/device.js';
import { isComplex } from '../../core/complex.js';
import { accessor, forEachOffset, host } from '../../core/device/access.js';
import { bool } from '../../core/dtype.js';
import { TypeError } from '../../core/errors.js';
import { assignTo, orderedStrides } from '../../core/ops/copy.js';
import { castTo, component, readOnly } from '../../core/ops/move.js';
import { fn } from '../../core/signature.js';
import type { Like } from '../ufunc.js';
import * as u from '../ufuncs.js';

/** The halves of complex numbers. */

/** The real part: a view of a complex array; a real array itself. */
export const realOf = (a: ArrayValue): ArrayValue => (a.dtype.kind === 'c' ? component(a, 0) : a);

/** Zeros in the shape, dtype and class of an array. */
function zerosAs(a: ArrayValue, dtype = a.dtype): ArrayValue {
  if ('bytes' in a.buffer && (!isFortran(a) || dtype !== a.dtype)) return allocate(a.shape, dtype, a.face, true);
  if (dtype.hasobject) {
    const turned = allocate([...a.shape].reverse(), dtype, a.face, true);
    return turned.face.view(turned, dtype, a.shape, [...turned.strides].reverse(), turned.offset);
  }
  const out = castTo(a, dtype, isFortran(a) ? 'F' : 'C');
  if ('bytes' in out.buffer) (out.buffer as HostBuffer).bytes.fill(0);
  else assignTo(out, toArray(0, dtype));
  return out;
}

/** The imaginary part: a view of a complex array; for a real array, zeros that may not be written. */
export const imagOf = (a: ArrayValue): ArrayValue => (a.dtype.kind === 'c' ? component(a, 1) : readOnly(zerosAs(a)));

const isPlain = (x: unknown): x is number | bigint | boolean =>
  typeof x === 'number' || typeof x === 'bigint' || typeof x === 'boolean';

export interface Half {
  (val: number | { readonly re: number; readonly im: number }): number;
  <A extends ArrayLike>(val: A): Like<A>;
}

/**
 * The real part: a view of a complex array, a real array itself, a number for a scalar.
 * @example np.real([1, np.complex(2, 3)]) // → array([1., 2.])
 */
export const real: Half = /*@__PURE__*/ fn(
  'real',
  'val',
  (val) => {
    if (isPlain(val)) return val;
    if (isComplex(val) && !((val as object) instanceof ArrayValue)) return val.re;
    return realOf(toArray(val));
  },
  'primitive',
);

/**
 * The imaginary part: a view of a complex array, read-only zeros for a real one, a number for a scalar.
 *
 * @example np.imag(np.complex(2, 3)) // → 3
 */
export const imag: Half = /*@__PURE__*/ fn(
  'imag',
  'val',
  (val) => {
    if (isPlain(val)) return 0;
    if (isComplex(val) && !((val as object) instanceof ArrayValue)) return val.im;
    return imagOf(toArray(val));
  },
  'primitive',
);

const EPS: Record<string, number> = { complex64: 2 ** -23, complex128: 2 ** -52 };

/**
 * The real part where all imaginary parts are close to zero, else the array itself.
 *
 * @param tol tolerance, in units of the dtype's epsilon when above 1, else absolute
 * @example np.real_if_close([np.complex(1, 1e-16)]) // → array([1.])
 */
export const real_if_close: <A extends ArrayLike>(a: A, tol?: number | { tol?: number }) => Like<A> = /*@__PURE__*/ fn(
  'real_if_close',
  'a, tol=100',
  (a, tol) => {
    const x = toArray(a);
    if (x.dtype.kind !== 'c') return x;
    const limit = tol > 1 ? EPS[x.dtype.name] * tol : tol;
    const im = component(x, 1);
    const read = accessor(host(im.buffer, 'real_if_close'), im.dtype.part);
    let close = true;
    forEachOffset(im.shape, im.strides, im.offset, (p) => {
      if (!(Math.abs(read.get(p) as number) < limit)) close = false;
    });
    return close ? component(x, 0) : x;
  },
  'host',
);

/**
 * The angle of complex numbers in the plane, in (-π, π].
 *
 * @param deg degrees instead of radians
 * @example np.angle(np.complex(0, 1), true) // → array(90.)
 */
export const angle: <A extends ArrayLike>(z: A, deg?: boolean | { deg?: boolean }) => Like<A> = /*@__PURE__*/ fn(
  'angle',
  'z, deg=False',
  (z, deg) => {
    const a = toArray(z);
    const out = (a.dtype.kind === 'c' ? u.arctan2(component(a, 1), component(a, 0)) : u.arctan2(0, a)) as ArrayValue;
    return deg ? u.multiply(out, 180 / Math.PI) : out;
  },
);

/** Element-wise: whether the imaginary part is zero. @example np.isreal([1, np.complex(0, 1)]) // → array([ True, False]) */
export const isreal: <A extends ArrayLike>(x: A) => Like<A> = /*@__PURE__*/ fn('isreal', 'x', (x) => {
  const a = toArray(x);
  const { kind } = a.dtype;
  if ('biufc'.includes(kind)) return u.equal(imagOf(a), 0);
  if (kind === 'V') throw new TypeError('Cannot compare structured or void to non-void arrays.');
  // What cannot be compared with the number 0 is not equal to it.
  const unlike = kind === 'U' || kind === 'S' || kind === 'M';
  const made = allocate(a.shape, bool, a.face, true);
  const zeros = made.face.view(made, bool, a.shape, orderedStrides(a, 'A', 1), made.offset);
  return unlike ? zeros : u.logical_not(zeros);
});

/** Element-wise: whether the imaginary part is not zero. @example np.iscomplex([1, np.complex(0, 1)]) // → array([False,  True]) */
export const iscomplex: <A extends ArrayLike>(x: A) => Like<A> = /*@__PURE__*/ fn('iscomplex', 'x', (x) => {
  const a = toArray(x);
  if (a.dtype.kind === 'c') return u.not_equal(component(a, 1), 0);
  const there = elsewhere([a], 'iscomplex');
  return there === null
    ? allocate(a.shape, bool, a.face, true)
    : zerosOn(there, a.shape, { dtype: bool, face: a.face });
});

/**
 * Whether the dtype is not complex.
 *
 * @example np.isrealobj([1, 2]) // → true
 */
export const isrealobj: (x: unknown) => boolean = /*@__PURE__*/ fn(
  'isrealobj',
  'x',
  (x) => toArray(x).dtype.kind !== 'c',
);

/**
 * Whether the dtype is complex.
 *
 * @example np.iscomplexobj([np.complex(1, 0)]) // → true
 */
export const iscomplexobj: (x: unknown) => boolean = /*@__PURE__*/ fn(
  'iscomplexobj',
  'x',
  (x) => toArray(x).dtype.kind === 'c',
);
