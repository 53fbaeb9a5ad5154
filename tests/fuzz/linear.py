"""Steps of linear algebra and Fourier transforms, compared as closely as their condition allows."""
import numpy as np

from program import Drop, V

FLOATING = ['float64', 'float64', 'float32', 'complex128', 'complex64', 'int64', 'int32', 'bool', 'float16', '>f8']


def matrices(p, shape, dtype=None, sort=None, mode=None):
    """Stacks of matrices; `sort` spd: definite ones, sym: Hermitian ones."""
    dtype = dtype or p.r.choice(FLOATING)
    a = p.new(dtype=dtype, shape=shape, mode=mode or p.r.choice(['tame', 'tame', 'small', 'unit']))
    if sort is None or not isinstance(p.env[a], np.ndarray) or p.env[a].dtype.kind not in 'fci':
        return a
    t = p.step('np.conjugate', [V(p.step('np.swapaxes', [V(a), -1, -2]))])
    if sort == 'spd':
        m = p.step('np.matmul', [V(a), V(t)], t=4, m=1)
        return p.step('np.add', [V(m), V(p.step('np.eye', [shape[-1]]))], t=4, m=1)
    return p.step('np.add', [V(a), V(t)])


def worst(a):
    """The worst condition of a stack."""
    a = np.asarray(a)
    if a.ndim < 2 or a.size == 0 or a.dtype.kind not in 'biufc':
        return 1.0
    w = a.astype('complex128' if a.dtype.kind == 'c' else 'float64')
    if not np.isfinite(w).all():
        raise Drop
    return float(np.max(np.linalg.cond(w)))


def eps(a):
    return 2.0**-23 if a.dtype.char in 'fFe' else 2.0**-52


def well(p, i, top=1e-3):
    """Drops matrices on whose condition a comparison would founder; else the factor of their rounding."""
    a = p.env[i]
    c = worst(a)
    if not c * eps(a) < top:
        raise Drop
    return 64 * max(a.shape, default=1) * c


def spread(p, i, hermitian):
    """The same for eigenvalues that lie close to one another, by which vectors are as good as open."""
    a = p.env[i]
    if a.size == 0:
        return 64
    w = a.astype('complex128' if a.dtype.kind == 'c' else 'float64')
    v = np.linalg.eigvalsh(w) if hermitian else np.linalg.eigvals(w)
    gap = min((abs(x - y) for r in v.reshape(-1, v.shape[-1]) for k, x in enumerate(r) for y in r[:k]), default=1)
    top = max(float(np.abs(v).max()), 1e-300)
    c = top / max(float(gap), 1e-300)
    if not hermitian:
        c *= worst(np.linalg.eig(w)[1])
    if not c < 1e3:
        raise Drop
    return 64 * a.shape[-1] * c


def size(p):
    return p.r.choice([1, 2, 2, 3, 3, 4, 5, 8, 12, 20])


def lead(p):
    return p.r.choice([[], [], [], [2], [3], [2, 2], [0]])


def square(p, **k):
    n = size(p)
    return matrices(p, [*lead(p), n, n if not p.chance(0.03) else n + 1], **k)


