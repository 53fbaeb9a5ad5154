"""Random programs with NumPy's answers, one JSON object a line: {"p": program, "a": answers, "end": state}.

    python3 generate.py --cases 1000 --seed 1 [--only sort,take] [--skip 20000] [--sizes small|long] [--dtypes numeric|all]

The same seed gives the same programs. A step notes how exact its comparison can be: "t" ulps of a component, "m" the size of the
numbers that entered a sum (results may be off by a few roundings of it), "z" zeros of either sign.
"""
import argparse
import base64
import json
import math
import random
import sys

import numpy as np

from oracle import KNOWN, Unknown, dtype_of, encode, make, needed, plain, product, state, step_answer

INTS = ['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64']
FLOATS = ['float16', 'float32', 'float64']
COMPLEX = ['complex64', 'complex128']
REAL = ['bool', *INTS, *FLOATS]
WEIGHTED = ['bool', *INTS, 'int32', 'int64', 'uint8', *FLOATS, 'float32', 'float64', 'float64', *COMPLEX, 'complex128']
LAYOUTS = ['C', 'C', 'C', 'F', 'P', 'rev', 'rev1', 'step', 'step0', 'bcast', 'bcastl', 'off']

EXACT1 = ['negative', 'positive', 'absolute', 'fabs', 'rint', 'sign', 'conjugate', 'invert', 'isfinite', 'isinf', 'isnan', 'signbit', 'floor', 'ceil', 'trunc',
          'square', 'sqrt', 'reciprocal', 'logical_not', 'spacing', 'bitwise_count', 'deg2rad', 'rad2deg', 'modf', 'frexp']
TRANSCENDENTAL1 = ['exp', 'exp2', 'expm1', 'log', 'log2', 'log10', 'log1p', 'cbrt', 'sin', 'cos', 'tan', 'arcsin', 'arccos', 'arctan', 'sinh', 'cosh', 'tanh',
                   'arcsinh', 'arccosh', 'arctanh', 'degrees', 'radians']
EXACT2 = ['add', 'subtract', 'multiply', 'divide', 'floor_divide', 'remainder', 'fmod', 'divmod', 'maximum', 'minimum', 'fmax', 'fmin', 'bitwise_and', 'bitwise_or',
          'bitwise_xor', 'left_shift', 'right_shift', 'logical_and', 'logical_or', 'logical_xor', 'greater', 'greater_equal', 'less', 'less_equal', 'equal',
          'not_equal', 'copysign', 'nextafter', 'heaviside', 'gcd', 'lcm']
TRANSCENDENTAL2 = ['power', 'float_power', 'arctan2', 'hypot', 'logaddexp', 'logaddexp2']
FOLDING = ['add', 'multiply', 'maximum', 'minimum', 'fmax', 'fmin', 'bitwise_and', 'bitwise_or', 'bitwise_xor', 'logical_and', 'logical_or', 'logical_xor', 'subtract',
           'gcd', 'floor_divide', 'divide']
ZERO_SIGN = {'maximum', 'minimum', 'fmax', 'fmin', 'power', 'float_power'}
SAME_KIND_IN_PLACE = ['iadd', 'isub', 'imul', 'idiv', 'ifloordiv', 'imod', 'ipow', 'iand', 'ior', 'ixor', 'ilshift', 'irshift']


# dtypes beside native numbers, several of each sort.
OTHERS = ['<U1', '<U3', '<U7', '>U2', '|S1', '|S4', '<M8[D]', '<M8[s]', '<M8[ms]', '<M8[M]', '>M8[s]', '<m8[s]', '<m8[D]', '<m8[ns]', '|O', '|O', '>f8', '>i4', '>i2', '>c16', '>f4', '>u8',
          '|V3', '[["a", "<i4"], ["b", "<f8"]]', '[["x", "|u1"], ["s", "<U2"], ["t", "<M8[D]"]]']  # fmt: skip
TEXTS = ['', 'a', 'b', 'ab', 'abc', 'B', 'zz', 'é', '10', '-3', '2.5', 'x y', "it's", '日本', 'abcdefg', '2020-02-29']


def spell(dtype):
    """A dtype as `Program.new` takes it."""
    if dtype.names is not None:
        return json.dumps([list(f) for f in dtype.descr])
    return dtype.name if dtype.name in KNOWN and dtype.isnative else dtype.str


class Drop(Exception):
    """The program cannot be used."""


