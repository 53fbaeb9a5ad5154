/** Natural code compiles without casts, and what it gives has the types it should. Compiled by tsc, never run. */
import { interop, np, tf } from '../../src/index.js';
import type { Complex } from '../../src/core/complex.js';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const is = <A, B>(_: Same<A, B>): void => undefined;
/** A value of the type and not of `any`. */
const typed =
  <T>() =>
  <X extends T>(_: X, ..._any: 0 extends 1 & X ? ['this is any'] : []): void =>
    undefined;

export function creation(): void {
  const z = np.zeros([2], 'float32');
  is<typeof z, np.NDArray<'float32'>>(true);
  is<ReturnType<typeof z.item>, number>(true);
  const b = np.ones([2, 2], { dtype: 'bool' });
  is<typeof b, np.NDArray<'bool'>>(true);
  is<ReturnType<typeof b.item>, boolean>(true);
  const big = np.full([2], 7, 'int64');
  is<ReturnType<typeof big.item>, number | bigint>(true);
  const c = np.zeros(3, np.complex64);
  is<ReturnType<typeof c.item>, Complex>(true);
  const plain = np.zeros([3]);
  is<typeof plain, np.NDArray<'float64'>>(true);
  const e = np.empty_like(z, { dtype: 'int8' });
  typed<np.NDArray>()(e);
  typed<np.NDArray>()(
    np.array(
      [
        [1, 2],
        [3, 4],
      ],
      'int32',
    ),
  );
  const s = np.float32(3);
  is<typeof s, np.NDArray<'float32'>>(true);
  const cast = z.astype('int32');
  is<typeof cast, np.NDArray<'int32'>>(true);
}

export function dtypes(): void {
  const codes = [
    np.zeros(1, 'f4'),
    np.ones(1, { dtype: 'f4' }),
    np.full(1, 0, '<f4'),
    np.array([1], 'single'),
  ] as const;
  is<(typeof codes)[number], np.NDArray<'float32'>>(true);
  const swapped = np.zeros(2, '>i8');
  is<typeof swapped, np.NDArray<'int64'>>(true);
  const cast = codes[0].astype('c16');
  is<typeof cast, np.NDArray<'complex128'>>(true);
  is<ReturnType<typeof cast.item>, Complex>(true);
  const spelt = np.astype(codes[0], 'u1');
  is<typeof spelt, np.NDArray<'uint8'>>(true);
  const viewed = swapped.view('u8');
  is<typeof viewed, np.NDArray<'uint64'>>(true);
  const words = np.array(['a', 'bc']);
  is<typeof words, np.NDArray<'str'>>(true);
  is<ReturnType<typeof words.item>, string>(true);
  const wide = np.zeros(2, 'U5');
  is<typeof wide, np.NDArray<'str'>>(true);
  const raw = np.zeros(2, 'S3');
  is<typeof raw, np.NDArray<'bytes'>>(true);
  const days = np.zeros(2, 'M8[D]');
  is<typeof days, np.NDArray<'datetime64'>>(true);
  const spans = np.zeros(2, 'timedelta64[s]');
  is<typeof spans, np.NDArray<'timedelta64'>>(true);
  const things = np.empty(2, 'O');
  is<typeof things, np.NDArray<'object'>>(true);
  const numbers = np.array([
    [1, 2.5],
    [3, 4],
  ]);
  is<typeof numbers, np.NDArray<'float64'>>(true);
  const whole = np.array([[[1n]], [[2n]]]);
  is<typeof whole, np.NDArray<'int64'>>(true);
  const flags = np.array([true, false]);
  is<typeof flags, np.NDArray<'bool'>>(true);
  is<ReturnType<typeof flags.item>, boolean>(true);
  const dates = np.array([new Date(0)]);
  is<typeof dates, np.NDArray<'datetime64'>>(true);
  const z = np.array([np.complex(1, 2), 3]);
  is<typeof z, np.NDArray<'complex128'>>(true);
  const memory = np.asarray(new Uint16Array(3));
  is<typeof memory, np.NDArray<'uint16'>>(true);
  const stacked = np.array([spelt, spelt]);
  is<typeof stacked, np.NDArray<'uint8'>>(true);
  const d = np.dtype('f4');
  is<typeof d.name, 'float32'>(true);
  is<typeof cast.dtype.name, 'complex128'>(true);
  is<ReturnType<typeof d.type>, np.NDArray<'float32'>>(true);
  const x: unknown = np.float64(1);
  if (x instanceof np.float64) is<typeof x, np.NDArray<'float64'>>(true);
  if (x instanceof np.floating) console.log(x);
  console.log(np.finfo('f4').eps * 2, np.zeros(2).flags.writeable);
}

