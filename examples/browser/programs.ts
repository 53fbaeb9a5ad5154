import { np, tf } from 'numbridge';

/**
 * What the page runs on each device: the same lines, inside of tf.device. A program gives an image, which is drawn, or a line of text; both are compared
 * with the other device's numbers.
 */
export interface Outcome {
  /** What is compared. */
  readonly values: Float32Array;
  /** Rows and columns of `values`, drawn as an image; none for text alone. */
  readonly image: readonly [number, number] | null;
  readonly text: string;
  /** Drawn on top: places from 0 to 1 across and down, and which of two kinds. */
  readonly marks?: readonly (readonly [number, number, number])[];
}
export interface Program {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  /** The heart of it, as it is shown. */
  readonly code: string;
  /** Everything made in here is on the current device. */
  run(): Promise<Outcome>;
}

const floats = async (t: { data(): Promise<ArrayBufferView> }): Promise<Float32Array> =>
  (await t.data()) as Float32Array;
const f32 = (a: unknown): any => tf.constant(np.astype(a as any, 'float32') as any);

// --- a Julia set: one fused kernel a step

const ROWS = 180;
const COLUMNS = 280;
const STEPS = 36;

const julia = tf.function((re: any, im: any, steps: any) => {
  const next = tf.add(tf.subtract(tf.square(re), tf.square(im)), -0.8);
  const other = tf.add(tf.multiply(tf.multiply(re, im), 2), 0.156);
  const inside = tf.less(tf.add(tf.square(re), tf.square(im)), 16);
  return [tf.where(inside, next, re), tf.where(inside, other, im), tf.where(inside, tf.add(steps, 1), steps)];
});

async function runJulia(): Promise<Outcome> {
  const [x, y] = np.meshgrid(np.linspace(-1.55, 1.55, COLUMNS), np.linspace(-1, 1, ROWS)) as any;
  let state: any = [f32(x), f32(y), tf.zeros([ROWS, COLUMNS])];
  for (let i = 0; i < STEPS; i++) state = (julia as any)(...state);
  const values = await floats(state[2]);
  return { values, image: [ROWS, COLUMNS], text: `${ROWS} × ${COLUMNS} points, ${STEPS} steps` };
}

// --- edges of a picture: one convolution

const SIDE = 180;

/** A picture made of waves and discs. */
function picture(): unknown {
  const [x, y] = np.meshgrid(np.linspace(-1, 1, COLUMNS), np.linspace(-0.65, 0.65, SIDE)) as any;
  const ring = np.less(np.abs(np.subtract(np.hypot(np.add(x, 0.45), y), 0.36)) as any, 0.09);
  const disc = np.less(np.hypot(np.subtract(x, 0.42), np.add(y, 0.08)) as any, 0.3);
  const waves = np.multiply(
    0.18,
    np.sin(np.add(np.multiply(x, 23), np.multiply(np.sin(np.multiply(y, 7)) as any, 3)) as any),
  );
  return np.add(np.add(ring, np.multiply(disc, 0.7)), waves);
}

async function runEdges(): Promise<Outcome> {
  const image = tf.reshape(f32(picture()), [1, SIDE, COLUMNS, 1]);
  const sobel = np.array([
    [-1, 0, 1],
    [-2, 0, 2],
    [-1, 0, 1],
  ]) as any;
  const kernels = tf.reshape(f32(np.stack([sobel, np.transpose(sobel)], { axis: -1 } as any)), [3, 3, 1, 2]);
  const slopes = tf.nn.conv2d(image as any, kernels as any, { strides: 1, padding: 'SAME' } as any);
  const edges = tf.sqrt(tf.reduce_sum(tf.square(slopes as any), { axis: 3 } as any));
  const values = await floats(edges as any);
  return { values, image: [SIDE, COLUMNS], text: `${SIDE} × ${COLUMNS} pixels, two 3 × 3 kernels` };
}

// --- training: gradients and variables

const POINTS = 240;
const TURNS = 60;

/** Two spirals, one for each class. */
function spirals(): { points: any; classes: any } {
  const t = np.linspace(0.5, 3, POINTS / 2);
  const angle = np.multiply(t, 2.3);
  const arm = (sign: number): any =>
    np.multiply(np.stack([np.multiply(t, np.cos(angle)), np.multiply(t, np.sin(angle))], { axis: 1 }), sign / 3.3);
  const noise = np.multiply(np.random.default_rng(5).standard_normal([POINTS, 2]), 0.02);
  return {
    points: np.add(np.concatenate([arm(1), arm(-1)]), noise),
    classes: np.reshape(np.concatenate([np.ones(POINTS / 2), np.zeros(POINTS / 2)]), [POINTS, 1]),
  };
}