class Program:
    def __init__(self, seed, sizes, dtypes='numeric'):
        self.r = random.Random(seed)
        self.others = dtypes == 'all'
        self.items = []
        self.env = []
        self.answers = []
        self.sizes = sizes
        self.tainted = False

    # -- values ------------------------------------------------------------------------------------------------------

    def chance(self, p):
        return self.r.random() < p

    def shape(self, nd=None):
        r = self.r
        if nd is None:
            nd = r.choice([0, 1, 1, 1, 2, 2, 2, 3, 3, 4])
        long = self.sizes == 'long' or (self.sizes == 'mixed' and self.chance(0.12))
        if nd == 0:
            return []
        if long:
            if nd == 1:
                return [r.choice([100, 127, 128, 129, 255, 256, 500, 1000, 1023, 1024, 1025, 2047, 3000, 4096, 4097, 5000, 8192, 9999, 20000])]
            s = [r.randint(1, 7) for _ in range(nd)]
            s[r.randrange(nd)] = r.choice([50, 64, 100, 128, 129, 200, 512, 513, 1000])
            return s
        top = 12 if nd == 1 else 6 if nd == 2 else 4
        s = [r.randint(1, top) for _ in range(nd)]
        if self.chance(0.05):
            s[r.randrange(nd)] = 0
        if self.chance(0.15):
            s[r.randrange(nd)] = 1
        return s

    def values(self, dtype, n, mode=None):
        r = self.r
        dt = dtype if isinstance(dtype, np.dtype) else dtype_of(json.loads(dtype) if dtype[0] == '[' else dtype)
        if dt.names is not None:
            out = np.zeros(n, dt)
            for name in dt.names:
                out[name] = self.values(dt[name], n, mode)
            return out
        if dt.kind == 'O':
            out = np.empty(n, object)
            sort = r.choice(['int', 'int', 'str', 'mixed', 'float'])
            pool = {'int': [0, 1, 2, -3, 7, 10**20], 'str': TEXTS, 'float': [0.5, -1.0, 2.25, math.nan], 'mixed': [None, 1, 'a', True, 2.5]}[sort]
            out[:] = [r.choice(pool) for _ in range(n)]
            return out
        if dt.kind in 'US':
            return np.array([t if dt.kind == 'U' or t.isascii() else 'q' for t in r.choices(TEXTS, k=n)], dt)
        if dt.kind in 'mM':
            return np.array([r.choice([0, 1, -1, 59, 1000, 20000, r.randint(-10**5, 10**5), -2**63]) for _ in range(n)], 'i8').view(dt.newbyteorder('=')).astype(dt)
        if dt.kind == 'V':
            return np.frombuffer(bytes(r.randrange(256) for _ in range(n * dt.itemsize)), dt)
        if not dt.isnative:
            return self.values(dt.name, n, mode).astype(dt)
        dtype = dt.name
        if dt.kind == 'b':
            return np.array([r.random() < 0.5 for _ in range(n)], bool)
        if dt.kind in 'iu':
            info = np.iinfo(dt)
            mode = mode or r.choice(['small', 'small', 'small', 'mid', 'extreme'])
            if mode == 'small':
                lo, hi = (0 if dt.kind == 'u' else -4), 9
                return np.array([r.randint(lo, hi) for _ in range(n)], dt)
            if mode == 'mid':
                return np.array([max(info.min, min(info.max, r.randint(-1000, 100000))) for _ in range(n)], dt)
            if mode == 'index':
                return np.array([r.randint(0, 3) for _ in range(n)], dt)
            return np.array([r.choice([info.min, info.max, 0, 1, max(info.min, -1), info.max - 1, r.randint(int(info.min), int(info.max))]) for _ in range(n)], dt)
        if dt.kind == 'c':
            part = 'float32' if dtype == 'complex64' else 'float64'
            out = np.empty(n, dt)
            out.real = self.values(part, n, mode)
            out.imag = self.values(part, n, mode)
            return out
        mode = mode or r.choice(['small', 'quarter', 'uniform', 'uniform', 'special'])
        if mode == 'small':
            v = [float(r.randint(-4, 6)) for _ in range(n)]
        elif mode == 'quarter':
            v = [r.randint(-40, 40) / 4 for _ in range(n)]
        elif mode in ('uniform', 'tame', 'index'):
            v = [r.uniform(-10, 10) for _ in range(n)]
        elif mode == 'unit':
            v = [r.uniform(-1, 1) for _ in range(n)]
        else:
            f = np.finfo(dt)
            pool = [math.nan, math.inf, -math.inf, 0.0, -0.0, 1.0, -1.0, 0.5, float(f.max), float(f.min), float(f.tiny), float(f.smallest_subnormal),
                    -float(f.smallest_subnormal) * 3, float(f.eps), 1e4, 123456.789, 1e-5, 2.5, -3.0]
            v = [r.choice(pool) if r.random() < 0.6 else r.uniform(-5, 5) for _ in range(n)]
        with np.errstate(all='ignore'):
            return np.array(v, dt)

    def push(self, item, value, answer):
        self.items.append(item)
        self.env.append(value)
        self.answers.append(answer)
        return len(self.env) - 1

    def new(self, dtype=None, shape=None, mode=None, layout=None):
        """A new array; its place."""
        if dtype is None:
            dtype = self.r.choice(OTHERS) if self.others and self.chance(0.6) else self.r.choice(WEIGHTED)
        shape = self.shape() if shape is None else list(shape)
        if dtype == '|O' and product(shape) > 500:
            dtype = 'int64'
        layout = layout or self.r.choice(LAYOUTS)
        if (len(shape) == 0 or 0 in shape) or (layout == 'P' and len(shape) < 2):
            layout = 'C'
        n = needed(shape, layout)
        spec = {'d': json.loads(dtype) if dtype[0] == '[' else dtype, 's': shape, 'l': layout}
        count = n
        if n > 64:
            count = self.r.choice([13, 37, 61])
            spec['n'] = n
        values = self.values(dtype, count, mode)
        if dtype == '|O':
            spec['o'] = [plain(x) for x in values.tolist()]
        else:
            spec['b'] = base64.b64encode(values.tobytes()).decode()
            if dtype not in KNOWN:
                spec['i'] = values.itemsize
        return self.push(spec, make(spec), {'p': None})

    def pick(self, ok=lambda a: True, **new):
        """An array of the program that fits, or a new one; its place."""
        good = [i for i, v in enumerate(self.env) if isinstance(v, np.ndarray) and ok(v)]
        if good and self.chance(0.8):
            return self.r.choice(good[-3:])
        return self.new(**new)

    def any(self, dtypes=None, nd=None, mode=None, minimum=0):
        ok = lambda a: (dtypes is None or a.dtype.name in dtypes) and (nd is None or a.ndim in (nd if isinstance(nd, (list, tuple)) else [nd])) and a.size >= minimum and (mode is None)
        n = None if nd is None else self.r.choice(nd if isinstance(nd, (list, tuple)) else [nd])
        for _ in range(20):
            shape = self.shape(n)
            if product(shape) >= minimum:
                break
        return self.pick(ok, dtype=self.r.choice(dtypes) if dtypes else None, shape=shape, mode=mode)

    def broadcastable(self, shape):
        """A shape that broadcasts with another."""
        s = list(shape)
        if s and self.chance(0.3):
            s = s[self.r.randrange(len(s) + 1):]
        for i in range(len(s)):
            if self.chance(0.2):
                s[i] = 1
        if self.chance(0.05):
            s = [self.r.randint(1, 3), *s]
        if len(s) > 5:
            return list(shape)
        return s

    def weak(self):
        r = self.r
        if self.others and self.chance(0.4):
            return r.choice(['a', 'abc', '', '2020-01-01', None, 3, {'i': '5'}])
        k = r.random()
        if k < 0.5:
            return r.choice([0, 1, 2, 3, -1, -2, 7, 10, 100, 200])
        if k < 0.85:
            return r.choice([0.5, -1.5, 2.25, 0.1, 1e-3, 3.7, {'n': 'nan'}, {'n': 'inf'}])
        if k < 0.93:
            return r.random() < 0.5
        return {'c': [r.choice([0.5, 1.25]), r.choice([-0.5, 2.5])]}

    def axis(self, a, bad=0.02):
        n = a.ndim
        if self.chance(bad):
            return self.r.choice([n, -n - 1])
        return self.r.randrange(-n, n) if n else 0

    def axes(self, a):
        """An axis argument of a reduction."""
        k = self.r.random()
        if k < 0.3:
            return None
        if k < 0.75 or a.ndim < 2:
            return self.axis(a) if a.ndim else None
        return {'t': self.r.sample(range(a.ndim), self.r.randint(0, a.ndim))}

    # -- steps -------------------------------------------------------------------------------------------------------

    def step(self, f, args, k=None, errors=0.1, changes=False, **notes):
        """Performs a step; its place. A step that fails stays sometimes; where it may have changed something it ends the program."""
        item = {'f': f, 'a': args, **({'k': k} if k else {}), **notes}
        if 'm' in notes:
            item['m'] = self.magnitude(item)
        if 't' in notes:
            narrow = [np.result_type(v.dtype, 'float16').type(0).real.dtype.name for v in self.arrays({'a': args}) if isinstance(v, (np.ndarray, np.generic)) and v.dtype.kind in 'biufc']
            item['w'] = min(narrow, key=lambda d: int(d[5:]), default='float64')
        # Python's integers would grow without end.
        if ('pow' in f or 'shift' in f or 'prod' in f or 'multiply' in f or 'mul' in f) and any(np.asarray(v).dtype.kind == 'O' for v in self.arrays({'a': args})):
            raise Drop
        value, answer = step_answer(item, self.env)
        if 'err' in answer:
            if changes or self.chance(errors):
                self.push(item, None, answer)
                if changes:
                    self.tainted = True
                return None
            raise Drop
        if len(answer.get('b', '')) > 400000 or len(answer.get('o', '')) > 20000:
            raise Unknown('too long')
        return self.push(item, value, answer)

    def magnitude(self, item):
        m = 1.0
        n = 1
        for v in self.arrays(item):
            v = np.asarray(v)
            if v.size and v.dtype.kind in 'fciub':
                with np.errstate(all='ignore'):
                    top = float(np.max(np.abs(v.astype('complex128' if v.dtype.kind == 'c' else 'float64')), initial=0, where=np.isfinite(v)))
                m *= max(top, 1.0)
                n = max(n, v.size)
        m *= math.sqrt(n)
        return m if math.isfinite(m) else 1e308

    def arrays(self, x):
        if isinstance(x, dict):
            if 'v' in x:
                v = self.env[x['v']]
                yield v[x['j']] if 'j' in x else v
            else:
                for e in x.values():
                    yield from self.arrays(e)
        elif isinstance(x, list):
            for e in x:
                yield from self.arrays(e)


