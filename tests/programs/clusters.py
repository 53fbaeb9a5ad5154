"""Points: k-means, principal components, distances, a histogram in two dimensions, a classifier."""
import numpy as np

rng = np.random.default_rng(7)
X = np.vstack([rng.normal(c, .6, (15, 2)) for c in [(0, 0), (4, 4), (0, 5)]])
C = X[rng.choice(len(X), 3, replace=False)]
for it in range(50):
    d = ((X[:, None, :] - C[None])**2).sum(-1)
    lab = d.argmin(1)
    new = np.array([X[lab == k].mean(axis=0) for k in range(3)])
    if np.allclose(new, C):
        break
    C = new
print(it, lab)
print(C)
print(f"inertia {d.min(axis=1).sum():.6f}", np.bincount(lab))
Xc = X - X.mean(0)
w, V = np.linalg.eigh(Xc.T @ Xc / (len(X) - 1))
order = np.argsort(w)[::-1]
print(w[order], w[order] / w.sum())
print((Xc @ V[:, order] * np.sign(V[0, order]))[:3])
D = np.linalg.norm(X[:, None] - X, axis=-1)
near = np.argsort(D, axis=1)[:, 1:4]
print(near[:3])
print(np.take_along_axis(D, near, 1)[:2])
H, xe, ye = np.histogram2d(X[:, 0], X[:, 1], bins=(3, 4))
print(H, xe, ye)
print(np.percentile(X, [25, 50, 75], axis=0))
y = (lab == lab[0]).astype(float)
weights, bias = np.zeros(2), 0.0
for epoch in range(300):
    p = 1 / (1 + np.exp(-(Xc @ weights + bias)))
    weights -= .5 * Xc.T @ (p - y) / len(y)
    bias -= .5 * np.mean(p - y)
print(weights.round(5), round(float(bias), 5), ((p > .5) == y).mean())
confusion = np.zeros((3, 3), int)
np.add.at(confusion, (lab, np.repeat([lab[0], lab[15], lab[30]], 15)), 1)
print(confusion, np.trace(confusion))
