import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as root from '../src/index.js';

/**
 * The public surface: what np exports is NumPy's, with NumPy's signatures; what NumPy does not have is on the list below, with
 * the reason why it is there.
 */
const np: Record<string, any> = root.np;
const golden: {
  functions: Record<string, string | null>;
  classes: string[];
  others: string[];
  methods: Record<string, string | null>;
  modules: Record<string, Record<string, string | null>>;
} = JSON.parse(readFileSync(join(__dirname, 'golden', 'signatures.json'), 'utf8'));

/** Names in np that NumPy's main namespace lacks. */
const OURS: Record<string, string> = {
  NDArray: 'the class that NumPy calls ndarray, by the usual spelling of classes in TypeScript',
  Complex: 'the class of complex scalars, which JavaScript lacks',
  complex: 'makes a complex scalar, which JavaScript has no literal for',
  Slice: 'the class of slices',
  slice: "Python's built-in slice, which JavaScript lacks",
  s: 'short for slice',
  IndexTuple: 'what s_ and index_exp give, where Python has tuples',
  FlatIterator: 'the class of a.flat, flatiter in NumPy',
  AbstractScalarType: 'the class of np.number, np.integer and their like',
  delete_: 'np.delete by a name that an import can bind',
  __array_api_version__: 'NumPy has it, too, by this private name',
  __array_namespace_info__: 'NumPy has it, too, by this private name',
  __version__: 'the version of numbridge, which NumPy has, too, by this private name',
  numpy_version: 'the version of NumPy whose behaviour is followed',
  evaluate: 'expressions as text, compiled to one kernel, which Python has in numexpr',
  load_async: 'the same as load, always a promise, as the others of such names',
  fromfile_async: 'see load_async',
  genfromtxt_async: 'see load_async',
  loadtxt_async: 'see load_async',
  save_async: 'see load_async',
  savetxt_async: 'see load_async',
  savez_async: 'see load_async',
  savez_compressed_async: 'see load_async',
  tidy: 'gives back at once the memory of arrays made inside of a function',
};

/** Functions whose signature text differs from NumPy's, with the reason. */
const OTHER_SIGNATURES: Record<string, string> = {
  printoptions: 'a context manager in Python; here it takes the options and a function to run under them',
};

const names = Object.keys(np).filter((n) => n !== 'default' && n !== '__esModule');
const counterpart = (n: string): boolean =>
  Object.hasOwn(golden.functions, n) || golden.classes.includes(n) || golden.others.includes(n);

describe('the public surface', () => {
  test('the package exports np, tf and interop', () => {
    expect(
      Object.keys(root)
        .filter((n) => n !== '__esModule')
        .sort(),
    ).toEqual(['interop', 'np', 'tf']);
  });

  test("every name in np is NumPy's, or is on the list of our own", () => {
    expect(names.filter((n) => !counterpart(n) && !Object.hasOwn(OURS, n))).toEqual([]);
  });

  test('the list of our own names holds none that do not exist or that NumPy has', () => {
    const stale = Object.keys(OURS).filter((n) => !names.includes(n) || counterpart(n));
    expect(stale).toEqual([]);
  });

  test("every function's signature is NumPy's", () => {
    const wrong: string[] = [];
    for (const n of names) {
      const want = golden.functions[n];
      if (typeof want !== 'string' || Object.hasOwn(OTHER_SIGNATURES, n)) continue;
      const f = np[n];
      if (typeof f !== 'function') wrong.push(`${n} is not a function`);
      else if ((f.signatureText ?? f.signature) === undefined) wrong.push(`${n} has no signature; NumPy: ${want}`);
      else if ((f.signatureText ?? f.signature) !== want)
        wrong.push(`${n}(${f.signatureText ?? f.signature}); NumPy: (${want})`);
    }
    expect(wrong).toEqual([]);
  });

  for (const [module, functions] of Object.entries(golden.modules)) {
    const space = module.split('.').reduce((o, k) => o?.[k], np as any);
    if (space === undefined) continue;
    test(`every function of np.${module} is there, with NumPy's signature`, () => {
      const wrong: string[] = [];
      for (const [n, want] of Object.entries(functions)) {
        const f = space[n];
        const text = f?.signatureText ?? f?.signature;
        if (f === undefined) wrong.push(`${n} is missing`);
        else if (want !== null && text !== want) wrong.push(`${n}(${text}); NumPy: (${want})`);
      }
      expect(wrong).toEqual([]);
    });
  }

  test('functions know their names, and aliases are the same function', () => {
    const wrong = names.filter(
      (n) =>
        typeof golden.functions[n] === 'string' &&
        !Object.hasOwn(OTHER_SIGNATURES, n) &&
        typeof np[n] === 'function' &&
        typeof np[n].functionName !== 'string',
    );
    expect(wrong).toEqual([]);
    const aliases = {
      abs: 'absolute',
      mod: 'remainder',
      pow: 'power',
      acos: 'arccos',
      true_divide: 'divide',
      conj: 'conjugate',
      bitwise_not: 'invert',
    };
    expect(Object.entries(aliases).filter(([a, b]) => np[a] !== np[b])).toEqual([]);
  });

  test('everything that programs use most is there', () => {
    const needed =
      `abs add all allclose any append arange arccos arcsin arctan arctan2 argmax argmin argsort argwhere array array2string array_equal array_split asarray
      ascontiguousarray astype atleast_1d atleast_2d atleast_3d average bitwise_and bitwise_or bitwise_xor block broadcast_arrays broadcast_shapes broadcast_to cbrt ceil choose clip
      column_stack compress concatenate conj copy copysign copyto cos cosh count_nonzero cross cumprod cumsum deg2rad delete diag diagflat diagonal diff divide divmod dot dsplit dstack ediff1d einsum empty empty_like equal exp exp2 expand_dims expm1 extract eye fabs fill_diagonal flatnonzero flip fliplr flipud float_power floor floor_divide
      fmax fmin fmod frexp frombuffer fromfunction fromiter full full_like gcd geomspace greater greater_equal heaviside hsplit hstack hypot identity imag indices inner
      insert invert isclose isfinite isinf isnan isscalar ix_ kron lcm ldexp left_shift less less_equal linspace log log10 log1p log2 logaddexp logaddexp2
      logical_and logical_not logical_or logical_xor logspace matmul max maximum mean median meshgrid mgrid min minimum mod modf moveaxis multiply nan_to_num nanargmax nanargmin nancumsum nanmax
      nanmean nanmedian nanmin nanpercentile nanprod nanquantile nanstd nansum nanvar ndim negative newaxis nextafter nonzero not_equal ogrid ones ones_like outer pad partition percentile pi
      place positive power prod promote_types ptp put put_along_axis putmask quantile r_ c_ rad2deg ravel real reciprocal remainder repeat reshape resize result_type right_shift rint roll
      rollaxis rot90 round searchsorted select shape sign signbit sin sinh size sort spacing split sqrt square squeeze stack std subtract sum swapaxes take take_along_axis tan tanh
      tensordot tile trace transpose tri tril triu trunc unique unravel_index var vdot vsplit vstack where zeros zeros_like set_printoptions get_printoptions printoptions
      float64 float32 float16 int8 int16 int32 int64 uint8 uint16 uint32 uint64 bool_ complex64 complex128 dtype inf nan e`.split(
        /\s+/,
      );
    expect(needed.filter((n) => np[n] === undefined)).toEqual([]);
  });
});