V = lambda i: {'v': i}


def ufunc_keywords(p, operands, names, nout=1):
    """out, where, dtype, casting, order; the place of out is of a fitting shape mostly."""
    r = p.r
    k = {}
    if p.chance(0.12) and nout == 1:
        try:
            shape = np.broadcast_shapes(*[np.shape(p.env[o['v']]) if isinstance(o, dict) and 'v' in o else () for o in operands])
        except ValueError:
            return k
        if p.chance(0.35):
            same = [i for i, v in enumerate(p.env) if isinstance(v, np.ndarray) and v.shape == shape and v.flags.writeable]
            out = r.choice(same) if same else p.new(shape=shape)
        else:
            out = p.new(dtype=r.choice(['float64', 'float64', 'complex128', 'int64', 'float32', 'bool', r.choice(WEIGHTED)]), shape=shape)
        k['out'] = V(out)
        if p.chance(0.4):
            k['where'] = V(p.new(dtype='bool', shape=p.broadcastable(shape)[-max(1, len(shape)):]))
    if p.chance(0.06):
        k['dtype'] = r.choice(WEIGHTED)
    if p.chance(0.05):
        k['casting'] = r.choice(['no', 'safe', 'same_kind', 'unsafe'])
    if p.chance(0.04):
        k['order'] = r.choice('CFAK')
    return k


def unary(p):
    inexact = p.chance(0.45)
    f = p.r.choice(TRANSCENDENTAL1 if inexact else EXACT1)
    a = V(p.any())
    k = ufunc_keywords(p, [a], f, 2 if f in ('modf', 'frexp') else 1)
    notes = {'t': 4, 'c': 1} if inexact else {'t': 4, 'c': 1} if p.env[a['v']].dtype.kind == 'c' and f in ('absolute', 'sqrt', 'reciprocal', 'sign', 'square') else {}
    p.step('np.' + f, [a], k, changes='out' in k, **notes)


def wild(p, args):
    """Whether numbers are so large, or none, that a complex power keeps no digits of them."""
    return any(not (np.abs(np.asarray(v).astype('complex128')) < 100).all() for v in p.arrays({'a': args}))


def second(p, a):
    if p.chance(0.25):
        return p.weak()
    shape = p.broadcastable(p.env[a['v']].shape)
    want = tuple(shape)
    same = [i for i, v in enumerate(p.env) if isinstance(v, np.ndarray) and v.shape == want]
    if same and p.chance(0.4):
        return V(p.r.choice(same))
    dtype = spell(p.env[a['v']].dtype) if p.chance(0.5) else None
    return V(p.new(dtype=dtype, shape=shape))


def binary(p):
    inexact = p.chance(0.15)
    f = p.r.choice(TRANSCENDENTAL2 if inexact else EXACT2)
    a = V(p.any())
    b = second(p, a)
    args = [a, b] if p.chance(0.8) else [b, a]
    k = ufunc_keywords(p, args, f, 2 if f == 'divmod' else 1)
    comp = any(isinstance(x, dict) and ('c' in x or ('v' in x and p.env[x['v']].dtype.kind == 'c')) for x in args)
    notes = {'t': 500 if comp and 'power' in f else 8, 'c': 1} if inexact or (comp and f in ('divide', 'multiply')) else {}
    if f in ZERO_SIGN:
        notes['z'] = 1
    if comp and 'power' in f and wild(p, args):
        raise Drop
    p.step('np.' + f, args, k, changes='out' in k, **notes)


