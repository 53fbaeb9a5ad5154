import { describe, expect, test } from '@jest/globals';
import { parseSignature } from '../../src/core/signature.js';
import { np, tf } from '../../src/index.js';
import { loadPairs, NAN_SIGNS, run } from '../golden/pairs.js';

/** The standard's functions, with the parameters that it gives them: those before `/` by position, those after `*` by name. */
const SPEC = `
arange(start, /, stop, step, *, dtype, device)
asarray(obj, /, *, dtype, device, copy)
empty(shape, *, dtype, device)
empty_like(x, /, *, dtype, device)
eye(n_rows, n_cols, /, *, k, dtype, device)
from_dlpack(x, /, *, device, copy)
full(shape, fill_value, *, dtype, device)
full_like(x, /, fill_value, *, dtype, device)
linspace(start, stop, /, num, *, dtype, device, endpoint)
meshgrid(*arrays, indexing)
ones(shape, *, dtype, device)
ones_like(x, /, *, dtype, device)
tril(x, /, *, k)
triu(x, /, *, k)
zeros(shape, *, dtype, device)
zeros_like(x, /, *, dtype, device)
astype(x, dtype, /, *, copy, device)
can_cast(from_, to, /)
finfo(type, /)
iinfo(type, /)
isdtype(dtype, kind)
result_type(*arrays_and_dtypes)
abs(x, /)
acos(x, /)
acosh(x, /)
add(x1, x2, /)
asin(x, /)
asinh(x, /)
atan(x, /)
atan2(x1, x2, /)
atanh(x, /)
bitwise_and(x1, x2, /)
bitwise_left_shift(x1, x2, /)
bitwise_invert(x, /)
bitwise_or(x1, x2, /)
bitwise_right_shift(x1, x2, /)
bitwise_xor(x1, x2, /)
ceil(x, /)
clip(x, /, min, max)
conj(x, /)
copysign(x1, x2, /)
cos(x, /)
cosh(x, /)
divide(x1, x2, /)
equal(x1, x2, /)
exp(x, /)
expm1(x, /)
floor(x, /)
floor_divide(x1, x2, /)
greater(x1, x2, /)
greater_equal(x1, x2, /)
hypot(x1, x2, /)
imag(x, /)
isfinite(x, /)
isinf(x, /)
isnan(x, /)
less(x1, x2, /)
less_equal(x1, x2, /)
log(x, /)
log1p(x, /)
log2(x, /)
log10(x, /)
logaddexp(x1, x2, /)
logical_and(x1, x2, /)
logical_not(x, /)
logical_or(x1, x2, /)
logical_xor(x1, x2, /)
maximum(x1, x2, /)
minimum(x1, x2, /)
multiply(x1, x2, /)
negative(x, /)
nextafter(x1, x2, /)
not_equal(x1, x2, /)
positive(x, /)
pow(x1, x2, /)
real(x, /)
reciprocal(x, /)
remainder(x1, x2, /)
round(x, /)
sign(x, /)
signbit(x, /)
sin(x, /)
sinh(x, /)
square(x, /)
sqrt(x, /)
subtract(x1, x2, /)
tan(x, /)
tanh(x, /)
trunc(x, /)
take(x, indices, /, *, axis)
take_along_axis(x, indices, /, *, axis)
matmul(x1, x2, /)
matrix_transpose(x, /)
tensordot(x1, x2, /, *, axes)
vecdot(x1, x2, /, *, axis)
broadcast_arrays(*arrays)
broadcast_to(x, /, shape)
concat(arrays, /, *, axis)
expand_dims(x, /, *, axis)
flip(x, /, *, axis)
moveaxis(x, source, destination, /)
permute_dims(x, /, axes)
repeat(x, repeats, /, *, axis)
reshape(x, /, shape, *, copy)
roll(x, /, shift, *, axis)
squeeze(x, /, axis)
stack(arrays, /, *, axis)
tile(x, repetitions, /)
unstack(x, /, *, axis)
argmax(x, /, *, axis, keepdims)
argmin(x, /, *, axis, keepdims)
count_nonzero(x, /, *, axis, keepdims)
nonzero(x, /)
searchsorted(x1, x2, /, *, side, sorter)
where(condition, x1, x2, /)
unique_all(x, /)
unique_counts(x, /)
unique_inverse(x, /)
unique_values(x, /)
argsort(x, /, *, axis, stable)
sort(x, /, *, axis, stable)
cumulative_prod(x, /, *, axis, dtype, include_initial)
cumulative_sum(x, /, *, axis, dtype, include_initial)
max(x, /, *, axis, keepdims)
mean(x, /, *, axis, keepdims)
min(x, /, *, axis, keepdims)
prod(x, /, *, axis, dtype, keepdims)
std(x, /, *, axis, correction, keepdims)
sum(x, /, *, axis, dtype, keepdims)
var(x, /, *, axis, correction, keepdims)
all(x, /, *, axis, keepdims)
any(x, /, *, axis, keepdims)
diff(x, /, *, axis, n, prepend, append)
linalg.cholesky(x, /, *, upper)
linalg.cross(x1, x2, /, *, axis)
linalg.det(x, /)
linalg.diagonal(x, /, *, offset)
linalg.eigh(x, /)
linalg.eigvalsh(x, /)
linalg.inv(x, /)
linalg.matmul(x1, x2, /)
linalg.matrix_norm(x, /, *, keepdims, ord)
linalg.matrix_power(x, n, /)
linalg.matrix_rank(x, /, *, rtol)
linalg.matrix_transpose(x, /)
linalg.outer(x1, x2, /)
linalg.pinv(x, /, *, rtol)
linalg.qr(x, /, *, mode)
linalg.slogdet(x, /)
linalg.solve(x1, x2, /)
linalg.svd(x, /, *, full_matrices)
linalg.svdvals(x, /)
linalg.tensordot(x1, x2, /, *, axes)
linalg.trace(x, /, *, offset, dtype)
linalg.vecdot(x1, x2, /, *, axis)
linalg.vector_norm(x, /, *, axis, keepdims, ord)
fft.fft(x, /, *, n, axis, norm)
fft.ifft(x, /, *, n, axis, norm)
fft.fftn(x, /, *, s, axes, norm)
fft.ifftn(x, /, *, s, axes, norm)
fft.rfft(x, /, *, n, axis, norm)
fft.irfft(x, /, *, n, axis, norm)
fft.rfftn(x, /, *, s, axes, norm)
fft.irfftn(x, /, *, s, axes, norm)
fft.hfft(x, /, *, n, axis, norm)
fft.ihfft(x, /, *, n, axis, norm)
fft.fftfreq(n, /, *, d, device)
fft.rfftfreq(n, /, *, d, device)
fft.fftshift(x, /, *, axes)
fft.ifftshift(x, /, *, axes)
`
  .trim()
  .split('\n')
  .map((line) => /^([\w.]+)\((.*)\)$/.exec(line) as RegExpExecArray)
  .map(([, name, parameters]) => ({ name, parameters: parseSignature(parameters) }));

