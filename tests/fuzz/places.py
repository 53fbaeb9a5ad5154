"""Steps that read, write and choose elements."""
import numpy as np

from oracle import decode
from program import Drop, V, second, spell


def index(p, v, for_write=False):
    """A random index of an array."""
    r = p.r
    if v.ndim and p.chance(0.08):
        return [V(p.new(dtype='bool', shape=v.shape, layout=r.choice(['C', 'F', 'rev']) if v.ndim else 'C'))]
    out = []
    axis = 0
    dots = False
    advanced = p.chance(0.35)
    common = r.choice([[], [2], [3], [2, 3], [1]])
    while axis < v.ndim:
        n = v.shape[axis]
        k = r.random()
        if k < 0.1 and not dots:
            out.append({'e': 1})
            dots = True
            skip = r.randint(0, v.ndim - axis)
            axis += skip
            continue
        if k < 0.18:
            out.append(None)
            continue
        if advanced and k < 0.55 and n:
            if r.random() < 0.2 and n < 2000:
                out.append(V(p.new(dtype='bool', shape=[n])))
            else:
                shape = common if r.random() < 0.8 else r.choice([[1], [], [2, 1]])
                out.append(V(p.new_index(shape, n)))
        elif k < 0.35 and n:
            out.append(r.randrange(-n, n) if not p.chance(0.02) else n)
        elif k < 0.9:
            bound = lambda: r.choice([None, None, r.randint(-n - 2, n + 2)])
            out.append({'s': [bound(), bound(), r.choice([None, None, 1, 2, -1, -2, 3])]})
        else:
            break
        axis += 1
    return out


def reading(p):
    a = p.any()
    p.step('getitem', [V(a), index(p, p.env[a])])


def writing(p):
    r = p.r
    a = p.pick(lambda x: x.flags.writeable, layout=r.choice(['C', 'F', 'rev', 'step', 'off', 'P']))
    v = p.env[a]
    ix = index(p, v)
    try:
        part = p_index(p, v, ix)
    except Exception:
        part = None
    k = r.random()
    if part is None or k < 0.4:
        val = p.weak() if v.dtype.kind != 'b' else r.choice([True, False, 1])
        if v.dtype.kind in 'iu' and isinstance(val, dict):
            val = 3
    elif k < 0.6 and v.ndim and not any(isinstance(x, dict) and 'v' in x for x in ix):
        # The same elements from elsewhere in the same array.
        b = p.step('getitem', [V(a), [{'s': [None, None, -1]}]])
        if b is None:
            raise Drop
        b = p.step('getitem', [V(b), ix])
        if b is None or not isinstance(p.env[b], np.ndarray):
            raise Drop
        val = V(b)
    else:
        val = V(p.new(dtype=spell(v.dtype) if p.chance(0.6) else None, shape=p.broadcastable(np.shape(part)) if p.chance(0.5) else np.shape(part)))
    p.step('setitem', [V(a), ix, val], changes=True)


def p_index(p, v, ix):
    return v[tuple(decode(ix, p.env))]


