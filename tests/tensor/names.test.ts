import { describe, expect, test } from '@jest/globals';
import { np, tf } from '../../src/index.js';

/** Initializers, lists of tensors, settings, and functions that are made of others: values, refusals, and how they trace. */

const list = (t: any): any => t.numpy().tolist();
const close = (a: any, b: any, tolerance = 1e-6): void =>
  expect(np.allclose(a.numpy?.() ?? a, b.numpy?.() ?? b, { rtol: tolerance, atol: tolerance } as never)).toBe(true);
const I: any = tf.initializers;

describe('initializers', () => {
  test('have the deviations that their fans ask for', () => {
    const shape = [3, 3, 8, 16];
    const [into, out] = [9 * 8, 9 * 16];
    const deviation = (name: string): number =>
      Number((np.std(new I[name]({ seed: 1 })([30, ...shape]).numpy()) as any).item());
    const of = (fan: number, scale = 1): number => Math.sqrt(scale / (30 * fan));
    for (const [name, want] of [
      ['GlorotUniform', of((into + out) / 2)],
      ['GlorotNormal', of((into + out) / 2)],
      ['HeNormal', of(into, 2)],
      ['HeUniform', of(into, 2)],
      ['LecunNormal', of(into)],
      ['LecunUniform', of(into)],
    ] as const)
      expect([name, deviation(name) / want]).toEqual([name, expect.closeTo(1, 1)]);
  });
  test('stay within their bounds', () => {
    const u = new I.RandomUniform(-2, 3, 1)([500]).numpy();
    expect([(np.min(u) as any).item() >= -2, (np.max(u) as any).item() < 3]).toEqual([true, true]);
    expect((np.max(np.abs(new I.TruncatedNormal(0, 0.5, 1)([500]).numpy())) as any).item()).toBeLessThan(1);
  });
  test('an orthogonal one is orthogonal both ways', () => {
    const a = new I.Orthogonal({ gain: 2, seed: 3 })([6, 2, 2]).numpy().reshape(12, 2);
    close(np.matmul(a.T, a), np.multiply(4, np.eye(2)), 1e-5);
    const b = new I.Orthogonal({ seed: 3 })([2, 5]).numpy();
    close(np.matmul(b, b.T), np.eye(2), 1e-5);
  });
  test('refuse what they cannot fill', () => {
    expect(() => new I.Identity()([2])).toThrow(/2D matrices/);
    expect(() => new I.Orthogonal()([2])).toThrow(/at least two-dimensional/);
    expect(() => new I.Constant([1, 2])([3])).toThrow(tf.errors === undefined ? Error : /do not fill/);
    expect(() => new I.VarianceScaling({ mode: 'fan' })([2])).toThrow(/Invalid `mode`/);
    expect(() => I.get('nothing')).toThrow(/Could not interpret/);
  });
  test('come back from their names and what was saved of them', () => {
    expect(I.get('glorot_uniform')).toBeInstanceOf(I.GlorotUniform);
    expect(list(I.deserialize(I.serialize(new I.Constant(3)))([2]))).toEqual([3, 3]);
    expect(list(new tf.ones_initializer()([2], 'int32'))).toEqual([1, 1]);
  });
});