export function arithmetic(): void {
  let x = np.zeros([3]);
  x = x.add(1);
  x = np.add(x, 1);
  x = np.multiply(2, x);
  x = x.mul(x).sub(0.5).neg();
  x.iadd(1).imul(2);
  const a = np.arange(6).reshape(2, 3);
  const half: number = Number(np.max(a)) / 2;
  const mean: number = np.mean(a).item();
  const [q, r] = np.divmod(a, 3);
  typed<np.NDArray>()(q);
  typed<np.NDArray>()(r);
  const [fraction, whole] = np.modf([1.5, 2.5]);
  typed<np.NDArray>()(fraction.add(whole));
  const picked = np.where(a.gt(0), a, 0);
  typed<np.NDArray>()(picked);
  const [rows, columns] = np.nonzero(a);
  typed<np.NDArray>()(a.at(rows, columns));
  np.add(a, 1, { out: a });
  np.add(a, 1, { where: np.greater(a, 2), dtype: 'float64', casting: 'unsafe' });
  np.add.reduce(a, { axis: 0 });
  np.add.at(a, [0, 0], 1);
  const table = np.multiply.outer([1, 2], [3, 4]);
  typed<np.NDArray>()(table);
  console.log(half, mean);
}

export function shapesAndIndices(): void {
  const m = np.ones([4, 3]);
  for (const row of m) typed<np.NDArray>()(row.mul(2));
  typed<np.NDArray>()(m.at(0, '1:3'));
  typed<np.NDArray>()(m.at(np.slice(1, 3), -1));
  typed<np.NDArray>()(m.at(m.gt(0)));
  typed<np.NDArray>()(m.at('...', np.newaxis));
  typed<np.NDArray>()(m.at(np.s(1, 3), np.s_('::2')));
  m.set([0, ':'], 5);
  m.set(np.less(m, 1), 0);
  const n: number = m.at(0, 0).item();
  const [rows, columns] = m.shape;
  const flat = np.concatenate([m.ravel(), [1, 2], np.arange(3)]);
  typed<np.NDArray>()(flat.reshape(-1, 1).T);
  const [left, right] = np.split(flat, 2);
  typed<np.NDArray>()(np.stack([left, right], { axis: 1 }));
  const [xx, yy] = np.meshgrid(np.arange(3), np.arange(4));
  typed<np.NDArray>()(np.hypot(xx, yy));
  const sorted = np.sort(m, { axis: 0 });
  const order = np.argsort(m.at(0));
  typed<np.NDArray>()(np.take(sorted, order, { axis: 1 }));
  const { values, counts } = np.unique_counts(m);
  typed<np.NDArray>()(values.mul(counts));
  const [u, inverse] = np.unique(m, { return_inverse: true });
  typed<np.NDArray>()(u.at(inverse));
  const only = np.unique(m);
  typed<np.NDArray>()(only.add(1));
  for (const [index, x] of np.ndenumerate(m)) console.log(index[0], x);
  const list: number[][] = m.tolist();
  console.log(n + rows * columns, list, `${m}`, np.einsum('ij->i', m).item());
}

export function statistics(): void {
  const a = np.arange(12).reshape(3, 4);
  typed<np.NDArray>()(np.sum(a, { axis: 0, keepdims: true }));
  typed<np.NDArray>()(np.mean(a, 1));
  const centred = a.sub(np.mean(a, { axis: 0 })).div(np.std(a, { axis: 0, ddof: 1 }));
  typed<np.NDArray>()(centred);
  typed<np.NDArray>()(np.cumsum(a, 0));
  const total = a.sum().item();
  const [counts, edges] = np.histogram(a, 5);
  typed<np.NDArray>()(counts);
  typed<np.NDArray>()(edges);
  typed<np.NDArray>()(np.quantile(a, [0.25, 0.75], { axis: 0, method: 'linear' }));
  typed<np.NDArray>()(np.clip(a, 0, 5).matmul(a.T));
  const near: boolean = np.allclose(a, a) && np.array_equal(a, a);
  if (np.any(a.gt(3)) && near) console.log(total);
  typed<np.NDArray>()(np.any(a.gt(3), { axis: 0 }));
}