def solving(p):
    r = p.r
    f = r.choice(['solve', 'solve', 'inv', 'pinv', 'det', 'slogdet', 'lstsq', 'tensorsolve', 'tensorinv', 'cholesky', 'matrix_power', 'qr'])
    if f == 'tensorinv':
        a = matrices(p, [2, 3, 6])
        if not worst(p.env[a].reshape(6, 6)) < 1e3:
            raise Drop
        p.step('np.linalg.tensorinv', [V(a)], {'ind': 2} if p.chance(0.8) else {'ind': 1}, n=64 * worst(p.env[a].reshape(6, 6)))
        return
    if f == 'tensorsolve':
        a = matrices(p, [2, 3, 3, 2])
        if not worst(p.env[a].reshape(6, 6)) < 1e3:
            raise Drop
        p.step('np.linalg.tensorsolve', [V(a), V(matrices(p, [2, 3]))], n=64 * worst(p.env[a].reshape(6, 6)))
        return
    if f in ('pinv', 'qr', 'lstsq'):
        m, n = size(p), size(p)
        a = matrices(p, [*(lead(p) if f != 'lstsq' else []), m, n], mode='tame')
        k = well(p, a, 1e-2) ** (1 if f != 'lstsq' else 1.2)
        if f == 'qr':
            p.step('np.linalg.qr', [V(a)], {'mode': r.choice(['reduced', 'complete', 'r', 'raw'])} if p.chance(0.7) else {}, n=k)
        elif f == 'pinv':
            p.step('np.linalg.pinv', [V(a)], {'hermitian': True} if m == n and p.chance(0.1) and False else {}, n=k)
        else:
            b = matrices(p, r.choice([[m], [m, 2]]), mode='tame')
            p.step('np.linalg.lstsq', [V(a), V(b)], {'rcond': r.choice([None, -1])} if p.chance(0.4) else {}, n=k, y=k * 1e-14 * 1e2 if p.env[a].dtype.char not in 'fF' else None)
        return
    if f == 'cholesky':
        a = square(p, sort='spd')
        p.step('np.linalg.cholesky', [V(a)], {'upper': True} if p.chance(0.3) else {}, n=well(p, a))
        return
    a = square(p)
    v = p.env[a]
    if v.ndim < 2 or v.shape[-1] != v.shape[-2]:
        p.step('np.linalg.' + (f if f not in ('solve', 'matrix_power') else 'det'), [V(a)])
        return
    if f == 'det':
        rows = np.sqrt((np.abs(v.astype('complex128')) ** 2).sum(-1)).prod(-1)
        p.step('np.linalg.det', [V(a)], y=64 * v.shape[-1] * eps(v) * float(rows.max(initial=0)), z=1)
    elif f == 'matrix_power':
        k = r.choice([0, 1, 2, 3, 5, -1])
        p.step('np.linalg.matrix_power', [V(a), k], n=well(p, a), z=1)
    elif f == 'solve':
        n = v.shape[-1]
        # A one-dimensional right side stands for one vector alone.
        b = matrices(p, r.choice([[n], [n, 2], [*v.shape[:-2], n, 3], [*v.shape[:-2], n, 1]]))
        p.step('np.linalg.solve', [V(a), V(b)], n=well(p, a))
    else:
        k = well(p, a)
        p.step('np.linalg.' + f, [V(a)], n=k, **({'y': k * eps(v)} if f == 'slogdet' else {}))


def spectral(p):
    r = p.r
    f = r.choice(['eigh', 'eigvalsh', 'eig', 'eigvals', 'svd', 'svdvals', 'matrix_rank', 'cond'])
    if f in ('eigh', 'eigvalsh'):
        a = square(p, sort='sym')
        if p.env[a].shape[-1] != p.env[a].shape[-2]:
            raise Drop
        # Bools among them are not Hermitian, but one triangle is read.
        if p.env[a].dtype.kind == 'b':
            raise Drop
        k = {'UPLO': r.choice('LU')} if p.chance(0.4) else {}
        p.step('np.linalg.' + f, [V(a)], k, n=spread(p, a, True) if f == 'eigh' else 64 * p.env[a].shape[-1])
    elif f in ('eig', 'eigvals'):
        a = square(p, mode='tame')
        if p.env[a].shape[-1] != p.env[a].shape[-2]:
            p.step('np.linalg.' + f, [V(a)])
            return
        # The signs of vectors depend on the steps of LAPACK, which differ with the size.
        if f == 'eig' and p.env[a].shape[-1] > 2:
            raise Drop
        well(p, a)
        p.step('np.linalg.' + f, [V(a)], n=spread(p, a, False) * (1 if f == 'eig' else 4))
    else:
        a = matrices(p, [*lead(p), size(p), size(p)], mode='tame')
        k = well(p, a)
        if f == 'svd':
            w = p.env[a].astype('complex128' if p.env[a].dtype.kind == 'c' else 'float64')
            s = np.linalg.svd(w, compute_uv=False)
            if s.size and s.shape[-1] > 1 and not float(np.min(np.abs(np.diff(s)))) > 1e-2 * float(s.max()):
                raise Drop
            full = {'full_matrices': False} if p.chance(0.5) else {}
            # The vectors of a null space are open up to a rotation.
            if not full and abs(w.shape[-1] - w.shape[-2]) > 1:
                full = {'full_matrices': False}
            p.step('np.linalg.svd', [V(a)], full, n=100 * k)
        elif f == 'matrix_rank':
            p.step('np.linalg.matrix_rank', [V(a)], {'tol': 0.5} if p.chance(0.3) else {})
        elif f == 'cond':
            o = r.choice([None, None, 1, -1, 2, -2, {'n': 'inf'}, 'fro', 'nuc'])
            if o not in (None, 2, -2) and p.env[a].shape[-1] != p.env[a].shape[-2]:
                raise Drop
            p.step('np.linalg.cond', [V(a), o], n=k)
        else:
            p.step('np.linalg.svdvals', [V(a)], n=k)


