#!/usr/bin/env python3
"""Writes tensorfiles.json: files as the package safetensors writes them, with what they hold."""
import base64
import json
import pathlib
import struct

import numpy as np
from safetensors.numpy import save

here = pathlib.Path(__file__)
files = []
arrays = {
    'one of each': {d: np.arange(4).astype(d) for d in '? i1 u1 i2 u2 f2 i4 u4 f4 i8 u8 f8'.split()},
    'shapes': {'scalar': np.array(2.5), 'empty': np.zeros((2, 0, 3), 'f4'), 'cube': np.arange(24, dtype='i4').reshape(2, 3, 4)},
    'names': {'model.layers.0.weight': np.ones(2), 'é': np.zeros(1, 'f4'), '日本': np.zeros(1, 'f4'), '😀': np.zeros(1, 'f4'), '\uffee': np.zeros(1, 'f4'), 'a"\\\n': np.zeros(3, 'i1'), '': np.ones(1, 'i1')},
    'nothing': {},
}
for title, a in arrays.items():
    for metadata in (None, {'format': 'np'}, {'note': 'é "x"'}):
        b = save(a, metadata)
        files.append([title, base64.b64encode(b).decode(), metadata, {n: [x.dtype.str.replace('|', ''), list(x.shape), base64.b64encode(x.tobytes()).decode()] for n, x in a.items()}])
head = b'{"b":{"dtype":"BF16","shape":[3],"data_offsets":[0,6]}}'
bfloat16 = struct.pack('<Q', len(head)) + head + b'\x80\x3f\x00\xc0\x80\x7f'
here.with_name('tensorfiles.json').write_text(json.dumps({'files': files, 'bfloat16': base64.b64encode(bfloat16).decode()}, indent=0, ensure_ascii=True) + '\n')
print(len(files), 'files')
