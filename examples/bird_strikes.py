"""The same program in Python with NumPy: prints the report that bird_strikes.ts prints, for comparison line by line.

Usage: python3 bird_strikes.py CSV RAW_IMAGE HEIGHT WIDTH
The image comes as raw RGBA bytes, since NumPy itself reads no PNG.
"""
import csv
import sys

import numpy as np

csv_path, raw_path, height, width = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
with open(csv_path, newline="", encoding="utf-8") as f:
    rows = list(csv.DictReader(f))

# --- the image
pixels = np.fromfile(raw_path, dtype=np.uint8).reshape(height, width, 4)
rgb = pixels[:, :, :3].astype(np.float64)
image = (rgb - np.min(rgb)) / (np.max(rgb) - np.min(rgb))
grey = np.mean(image, axis=2)
print("image", image.shape, image.dtype, "mean of each channel", np.round(np.mean(image, axis=(0, 1)), 6))
print(np.round(grey[48:52, 20:80:12], 4))

# --- the table
speed = np.array([float(r["Speed IAS in knots"] or "nan") for r in rows])
known = ~np.isnan(speed)
print("speeds known", np.count_nonzero(known), "of", speed.size, "median", np.nanmedian(speed), "mean", np.round(np.nanmean(speed), 6))
speed[~known] = np.nanmedian(speed)
speed = np.clip(speed, 0, 400)
speed = (speed - speed.mean()) / speed.std()


def codes(column):
    names = sorted({r[column] for r in rows})
    return names, np.array([names.index(r[column]) for r in rows])


phases, phase = codes("Phase of flight")
times, time = codes("Time of day")
sizes, size = codes("Wildlife Size")
month = np.array([int(r["Flight Date"][5:7]) - 1 for r in rows])
harm = np.array([0.0 if r["Effect Amount of damage"] == "None" else 1.0 for r in rows])
one_hot = lambda k, n: np.eye(n)[k]
X = np.concatenate([one_hot(phase, len(phases)), one_hot(time, len(times)), one_hot(month, 12),
                    np.stack([speed, speed ** 2, harm, np.ones(len(rows))], axis=1)], axis=1)
Y = one_hot(size, len(sizes))
test = np.arange(len(rows)) % 5 == 0
Xtrain, Ytrain, Xtest = X[~test], Y[~test], X[test]
print("features", Xtrain.shape, Xtest.shape, Xtrain.dtype)
print(np.round(np.mean(Xtrain, axis=0), 6))

# --- softmax regression by gradient descent
W = np.zeros((X.shape[1], len(sizes)))
for step in range(200):
    Z = Xtrain @ W
    E = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    P = E / np.sum(E, axis=1, keepdims=True)
    if step % 50 == 0:
        print("step", step, "loss", np.round(-np.mean(np.sum(Ytrain * np.log(P), axis=1)), 6))
    W = W - 0.5 * (Xtrain.T @ (P - Ytrain)) / Xtrain.shape[0]
print("weights of speed, speed squared, harm")
print(np.round(W[-4:-1], 6))

# --- how well
predicted = np.argmax(Xtest @ W, axis=1)
actual = size[test]
confusion = np.zeros((len(sizes), len(sizes)), dtype=np.int64)
np.add.at(confusion, (actual, predicted), 1)
print("accuracy", np.round(np.mean(predicted == actual), 6), "always the commonest", np.round(np.max(np.bincount(actual)) / actual.size, 6))
print(sizes)
print(confusion)
