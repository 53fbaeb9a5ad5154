import { ArrayValue } from '../array.js';
import { isHost } from '../device/access.js';
import { setMemoryDoor } from '../door.js';
import { type DType, nativeOf } from '../dtype.js';
import { UFuncTypeError } from '../errors.js';
import { announce } from '../transfers.js';
import { assignTo, copyAs, inNativeOrder, isSwapped, onceAs } from './copy.js';

/**
 * Arrays whose elements lie at odd bytes (fields of packed structures) or in the other byte order. Kernels take any byte; routines
 * in JavaScript read typed arrays. They are given aligned, native copies at one door, and what they write goes back through it.
 */

/** Whether every element lies at a multiple of its dtype's alignment. */
export function isAligned(a: ArrayValue): boolean {
  const unit = a.dtype.alignment;
  if (unit === 1 || a.size === 0) return true;
  const start = a.offset + (isHost(a.buffer) ? a.buffer.bytes.byteOffset : 0);
  if (start % unit !== 0) return false;
  for (let i = 0; i < a.shape.length; i++) if (a.shape[i] > 1 && a.strides[i] % unit !== 0) return false;
  return true;
}

/** Whether routines that read typed arrays cannot read this one. */
export const isOdd = (a: ArrayValue): boolean =>
  isSwapped(a.dtype) || (a.dtype.kind !== 'V' && a.dtype.kind !== 'U' && !isAligned(a));

/** The dtype of computed results: native where elements are numbers or times. */
const settledType = (d: DType): DType => (isSwapped(d) ? nativeOf(d) : d);

/** The array itself, or a copy that is aligned and native. */
export const evened = (a: ArrayValue): ArrayValue => (isOdd(a) ? onceAs(a, settledType(a.dtype)) : a);

/** The same for an array in the other byte order only: kernels take every byte. */
export const native = <A>(a: A): A => (a instanceof ArrayValue ? (inNativeOrder(a) as A) : a);

/** Functions that only look at shapes, make views, or move elements as they lie. */
const DIRECT = new Set(
  (
    'reshape ravel transpose permute_dims matrix_transpose swapaxes moveaxis rollaxis squeeze expand_dims atleast_1d atleast_2d ' +
    'atleast_3d broadcast_to broadcast_arrays broadcast flip fliplr flipud rot90 diagonal real imag split array_split hsplit vsplit ' +
    'dsplit unstack array asarray asanyarray ascontiguousarray asfortranarray require copy copyto astype shares_memory ' +
    'may_share_memory isfortran shape size ndim zeros_like ones_like empty_like full_like array_repr array_str array2string frombuffer ' +
    'result_type can_cast promote_types min_scalar_type as_strided sliding_window_view ndenumerate nditer iscomplexobj ' +
    'isrealobj ix_ concatenate concat stack vstack hstack dstack column_stack block append fromarrays fromrecords ' +
    'recursive_fill_fields drop_fields rec_drop_fields assign_fields_by_name require_fields merge_arrays append_fields ' +
    'rec_append_fields stack_arrays unstructured_to_structured meshgrid diag trim_zeros resize full apply_along_axis ' +
    'save save_async savez savez_async savez_compressed savez_compressed_async write_array header_data_from_array_1_0 ' +
    'linalg.matrix_transpose linalg.diagonal'
  ).split(' '),
);

/** Functions whose results have the byte order of their first operand. */
const KEEPS = new Set(
  (
    'take repeat tile roll pad sort partition unique compress extract insert delete diagflat nan_to_num setdiff1d ' +
    'take_along_axis gradient piecewise unique_values unique_all unique_counts unique_inverse real_if_close sort_complex fftshift ifftshift'
  ).split(' '),
);

/** Quantiles that are elements have the byte order of the others, which those between two elements have not. */
const PICKED = new Set(['inverted_cdf', 'closest_observation', 'lower', 'higher', 'nearest']);
const picked = (bound: readonly unknown[], names: readonly string[]): boolean =>
  PICKED.has(String(bound[names.indexOf('method')]));
