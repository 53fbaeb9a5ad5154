/** What most programs do first. The code that V8 makes for it is kept beside the scripts, so that these calls need not be compiled. */
export function usual({ np, tf }) {
  const a = np.array([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  const b = a.mul(2).sub(1).div(np.arange(1, 4));
  const shown = [a, b, np.array([1n, 2n]), np.array([true, false]), np.array(['a', 'bc']), np.sum(a), a.dtype];
  for (const x of shown) String(x);
  a.repr();
  np.matmul(a, a.T);
  np.dot(a, np.ones(3));
  for (const f of [np.sum, np.mean, np.max, np.min, np.std, np.cumsum, np.argmax, np.sort, np.argsort])
    f(a, { axis: 1 });
  for (const f of [np.exp, np.sqrt, np.abs, np.negative]) f(b);
  np.where(np.greater(a, 2), a, 0);
  a.at(0);
  a.at(':', 1).tolist();
  a.at('::-1', 0);
  a.at(np.greater(a, 2));
  a.at([0, 1], [1, 2]);
  a.copy().set([0, ':'], 7);
  np.concatenate([a, np.zeros([1, 3])])
    .reshape([3, 3])
    .astype('float32');
  np.stack([np.linspace(0, 1, 3), np.full(3, 2)]);
  np.unique([3, 1, 3]);
  np.allclose(a, a);
  np.linalg.solve(
    [
      [2, 1],
      [1, 3],
    ],
    [1, 2],
  );
  for (const x of a) x.item?.(0);
  np.random.default_rng(1).normal({ size: 3 });
  const x = tf.constant([1, 2, 3]);
  tf.reduce_sum(tf.multiply(x, x)).numpy();
  String(x);
  const tape = tf.GradientTape();
  tape.watch(x);
  tape.gradient(tf.reduce_sum(tf.square(x)), x);
}