describe('TensorArray', () => {
  test('is written, read, stacked, gathered, scattered, split and joined', () => {
    const a = new tf.TensorArray('float32', 3).unstack([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(list(a.gather([2, 0]))).toEqual([
      [5, 6],
      [1, 2],
    ]);
    const b = new tf.TensorArray('float32', { size: 0, dynamic_size: true, clear_after_read: false });
    b.write(2, [1]).scatter([0], [[7]]);
    expect(list(b.stack())).toEqual([[7], [0], [1]]);
    expect(list(b.concat())).toEqual([7, 0, 1]);
    expect(b.size().item()).toBe(3);
    expect(list(new tf.TensorArray('float32', 2).split([1, 2, 3], [1, 2]).read(1))).toEqual([2, 3]);
  });
  test('refuses what TensorFlow refuses', () => {
    const a = new tf.TensorArray('float32', { size: 1 });
    expect(() => a.read(1)).toThrow(tf.errors.OutOfRangeError);
    expect(() => a.write(1, 0)).toThrow(/not resizeable and size is: 1/);
    expect(() => a.write(-1, 0)).toThrow(/negative indices/);
    expect(() => a.write(0, tf.constant(1, 'int32'))).toThrow(/dtype is float32 but Op is trying to write dtype int32/);
    a.write(0, [1, 2]).read(0);
    expect(() => a.read(0)).toThrow(/twice because it was cleared/);
    expect(() => a.write(0, [1])).toThrow(/Incompatible shape/);
  });
  test('has gradients, also in a traced function', () => {
    const f = (x: any): any => {
      let a = new tf.TensorArray('float64', { size: 3 });
      for (let i = 0; i < 3; i++) a = a.write(i, tf.pow(x, i + 1));
      return tf.reduce_sum(a.stack());
    };
    const x = tf.constant(2, 'float64');
    expect((tf.grad(f) as any)(x).item()).toBe(1 + 4 + 12);
    expect((tf.grad(tf.function(f)) as any)(x).item()).toBe(17);
    expect(() =>
      tf.function((i: any) => new tf.TensorArray('float32', 2).write(i, 1).stack())(tf.constant(0, 'int32')),
    ).toThrow(/symbolic/);
  });
});

describe('settings', () => {
  test('devices that are not to be seen are not named', () => {
    const all = tf.config.list_physical_devices();
    tf.config.set_visible_devices([], 'CPU');
    expect(tf.config.list_logical_devices('CPU')).toEqual([]);
    tf.config.set_visible_devices(all);
    expect(tf.config.list_logical_devices('CPU')).toEqual([{ name: '/device:CPU:0', device_type: 'CPU' }]);
    expect(() => tf.config.set_visible_devices([{ name: 'x', device_type: 'CPU' }])).toThrow(/Unrecognized device/);
  });
  test('graphs give the same without their passes', () => {
    const f = (): any =>
      tf
        .function((x: any) => tf.reduce_sum(tf.sin(tf.multiply(x, 2))))(tf.constant([1, 2, 3]))
        .item();
    const before = f();
    tf.config.optimizer.set_experimental_options({ disable_meta_optimizer: true });
    expect(tf.config.optimizer.get_experimental_options()).toEqual({ disable_meta_optimizer: true });
    expect(f()).toBe(before);
    tf.config.optimizer.set_experimental_options({ disable_meta_optimizer: false });
    expect(() => tf.config.threading.set_intra_op_parallelism_threads(4)).toThrow(/one thread/);
  });
  test('with check_numerics on, a function that gives NaN names itself, traced or not', () => {
    const f = tf.function((x: any) => tf.divide(tf.math.log(x), 2));
    tf.debugging.enable_check_numerics();
    try {
      expect(() => tf.math.log([1, -1])).toThrow(/NaN in output 0 of operation "tf.log"[\s\S]*# of NaN elements: 1/);
      expect(() => tf.divide([1], [0])).toThrow(tf.errors.InvalidArgumentError);
      expect(f(tf.constant(1)).item()).toBe(0);
      expect(() => f(tf.constant(0))).toThrow(/Infinity in output 0/);
    } finally {
      tf.debugging.disable_check_numerics();
    }
    expect(tf.math.log(0).item()).toBe(-Infinity);
  });
  test('whether a function is being traced is known', () => {
    expect([tf.executing_eagerly(), tf.inside_function()]).toEqual([true, false]);
  });
});

describe('functions that are made of others', () => {
  const ramp = (...shape: number[]): any =>
    tf.reshape(
      tf.range(
        shape.reduce((a, b) => a * b, 1),
        { dtype: 'float64' },
      ),
      shape,
    );
  test('the gradients of depthwise convolutions are those that a tape finds', () => {
    const [x, f] = [tf.sin(ramp(2, 5, 6, 3)), tf.cos(ramp(3, 2, 3, 2))];
    for (const [strides, padding] of [
      [1, 'SAME'],
      [2, 'VALID'],
    ] as const) {
      const tape = new tf.GradientTape();
      tape.watch([x, f]);
      const y = tf.nn.depthwise_conv2d(x, f, { strides, padding } as never);
      const g = tf.sin(tf.multiply(ramp(...y.shape), 2));
      const [gx, gf] = tape.gradient(y, [x, f], { output_gradients: g }) as unknown as any[];
      close(tf.nn.depthwise_conv2d_backprop_input(x.shape, f, g, strides, padding), gx);
      close(tf.nn.depthwise_conv2d_backprop_filter(x, f.shape, g, strides, padding), gf);
    }
  });
  test('transposed convolutions of any rank, and with holes', () => {
    const x = tf.sin(ramp(1, 3, 3, 2));
    const f = tf.cos(ramp(2, 2, 4, 2));
    close(tf.nn.conv_transpose(x, f, [1, 6, 6, 4], 2), tf.nn.conv2d_transpose(x, f, [1, 6, 6, 4], 2));
    const y = tf.nn.atrous_conv2d_transpose(x, f, [1, 5, 5, 4], 2, 'VALID');
    // The transpose of a map: <A u, x> = <u, Aᵀ x>.
    const u = tf.cos(ramp(1, 5, 5, 4));
    close(
      tf.reduce_sum(tf.multiply(tf.nn.atrous_conv2d(u, f as any, 2, 'VALID'), x)),
      tf.reduce_sum(tf.multiply(u, y)),
    );
  });
  test('sufficient statistics are what moments are made of', () => {
    const x = tf.sin(ramp(4, 5));
    const [n, m, v, shift] = tf.nn.sufficient_statistics(x, [0], { shift: 0.5, keepdims: false });
    const [mean, variance] = tf.nn.normalize_moments(n, m, v, shift as any);
    close(mean, tf.reduce_mean(x, 0));
    close(variance, tf.math.reduce_variance(x, 0));
  });
  test('isotonic regression', () => {
    const [y, runs] = tf.nn.isotonic_regression([
      [1, 2, 3, 4],
      [4, 1, 3, 1],
    ]);
    expect(list(y)).toEqual([
      [2.5, 2.5, 2.5, 2.5],
      [4, 2, 2, 1],
    ]);
    expect(list(runs)).toEqual([
      [0, 0, 0, 0],
      [0, 1, 1, 2],
    ]);
    expect(list(tf.nn.isotonic_regression([3, 1, 2], { decreasing: false })[0])).toEqual([2, 2, 2]);
    const x = tf.constant([3, 1, 2], 'float64');
    const g = (tf.grad((t: any) => tf.nn.isotonic_regression(t)[0].at(1)) as any)(x);
    expect(list(g)).toEqual([0, 0.5, 0.5]);
  });
  test('losses of batches of a size', () => {
    expect(tf.nn.compute_average_loss([1, 3], { sample_weight: [1, 0.5] }).item()).toBe(1.25);
    expect(() => tf.nn.compute_average_loss([1], { global_batch_size: 0 })).toThrow(/must be positive/);
  });
  test('the modified cosine transform comes back where frames overlap, for both norms and without a window', () => {
    const x = tf.sin(tf.range(64, { dtype: 'float64' }));
    for (const norm of [null, 'ortho'] as const)
      for (const window_fn of [tf.signal.vorbis_window, null]) {
        const o = { norm, window_fn } as never;
        const y = tf.signal.inverse_mdct(tf.signal.mdct(x, 16, o), o);
        close(y.at('8:56'), x.at('8:56'));
      }
    expect(() => tf.signal.mdct(x, 6)).toThrow(/multiple of 4/);
  });
  test('banded and tridiagonal matrices', () => {
    const bands = tf.constant(
      [
        [2, 3, 4],
        [9, 1, 5],
      ],
      'float64',
    );
    const lower = [
      [2, 0, 0],
      [1, 3, 0],
      [0, 5, 4],
    ];
    const b = tf.constant([[1], [2], [3]], 'float64');
    close(tf.linalg.banded_triangular_solve(bands, b), np.linalg.solve(np.array(lower), b.numpy()));
    close(
      tf.linalg.banded_triangular_solve(bands, b, { adjoint: true }),
      np.linalg.solve(np.array(lower).T, b.numpy()),
    );
    const upper = tf.constant(
      [
        [1, 5, 9],
        [2, 3, 4],
      ],
      'float64',
    );
    close(
      tf.linalg.banded_triangular_solve(upper, b, { lower: false }),
      np.linalg.solve(
        np.array([
          [2, 1, 0],
          [0, 3, 5],
          [0, 0, 4],
        ]),
        b.numpy(),
      ),
    );
    const [w, v] = tf.linalg.eigh_tridiagonal(tf.constant([1, 2, 3], 'float64'), tf.constant([1, 1], 'float64'), {
      eigvals_only: false,
    }) as any[];
    const m = np.array([
      [1, 1, 0],
      [1, 2, 1],
      [0, 1, 3],
    ]);
    close(np.matmul(m, v.numpy()), np.multiply(v.numpy(), w.numpy()));
    close(
      tf.linalg.eigh_tridiagonal(tf.constant([1, 2, 3], 'float64'), tf.constant([1, 1], 'float64'), {
        select: 'i',
        select_range: [1, 2],
      }) as any,
      w.at('1:'),
    );
  });
  test('connectionist temporal classification is the sum over all ways to say the labels', () => {
    const [times, batch, classes] = [5, 3, 3];
    const logits = tf.multiply(tf.sin(ramp(times, batch, classes)), 2);
    const labels = [
      [1, 2],
      [1, 1],
      [2, 0],
    ];
    const lengths = [2, 2, 1];
    const logit_lengths = [5, 4, 3];
    const p: number[][][] = list(tf.nn.softmax(logits));
    // Every row of classes that reads as the labels, without repetitions and then without blanks.
    const want = labels.map((row, b) => {
      let sum = 0;
      const n = logit_lengths[b];
      for (let k = 0; k < classes ** n; k++) {
        const path = Array.from({ length: n }, (_, t) => Math.floor(k / classes ** t) % classes);
        const said = path.filter((c, t) => c !== 0 && c !== path[t - 1]);
        if (said.join() === row.slice(0, lengths[b]).join()) sum += path.reduce((q, c, t) => q * p[t][b][c], 1);
      }
      return -Math.log(sum);
    });
    const loss = (x: any): any => tf.nn.ctc_loss(tf.constant(labels, 'int32'), x, lengths, logit_lengths);
    close(loss(logits), np.array(want));
    close(tf.function(loss)(logits), np.array(want));
    close(
      tf.nn.ctc_loss(tf.constant(labels, 'int32'), tf.transpose(logits, [1, 0, 2]), lengths, logit_lengths, {
        logits_time_major: false,
      }),
      np.array(want),
    );
    const g = (tf.grad((x: any) => tf.reduce_sum(loss(x))) as any)(logits).numpy();
    const h = 1e-6;
    const d = tf.cos(ramp(times, batch, classes));
    const moved = (by: number): number => tf.reduce_sum(loss(tf.add(logits, tf.multiply(d, by)))).item() as number;
    expect((moved(h) - moved(-h)) / (2 * h)).toBeCloseTo((np.sum(np.multiply(g, d.numpy())) as any).item(), 6);
    expect(tf.nn.ctc_loss([[1, 1]], tf.ones([2, 1, 2]), [2], [2]).item()).toBe(Infinity);
    expect(() => tf.nn.ctc_loss([[1]], tf.ones([2, 3, 2]), [1], [2])).toThrow(/batch_size/);
  });
  test('losses and optimizers by name', () => {
    expect(list((tf.losses.get('kld') as any)([[0, 1]], [[0, 1]]))).toEqual([expect.closeTo(0)]);
    expect((tf.losses.get('MeanSquaredError') as any)([1], [3]).item()).toBe(4);
    expect(tf.optimizers.get('lion')).toBeInstanceOf(tf.optimizers.Lion);
    expect(() => tf.losses.get('none')).toThrow(/loss identifier/);
    expect(() => tf.optimizers.get('none')).toThrow(/optimizer identifier/);
    const p = [[0.2, 0.8]];
    expect(tf.losses.categorical_focal_crossentropy([[0, 1]], p, { alpha: 1, gamma: 2 }).item()).toBeCloseTo(
      0.04 * -Math.log(0.8),
    );
    expect(tf.losses.tversky([[1, 0]], [[0.5, 0.5]]).item()).toBeCloseTo(0.5);
  });
  test.each(['Lion', 'Adafactor'])('%s walks down a bowl, the same traced', (name) => {
    const run = (traced: boolean): number[] => {
      const w = new tf.Variable(
        tf.constant([
          [1, -2],
          [3, 0.5],
        ]),
      );
      const optimizer = new (tf.optimizers as any)[name](0.05);
      const step = (): any => optimizer.minimize(() => tf.reduce_sum(tf.square(w)), [w]);
      const go = traced ? tf.function(step) : step;
      const before = tf.reduce_sum(tf.square(w)).item();
      for (let i = 0; i < 60; i++) go();
      expect(tf.reduce_sum(tf.square(w)).item() as number).toBeLessThan((before as number) * 0.5);
      return list(w).flat();
    };
    expect(run(true)).toEqual(run(false).map((x) => expect.closeTo(x, 5)));
  });
  test('what a function passes goes through it, gradients as if it were not there', () => {
    const f = tf.grad_pass_through((x: any) => tf.multiply(tf.floor(x), 3));
    const x = tf.constant([1.5, -0.5]);
    expect(list(f(x))).toEqual([3, -3]);
    expect(list((tf.grad((v: any) => tf.reduce_sum(tf.square(f(v)))) as any)(x))).toEqual([6, -6]);
  });
});

describe('datasets put together anew', () => {
  const all = (d: any): any[] => [...d].map((e) => list(e));
  test('rebatch, counter, group_by_window', () => {
    expect(all(tf.data.Dataset.range(7).batch(3).rebatch(2))).toEqual([[0, 1], [2, 3], [4, 5], [6]]);
    expect(all(tf.data.Dataset.counter(5, -2).take(3))).toEqual([5, 3, 1]);
    expect((tf.data.Dataset.counter() as any).cardinality().item()).toBe(-1);
    const parity = tf.data.Dataset.range(7).group_by_window({
      key_func: (x: any) => tf.math.mod(x, 2n),
      reduce_func: (_k: any, w: any) => w.batch(3),
      window_size: 3,
    });
    expect(all(parity)).toEqual([[0, 2, 4], [1, 3, 5], [6]]);
    expect(() =>
      tf.data.Dataset.range(3).group_by_window({ key_func: () => 0, reduce_func: (_k: any, w: any) => w }),
    ).toThrow(/window_size/);
  });
  test('buckets by length', () => {
    const lists = [[1], [2, 2, 2], [3], [4, 4], [5, 5, 5, 5]];
    const d = tf.data.Dataset.from_generator(
      function* () {
        for (const l of lists) yield tf.constant(l, 'int64');
      },
      { output_signature: new tf.TensorSpec([null], 'int64') },
    );
    const bucketed = d.bucket_by_sequence_length((x: any) => x.shape[0], [2, 4], [2, 2, 2]);
    expect(all(bucketed)).toEqual([
      [[1], [3]],
      [
        [2, 2, 2],
        [4, 4, 0],
      ],
      [[5, 5, 5, 5]],
    ]);
    expect(() => d.bucket_by_sequence_length(() => 1, [2], [1])).toThrow(/len\(bucket_batch_sizes\)/);
  });
});