const member = (name: string): any => name.split('.').reduce((o, k) => o[k], np as any);

describe('the functions of the array API standard', () => {
  test.each(SPEC.map((s) => [s.name, s] as const))(
    'np.%s takes the parameters of the standard',
    (name, { parameters }) => {
      const f = member(name);
      expect(typeof f).toBe('function');
      // The classes finfo and iinfo tell no signature; they take one argument.
      if (name.endsWith('info')) return;
      const ours = parseSignature(f.signatureText ?? f.signature);
      const places = ours.filter((p) => p.kind === 'positional' || p.kind === 'normal');
      const byPosition = parameters.filter((p) => p.kind === 'positional');
      if (!ours.some((p) => p.kind === 'rest')) expect(places.length).toBeGreaterThanOrEqual(byPosition.length);
      const names = new Set(ours.filter((p) => p.kind !== 'positional').map((p) => p.name));
      const positions = places.map((p) => p.name);
      for (const [i, p] of parameters.entries()) {
        if (p.kind === 'positional' || p.kind === 'rest' || (i === 0 && p.kind === 'normal')) continue;
        expect([p.name, names.has(p.name)]).toEqual([p.name, true]);
        // What may come by position stands where the standard has it; of clip as a_min and a_max.
        if (p.kind === 'normal' && name !== 'clip') expect([p.name, positions.indexOf(p.name)]).toEqual([p.name, i]);
      }
    },
  );
  test('constants and dtypes are there', () => {
    for (const name of ['e', 'inf', 'nan', 'newaxis', 'pi']) expect(np).toHaveProperty(name);
    for (const name of Object.keys(np.__array_namespace_info__().dtypes()))
      expect(np.dtype(member(name)).name).toBe(name);
  });
  test('arrays and tensors have the attributes of the standard', () => {
    for (const x of [np.ones([2, 3]), tf.ones([2, 3])] as any[]) {
      expect([x.ndim, x.size, x.shape]).toEqual([2, 6, [2, 3]]);
      expect([x.T.shape, x.mT.shape]).toEqual([
        [3, 2],
        [3, 2],
      ]);
      expect(x.to_device('cpu')).toBe(x);
      expect(() => x.to_device('gpu:9')).toThrow();
      expect(() => x.to_device('cpu', { stream: 1 })).toThrow('The stream argument in to_device() is not supported');
      expect(x.__dlpack_device__()).toEqual([1, 0]);
    }
  });
});