def norms(p):
    r = p.r
    f = r.choice(['norm', 'norm', 'vector_norm', 'matrix_norm', 'multi_dot', 'trace', 'diagonal', 'outer', 'cross', 'matrix_transpose', 'vecdot', 'tensordot', 'matmul'])
    if f == 'multi_dot':
        n = [size(p) for _ in range(r.randint(3, 5))]
        d = r.choice(FLOATING)
        p.step('np.linalg.multi_dot', [[V(matrices(p, [a, b], dtype=d)) for a, b in zip(n, n[1:])]], t=8, m=1, z=1)
        return
    if f in ('tensordot', 'matmul', 'vecdot', 'outer', 'cross'):
        n = 3 if f == 'cross' else size(p)
        s = {'tensordot': ([2, n], [n, 3]), 'matmul': ([2, n], [n, 3]), 'vecdot': ([2, n], [n]), 'outer': ([n], [4]), 'cross': ([2, 3], [3])}[f]
        d = r.choice(FLOATING)
        p.step('np.linalg.' + f, [V(matrices(p, s[0], dtype=d)), V(matrices(p, s[1], dtype=d))], {'axes': 1} if f == 'tensordot' else {}, t=8, m=1, z=1)
        return
    a = p.new(dtype=r.choice(FLOATING), shape=p.shape(r.choice([1, 2, 2, 3])), mode=r.choice(['tame', 'small']))
    v = p.env[a]
    notes = {'n': 64 * max(1, v.size), 'z': 1}
    if f in ('trace', 'diagonal', 'matrix_transpose'):
        p.step('np.linalg.' + f, [V(a)], {'offset': r.randint(-1, 2)} if f != 'matrix_transpose' and p.chance(0.4) else {}, t=8, m=1, z=1)
        return
    k = {'keepdims': True} if p.chance(0.3) else {}
    vector = [0, 1, 2, -1, 3, 0.5, {'n': 'inf'}, {'n': '-inf'}, -2]
    if f == 'matrix_norm':
        k['ord'] = r.choice(['fro', 'nuc', 1, -1, 2, -2, {'n': 'inf'}, {'n': '-inf'}])
    elif f == 'vector_norm':
        k['ord'] = r.choice(vector)
        if p.chance(0.6):
            k['axis'] = p.axis(v)
    else:
        if p.chance(0.6):
            k['ord'] = r.choice([*vector, 'fro', 'nuc', None])
        if p.chance(0.6):
            k['axis'] = p.axis(v) if p.chance(0.6) or v.ndim < 2 else {'t': r.sample(range(v.ndim), 2)}
    # A least singular value that should be 0 is what rounding makes it.
    if k.get('ord') == -2 or k.get('ord') == 'nuc':
        notes['y'] = 1e-5 if v.dtype.char in 'fFe' else 1e-13
    p.step('np.linalg.' + f, [V(a)], k, **notes)


def fourier(p):
    r = p.r
    f = r.choice(['fft', 'ifft', 'rfft', 'irfft', 'hfft', 'ihfft', 'rfftn', 'irfftn', 'rfft2', 'irfft2', 'fft2', 'ifft2', 'fftn', 'ifftn', 'fftshift', 'ifftshift', 'fftfreq', 'rfftfreq'])
    if 'freq' in f:
        p.step('np.fft.' + f, [r.randint(1, 12), *r.choice([[], [0.5], [2], [0.1]])])
        return
    many = f[-1] in 'n2'
    a = p.new(dtype=r.choice([*FLOATING, 'uint8']), shape=p.shape(r.choice([2, 3] if many else [1, 1, 2, 3])), mode=r.choice(['tame', 'small', 'unit']))
    v = p.env[a]
    if 'shift' in f:
        p.step('np.fft.' + f, [V(a)], {'axes': p.axes(v)} if p.chance(0.5) else {})
        return
    # NumPy casts complex input to what is real with a warning; here, too.
    if f in ('rfft', 'ihfft', 'rfftn', 'rfft2') and v.dtype.kind == 'c' and not p.chance(0.1):
        raise Drop
    k = {'norm': r.choice(['ortho', 'forward', 'backward', None])} if p.chance(0.4) else {}
    if many:
        if p.chance(0.4):
            axes = r.sample(range(v.ndim), 2)
            k['axes'] = axes
            if p.chance(0.5):
                k['s'] = [r.randint(1, 7), r.randint(1, 7)]
    else:
        if p.chance(0.4):
            k['n'] = r.choice([1, 2, 3, 4, 5, 6, 7, 8, 11, 13, 16, 17, 30, 64, 0])
        if p.chance(0.4):
            k['axis'] = p.axis(v)
    p.step('np.fft.' + f, [V(a)], k, t=16, m=1, n=64, z=1)
