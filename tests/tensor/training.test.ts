import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { np, tf } from '../../src/index.js';

/** Small models on real data. */

const root = (name: string): string => dirname(createRequire(__filename).resolve(name));

/** Some digits of each kind, from the place given. */
function digits(from: number, count: number): [tf.Tensor, tf.Tensor] {
  const images: number[] = [];
  const labels: number[] = [];
  for (let d = 0; d < 10; d++) {
    const { data } = JSON.parse(readFileSync(join(root('mnist'), 'digits', `${d}.json`), 'utf8')) as { data: number[] };
    images.push(...data.slice(from * 784, (from + count) * 784));
    for (let i = 0; i < count; i++) labels.push(d);
  }
  return [
    tf.constant(np.array(new Float32Array(images)).reshape(-1, 28, 28, 1).copy()),
    tf.constant(labels, 'int32'),
  ] as never;
}

interface Net {
  readonly variables: tf.Variable[];
  readonly model: (x: tf.Tensor) => tf.Tensor;
}
function weights(seed: number): (...shape: number[]) => tf.Variable {
  const rng = np.random.default_rng(seed);
  return (...shape) => {
    const fan = shape.slice(0, -1).reduce((a, b) => a * b, 1);
    return new tf.Variable(np.multiply(rng.standard_normal(shape), Math.sqrt(2 / fan)).astype('float32') as never);
  };
}
const zeros = (n: number): tf.Variable => new tf.Variable(tf.zeros([n]));

function layers(): Net {
  const W = weights(1);
  const [w, b, v, c] = [W(784, 64), zeros(64), W(64, 10), zeros(10)];
  const model = (x: tf.Tensor): tf.Tensor =>
    tf.add(tf.matmul(tf.nn.relu(tf.add(tf.matmul(tf.reshape(x, [-1, 784]), w), b)), v), c);
  return { variables: [w, b, v, c], model };
}
function convolutions(): Net {
  const W = weights(2);
  const [w, b, v, c] = [W(5, 5, 1, 6), zeros(6), W(14 * 14 * 6, 10), zeros(10)];
  const model = (x: tf.Tensor): tf.Tensor => {
    const h = tf.nn.max_pool2d(tf.nn.relu(tf.nn.bias_add(tf.nn.conv2d(x, w, 1, 'SAME'), b)), 2, 2, 'VALID');
    return tf.add(tf.matmul(tf.reshape(h, [-1, 14 * 14 * 6]), v), c);
  };
  return { variables: [w, b, v, c], model };
}

/** Trains, and gives the losses of all steps. */
function train({ variables, model }: Net, data: readonly tf.Tensor[], epochs: number, traced: boolean): number[] {
  const loss = new tf.losses.SparseCategoricalCrossentropy({ from_logits: true });
  const optimizer = new tf.optimizers.Adam(0.003);
  const step = (x: tf.Tensor, y: tf.Tensor): tf.Tensor => {
    const tape = new tf.GradientTape();
    const value = loss(y, model(x));
    optimizer.minimize(value, variables, tape);
    return value;
  };
  const run = traced ? tf.function(step) : step;
  const losses: number[] = [];
  const batches = tf.data.Dataset.from_tensor_slices(data).shuffle(5000, { seed: 3 }).batch(50, true).repeat(epochs);
  for (const [x, y] of batches) losses.push(run(x, y).item() as number);
  return losses;
}
const accuracy = ({ model }: Net, [x, y]: readonly tf.Tensor[]): number =>
  new tf.metrics.SparseCategoricalAccuracy()(y, model(x)).item() as number;

describe('digits', () => {
  test('are read by plain layers', () => {
    const net = layers();
    const losses = train(net, digits(0, 150), 5, true);
    expect(losses.at(-1)).toBeLessThan(0.35);
    expect(accuracy(net, digits(800, 50))).toBeGreaterThan(0.85);
  });
  test.each([
    ['layers', layers],
    ['convolutions', convolutions],
  ])('train %s to the same numbers, eagerly and traced', (_, make) => {
    const data = digits(0, 30);
    const [a, b] = [make(), make()];
    const losses = train(a, data, 1, false);
    expect(train(b, data, 1, true)).toEqual(losses);
    expect(losses[5]).toBeLessThan(losses[0]);
    for (const [i, v] of a.variables.entries()) expect(v.numpy().tolist()).toEqual(b.variables[i].numpy().tolist());
  });
});