describe('random calls give what NumPy gives', () => {
  const cases = loadPairs('array_api');
  const names = [...new Set(cases.map((c) => (/^np\.([\w.]+)/.exec(c.text) as RegExpExecArray)[1]))].sort();
  // Sums of squares and elementary functions may differ in the last place.
  const ROUNDING =
    /^(std|var|mean|abs|hypot|logaddexp|atan2|linspace|linalg\.\w*norm|a?(sin|cos|tan)h?|exp\w*|log\w*|prod|pow)$/;
  test.each(names)('np.%s', (name) => {
    for (const c of cases.filter((c) => c.text.startsWith(`np.${name}(`)))
      expect(run(c, { np }, ROUNDING.test(name) ? 4e-16 : NAN_SIGNS)).toBeNull();
  });
});

describe('the namespace', () => {
  test('is what arrays and tensors name, so that code for any library can be written', () => {
    const softmax = (x: any): any => {
      const xp = x.__array_namespace__();
      const e = xp.exp(xp.subtract(x, xp.max(x, { axis: -1, keepdims: true })));
      return xp.divide(e, xp.sum(e, { axis: -1, keepdims: true }));
    };
    expect(np.ones(1).__array_namespace__()).toBe(np);
    expect(softmax(np.zeros(4))).toBeInstanceOf(np.NDArray);
    expect(softmax(tf.zeros([4]))).toBeInstanceOf(tf.Tensor);
    expect(softmax(tf.zeros([4])).tolist()).toEqual([0.25, 0.25, 0.25, 0.25]);
  });
  test('has versions of the standard up to its own', () => {
    const a = np.ones(1);
    for (const api_version of ['2021.12', '2022.12', '2023.12', '2024.12', null])
      expect(a.__array_namespace__({ api_version })).toBe(np);
    expect(() => a.__array_namespace__({ api_version: '2025.12' })).toThrow(
      'Version "2025.12" of the Array API Standard is not supported.',
    );
    expect(() => a.__array_namespace__({ api_version: 3 as never })).toThrow(
      'Only None and strings are allowed as the Array API version, but received: 3.',
    );
    expect(np.__array_api_version__).toBe('2024.12');
  });
  test('tells about itself', () => {
    const info = np.__array_namespace_info__();
    expect(info.capabilities()).toEqual({
      'boolean indexing': true,
      'data-dependent shapes': true,
      'max dimensions': 64,
    });
    expect([info.default_device(), info.devices()]).toEqual(['cpu', ['cpu']]);
    expect(info.default_dtypes()).toEqual({
      'real floating': np.dtype('float64'),
      'complex floating': np.dtype('complex128'),
      integral: np.dtype('int64'),
      indexing: np.dtype('int64'),
    });
    const kinds = (kind?: any): string[] => Object.keys(info.dtypes({ kind }));
    expect(kinds()).toHaveLength(13);
    expect(kinds('signed integer')).toEqual(['int8', 'int16', 'int32', 'int64']);
    expect(kinds('unsigned integer')).toEqual(['uint8', 'uint16', 'uint32', 'uint64']);
    expect(kinds('integral')).toHaveLength(8);
    expect(kinds('numeric')).toHaveLength(12);
    expect(kinds(['bool', 'complex floating'])).toEqual(['bool', 'complex64', 'complex128']);
    expect(kinds([])).toEqual([]);
    expect(() => kinds('x')).toThrow("unsupported kind: 'x'");
    expect(() => kinds(['bool', 'x'])).toThrow("unsupported kind: 'x'");
    expect(() => info.dtypes({ device: 'gpu' as never })).toThrow(
      'Device not understood. Only "cpu" is allowed, but received: gpu',
    );
    expect(() => info.default_dtypes({ device: 'gpu' as never })).toThrow('Device not understood');
    expect(() => (info.devices as any)(1)).toThrow('takes 0 positional arguments but 1 was given');
  });
});