/** Floats are rounded to integers by a ufunc, everything else by steps that begin with a copy. */
const rounded = (bound: readonly unknown[], names: readonly string[]): boolean =>
  (bound[0] as ArrayValue).dtype?.kind !== 'f' || Number(bound[names.indexOf('decimals')] ?? 0) !== 0;
/** Functions that keep the byte order for some arguments. */
const DEPENDS: Readonly<Record<string, (bound: readonly unknown[], names: readonly string[]) => boolean>> = {
  quantile: picked,
  percentile: picked,
  nanquantile: picked,
  nanpercentile: picked,
  around: rounded,
  round: rounded,
  'linalg.matrix_power': ([, n]) => Number(n) === 0,
  ediff1d: ([, end, begin]) => end !== null || begin !== null,
};

/** Functions whose single elements are scalars in NumPy, and those are native. */
const SCALARS = new Set('take nan_to_num around round quantile percentile nanquantile nanpercentile'.split(' '));

/** Parameters that functions write to, beside `out`. */
const WRITES: Readonly<Record<string, string>> = {
  put: 'a',
  place: 'arr',
  putmask: 'a',
  fill_diagonal: 'a',
  put_along_axis: 'arr',
  // The methods, which work in place.
  sort: 'self',
  partition: 'self',
};

/** Results in the byte order that operands had. */
function swappedBack(result: unknown, like: DType): unknown {
  if (result instanceof ArrayValue) return result.dtype === nativeOf(like) ? copyAs(result, like) : result;
  return Array.isArray(result) ? result.map((r) => swappedBack(r, like)) : result;
}

/** The error of a ufunc about an operand, with the dtype that was given. */
function named(e: unknown, like: DType, bound: readonly unknown[]): unknown {
  const own = nativeOf(like);
  const other = bound.flat().some((x) => x instanceof ArrayValue && x.dtype === own);
  if (other || !(e instanceof UFuncTypeError)) return e;
  e.message = e.message.replaceAll(own.repr(), like.repr());
  return e;
}

setMemoryDoor((f, names, bound) => {
  const { functionName: name } = f;
  // What is not complex is given back as it is.
  if (DIRECT.has(name) || (name === 'real_if_close' && (bound[0] as ArrayValue).dtype?.kind !== 'c'))
    return f.body(...bound);
  const back: [ArrayValue, ArrayValue][] = [];
  let like: DType | null = null;
  const take = (x: unknown, written: boolean): unknown => {
    if (!(x instanceof ArrayValue) || !isOdd(x)) return x;
    if (isSwapped(x.dtype) && !(name === 'setdiff1d' && x !== bound[0])) like ??= x.dtype;
    if (written) x.face.beforeWrite(x, name);
    announce(isSwapped(x.dtype) ? 'dtype' : 'order', x.size * x.dtype.itemsize, x.dtype.str, nativeOf(x.dtype).str);
    const copy = evened(x);
    if (written) back.push([x, copy]);
    return copy;
  };
  const given = bound.map((x, i) => {
    const written = names[i] === 'out' || WRITES[name] === names[i];
    return Array.isArray(x) && x.some((e) => e instanceof ArrayValue && isOdd(e))
      ? x.map((e) => take(e, written))
      : take(x, written);
  });
  let result: unknown;
  try {
    result = f.body(...given);
  } catch (e) {
    throw like === null ? e : named(e, like, bound);
  }
  for (const [to, from] of back) {
    assignTo(to, from);
    if (result === from) result = to;
  }
  const keeps = back.length === 0 && (KEEPS.has(name) || DEPENDS[name]?.(bound, names) === true);
  return keeps && like !== null && !(SCALARS.has(name) && (result as ArrayValue).ndim === 0)
    ? swappedBack(result, like)
    : result;
});
