"""Every ufunc on grids of special values: zeros of both signs, infinities, NaN, the ends of every integer type, subnormals."""
import numpy as np

from .ufuncs import NAMES, loops, tolerance

FLOAT = [0.0, -0.0, 1.0, -1.0, 0.5, -1.5, 2.5, 3.0, -7.0, np.inf, -np.inf, np.nan]


def values(d):
    d = np.dtype(d)
    if d.kind == 'b':
        return np.array([False, True])
    if d.kind in 'iu':
        i = np.iinfo(d)
        near = [0, 1, 2, 3, 7, i.max, i.max - 1, i.min, i.min + 1, i.max // 2, d.itemsize * 8, d.itemsize * 8 - 1]
        return np.array(sorted({v for v in near + ([-1, -2, -7] if d.kind == 'i' else [])}), d)
    f = np.finfo(d)
    edge = [f.max, -f.max, f.tiny, f.smallest_subnormal, -f.smallest_subnormal]
    real = np.array(FLOAT + [float(v) for v in edge]).astype(f.dtype)
    if d.kind == 'f':
        return real
    few = np.array([0.0, -0.0, 1.0, -1.5, np.inf, -np.inf, np.nan], f.dtype)
    re, im = np.meshgrid(few, few)
    out = np.empty(re.size, d)
    out.real, out.imag = re.ravel(), im.ravel()
    return out


def cases(g):
    for name in NAMES:
        u = getattr(np, name)
        for ins in loops(u):
            kinds = {np.dtype(i).kind for i in ins}
            # The other widths do the same.
            if ins[0] in ('uint8', 'int16', 'uint16', 'int32', 'uint32', 'complex128'):
                continue
            # NaN beside a value says nothing about its scale, and which zero is the larger one depends on the machine in NumPy.
            options = {'tol': tolerance(name, ins), 'scale': 4 if 'c' in kinds or 'logadd' in name else 0,
                       'zeros': name in ('maximum', 'minimum', 'fmax', 'fmin')}
            if ins[0] == 'float32' and len(ins) == 2 and ins[1] == 'float32' and 'logadd' not in name:
                continue
            if len(ins) == 1:
                g.add('np.' + name, values(ins[0]), **options)
                continue
            a, b = values(ins[0]), values(ins[1])
            if 'c' in kinds:
                b = np.array([0, 1 + 1j, complex(np.inf, 0), complex(np.nan, 1), complex(-0.0, -np.inf), complex(2, -np.inf)], ins[1])
            if name == 'power' and np.dtype(ins[1]).kind == 'i':
                b = b[b >= 0]
            x, y = (v.ravel() for v in np.meshgrid(a, b))
            g.add('np.' + name, x, y, **options)