async function runTraining(): Promise<Outcome> {
  const { points, classes } = spirals();
  const x = f32(points);
  const y = f32(classes);
  const rng = np.random.default_rng(7) as any;
  const weights = (m: number, n: number): any =>
    new tf.Variable(f32(np.multiply(rng.standard_normal([m, n]), Math.sqrt(2 / m))) as any);
  const layers = [weights(2, 32), weights(32, 32), weights(32, 1)];
  const biases = [32, 32, 1].map((n) => new tf.Variable(tf.zeros([n]) as any)) as any[];
  const all = [...layers, ...biases];
  const logits = (input: any): any => {
    const one = tf.tanh(tf.add(tf.matmul(tf.multiply(input, 3), layers[0]), biases[0]));
    const two = tf.tanh(tf.add(tf.matmul(one as any, layers[1]), biases[1]));
    return tf.add(tf.matmul(two as any, layers[2]), biases[2]);
  };
  const optimizer = new (tf as any).optimizers.Adam({ learning_rate: 0.03 });
  const step = tf.function(() => {
    const tape = new (tf as any).GradientTape();
    const loss = tf.reduce_mean((tf.nn as any).sigmoid_cross_entropy_with_logits({ labels: y, logits: logits(x) }));
    const gradients = tape.gradient(loss, all);
    optimizer.apply_gradients(gradients.map((g: any, i: number) => [g, all[i]]));
    return loss;
  }) as any;
  let loss: any;
  for (let i = 0; i < TURNS; i++) loss = step();
  // What the network makes of every point of the plane.
  const [rows, columns, wide, high] = [120, 187, 1.6, 1.03];
  const [gx, gy] = np.meshgrid(np.linspace(-wide, wide, columns), np.linspace(-high, high, rows)) as any;
  const grid = f32(np.stack([np.ravel(gx), np.ravel(gy)], { axis: 1 } as any));
  const values = await floats(tf.sigmoid(logits(grid)) as any);
  const [last] = await floats(loss);
  const marks = (points.tolist() as number[][]).map(
    ([px, py], i) => [(px / wide + 1) / 2, (py / high + 1) / 2, i < POINTS / 2 ? 1 : 0] as const,
  );
  return { values, image: [rows, columns], text: `${TURNS} steps of Adam, loss ${last.toFixed(4)}`, marks };
}

// --- a matrix product

const N = 160;

async function runProduct(): Promise<Outcome> {
  const rng = np.random.default_rng(1) as any;
  const walks = (): any => f32(np.cumsum(rng.standard_normal([N, N]), 1));
  const c = np.matmul(np.transpose(walks()), walks()) as any;
  const [norm] = await floats(np.linalg.norm(c) as any);
  const values = await floats(c);
  return { values, image: [N, N], text: `${N} × ${N}, norm ${norm.toFixed(2)}` };
}

export const PROGRAMS: readonly Program[] = [
  {
    id: 'julia',
    title: 'A Julia set',
    about:
      'z² + c for every point of the plane. tf.function joins the step into one kernel, so nothing is stored between its operations.',
    code: `const step = tf.function((re, im, steps) => {
  const next = tf.add(tf.subtract(tf.square(re), tf.square(im)), -0.8);
  const other = tf.add(tf.multiply(tf.multiply(re, im), 2), 0.156);
  const inside = tf.less(tf.add(tf.square(re), tf.square(im)), 16);
  return [tf.where(inside, next, re), tf.where(inside, other, im),
          tf.where(inside, tf.add(steps, 1), steps)];
});`,
    run: runJulia,
  },
  {
    id: 'edges',
    title: 'Edges of a picture',
    about: 'The picture is made with np, and becomes a tensor. The two Sobel kernels are one convolution.',
    code: `const kernels = np.stack([sobel, np.transpose(sobel)], { axis: -1 });
const slopes = tf.nn.conv2d(image, kernels, { strides: 1, padding: 'SAME' });
const edges = tf.sqrt(tf.reduce_sum(tf.square(slopes), { axis: 3 }));`,
    run: runEdges,
  },
  {
    id: 'training',
    title: 'Learning two spirals',
    about:
      'A network of two hidden layers, its gradients and its optimizer, traced once and run sixty times. Drawn is what it makes of the plane.',
    code: `const step = tf.function(() => {
  const tape = tf.GradientTape();
  const loss = tf.reduce_mean(
    tf.nn.sigmoid_cross_entropy_with_logits({ labels: y, logits: logits(x) }));
  const gradients = tape.gradient(loss, variables);
  optimizer.apply_gradients(gradients.map((g, i) => [g, variables[i]]));
  return loss;
});`,
    run: runTraining,
  },
  {
    id: 'product',
    title: 'A matrix product',
    about:
      'Functions of np take tensors where they are: the product and its norm are computed on the device that has the operands.',
    code: `const walks = () => np.cumsum(rng.standard_normal([160, 160]), 1);
const a = tf.constant(np.astype(walks(), 'float32'));
const c = np.matmul(np.transpose(a), b); // a tensor, where a and b are
const norm = np.linalg.norm(c);          // and so is this
await norm.data();                       // here its value comes back`,
    run: runProduct,
  },
];
