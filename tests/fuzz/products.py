"""Steps that multiply and add along axes."""
import numpy as np

from program import WEIGHTED, Drop, V


def products(p):
    r = p.r
    f = r.choice(['dot', 'matmul', 'matmul', 'inner', 'outer', 'vdot', 'tensordot', 'einsum', 'einsum', 'vecdot', 'matvec', 'vecmat'])
    dt = r.choice(WEIGHTED)
    dt2 = dt if p.chance(0.7) else r.choice(WEIGHTED)
    big = p.chance(0.1)
    n, m, q = [r.choice([1, 2, 3, 5, 8, 17] if not big else [30, 64, 65, 100]) for _ in range(3)]
    if p.chance(0.03):
        n = 0
    mode = r.choice(['tame', 'small'])
    mk = lambda d, s: V(p.new(dtype=d, shape=s, mode=mode if not (np.dtype(d).kind in 'iu' and mode == 'tame') else None))
    notes = {'t': 4, 'm': 1, 'z': 1}
    k = {}
    if f in ('dot', 'matmul'):
        sa, sb = r.choice([([n, m], [m, q]), ([m], [m, q]), ([n, m], [m]), ([m], [m]), ([2, n, m], [m, q]), ([2, n, m], [2, m, q]), ([3, 1, n, m], [2, m, q]), ([n, m], [2, m, q])])
        if f == 'dot' and len(sa) + len(sb) > 4 and big:
            raise Drop
        if f == 'dot' and p.chance(0.1):
            sa = []
        if f == 'matmul' and p.chance(0.06):
            k['dtype'] = r.choice(WEIGHTED)
        p.step('np.' + f, [mk(dt, sa), mk(dt2, sb)], k, **notes)
    elif f == 'inner':
        p.step('np.inner', [mk(dt, [n, m]), mk(dt2, r.choice([[m], [q, m]]))], **notes)
    elif f == 'outer':
        p.step('np.outer', [mk(dt, [n]), mk(dt2, [m])], t=4, c=1, z=1)
    elif f == 'vdot':
        p.step('np.vdot', [mk(dt, [n, m]), mk(dt2, [n, m])], **notes)
    elif f == 'tensordot':
        p.step('np.tensordot', [mk(dt, [2, n, m]), mk(dt2, [n, m, 3])], {'axes': r.choice([2, {'t': [[1, 2], [0, 1]]}, {'t': [[2], [1]]}])}, **notes)
    elif f == 'vecdot':
        p.step('np.vecdot', [mk(dt, [n, m]), mk(dt2, r.choice([[m], [n, m]]))], **notes)
    elif f == 'matvec':
        p.step('np.matvec', [mk(dt, [n, m]), mk(dt2, r.choice([[m], [2, m]]))], **notes)
    elif f == 'vecmat':
        p.step('np.vecmat', [mk(dt, [n]), mk(dt2, [n, m])], **notes)
    else:
        e = r.choice([('ij,jk->ik', [n, m], [m, q]), ('ij,ij->i', [n, m], [n, m]), ('ij->ji', [n, m]), ('ii->i', [n, n]), ('ii', [n, n]), ('i,j->ij', [n], [m]), ('ij,j', [n, m], [m]),
                      ('...i,i->...', [2, 3, n], [n]), ('ijk,ikl->ijl', [2, n, m], [2, m, 3]), ('ij->', [n, m]), ('ij->j', [n, m]), ('ij,kj->ik', [n, m], [q, m]), ('i,i', [n], [n])])
        p.step('np.einsum', [e[0], *[mk(dt, s) for s in e[1:]]], **notes)