def in_place(p):
    target = p.pick(lambda a: a.flags.writeable and not isinstance(a, np.generic), layout=p.r.choice(['C', 'F', 'rev', 'step', 'off', 'P', 'step0']))
    if not isinstance(p.env[target], np.ndarray):
        raise Drop
    v = p.env[target]
    f = p.r.choice(SAME_KIND_IN_PLACE if p.chance(0.4) else ['iadd', 'isub', 'imul'])
    # Operands that lie in the same memory: reversed, shifted, transposed.
    k = p.r.random()
    if k < 0.3 and v.ndim:
        b = V(p.step('getitem', [V(target), [{'s': [None, None, -1]}]]))
    elif k < 0.45 and v.ndim:
        b = V(p.step('getitem', [V(target), [p.r.randrange(max(1, v.shape[0]))]]))
    elif k < 0.6 and v.ndim == 2 and v.shape[0] == v.shape[1]:
        b = V(p.step('.T', [V(target)]))
    elif k < 0.7 and v.ndim == 1 and v.size > 2:
        x = p.step('getitem', [V(target), [{'s': [1, None, None]}]])
        b = V(p.step('getitem', [V(target), [{'s': [None, -1, None]}]]))
        target = x
    else:
        b = second(p, V(target))
    if b['v'] is None if isinstance(b, dict) and 'v' in b else False:
        raise Drop
    if f == 'ipow' and v.dtype.kind == 'c' and wild(p, [V(target), b]):
        raise Drop
    notes = {'t': 500 if f == 'ipow' and v.dtype.kind == 'c' else 4, 'c': 1} if f == 'ipow' or v.dtype.kind == 'c' else {}
    p.step(f, [V(target), b], changes=True, **notes)


