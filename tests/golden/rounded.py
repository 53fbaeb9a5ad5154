"""Writes rounded.json: elementary functions of float64 in extended precision, rounded once. It needs a machine whose long doubles have 64 bits."""
import base64
import json
import os

import numpy as np

assert np.finfo(np.longdouble).nmant == 63, 'long doubles are no wider than what is to be measured'
x = np.arange(1, 601) / 97
wide = x.astype(np.longdouble)
right = {f: getattr(np, f)(wide) for f in ('exp', 'log', 'log1p', 'sin', 'cos', 'tan', 'tanh')}
right['power'] = np.power(wide, np.longdouble(1.75))
out = {f: base64.b64encode(y.astype(np.float64).tobytes()).decode() for f, y in right.items()}
with open(os.path.join(os.path.dirname(__file__), 'rounded.json'), 'w') as file:
    json.dump(out, file)
    file.write('\n')
