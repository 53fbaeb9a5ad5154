import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { interop, np as numpy, tf as tensors } from '../../../src/index.js';
import { isThere, deviceName, read, sent } from './support.js';

/** Training on a device that the host does not reach: the same numbers, and nothing goes there but the batches. */

const np: any = numpy;
const tf: any = tensors;
const folder = join(dirname(createRequire(__filename).resolve('mnist')), 'digits');

/** Some digits of each kind, every fourth pixel of each axis. */
function digits(count: number): any[] {
  const images: number[] = [];
  const labels: number[] = [];
  for (let d = 0; d < 10; d++) {
    const { data } = JSON.parse(readFileSync(join(folder, `${d}.json`), 'utf8')) as { data: number[] };
    images.push(...data.slice(0, count * 784));
    for (let i = 0; i < count; i++) labels.push(d);
  }
  const all = np.array(new Float32Array(images)).reshape(-1, 28, 28, 1).at(':, 2::4, 2::4');
  return [tf.constant(np.array(all)), tf.constant(labels, 'int32')];
}

type Net = { readonly variables: any[]; readonly model: (x: any) => any };

function weights(seed: number): (...shape: number[]) => any {
  const rng = np.random.default_rng(seed);
  return (...shape) => {
    const fan = shape.slice(0, -1).reduce((a, b) => a * b, 1);
    return new tf.Variable(np.multiply(rng.standard_normal(shape), Math.sqrt(2 / fan)).astype('float32'));
  };
}
const zeros = (n: number): any => new tf.Variable(tf.zeros([n]));

function layers(): Net {
  const W = weights(1);
  const [w, b, v, c] = [W(49, 16), zeros(16), W(16, 10), zeros(10)];
  const dense = (x: any): any => tf.nn.relu(tf.add(tf.matmul(tf.reshape(x, [-1, 49]), w), b));
  return { variables: [w, b, v, c], model: (x) => tf.add(tf.matmul(dense(x), v), c) };
}
function convolutions(): Net {
  const W = weights(2);
  const [w, b, v, c] = [W(3, 3, 1, 4), zeros(4), W(3 * 3 * 4, 10), zeros(10)];
  const model = (x: any): any => {
    const h = tf.nn.max_pool2d(tf.nn.relu(tf.nn.bias_add(tf.nn.conv2d(x, w, 1, 'SAME'), b)), 2, 2, 'VALID');
    return tf.add(tf.matmul(tf.reshape(h, [-1, 3 * 3 * 4]), v), c);
  };
  return { variables: [w, b, v, c], model };
}

function stepOf({ variables, model }: Net, optimizer: any): (x: any, y: any) => any {
  const loss = new tf.losses.SparseCategoricalCrossentropy({ from_logits: true });
  return (x, y) => {
    const tape = new tf.GradientTape();
    const value = loss(y, model(x));
    optimizer.minimize(value, variables, tape);
    return value;
  };
}
/** A few steps; the losses, as they come. */
function train(step: (x: any, y: any) => any, data: readonly any[]): any[] {
  const batches = tf.data.Dataset.from_tensor_slices(data).shuffle(100, { seed: 3 }).batch(10, true);
  const losses: any[] = [];
  for (const [x, y] of batches) losses.push(step(x, y));
  return losses;
}

describe.each([
  ['layers', layers, () => new tf.optimizers.Adam(0.01)],
  ['convolutions', convolutions, () => new tf.optimizers.SGD(0.1, 0.9)],
])('%s', (_, make, optimizer) => {
  test.each([
    ['step by step', false],
    ['as a traced function', true],
  ])('train there to the numbers that they train to here, %s', (_title, traced) => {
    const data = digits(4);
    const here = make();
    const there = tf.device(deviceName, make);
    const want = train(stepOf(here, optimizer()), data).map((l) => read(l).item());
    const step = stepOf(there, optimizer());
    const got = train(traced ? tf.function(step) : (x, y) => step(sent(x), sent(y)), data);
    expect(got.every(isThere)).toBe(true);
    expect(there.variables.every(isThere)).toBe(true);
    for (const [i, l] of got.entries()) expect(read(l).item()).toBeCloseTo(want[i], 3);
    for (const [i, v] of there.variables.entries())
      expect(np.allclose(read(v), read(here.variables[i]), { rtol: 1e-3, atol: 1e-4 })).toBe(true);
  });
  test('are given nothing but the batches once they run', () => {
    const data = digits(2);
    const there = tf.device(deviceName, make);
    const step = tf.function(stepOf(there, optimizer()));
    train(step, data);
    const profile = interop.profile(() => train(step, data));
    const moved = profile.records.filter((r) => r.reason === 'device');
    const bytes = moved.reduce((n, r) => n + r.bytes, 0);
    // Two batches of ten images with their labels.
    expect(moved.every((r) => r.to === deviceName)).toBe(true);
    expect(bytes).toBe(2 * (10 * 49 * 4 + 10 * 4));
  });
});