def reduction(p):
    r = p.r
    f = r.choice(['sum', 'prod', 'mean', 'std', 'var', 'max', 'min', 'any', 'all', 'argmax', 'argmin', 'ptp', 'nansum', 'nanprod', 'nanmax', 'nanmin', 'nanmean', 'nanstd',
                  'nanvar', 'nanargmax', 'nanargmin', 'median', 'nanmedian', 'count_nonzero', 'average', 'cumsum', 'cumprod', 'nancumsum', 'nancumprod'])
    a = p.any()
    v = p.env[a]
    k = {}
    if f in ('argmax', 'argmin', 'nanargmax', 'nanargmin', 'cumsum', 'cumprod', 'nancumsum', 'nancumprod'):
        k['axis'] = None if p.chance(0.25) or v.ndim == 0 else p.axis(v)
    else:
        k['axis'] = p.axes(v)
    if not f.endswith(('cumsum', 'cumprod')) and p.chance(0.2):
        k['keepdims'] = True
    if f in ('sum', 'prod', 'mean', 'cumsum', 'cumprod', 'nansum') and p.chance(0.12):
        k['dtype'] = r.choice(WEIGHTED)
    if f in ('sum', 'prod', 'max', 'min', 'nansum', 'nanmax') and p.chance(0.12):
        k['initial'] = r.choice([0, 5, 2.5, -3])
    if f in ('sum', 'prod', 'max', 'min', 'any', 'all', 'mean', 'std', 'var', 'nansum', 'nanmean') and p.chance(0.15):
        k['where'] = V(p.new(dtype='bool', shape=v.shape if p.chance(0.6) else p.broadcastable(v.shape)[-v.ndim:] if v.ndim else []))
        if f in ('max', 'min'):
            k['initial'] = 1
    if f in ('std', 'var', 'nanstd', 'nanvar') and p.chance(0.3):
        k['ddof'] = 1
    notes = {}
    if v.dtype.kind in 'fc' or f in ('mean', 'std', 'var', 'nanmean', 'nanstd', 'nanvar', 'average'):
        if f not in ('max', 'min', 'any', 'all', 'argmax', 'argmin', 'count_nonzero', 'nanmax', 'nanmin', 'nanargmax', 'nanargmin', 'ptp'):
            notes = {'t': 2, 'm': 1}
            if f.endswith(('prod', 'var', 'std')):
                notes = {'t': 16 + v.size // 4, 'm': 1, 'c': 1}
    if f in ('max', 'min', 'nanmax', 'nanmin', 'median', 'nanmedian'):
        notes['z'] = 1
    method = f in ('sum', 'prod', 'mean', 'max', 'min', 'cumsum', 'std', 'argmax') and p.chance(0.15) and k.get('axis', 0) is not None
    p.step(('.' if method else 'np.') + f, [V(a)], k, **notes)


def ufunc_method(p):
    r = p.r
    f = r.choice(FOLDING)
    how = r.choice(['reduce', 'reduce', 'accumulate', 'reduceat', 'outer', 'at'])
    a = p.any(nd=[1, 2, 3]) if how != 'outer' else p.any(nd=[0, 1, 2])
    v = p.env[a]
    notes = {'t': 4 + v.size // 4, 'm': 1, 'c': 1} if v.dtype.kind in 'fc' and f in ('add', 'multiply', 'subtract', 'divide') else {}
    if f in ZERO_SIGN or f in ('logaddexp', 'arctan2', 'divide', 'floor_divide', 'multiply'):
        notes['z'] = 1
    name = f'np.{f}.{how}'
    if how == 'reduce':
        k = {'axis': p.axis(v) if f in ('subtract', 'divide', 'floor_divide') else p.axes(v)}
        if p.chance(0.2):
            k['keepdims'] = True
        if p.chance(0.1):
            k['initial'] = r.choice([0, 1, 3])
        if p.chance(0.1):
            k['dtype'] = r.choice(WEIGHTED)
        p.step(name, [V(a)], k, **notes)
    elif how == 'accumulate':
        k = {'axis': p.axis(v)}
        if p.chance(0.1):
            k['dtype'] = r.choice(WEIGHTED)
        p.step(name, [V(a)], k, **notes)
    elif how == 'reduceat':
        ax = p.axis(v, 0)
        n = v.shape[ax]
        if n == 0:
            raise Drop
        ix = [r.randrange(n) for _ in range(r.randint(1, 4))]
        p.step(name, [V(a), ix], {'axis': ax}, **notes)
    elif how == 'outer':
        if v.size > 200:
            raise Drop
        p.step(name, [V(a), V(p.new(shape=r.choice([[], [3], [2, 2], [4], [0]])))], {}, **({'t': 4, 'c': 1} if notes else {}))
    else:
        if not v.flags.writeable or v.ndim == 0 or v.shape[0] == 0 or v.size == 0:
            raise Drop
        if f in ('logical_and',):
            raise Drop
        n = v.shape[0]
        m = r.randint(1, 5) if n < 50 else r.choice([5, 100, 300])
        ix = p.new(dtype=r.choice(['int64', 'int32', 'int64']), shape=[m], mode='index') if n > 3 else [r.randrange(-n, n) for _ in range(m)]
        b = V(p.new(dtype=spell(v.dtype), shape=[m, *v.shape[1:]]))
        p.step(name, [V(a), V(ix) if isinstance(ix, int) else ix, b], changes=True, r=0, **notes)


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


def new_index(self, shape, n):
    ix = np.array([self.r.randrange(-n, n) for _ in range(product(shape))], self.r.choice(['int64', 'int64', 'int32', 'int16' if n < 30000 else 'int64'])).reshape(shape)
    spec = {'d': ix.dtype.name, 's': shape, 'l': 'C', 'b': base64.b64encode(ix.tobytes()).decode()}
    return self.push(spec, make(spec), {'p': None})


Program.new_index = new_index


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
    from oracle import decode
    return v[tuple(decode(ix, p.env))]


def shaping(p):
    r = p.r
    a = p.any()
    v = p.env[a]
    f = r.choice(['reshape', '.reshape', 'transpose', 'swapaxes', 'moveaxis', 'rollaxis', 'expand_dims', 'squeeze', 'ravel', '.flatten', '.T', 'broadcast_to', 'flip', 'fliplr', 'flipud',
                  'rot90', 'roll', 'repeat', 'tile', 'pad', 'atleast_2d', 'atleast_3d', 'array_split', 'split', 'diagonal', 'trace', 'diag', 'tril', 'triu', 'delete', 'insert', 'append',
                  'resize', '.view', '.astype', '.astype', '.copy', 'ascontiguousarray', 'asfortranarray', 'matrix_transpose', 'diff', 'ediff1d', 'trim_zeros', 'kron', 'unstack',
                  'require', 'astype', 'copy', 'array', 'full_like', 'zeros_like', 'sliding_window_view', 'real', 'imag', 'packbits', 'unpackbits', 'gradient', 'nan_to_num', '.byteswap', '.tobytes_'])
    args, k, notes = [V(a)], {}, {}
    name = f if f[0] == '.' else 'np.' + f
    nd = v.ndim
    if f in ('reshape', '.reshape'):
        n = v.size
        fs = [d for d in range(1, 13) if n and n % d == 0]
        d = r.choice(fs) if fs else 0
        shape = r.choice([[-1], [n], [d, n // d if d else 0], [n // d if d else 0, d], [d, -1] if d else [0, 3], [-1, d] if d else [2, 0], [1, n, 1]])
        args.append({'t': shape} if f == 'reshape' else shape)
        if p.chance(0.4):
            k['order'] = r.choice('CFA')
    elif f in ('transpose',):
        if p.chance(0.7):
            args.append(r.sample(range(nd), nd))
    elif f == 'swapaxes':
        args += [p.axis(v), p.axis(v)]
    elif f in ('moveaxis',):
        args += [p.axis(v), p.axis(v)]
    elif f == 'rollaxis':
        args += [p.axis(v), r.randint(0, nd)]
    elif f == 'expand_dims':
        args.append(r.choice([r.randint(-nd - 1, nd), {'t': [0, nd + 1]}]))
    elif f == 'squeeze':
        if p.chance(0.3):
            args.append(p.axis(v))
    elif f in ('ravel', '.flatten', '.copy', 'copy'):
        if p.chance(0.6):
            args.append(r.choice('CFAK'))
    elif f == 'broadcast_to':
        args.append({'t': [r.randint(1, 3), *[s if s != 1 else r.randint(1, 3) for s in v.shape]]})
    elif f in ('flip',):
        k['axis'] = p.axes(v)
    elif f == 'rot90':
        args.append(r.randint(-1, 4))
    elif f == 'roll':
        if p.chance(0.4):
            args.append(r.randint(-5, 5))
        elif nd and p.chance(0.7):
            args += [r.randint(-5, 5), p.axis(v)]
        elif nd > 1:
            args += [{'t': [1, -2]}, {'t': [0, 1]}]
        else:
            args.append(2)
    elif f == 'repeat':
        if v.size > 3000:
            raise Drop
        if nd and p.chance(0.6):
            ax = p.axis(v, 0)
            args.append(r.choice([2, 3, 0, [r.randint(0, 3) for _ in range(v.shape[ax])] if v.shape[ax] < 30 else 2]))
            k['axis'] = ax
        else:
            args.append(r.randint(0, 3))
    elif f == 'tile':
        if v.size > 3000:
            raise Drop
        args.append(r.choice([2, 0, {'t': [2, 1]}, {'t': [1, 3]}, {'t': [2, 1, 2]}]))
    elif f == 'pad':
        mode = r.choice(['constant', 'edge', 'linear_ramp', 'maximum', 'mean', 'median', 'minimum', 'reflect', 'symmetric', 'wrap', 'empty'])
        if mode == 'empty':
            mode = 'constant'
        args.append(r.choice([1, 2, {'t': [1, 2]}, {'t': [0, 3]}, {'t': [{'t': [1, 0]}] * nd}]))
        k['mode'] = mode
        if mode == 'constant' and p.chance(0.5):
            k['constant_values'] = r.choice([0, 1, 7, {'t': [1, 2]}])
        if mode in ('reflect', 'symmetric') and p.chance(0.3):
            k['reflect_type'] = 'odd'
        if mode in ('mean', 'median', 'maximum') and p.chance(0.3):
            k['stat_length'] = r.choice([1, 2, 3])
        if mode in ('mean', 'median', 'linear_ramp'):
            notes = {'t': 4, 'm': 1}
    elif f in ('array_split', 'split'):
        ax = p.axis(v, 0) if nd else 0
        args += [r.choice([1, 2, 3, [1], [1, 2], [2, 1]]), ax]
    elif f in ('diagonal', 'trace'):
        args.append(r.randint(-2, 2))
        if nd > 2:
            args += r.sample(range(nd), 2)
        if f == 'trace':
            notes = {'m': 1}
    elif f in ('diag', 'tril', 'triu'):
        if f == 'diag' and v.size > 100 and nd == 1:
            raise Drop
        if v.size > 3000 and nd == 1:
            raise Drop
        args.append(r.randint(-2, 2))
    elif f == 'delete':
        if not nd:
            raise Drop
        ax = p.axis(v)
        args += [r.choice([0, -1, [0, 1], {'s': [None, None, 2]}, [0, 0], {'s': [1, 3, None]}])]
        if p.chance(0.7):
            args.append(ax)
    elif f == 'insert':
        if not nd:
            raise Drop
        args += [r.choice([0, 1, -1, [0, 1], [1, 1]]), r.choice([5, 7])]
        if p.chance(0.7):
            args.append(p.axis(v))
    elif f == 'append':
        if p.chance(0.5):
            args.append(V(p.new()))
        else:
            args += [V(p.new(shape=v.shape)), p.axis(v)]
    elif f == 'resize':
        args.append({'t': r.choice([[3], [2, 3], [0], [4, 2, 2]])})
    elif f == '.view':
        if v.dtype.kind in 'fc' and not np.isfinite(v).all() or v.dtype.kind == 'b':
            raise Drop
        d = r.choice(['uint8', 'int8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64'])
        if any(x['l'] == 'off' for x in p.items if 'l' in x):
            raise Drop
        args.append(d)
    elif f in ('.astype', 'astype'):
        args.append(r.choice([d for d in OTHERS if d[0] != '['] if p.others and p.chance(0.6) else WEIGHTED))
        if f == '.astype' and p.chance(0.4):
            k['order'] = r.choice('CFAK')
        if p.chance(0.2) and f == '.astype':
            k['casting'] = r.choice(['no', 'equiv', 'safe', 'same_kind', 'unsafe'])
        if p.chance(0.2):
            k['copy'] = False
    elif f == 'array':
        k = {'ndmin': r.randint(0, 4)}
        if p.chance(0.4):
            k['order'] = r.choice('CFAK')
        if p.chance(0.4):
            k['dtype'] = r.choice(WEIGHTED)
    elif f == 'diff':
        k = {'n': r.randint(1, 2), 'axis': p.axis(v)} if nd else {}
    elif f == 'kron':
        if v.size > 200:
            raise Drop
        args.append(V(p.new(dtype=spell(v.dtype), shape=r.choice([[2], [2, 2], [1, 3]]))))
        notes = {'t': 4, 'c': 1}
    elif f == 'require':
        args += [r.choice([None, 'float64', 'int32']), r.choice(['C', 'F', ['C', 'W']])]
    elif f == 'full_like':
        args.append(3)
        if p.chance(0.5):
            k['dtype'] = r.choice(WEIGHTED)
    elif f == 'zeros_like':
        if p.chance(0.5):
            k['dtype'] = r.choice(WEIGHTED)
            k['order'] = r.choice('CFAK')
    elif f == 'sliding_window_view':
        if not nd:
            raise Drop
        args += [2, p.axis(v)]
        name = 'np.lib.stride_tricks.sliding_window_view'
    elif f in ('packbits', 'unpackbits'):
        args = [V(p.new(dtype='uint8' if f == 'unpackbits' else r.choice(['bool', 'uint8', 'int32']), shape=v.shape))]
        k = {'axis': p.axis(v) if nd and p.chance(0.7) else None}
        if p.chance(0.3):
            k['bitorder'] = 'little'
    elif f == 'gradient':
        if v.size > 4000 or v.dtype.kind == 'b':
            raise Drop
        if nd and p.chance(0.5):
            k['axis'] = p.axis(v)
        notes = {'t': 4, 'm': 1}
    elif f == 'ediff1d':
        if p.chance(0.4):
            k['to_begin'] = V(p.new(dtype=spell(v.dtype), shape=[2]))
    elif f == 'unstack':
        k = {'axis': p.axis(v)} if nd else {}
    elif f == '.tobytes_':
        name = '.tolist'
        raise Drop
    p.step(name, args, k, **notes)


def joining(p):
    r = p.r
    a = p.any()
    v = p.env[a]
    f = r.choice(['concatenate', 'concatenate', 'stack', 'vstack', 'hstack', 'dstack', 'column_stack', 'block', 'broadcast_arrays', 'meshgrid', 'ix_'])
    n = r.randint(1, 3)
    others = [V(a)]
    for _ in range(n):
        s = list(v.shape)
        if f == 'concatenate' and s and p.chance(0.3):
            s[0] = r.randint(0, 3)
        others.append(V(p.new(dtype=spell(v.dtype) if p.chance(0.5) else None, shape=s)))
    k = {}
    if f == 'concatenate':
        k['axis'] = r.choice([0, 0, None, p.axis(v)])
        if p.chance(0.1):
            k['dtype'] = r.choice(WEIGHTED)
            k['casting'] = r.choice(['same_kind', 'unsafe'])
    elif f == 'stack':
        k['axis'] = r.randint(-v.ndim - 1, v.ndim)
    if f == 'broadcast_arrays':
        others = [V(a), V(p.new(shape=p.broadcastable(v.shape)))]
        p.step('np.broadcast_arrays', others)
        return
    if f in ('meshgrid', 'ix_'):
        xs = [V(p.new(shape=[r.randint(0, 4)])) for _ in range(n)]
        if f == 'meshgrid':
            if p.chance(0.4):
                k['indexing'] = 'ij'
            if p.chance(0.3):
                k['sparse'] = True
        p.step('np.' + f, xs, k)
        return
    p.step('np.' + f, [others], k)


def ordering(p):
    r = p.r
    f = r.choice(['sort', 'argsort', 'unique', 'unique', 'searchsorted', 'partition', 'lexsort', '.sort', 'nonzero', 'argwhere', 'flatnonzero', 'isin', 'intersect1d', 'union1d', 'setdiff1d', 'setxor1d',
                  'digitize', 'bincount', 'sort_complex', 'count_nonzero', 'unique_counts', 'argpartition_', 'histogram', 'interp', 'convolve', 'correlate', 'cov', 'corrcoef', 'cross', 'trapezoid', 'vander', 'unwrap', 'i0_'])
    a = p.any()
    v = p.env[a]
    k = {}
    notes = {}
    if f in ('unique', 'union1d', 'setxor1d', 'intersect1d', 'setdiff1d') and v.dtype.kind in 'fc' and (v.size > 16 and v.dtype.itemsize == 2 or v.dtype.kind == 'c' and not np.isfinite(v).all()):
        raise Drop
    if f in ('sort', 'argsort', '.sort'):
        if f == '.sort':
            if not v.flags.writeable:
                raise Drop
            notes = {'z': 1}
        k = {'axis': p.axis(v) if v.ndim else -1} if p.chance(0.7) else {}
        if f == 'sort' and p.chance(0.1) and v.size < 3000:
            k['axis'] = None
        if f == 'argsort' or p.chance(0.3):
            k['kind'] = 'stable'
        if f == 'sort':
            notes = {'z': 1}
        p.step(f if f[0] == '.' else 'np.' + f, [V(a)], k, changes=f == '.sort', **notes)
    elif f == 'unique':
        for name in ('return_index', 'return_inverse', 'return_counts'):
            if p.chance(0.4):
                k[name] = True
        if v.ndim and p.chance(0.3):
            k['axis'] = p.axis(v)
        if p.chance(0.1):
            k['equal_nan'] = False
        p.step('np.unique', [V(a)], k, z=1)
    elif f == 'searchsorted':
        b = p.step('np.sort', [V(p.any(nd=1))], {'kind': 'stable'})
        if b is None:
            return
        if p.chance(0.5):
            k['side'] = 'right'
        p.step('np.searchsorted', [V(b), V(p.new(dtype=spell(p.env[b].dtype) if p.chance(0.6) else None))], k)
    elif f == 'partition':
        b = p.any(nd=1, minimum=1)
        n = p.env[b].size
        kth = r.randrange(n)
        i = p.step('np.partition', [V(b), kth], {}, q=1)
        if i is not None:
            p.step('getitem', [V(i), [kth]], z=1)
    elif f == 'lexsort':
        if v.ndim == 0 or v.size > 5000:
            raise Drop
        p.step('np.lexsort', [[V(p.new(shape=v.shape)), V(a)]])
    elif f in ('isin', 'intersect1d', 'union1d', 'setdiff1d', 'setxor1d'):
        b = p.new(dtype=spell(v.dtype) if p.chance(0.7) else None)
        if p.env[b].dtype.kind == 'c' and not np.isfinite(p.env[b]).all():
            raise Drop
        if f == 'isin' and p.chance(0.2):
            k['invert'] = True
        if f == 'intersect1d' and p.chance(0.3):
            k['return_indices'] = True
        p.step('np.' + f, [V(a), V(b)], k, z=1)
    elif f == 'digitize':
        b = p.step('np.sort', [V(p.new(dtype=r.choice(REAL), shape=[r.randint(0, 6)], mode=None))])
        p.step('np.digitize', [V(a), V(b)], {'right': True} if p.chance(0.4) else {})
    elif f == 'bincount':
        b = p.new(dtype=r.choice(['int64', 'int32', 'uint8', 'int8', 'bool']), shape=p.shape(1), mode='index')
        if p.chance(0.4):
            k['weights'] = V(p.new(dtype=r.choice(REAL), shape=p.env[b].shape, mode='small'))
        if p.chance(0.3):
            k['minlength'] = r.randint(0, 9)
        p.step('np.bincount', [V(b)], k)
    elif f == 'histogram':
        b = p.any(dtypes=[*INTS, 'float32', 'float64'], mode='tame')
        if p.chance(0.4):
            k['bins'] = r.choice([3, 5, 10, [0.5, 1.25, 2.5, 5.5]])
        if p.chance(0.3):
            k['range'] = {'t': [0, 4.5]}
        if p.chance(0.3):
            k['density'] = True
        p.step('np.histogram', [V(b)], k, t=4)
    elif f == 'interp':
        b = p.new(dtype=r.choice(['float64', 'float32', 'int32']), mode='tame')
        n = r.randint(1, 6)
        xp = p.step('np.sort', [V(p.new(dtype='float64', shape=[n], mode='tame'))])
        p.step('np.interp', [V(b), V(xp), V(p.new(dtype=r.choice(['float64', 'int32', 'complex128']), shape=[n], mode='tame'))], {'left': -1} if p.chance(0.3) else {}, t=4, m=1)
    elif f in ('convolve', 'correlate'):
        b = p.new(shape=p.shape(1), mode='small')
        p.step('np.' + f, [V(b), V(p.new(dtype=spell(p.env[b].dtype) if p.chance(0.6) else None, shape=[r.randint(0, 8)], mode='small'))], {'mode': r.choice(['full', 'same', 'valid'])}, t=4, m=1)
    elif f in ('cov', 'corrcoef'):
        b = p.new(dtype=r.choice(['float64', 'float32', 'int32', 'complex128']), shape=p.shape(r.choice([1, 2])), mode='small')
        p.step('np.' + f, [V(b)], {'rowvar': False} if p.chance(0.3) else {}, t=16, m=1)
    elif f == 'cross':
        s = [*p.shape(r.choice([0, 1, 2])), r.choice([2, 3, 3, 3])]
        p.step('np.cross', [V(p.new(shape=s)), V(p.new(shape=s))], {}, t=4, m=1)
    elif f == 'trapezoid':
        p.step('np.trapezoid', [V(a)], {'axis': p.axis(v)} if v.ndim else {}, t=4, m=1)
    elif f == 'vander':
        p.step('np.vander', [V(p.any(nd=1))], {'N': r.randint(0, 4)} if p.chance(0.6) else {'N': 3}, t=8, c=1)
    elif f == 'unwrap':
        p.step('np.unwrap', [V(p.new(dtype=r.choice(['float32', 'float64', 'int32']), mode='tame'))], {}, t=8, m=1)
    elif f[-1] == '_':
        raise Drop
    else:
        p.step('np.' + f, [V(a)], z=1)


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


def quantiles(p):
    r = p.r
    f = r.choice(['quantile', 'percentile', 'nanquantile', 'nanpercentile', 'median', 'nanmedian'])
    a = p.any(dtypes=REAL[1:], minimum=1)
    v = p.env[a]
    k = {'axis': p.axes(v)}
    if p.chance(0.2):
        k['keepdims'] = True
    args = [V(a)]
    if 'median' not in f:
        q = r.choice([0.25, 0.5, [0.1, 0.9], 0.999, [0.5]])
        scale = 100 if 'percentile' in f else 1
        args.append([x * scale for x in q] if isinstance(q, list) else q * scale)
        if p.chance(0.5):
            k['method'] = r.choice(['inverted_cdf', 'averaged_inverted_cdf', 'closest_observation', 'interpolated_inverted_cdf', 'hazen', 'weibull', 'linear', 'median_unbiased',
                                    'normal_unbiased', 'lower', 'higher', 'midpoint', 'nearest'])
    p.step('np.' + f, args, k, t=4, m=1, z=1)


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


def making(p):
    r = p.r
    f = r.choice(['arange', 'linspace', 'geomspace', 'logspace', 'full', 'eye', 'tri', 'indices', 'identity', 'zeros', 'fromfunction_'])
    dt = r.choice(WEIGHTED)
    if f == 'arange':
        a, b, c = r.randint(-5, 5), r.randint(-5, 20), r.choice([1, 2, -1, 3, 0.5, 0.1])
        p.step('np.arange', [a, b, c], {'dtype': dt} if p.chance(0.5) or isinstance(c, int) else {})
    elif f in ('linspace', 'geomspace', 'logspace'):
        a, b = (r.choice([1, 2.5, 0.001]), r.choice([10, 1000, 7.25])) if f == 'geomspace' else (r.choice([0, -1, 2.5, -3.25]), r.choice([1, 3, 0.1, 7.7]))
        k = {'num': r.choice([0, 1, 2, 5, 9, 50])}
        if p.chance(0.3):
            k['endpoint'] = False
        if p.chance(0.3):
            k['dtype'] = dt
        if f == 'linspace' and p.chance(0.3):
            k['retstep'] = True
        if p.chance(0.2):
            a = V(p.new(dtype='float64', shape=[2], mode='unit')) if f != 'geomspace' else a
        p.step('np.' + f, [a, b], k, **({} if f == 'linspace' else {'t': 8}))
    elif f == 'full':
        p.step('np.full', [{'t': p.shape()}, p.r.choice([1, 2.5, True])], {'dtype': dt})
    elif f == 'eye':
        p.step('np.eye', [r.randint(0, 6), r.randint(0, 6)], {'k': r.randint(-2, 2), 'dtype': dt, 'order': r.choice('CF')})
    elif f == 'tri':
        p.step('np.tri', [r.randint(0, 6), r.randint(0, 6)], {'k': r.randint(-2, 2), 'dtype': dt})
    elif f == 'indices':
        p.step('np.indices', [{'t': [r.randint(0, 3), r.randint(1, 4)]}])
    elif f == 'identity':
        p.step('np.identity', [r.randint(0, 5)], {'dtype': dt})
    elif f == 'zeros':
        p.step('np.zeros', [{'t': p.shape()}], {'dtype': dt, 'order': r.choice('CF')})
    else:
        raise Drop


def testing(p):
    r = p.r
    f = r.choice(['isclose', 'allclose', 'array_equal', 'array_equiv', 'round', 'fix', 'isreal', 'iscomplex', 'angle', 'sinc', 'isposinf', 'isneginf', 'real_if_close', 'result_type', 'can_cast',
                  'promote_types', 'min_scalar_type', 'around', 'shape', 'size', 'ndim', 'broadcast_shapes_', 'iscomplexobj', 'common_type'])
    a = p.any()
    v = p.env[a]
    if f in ('isclose', 'allclose', 'array_equal', 'array_equiv'):
        p.step('np.' + f, [V(a), second(p, V(a))], {'equal_nan': True} if p.chance(0.3) and f != 'array_equiv' else {})
    elif f in ('round', 'around'):
        p.step('np.' + f, [V(a), r.randint(-2, 3)], {}, t=2)
    elif f == 'angle':
        p.step('np.angle', [V(a)], {'deg': True} if p.chance(0.3) else {}, t=4)
    elif f == 'sinc':
        p.step('np.sinc', [V(a)], t=64, m=1, c=1)
    elif f == 'result_type':
        p.step('np.result_type', [V(a), second(p, V(a))])
    elif f == 'can_cast':
        p.step('np.can_cast', [r.choice(KNOWN), r.choice(KNOWN)], {'casting': r.choice(['safe', 'same_kind', 'no'])})
    elif f == 'promote_types':
        p.step('np.promote_types', [r.choice(KNOWN), r.choice(KNOWN)])
    elif f[-1] == '_':
        raise Drop
    else:
        p.step('np.' + f, [V(a)])


AREAS = [(unary, 12), (binary, 20), (in_place, 7), (reduction, 12), (ufunc_method, 9), (reading, 10), (writing, 7), (shaping, 16), (joining, 6), (ordering, 12), (choosing, 9),
         (quantiles, 3), (products, 7), (making, 3), (testing, 5)]


def generate(seed, i, only, sizes, dtypes='numeric'):
    """Program number i of a seed, with its answers."""
    for attempt in range(50):
        p = Program(f'{seed}:{i}:{attempt}', sizes, dtypes)
        areas = [a for a in AREAS if not only or a[0].__name__ in only]
        try:
            for _ in range(p.r.choice([1, 1, 2, 2, 3, 4, 5, 6])):
                before = len(p.items)
                for _ in range(8):
                    area = p.r.choices([a for a, _ in areas], [w for _, w in areas])[0]
                    try:
                        area(p)
                        break
                    except Drop:
                        continue
                    except (TypeError, ValueError, AttributeError, KeyError, IndexError):
                        # The areas choose their arguments by the values of numbers.
                        if dtypes == 'numeric':
                            raise
                if p.tainted or len(p.items) > 30:
                    break
            if not any('f' in x for x in p.items):
                continue
            return {'p': p.items, 'a': p.answers, 'end': None if p.tainted else [state(v) for v in p.env]}
        except (Unknown, OverflowError, RecursionError, MemoryError):
            continue
    raise SystemExit(f'no program for seed {seed}, case {i}')


def main():
    args = argparse.ArgumentParser()
    args.add_argument('--cases', type=int, default=1000)
    args.add_argument('--seed', default='1')
    args.add_argument('--skip', type=int, default=0)
    args.add_argument('--only', default='')
    args.add_argument('--sizes', default='mixed')
    args.add_argument('--dtypes', default='numeric', choices=['numeric', 'all'])
    a = args.parse_args()
    np.seterr(all='warn')
    only = set(a.only.split(',')) if a.only else None
    for i in range(a.skip, a.skip + a.cases):
        sys.stdout.write(json.dumps({'i': i, **generate(a.seed, i, only, a.sizes, a.dtypes)}) + '\n')
    sys.stdout.flush()


if __name__ == '__main__':
    main()