def choosing(p):
    r = p.r
    f = r.choice(['take', 'take', 'put', 'where', 'where', 'select', 'choose', 'clip', 'clip', 'compress', 'extract', 'place', 'putmask', 'take_along_axis', 'put_along_axis', 'copyto', 'fill_diagonal', 'piecewise_'])
    a = p.any()
    v = p.env[a]
    if f == 'take':
        ax = None if p.chance(0.3) or not v.ndim else p.axis(v)
        n = v.size if ax is None else v.shape[ax] if -v.ndim <= ax < v.ndim else 1
        if n == 0:
            raise Drop
        mode = r.choice(['raise', 'raise', 'wrap', 'clip'])
        ix = p.new_index(r.choice([[], [3], [2, 2], [0], [7]]), n if mode == 'raise' else 2 * n + 3)
        p.step('np.take', [V(a), V(ix)], {'axis': ax, 'mode': mode})
    elif f == 'put':
        if not v.flags.writeable or not v.size:
            raise Drop
        ix = p.new_index([r.randint(1, 5)], v.size)
        p.step('np.put', [V(a), V(ix), r.choice([3, V(p.new(dtype=spell(v.dtype), shape=[2]))])], r=0, changes=True)
    elif f == 'where':
        c = p.new(dtype=r.choice(['bool', 'bool', 'int32', 'float64']), shape=p.broadcastable(v.shape))
        x, y = V(a), second(p, V(a))
        p.step('np.where', [V(c), *([x, y] if p.chance(0.5) else [y, x])])
    elif f == 'select':
        c1, c2 = p.new(dtype='bool', shape=v.shape), p.new(dtype='bool', shape=v.shape)
        p.step('np.select', [[V(c1), V(c2)], [V(a), V(p.new(shape=p.broadcastable(v.shape)))]], {'default': r.choice([0, 7])})
    elif f == 'choose':
        n = r.randint(1, 4)
        c = p.new(dtype=r.choice(['int64', 'int32', 'uint8', 'bool']), shape=p.broadcastable(v.shape), mode='index')
        k = {'mode': r.choice(['raise', 'wrap', 'clip'])}
        p.step('np.choose', [V(c), [V(a), *[V(p.new(dtype=spell(v.dtype), shape=p.broadcastable(v.shape))) for _ in range(n)]]], k)
    elif f == 'clip':
        lo = r.choice([None, 0, 1, -2, 0.5, V(p.new(dtype=spell(v.dtype), shape=p.broadcastable(v.shape)))])
        hi = r.choice([None, 3, 5, 2.5, V(p.new(dtype=spell(v.dtype), shape=p.broadcastable(v.shape)))])
        if lo is None and hi is None:
            hi = 4
        p.step('np.clip', [V(a), lo, hi], z=1)
    elif f in ('compress', 'extract'):
        if f == 'extract':
            p.step('np.extract', [V(p.new(dtype='bool', shape=v.shape)), V(a)])
        elif v.ndim:
            ax = p.axis(v)
            n = v.shape[ax] if -v.ndim <= ax < v.ndim else 1
            p.step('np.compress', [[r.random() < 0.5 for _ in range(min(n, 20))], V(a)], {'axis': ax})
    elif f in ('place', 'putmask'):
        if not v.flags.writeable:
            raise Drop
        p.step('np.' + f, [V(a), V(p.new(dtype='bool', shape=v.shape)), V(p.new(dtype=spell(v.dtype), shape=[r.randint(1, 4)]))], r=0, changes=True)
    elif f in ('take_along_axis', 'put_along_axis'):
        if not v.ndim or not v.size:
            raise Drop
        ax = p.axis(v, 0)
        s = list(v.shape)
        s[ax] = r.randint(1, 3)
        ix = p.new_index(s, v.shape[ax])
        if f == 'take_along_axis':
            p.step('np.take_along_axis', [V(a), V(ix), ax])
        elif v.flags.writeable:
            p.step('np.put_along_axis', [V(a), V(ix), r.choice([5, V(p.new(dtype=spell(v.dtype), shape=s))]), ax], r=0, changes=True)
    elif f == 'copyto':
        if not v.flags.writeable:
            raise Drop
        k = {}
        if p.chance(0.3):
            k['where'] = V(p.new(dtype='bool', shape=p.broadcastable(v.shape)[-max(1, v.ndim):]))
        if p.chance(0.4):
            k['casting'] = r.choice(['unsafe', 'safe', 'same_kind'])
        p.step('np.copyto', [V(a), V(p.new(shape=p.broadcastable(v.shape)[-v.ndim:] if v.ndim else []))], k, r=0, changes=True)
    elif f == 'fill_diagonal':
        if v.ndim < 2 or not v.flags.writeable:
            raise Drop
        p.step('np.fill_diagonal', [V(a), r.choice([3, V(p.new(dtype=spell(v.dtype), shape=[2]))])], r=0, changes=True)
    else:
        raise Drop
