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
  /** What is made before the first await is on the current device. */
  run(): Promise<Outcome>;
}

type Tensor = InstanceType<typeof tf.Tensor>;

const floats = async (t: Tensor): Promise<Float32Array> => (await t.data()) as Float32Array;
/** What np makes is float64; the gpu has float32. */
const f32 = (a: Parameters<typeof np.astype>[0]): Tensor => tf.constant(np.astype(a, 'float32'));

// --- a Julia set: one fused kernel a step

const ROWS = 180;
const COLUMNS = 280;
const STEPS = 36;

const julia = tf.function((re: Tensor, im: Tensor, steps: Tensor) => {
  const next = tf.add(tf.subtract(tf.square(re), tf.square(im)), -0.8);
  const other = tf.add(tf.multiply(tf.multiply(re, im), 2), 0.156);
  const inside = tf.less(tf.add(tf.square(re), tf.square(im)), 16);
  return [tf.where(inside, next, re), tf.where(inside, other, im), tf.where(inside, tf.add(steps, 1), steps)];
});

async function runJulia(): Promise<Outcome> {
  const [x, y] = np.meshgrid(np.linspace(-1.55, 1.55, COLUMNS), np.linspace(-1, 1, ROWS));
  let state: Tensor[] = [f32(x), f32(y), tf.zeros([ROWS, COLUMNS])];
  for (let i = 0; i < STEPS; i++) state = julia(state[0], state[1], state[2]);
  const values = await floats(state[2]);
  return { values, image: [ROWS, COLUMNS], text: `${ROWS} × ${COLUMNS} points, ${STEPS} steps` };
}

// --- edges of a picture: one convolution

const SIDE = 180;

/** A picture made of waves and discs. */
function picture() {
  const [x, y] = np.meshgrid(np.linspace(-1, 1, COLUMNS), np.linspace(-0.65, 0.65, SIDE));
  const ring = np.less(np.abs(np.subtract(np.hypot(np.add(x, 0.45), y), 0.36)), 0.09);
  const disc = np.less(np.hypot(np.subtract(x, 0.42), np.add(y, 0.08)), 0.3);
  const waves = np.multiply(0.18, np.sin(np.add(np.multiply(x, 23), np.multiply(np.sin(np.multiply(y, 7)), 3))));
  return np.add(np.add(ring, np.multiply(disc, 0.7)), waves);
}

async function runEdges(): Promise<Outcome> {
  const image = tf.reshape(f32(picture()), [1, SIDE, COLUMNS, 1]);
  const sobel = np.array([
    [-1, 0, 1],
    [-2, 0, 2],
    [-1, 0, 1],
  ]);
  const kernels = tf.reshape(f32(np.stack([sobel, np.transpose(sobel)], { axis: -1 })), [3, 3, 1, 2]);
  const slopes = tf.nn.conv2d(image, kernels, { strides: 1, padding: 'SAME' });
  const edges = tf.sqrt(tf.reduce_sum(tf.square(slopes), { axis: 3 }));
  const values = await floats(edges);
  return { values, image: [SIDE, COLUMNS], text: `${SIDE} × ${COLUMNS} pixels, two 3 × 3 kernels` };
}

// --- training: gradients and variables

const POINTS = 240;
const TURNS = 60;

/** Two spirals, one for each class. */
function spirals() {
  const t = np.linspace(0.5, 3, POINTS / 2);
  const angle = np.multiply(t, 2.3);
  const arm = (sign: number) =>
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
  const rng = np.random.default_rng(7);
  const weights = (m: number, n: number) =>
    new tf.Variable(f32(np.multiply(rng.standard_normal([m, n]), Math.sqrt(2 / m))));
  const layers = [weights(2, 32), weights(32, 32), weights(32, 1)];
  const biases = [32, 32, 1].map((n) => new tf.Variable(tf.zeros([n])));
  const all = [...layers, ...biases];
  const logits = (input: Tensor): Tensor => {
    const one = tf.tanh(tf.add(tf.matmul(tf.multiply(input, 3), layers[0]), biases[0]));
    const two = tf.tanh(tf.add(tf.matmul(one, layers[1]), biases[1]));
    return tf.add(tf.matmul(two, layers[2]), biases[2]);
  };
  const optimizer = new tf.optimizers.Adam({ learning_rate: 0.03 });
  const step = tf.function(() => {
    const tape = new tf.GradientTape();
    const loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits({ labels: y, logits: logits(x) }));
    const gradients = tape.gradient(loss, all);
    optimizer.apply_gradients(gradients.map((g, i) => [g, all[i]]));
    return loss;
  });
  let loss = step();
  for (let i = 1; i < TURNS; i++) loss = step();
  // What the network makes of every point of the plane.
  const [rows, columns, wide, high] = [120, 187, 1.6, 1.03];
  const [gx, gy] = np.meshgrid(np.linspace(-wide, wide, columns), np.linspace(-high, high, rows));
  const grid = f32(np.stack([np.ravel(gx), np.ravel(gy)], { axis: 1 }));
  const values = await floats(tf.sigmoid(logits(grid)));
  const [last] = await floats(loss);
  const marks = (points.tolist() as number[][]).map(
    ([px, py], i) => [(px / wide + 1) / 2, (py / high + 1) / 2, i < POINTS / 2 ? 1 : 0] as const,
  );
  return { values, image: [rows, columns], text: `${TURNS} steps of Adam, loss ${last.toFixed(4)}`, marks };
}

// --- a matrix product

const N = 160;

async function runProduct(): Promise<Outcome> {
  const rng = np.random.default_rng(1);
  const walks = () => f32(np.cumsum(rng.standard_normal([N, N]), 1));
  const c = np.matmul(np.transpose(walks()), walks());
  const [norm] = await floats(np.linalg.norm(c));
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