export async function tensors(): Promise<void> {
  const t = tf.constant([
    [1, 2],
    [3, 4],
  ]);
  const top = np.max(t);
  typed<tf.Tensor>()(top);
  typed<np.NDArray>()(np.sum(t, { axis: 0 }).numpy());
  typed<tf.Tensor>()(np.divide(t, np.max(t)));
  typed<tf.Tensor>()(np.add(t, np.ones([2, 2])));
  typed<tf.Tensor>()(np.add(np.ones([2, 2]), t));
  const [, remainder] = np.divmod(np.ones([2, 2]), t);
  typed<tf.Tensor>()(remainder);
  typed<np.NDArray>()(np.unique_counts(t).values.numpy());
  typed<tf.Tensor>()(t.mul(2).add(t.T));
  typed<tf.Tensor>()(np.transpose(np.exp(t)));
  typed<tf.Tensor>()(np.concatenate([t, t]));
  const x = tf.cast(t, 'int32');
  is<typeof x, tf.Tensor<'int32'>>(true);
  const y = tf.constant([1, 2], { dtype: 'float64' });
  is<typeof y, tf.Tensor<'float64'>>(true);
  const back = x.numpy();
  is<typeof back, np.NDArray<'int32'>>(true);
  const w = new tf.Variable([[0, 0]], { name: 'w' });
  typed<tf.Tensor>()(np.add(w, 1));
  typed<tf.Tensor>()(np.multiply(2, w));
  typed<tf.Tensor>()(np.sum(w, { axis: 0 }));
  w.assign_sub(tf.matmul(w, t).mul(0.1));
  typed<tf.Tensor>()(tf.reduce_mean(tf.square(tf.subtract(t, w)), { axis: [0, 1] }));
  typed<tf.Tensor>()(t.at(0, ':').reshape(1, -1).astype('float16'));
  typed<np.NDArray>()(await t.array());
  for (const row of t) typed<tf.Tensor>()(row);
  const n: number = tf.reduce_sum(t).item() as number;
  const p = interop.profile(() => tf.convert_to_tensor(np.arange(3)));
  typed<tf.Tensor>()(p.result);
  console.log(n, p.copies, t.dtype.size);
}

export function mistakes(): void {
  // @ts-expect-error no dtype is called so
  np.zeros([2], 'flot32');
  // @ts-expect-error no dtype is called so
  np.ones([2], { dtype: 'int46' });
  // @ts-expect-error no dtype has this code
  np.zeros([2], 'f5');
  // @ts-expect-error no dtype is called so
  np.zeros([2]).astype('flot32');
  // @ts-expect-error no dtype is called so
  np.array([2], { dtype: 'flot32' });
  // @ts-expect-error no dtype is called so
  np.dtype('flot32');
  // @ts-expect-error a complex number is no number
  np.zeros([2], 'c8').item().toFixed();
  // @ts-expect-error no dtype is called so
  tf.cast([1, 2], 'strng');
  // @ts-expect-error a misspelt keyword
  np.sum([1, 2], { axes: 0 });
  // @ts-expect-error a tensor is not written
  tf.constant([1]).iadd(1);
  // @ts-expect-error a number has no item
  np.zeros([2], 'float32').item().toBigInt();
  // @ts-expect-error a misspelt keyword
  np.add([1], 2, { otu: null });
  // @ts-expect-error no such mode
  np.pad([1, 2], 1, 'circular');
}

export function expressions(): void {
  const a = np.ones(3);
  const t = tf.constant([1, 2]);
  is<typeof r, np.NDArray>(true);
  const r = np.evaluate('2*a + k', { a, k: 3 });
  const s = np.evaluate('2*t', { t });
  typed<tf.Tensor>()(s);
  typed<np.NDArray>()(np.evaluate('1 + 2'));
  typed<np.NDArray>()(np.evaluate('a', new Map([['a', a]]), { out: a, casting: 'unsafe', dtype: 'float32' }));
  // @ts-expect-error: out is an array
  np.evaluate('a', { a }, { out: 5 });
  // @ts-expect-error: an expression is text
  np.evaluate(5);
}

/** What depends on values or on fields, as ported programs write it. */
export function ports(): void {
  const m = np.ones([3, 4]);
  typed<np.NDArray>()(np.gradient(m.at(0), 0.5).at(':2'));
  const [gy, gx] = np.gradient(m);
  typed<np.NDArray>()(gy);
  typed<number>()(np.gradient(m).map((g) => g.size).length);
  gx.mul(2);
  const t = np.zeros(
    3,
    np.dtype([
      ['name', 'U8'],
      ['n', 'i4'],
    ]),
  );
  typed<np.NDArray>()(np.argsort(t, { order: 'n' }));
  np.sort(t, { order: ['name', 'n'] });
  t.sort({ order: 'n' });
}
