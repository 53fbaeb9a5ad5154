import { interop, np } from '../../../src/index.js';

/** Exponents of base units: `{m: 1, s: -1}` is metres in a second. */
type Unit = Readonly<Record<string, number>>;
type Value = np.NDArray;

const words = (text: string): Set<string> => new Set(text.trim().split(/\s+/));
/** What no unit is left of, although operands must agree. */
const PLAIN =
  words(`equal not_equal less less_equal greater greater_equal sign isfinite isinf isnan signbit arctan2 shape ndim size
  argmax argmin nanargmax nanargmin argsort argpartition argwhere nonzero flatnonzero count_nonzero searchsorted digitize lexsort isin
  array_equal array_equiv allclose isclose array_str array_repr array2string result_type can_cast shares_memory iscomplexobj isrealobj
  corrcoef any all logical_and logical_or logical_not linalg.cond linalg.matrix_rank angle floor_divide heaviside`);
/** What only plain numbers have. */
const NUMBERS =
  words(`exp exp2 expm1 log log2 log10 log1p logaddexp logaddexp2 sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh
  arccosh arctanh sinc i0 unwrap bitwise_and bitwise_or bitwise_xor invert left_shift right_shift gcd lcm prod cumprod nanprod
  nancumprod cumulative_prod linalg.det linalg.slogdet linalg.multi_dot`);
const PRODUCTS =
  words(`multiply matmul dot vdot inner outer cross kron tensordot einsum vecdot matvec vecmat convolve correlate
  linalg.cross linalg.outer linalg.matmul linalg.tensordot linalg.vecdot trapezoid`);
const QUOTIENTS = words('divide linalg.solve linalg.tensorsolve gradient');
const POWERS: Readonly<Record<string, number>> = {
  square: 2,
  var: 2,
  nanvar: 2,
  cov: 2,
  sqrt: 0.5,
  cbrt: 1 / 3,
  reciprocal: -1,
};
const INVERSES = words('linalg.inv linalg.pinv linalg.tensorinv');

/** An array with a unit: quantities of one unit add, products multiply units, and nonsense is an error. */
class Quantity {
  constructor(
    public value: Value,
    public unit: Unit = {},
  ) {}

  [interop.array_function](fn: interop.PublicFunction, args: readonly unknown[], kwargs: Record<string, unknown>): any {
    const { out, where, ...others } = kwargs;
    const unit = this.unitOf(fn, args, others);
    const result = fn(...args.map(bare), Object.fromEntries(Object.entries(kwargs).map(([k, v]) => [k, bare(v)])));
    for (const o of [out].flat()) if (o instanceof Quantity && unit !== null) o.unit = unit;
    if (out !== undefined && out !== null) return Array.isArray(out) && out.length === 1 ? out[0] : out;
    return unit === null ? result : dressed(result, unit);
  }

  /** The unit of a call's result; null where results are plain. */
  private unitOf(fn: interop.PublicFunction, args: readonly unknown[], kwargs: object): Unit | null {
    const name = fn.ufunc?.functionName ?? fn.functionName;
    const given = operands([...args, ...Object.values(kwargs)]);
    const first = given[0]?.unit ?? this.unit;
    if (NUMBERS.has(name)) return (agree(name, given, {}), {});
    if (PLAIN.has(name)) return (agree(name, given, first), null);
    if (name in POWERS) return times(first, POWERS[name]);
    if (INVERSES.has(name)) return times(first, -1);
    if (name === 'power' || name === 'float_power') return times(first, Number(np.asarray(bare(args[1]) as never)));
    if (PRODUCTS.has(name) || QUOTIENTS.has(name)) {
      if (fn.method === 'reduce' || fn.method === 'accumulate') return (agree(name, given, {}), {});
      if (PRODUCTS.has(name)) return given.reduce((u: Unit, q) => plus(u, q.unit), {});
      const [left, right] = args.slice(0, 2).map((x) => (x instanceof Quantity ? x.unit : {}));
      return name.startsWith('linalg') ? plus(right, times(left, -1)) : plus(left, times(right ?? {}, -1));
    }
    return (agree(name, given, first), first);
  }
  toString(): string {
    const unit = Object.entries(this.unit).map(([k, n]) => (n === 1 ? k : `${k}^${n}`));
    return `${this.value} ${unit.join(' ')}`.trim();
  }
}

const operands = (x: unknown): Quantity[] =>
  x instanceof Quantity ? [x] : Array.isArray(x) ? x.flatMap(operands) : [];
const bare = (x: unknown): unknown => (x instanceof Quantity ? x.value : Array.isArray(x) ? x.map(bare) : x);
const dressed = (x: unknown, unit: Unit): unknown =>
  x instanceof np.NDArray ? new Quantity(x, unit) : Array.isArray(x) ? x.map((e) => dressed(e, unit)) : x;
const times = (u: Unit, n: number): Unit => Object.fromEntries(Object.entries(u).map(([k, v]) => [k, v * n]));
const plus = (a: Unit, b: Unit): Unit => {
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(keys.map((k) => [k, (a[k] ?? 0) + (b[k] ?? 0)]).filter(([, n]) => n !== 0));
};
const agree = (name: string, given: readonly Quantity[], unit: Unit): void => {
  const text = (u: Unit): string => JSON.stringify(Object.entries(u).sort());
  for (const q of given)
    if (text(q.unit) !== text(unit))
      throw new np.exceptions.DTypePromotionError(`${name}: units ${text(unit)} and ${text(q.unit)}`);
};
