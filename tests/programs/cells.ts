import * as np from '../../src/ndarray/index.js';

export function main(print: (...line: unknown[]) => void): void {
  let g = np.zeros([8, 8], 'uint8');
  g.set(
    [
      [0, 1, 2, 2, 2],
      [1, 2, 0, 1, 2],
    ],
    1,
  );

  const step = (a: np.NDArray): np.NDArray => {
    let n = np.zeros_like(a);
    for (const i of [-1, 0, 1])
      for (const j of [-1, 0, 1]) if (i !== 0 || j !== 0) n = n.add(np.roll(np.roll(a, i, 0), j, 1));
    return n
      .eq(3)
      .or(a.astype('bool').and(n.eq(2)))
      .astype('uint8');
  };

  for (let i = 0; i < 5; i++) g = step(g);
  print(g);
  print([...g.at('1:5')].map((row) => [...row].map((c) => (c.item() ? '#' : '.')).join('')).join('\n'));
  const [ys, xs] = np.nonzero(g);
  print(ys, xs, ys.mean(), xs.mean());

  const table = np.array([...np.binary_repr(30, 8)].reverse(), 'int64');
  let row = np.zeros(15, 'int');
  row.set(7, 1);
  for (let i = 0; i < 5; i++) {
    print(np.where(row, '*', '.').tolist().join(''));
    row = table.at(np.roll(row, 1).mul(4).add(row.mul(2)).add(np.roll(row, -1)));
  }

  const [weights, values, room] = [[1, 3, 4, 5], [1, 4, 5, 7], 7];
  const best = np.zeros([5, room + 1], 'int');
  for (let i = 1; i < 5; i++) {
    const w = weights[i - 1];
    best.set(i, best.at(i - 1));
    const taken = best.at(i - 1, np.slice(null, room + 1 - w)).add(values[i - 1]);
    best.set([i, np.slice(w, null)], np.maximum(best.at(i - 1, np.slice(w, null)), taken));
  }
  print(best, best.at(-1, -1));

  const maze = np.array(['#######', '#S..#.#', '#.#...#', '#.#.#E#', '#######'].map((line) => [...line]));
  const [start, end] = ['S', 'E'].map((c) => np.argwhere(maze.eq(c)).at(0));
  const steps = np.full(maze.shape, -1n);
  const queue = [start.tolist() as number[]];
  steps.set(queue[0], 0);
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    for (const [dy, dx] of [
      [0, 1],
      [1, 0],
      [0, -1],
      [-1, 0],
    ]) {
      const to = [at[0] + dy, at[1] + dx];
      if (maze.item(...to) === '#' || Number(steps.item(...to)) >= 0) continue;
      steps.set(to, steps.at(...at).add(1));
      queue.push(to);
    }
  }
  print(steps);
  print(start, end, steps.at(...(end.tolist() as number[])));
  print(np.cumprod(np.arange(1, 21)).at([4, 14, 19]), np.bitwise_xor.accumulate(np.array([255, 10, 127], 'uint8')));
}
