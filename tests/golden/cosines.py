"""Writes cosines.json: cosine transforms and windows, by SciPy."""
import json
import os

import numpy as np
import scipy.fft
import scipy.signal.windows as windows

x = np.random.default_rng(1).standard_normal((2, 7))
out = {'x': x.tolist(), 'plain': {}, 'ortho': {}, 'longer': {}}
for t in (1, 2, 3, 4):
    out['plain'][t] = scipy.fft.dct(x, type=t).tolist()
    if t > 1:
        out['ortho'][t] = scipy.fft.dct(x, type=t, norm='ortho').tolist()
        out['longer'][t] = scipy.fft.dct(x, type=t, n=10).tolist()
out['windows'] = {
    'kaiser_window': windows.kaiser(9, 12.0).tolist(),
    'hann_window': windows.hann(9, sym=True).tolist(),
    'hamming_window': windows.hamming(9, sym=True).tolist(),
}
with open(os.path.join(os.path.dirname(__file__), 'cosines.json'), 'w') as file:
    json.dump(out, file)
    file.write('\n')