describe('a table', () => {
  test('of penguins tells their species apart, by logistic regression', () => {
    type Row = Record<string, number | string | null>;
    const columns = ['Beak Length (mm)', 'Beak Depth (mm)', 'Flipper Length (mm)', 'Body Mass (g)'];
    const file = join(root('vega-datasets'), '..', 'data', 'penguins.json');
    const rows = (JSON.parse(readFileSync(file, 'utf8')) as Row[]).filter((r) => columns.every((c) => r[c] !== null));
    const species = [...new Set(rows.map((r) => r.Species))];
    const raw = np.array(rows.map((r) => columns.map((c) => r[c] as number)));
    const x = tf.cast(np.divide(np.subtract(raw, np.mean(raw, 0)), np.std(raw, 0)) as never, 'float32');
    const y = tf.constant(
      rows.map((r) => species.indexOf(r.Species)),
      'int32',
    );
    const [w, b] = [new tf.Variable(tf.zeros([4, 3])), zeros(3)];
    const optimizer = new tf.optimizers.SGD(0.5, 0.9);
    const loss = new tf.losses.SparseCategoricalCrossentropy({ from_logits: true });
    const step = tf.function(() => {
      optimizer.minimize(() => loss(y, tf.add(tf.matmul(x, w), b)), [w, b]);
    });
    for (let i = 0; i < 60; i++) step();
    expect(accuracy({ variables: [w, b], model: (t) => tf.add(tf.matmul(t, w), b) }, [x, y] as never)).toBeGreaterThan(
      0.98,
    );
  });
});

describe('a text', () => {
  test('is foretold by a recurrent network better than by how often characters stand in it', () => {
    const text = readFileSync(join(root('mathjs/package.json'), 'README.md'), 'utf8')
      .toLowerCase()
      .slice(0, 4000);
    const letters = [...new Set(text)];
    const codes = tf.constant(
      [...text].map((c) => letters.indexOf(c)),
      'int32',
    );
    const [n, width, length] = [letters.length, 48, 12];
    const share = np.divide(np.bincount(codes.numpy() as never), text.length);
    const entropy = -Number(np.sum(np.multiply(share, np.log(share as never)) as never));
    const W = weights(4);
    const [e, u, b, v, c] = [W(n, width), W(width, width), zeros(width), W(width, n), zeros(n)];
    const loss = new tf.losses.SparseCategoricalCrossentropy({ from_logits: true });
    const optimizer = new tf.optimizers.Adam({ learning_rate: 0.01, global_clipnorm: 1 });
    const step = tf.function((line: tf.Tensor) => {
      const tape = new tf.GradientTape();
      let h: tf.Tensor = tf.zeros([line.shape[0], width]);
      const logits: tf.Tensor[] = [];
      for (let t = 0; t < length; t++) {
        h = tf.tanh(tf.add(tf.add(tf.nn.embedding_lookup(e, line.at(':', t)), tf.matmul(h, tf.multiply(u, 0.5))), b));
        logits.push(tf.add(tf.matmul(h, v), c));
      }
      const value = loss(line.at(':, 1:'), tf.stack(logits, 1));
      optimizer.minimize(value, [e, u, b, v, c], tape);
      return value;
    });
    const lines = tf.data.Dataset.from_tensor_slices(codes)
      .batch(length + 1, true)
      .shuffle(1000, 5)
      .batch(32, true)
      .repeat(7);
    const losses = [...lines].map((line) => step(line as tf.Tensor).item() as number);
    expect(losses.slice(-5).reduce((a, x) => a + x, 0) / 5).toBeLessThan(entropy - 0.3);
  });
});
