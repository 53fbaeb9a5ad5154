import * as np from '../../src/ndarray/index.js';

export function main(print: (...line: unknown[]) => void): void {
  const rng = np.random.default_rng(7);
  const X = np.vstack(
    [
      [0, 0],
      [4, 4],
      [0, 5],
    ].map((c) => rng.normal(c, 0.6, [15, 2])),
  );
  let C = X.at(rng.choice(X.shape[0], 3, { replace: false }));
  let [it, d, lab] = [0, X, X];
  for (; it < 50; it++) {
    d = X.at(':', null).sub(C).pow(2).sum(-1);
    lab = d.argmin(1);
    const means = np.stack([0, 1, 2].map((k) => X.at(lab.eq(k)).mean({ axis: 0 })));
    if (np.allclose(means, C)) break;
    C = means;
  }
  print(it, lab);
  print(C);
  print(`inertia ${d.min({ axis: 1 }).sum().item().toFixed(6)}`, np.bincount(lab));
  const Xc = X.sub(X.mean(0));
  const [w, V] = np.linalg.eigh(Xc.T.matmul(Xc).div(X.shape[0] - 1));
  const order = np.argsort(w).at('::-1');
  print(w.at(order), w.at(order).div(w.sum()));
  print(
    Xc.matmul(V.at(':', order))
      .mul(np.sign(V.at(0, order)))
      .at(':3'),
  );
  const D = np.linalg.norm(X.at(':', null).sub(X), { axis: -1 });
  const near = np.argsort(D, { axis: 1 }).at(':, 1:4');
  print(near.at(':3'));
  print(np.take_along_axis(D, near, 1).at(':2'));
  const [H, xe, ye] = np.histogram2d(X.at(':', 0), X.at(':', 1), { bins: [3, 4] });
  print(H, xe, ye);
  print(np.percentile(X, [25, 50, 75], { axis: 0 }));
  const y = lab.eq(lab.at(0)).astype('float64');
  const weights = np.zeros(2);
  let [bias, p] = [0, y];
  for (let epoch = 0; epoch < 300; epoch++) {
    p = np.divide(1, np.exp(Xc.matmul(weights).add(bias).neg()).add(1));
    weights.isub(Xc.T.mul(0.5).matmul(p.sub(y)).div(y.size));
    bias -= 0.5 * Number(np.mean(p.sub(y)));
  }
  print(weights.round(5), Math.round(bias * 1e5) / 1e5, p.gt(0.5).eq(y).mean());
  const confusion = np.zeros([3, 3], 'int');
  np.add.at(confusion, [lab, np.repeat(lab.at([0, 15, 30]), 15)], 1);
  print(confusion, np.trace(confusion));
}