describe('DLPack', () => {
  test('hands over memory without a copy, whatever the strides', () => {
    const a = np.arange(12).reshape(3, 4).at('::2, ::-1');
    const c = a.__dlpack__();
    expect(c).toMatchObject({
      shape: [2, 4],
      strides: [8, -1],
      dtype: { code: 0, bits: 64, lanes: 1 },
      device: [1, 0],
    });
    const other = { __dlpack__: () => c, __dlpack_device__: () => [1, 0] as [number, number] };
    const b = np.from_dlpack(other);
    expect(b.tolist()).toEqual(a.tolist());
    b.set([0, 0], 100);
    expect(a.item(0, 0)).toBe(100);
  });
  test.each(['bool', 'int8', 'uint64', 'float16', 'float32', 'complex64', 'complex128'] as const)(
    'knows %s',
    (dtype) => {
      const a = np.ones([2, 2], dtype);
      const b = np.from_dlpack({ __dlpack__: () => a.__dlpack__(), __dlpack_device__: () => [1, 0] });
      expect(b.dtype.name).toBe(dtype);
      expect(np.array_equal(a, b)).toBe(true);
    },
  );
  test('says what must not be written', () => {
    const a = np.ones(3);
    a.setflags({ write: false });
    expect(() => a.__dlpack__()).toThrow('Cannot export readonly array');
    const c = a.__dlpack__({ max_version: [1, 0] });
    expect(c.readonly).toBe(true);
    expect(np.from_dlpack({ __dlpack__: () => c, __dlpack_device__: () => [1, 0] }).flags.writeable).toBe(false);
    const t = tf.ones([3]);
    const shared = np.from_dlpack({ __dlpack__: (kw) => t.__dlpack__(kw), __dlpack_device__: () => [1, 0] });
    expect(shared.flags.writeable).toBe(false);
    expect(np.from_dlpack(t).flags.writeable).toBe(true);
    expect(a.__dlpack__({ copy: true }).readonly).toBe(false);
  });
  test('asks the other side as the standard says', () => {
    const asked: unknown[] = [];
    const source = {
      __dlpack__: (kw: any) => {
        asked.push(kw);
        return np.ones(1).__dlpack__(kw);
      },
      __dlpack_device__: () => [1, 0] as [number, number],
    };
    np.from_dlpack(source);
    np.from_dlpack(source, { device: 'cpu', copy: true });
    expect(asked).toEqual([
      { dl_device: null, copy: null, max_version: [1, 0] },
      { dl_device: [1, 0], copy: true, max_version: [1, 0] },
    ]);
  });
  test('refuses what it cannot say', () => {
    const a = np.ones(2);
    const from = (__dlpack__: () => any, device: [number, number] = [1, 0]): unknown =>
      np.from_dlpack({ __dlpack__, __dlpack_device__: () => device });
    expect(() => a.__dlpack__({ stream: 1 as never })).toThrow('NumPy only supports stream=None.');
    expect(() => a.__dlpack__({ dl_device: [2, 0] })).toThrow('unsupported device requested');
    expect(() => a.__dlpack__({ max_version: 1 as never })).toThrow(
      'max_version must be None or a tuple with two elements.',
    );
    expect(() => np.array(['a']).__dlpack__()).toThrow(
      'DLPack only supports signed/unsigned integers, float and complex',
    );
    expect(() => np.ones(2, '>f8').__dlpack__()).toThrow('DLPack only supports native byte order.');
    expect(() => np.from_dlpack(5 as never)).toThrow("object has no attribute '__dlpack__'");
    expect(() => np.from_dlpack(a, { device: 'gpu' as never })).toThrow('Device not understood');
    expect(() => from(() => null)).toThrow('gave no capsule');
    expect(() => from(() => a.__dlpack__(), [2, 0])).toThrow('unsupported device [2, 0]');
    expect(() => from(() => ({ ...a.__dlpack__(), dtype: { code: 4, bits: 16, lanes: 1 } }))).toThrow(
      'unsupported dtype',
    );
    expect(() => from(() => ({ ...a.__dlpack__(), shape: [100] }))).toThrow('outside of the data');
    expect(() => from(() => ({ ...a.__dlpack__(), version: [9, 0] }))).toThrow('major version is too high');
  });
});

describe('copy=false', () => {
  const NO = 'Unable to avoid copy while creating an array as requested.';
  test('shares memory where it can, and refuses where it cannot', () => {
    const memory = new Float32Array([1, 2, 3]);
    expect(np.shares_memory(np.asarray(memory, { copy: false }), np.asarray(memory))).toBe(true);
    const a = np.arange(6).reshape(2, 3);
    expect(np.asarray(a, { copy: false })).toBe(a);
    expect(np.asarray(tf.ones([2]), { copy: false }).tolist()).toEqual([1, 1]);
    for (const f of [
      () => np.asarray([1, 2], { copy: false }),
      () => np.asarray(5, { copy: false }),
      () => np.asarray(a, { dtype: 'float32', copy: false }),
      () => np.asarray(a, { order: 'F', copy: false }),
      () => np.array(memory, { dtype: 'int8', copy: false }),
      () => np.array(a.T, { order: 'C', copy: false }),
    ])
      expect(f).toThrow(NO);
    expect(() => np.reshape(a.T, [6], { copy: false })).toThrow('Unable to avoid creating a copy while reshaping.');
  });
});
