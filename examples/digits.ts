/**
 * Learns to read handwritten digits: 10,000 images from the MNIST set (the package `mnist`), a tenth of them held out. A network of two
 * convolutions, or of plain layers, is trained with tf; progress is shown while it runs.
 *
 *   node build/examples/digits.js conv            to over 97 % of the held-out images
 *   node build/examples/digits.js mlp --eager     step by step rather than as a traced function: the same numbers
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { np, tf } from 'numbridge';

const require = createRequire(import.meta.url);
const folder = join(dirname(require.resolve('mnist')), 'digits');

const kind = process.argv[2] === 'mlp' ? 'mlp' : 'conv';
const eager = process.argv.includes('--eager');
const epochs = kind === 'conv' ? 3 : 16;

// --- the images: every tenth is held out
const parts: Record<'train' | 'test', { images: number[][]; labels: number[] }> = {
  train: { images: [], labels: [] },
  test: { images: [], labels: [] },
};
for (let digit = 0; digit < 10; digit++) {
  const { data } = JSON.parse(readFileSync(join(folder, `${digit}.json`), 'utf8')) as { data: number[] };
  for (let i = 0; i + 784 <= data.length; i += 784) {
    const part = parts[(i / 784) % 10 === 9 ? 'test' : 'train'];
    part.images.push(data.slice(i, i + 784));
    part.labels.push(digit);
  }
}
const tensors = ({ images, labels }: { images: number[][]; labels: number[] }) =>
  [np.array(new Float32Array(images.flat())).reshape(-1, 28, 28, 1), np.array(labels, { dtype: 'int32' })] as const;
const [images, labels] = tensors(parts.train);
const [testImages, testLabels] = tensors(parts.test);

// --- the model: variables, and a function of them
const rng = np.random.default_rng(1);
const weights = (...shape: number[]) => {
  const fan = shape.slice(0, -1).reduce((a, b) => a * b, 1);
  return new tf.Variable(np.multiply(rng.standard_normal(shape), Math.sqrt(2 / fan)).astype('float32'));
};
const bias = (n: number) => new tf.Variable(tf.zeros([n]));
const chance = np.random.default_rng(2);

const layers =
  kind === 'conv'
    ? [weights(5, 5, 1, 12), bias(12), weights(3, 3, 12, 24), bias(24), weights(1176, 10), bias(10)]
    : [weights(784, 256), bias(256), weights(256, 128), bias(128), weights(128, 10), bias(10)];
const [w1, b1, w2, b2, w3, b3] = layers;

function model(x: tf.Tensor, training: boolean): tf.Tensor {
  const drop = (h: tf.Tensor, rate: number) => (training ? tf.nn.dropout(h, { rate, seed: chance }) : h);
  if (kind === 'conv') {
    const first = tf.nn.relu(tf.nn.bias_add(tf.nn.conv2d(x, w1, 1, 'SAME'), b1));
    const second = tf.nn.relu(tf.nn.bias_add(tf.nn.conv2d(tf.nn.max_pool2d(first, 2, 2, 'VALID'), w2, 1, 'SAME'), b2));
    const flat = tf.reshape(tf.nn.max_pool2d(second, 2, 2, 'VALID'), [-1, 1176]);
    return tf.add(tf.matmul(drop(flat, 0.2), w3), b3);
  }
  const first = tf.nn.relu(tf.add(tf.matmul(drop(tf.reshape(x, [-1, 784]), 0.1), w1), b1));
  const second = tf.nn.relu(tf.add(tf.matmul(drop(first, 0.3), w2), b2));
  return tf.add(tf.matmul(drop(second, 0.3), w3), b3);
}

// --- one step, and all of them
const loss = new tf.losses.SparseCategoricalCrossentropy({ from_logits: true });
const batches = tf.data.Dataset.from_tensor_slices([images, labels])
  .shuffle(10_000, { seed: 3 })
  .batch(kind === 'conv' ? 32 : 64, true);
const steps = batches.length * epochs;
const optimizer = new tf.optimizers.Adam(new tf.optimizers.schedules.CosineDecay(0.002, steps, 0.02));
const step = (x: tf.Tensor, y: tf.Tensor): tf.Tensor => {
  const tape = new tf.GradientTape();
  const value = loss(y, model(x, true));
  optimizer.minimize(value, layers, tape);
  return value;
};
const train = eager ? step : tf.function(step);

const tty = process.stdout.isTTY === true;
for (let epoch = 1; epoch <= epochs; epoch++) {
  const mean = new tf.metrics.Mean();
  const start = performance.now();
  const shown = batches.with_progress((done, total) => {
    if (tty)
      process.stdout.write(`\r  ${Math.round((100 * done) / total)} %, loss ${mean.result().item().toFixed(4)} `);
  });
  for (const [x, y] of shown) mean.update_state(train(x, y));
  const right = new tf.metrics.SparseCategoricalAccuracy()(testLabels, model(tf.constant(testImages), false));
  const each = (performance.now() - start) / batches.length;
  console.log(
    `${tty ? '\r' : ''}epoch ${epoch}: loss ${mean.result().item().toFixed(4)}, held out ${(100 * (right.item() as number)).toFixed(2)} % right, ${each.toFixed(1)} ms a step`,
  );
}
