"""A program in the making: values, arrays and steps chosen at random, each with NumPy's answer."""
import base64
import json
import math
import random

import numpy as np

from oracle import KNOWN, Unknown, dtype_of, make, needed, plain, product, step_answer

INTS = ['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64']
FLOATS = ['float16', 'float32', 'float64']
COMPLEX = ['complex64', 'complex128']
REAL = ['bool', *INTS, *FLOATS]
WEIGHTED = ['bool', *INTS, 'int32', 'int64', 'uint8', *FLOATS, 'float32', 'float64', 'float64', *COMPLEX, 'complex128']
LAYOUTS = ['C', 'C', 'C', 'F', 'P', 'rev', 'rev1', 'step', 'step0', 'bcast', 'bcastl', 'off']

# dtypes beside native numbers, several of each sort.
OTHERS = ['<U1', '<U3', '<U7', '>U2', '|S1', '|S4', '<M8[D]', '<M8[s]', '<M8[ms]', '<M8[M]', '>M8[s]', '<m8[s]', '<m8[D]', '<m8[ns]', '|O', '|O', '>f8', '>i4', '>i2', '>c16', '>f4', '>u8',
          '|V3', '[["a", "<i4"], ["b", "<f8"]]', '[["x", "|u1"], ["s", "<U2"], ["t", "<M8[D]"]]']  # fmt: skip
TEXTS = ['', 'a', 'b', 'ab', 'abc', 'B', 'zz', 'é', '10', '-3', '2.5', 'x y', "it's", '日本', 'abcdefg', '2020-02-29']


def spell(dtype):
    """A dtype as `Program.new` takes it."""
    if dtype.names is not None:
        return json.dumps([list(f) for f in dtype.descr])
    return dtype.name if dtype.name in KNOWN and dtype.isnative else dtype.str


# The place of the value that a step writes or fills with: numbers in JavaScript are floats among objects, so ints are spelt.
STORED = {'setitem': 2, 'np.put': 2, 'np.insert': 2, 'np.full_like': 1, 'np.put_along_axis': 2, 'np.fill_diagonal': 1, 'np.full': 1, '.fill': 1, '.put': 2}
# Functions that sort or count by order: what NaN among objects does to them depends on the algorithm.
ORDERED = {'np.sort', 'np.argsort', '.sort', 'np.unique', 'np.searchsorted', 'np.digitize', 'np.partition', 'np.lexsort', 'np.union1d', 'np.intersect1d', 'np.setdiff1d', 'np.setxor1d',
           'np.isin', 'np.median', 'np.nanmedian', 'np.quantile', 'np.percentile', 'np.unique_counts', 'np.unique_inverse', 'np.unique_all', 'np.unique_values'}  # fmt: skip


# Functions that take out=.
OUTS = {f'np.{f}' for f in ('take choose compress clip sum prod mean std var max min any all cumsum cumprod argmax argmin nansum nanprod nanmax nanmin nanmean nanstd nanvar nancumsum '
                            'nancumprod median nanmedian quantile percentile round around concatenate stack dot matmul einsum outer trace cumulative_sum cumulative_prod vecdot '
                            'add.reduce add.accumulate maximum.reduce multiply.accumulate logical_and.reduce minimum.reduce').split()}  # fmt: skip


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
        if dt.kind in 'mM' and mode == 'days':
            return np.array([r.randint(-2000, 20000) for _ in range(n)], 'i8').view(dt.newbyteorder('=')).astype(dt)
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

    def new_index(self, shape, n):
        ix = np.array([self.r.randrange(-n, n) for _ in range(product(shape))], self.r.choice(['int64', 'int64', 'int32', 'int16' if n < 30000 else 'int64'])).reshape(shape)
        spec = {'d': ix.dtype.name, 's': shape, 'l': 'C', 'b': base64.b64encode(ix.tobytes()).decode()}
        return self.push(spec, make(spec), {'p': None})

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
        if f in OUTS and 'out' not in item.get('k', {}) and self.chance(0.06):
            changes |= self.give_out(item)
        if 'm' in notes:
            item['m'] = self.magnitude(item)
        if 't' in notes:
            narrow = [np.result_type(v.dtype, 'float16').type(0).real.dtype.name for v in self.arrays({'a': args}) if isinstance(v, (np.ndarray, np.generic)) and v.dtype.kind in 'biufc']
            item['w'] = min(narrow, key=lambda d: int(d[5:]), default='float64')
        # Python's integers would grow without end.
        if ('pow' in f or 'shift' in f or 'prod' in f or 'multiply' in f or 'mul' in f) and any(np.asarray(v).dtype.kind == 'O' for v in self.arrays({'a': args})):
            raise Drop
        objects = [v for v in self.arrays({'a': args}) if isinstance(v, np.ndarray) and v.dtype.kind == 'O']
        if objects and f in STORED and len(args) > STORED[f] and type(args[STORED[f]]) is int:
            args[STORED[f]] = {'i': str(args[STORED[f]])}
        if f in ORDERED and any(x != x for v in objects for x in v.flat):
            raise Drop
        value, answer = step_answer(item, self.env)
        if self.open(f, args, answer):
            raise Drop
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

    def give_out(self, item):
        """Adds out= to a step, mostly of the result's own dtype; whether it did."""
        value, answer = step_answer(item, self.env)
        if 'err' in answer or not isinstance(value, (np.ndarray, np.generic)) or value.dtype.kind in 'OV':
            return False
        dtype = spell(value.dtype) if self.chance(0.7) else None
        out = self.new(dtype=dtype, shape=value.shape, layout=self.r.choice(['C', 'F', 'rev', 'step', 'off', 'P', 'step0']))
        item['k'] = {**item.get('k', {}), 'out': {'v': out}}
        return True

    def open(self, f, args, answer):
        """Whether a step asks for what docs/deviations.md lists as different, or for what NumPy itself gets wrong."""
        arrays = [v for v in self.arrays({'a': args}) if isinstance(v, (np.ndarray, np.generic))]
        # Handles of objects are no bytes; bits that are no text have none in JavaScript; the order of several NaNs is open.
        kinds = {v.dtype.kind for v in arrays}
        if (f == '.tobytes' and 'O' in kinds) or (f == '.byteswap' and kinds & {'U', 'V'}):
            return True
        if f in ('np.unique_inverse', 'np.unique_all') and any(v.dtype.kind in 'fcmM' and (v != v).any() for v in arrays):
            return True
        # Scalars of text have the width of what they hold in NumPy, here that of their array.
        if any(isinstance(v, (np.str_, np.bytes_)) for v in arrays) and len(arrays) > 1:
            return True
        # Durations among objects are counts here, as they are read.
        if f == 'np.isin' and any(v.dtype.kind == 'm' for v in arrays) and any(v.dtype.kind == 'O' for v in arrays):
            return True
        # Elementary functions of objects: NumPy asks them for a method, which numbers do not have.
        if 'which has no callable' in answer.get('msg', '') or "object has no attribute 'arctan2'" in answer.get('msg', '') or "object has no attribute 'fmod'" in answer.get('msg', ''):
            return True
        # Products of dates and structures: NumPy multiplies Python's values, or forgets units.
        if f in ('np.correlate', 'np.convolve') and any(v.dtype.kind in 'mMVUS' for v in arrays):
            return True
        # NumPy 2.4 compares the bytes of keys in the other byte order as they lie.
        return f == 'np.lexsort' and any(not v.dtype.isnative for v in arrays)

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
