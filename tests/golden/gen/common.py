"""Encoding of arguments and results, layouts, and the pools of values that the families draw from.

A case is [function, args, kwargs or 0, result, options or 0]. Values are encoded as
  number, string, boolean, null     as they are; a Python int is an integral number, a Python float a fractional one
  [..]                              list or tuple
  {"a": i, "l": layout}             array i of the file's pool (NumPy scalars are arrays of no dimensions)
  {"n": "nan" | "inf" | "-inf" | "-0.0"}, {"i": "digits"}, {"c": [re, im]}, {"s": [start, stop, step]}, {"dt": dtype name}, {"np": member of np}
  {"e": error name, "m": message}   as a result: the call raises; the message is there where it must be equal
Options: "t" tolerance in ulp of each element, "s" tolerance in ulp of the largest element,
"z" zeros of either sign are equal (sorting does not tell them apart), "r" which argument is the result
(an index, or a keyword) for functions that write into one.
"""
import base64
import json
import warnings

import numpy as np

warnings.simplefilter('ignore')
np.seterr(all='ignore')

BOOL = ['bool']
SIGNED = ['int8', 'int16', 'int32', 'int64']
UNSIGNED = ['uint8', 'uint16', 'uint32', 'uint64']
INTS = SIGNED + UNSIGNED
FLOATS = ['float16', 'float32', 'float64']
COMPLEX = ['complex64', 'complex128']
REAL = BOOL + INTS + FLOATS
ALL = REAL + COMPLEX
LAYOUTS = ['C', 'F', 'P', 'rev', 'step2', 'bcast', 'off']
CHARS = dict(zip('?bhilBHILefdFD', ['bool', *SIGNED, *UNSIGNED, *FLOATS, *COMPLEX]))


class Laid:
    """An array together with the layout that it has in memory."""

    def __init__(self, array, layout):
        self.array, self.layout = array, layout


def lay(a, layout):
    """The same values in another layout; the runner builds it in the same way."""
    a = np.asarray(a)
    if layout == 'C' or a.ndim == 0:
        return a.copy()
    if layout == 'F':
        return np.array(a, order='F')
    if layout == 'P':
        return a if a.ndim < 2 else np.swapaxes(np.ascontiguousarray(np.swapaxes(a, -1, -2)), -1, -2)
    if layout == 'rev':
        at = (slice(None, None, -1),) * a.ndim
        return np.ascontiguousarray(a[at])[at]
    if layout == 'step2':
        return np.repeat(a, 2, axis=-1)[..., ::2]
    if layout == 'bcast':
        return np.broadcast_to(a[:1].copy(), a.shape)
    if layout == 'off':
        return np.concatenate([np.zeros(3, a.dtype), a.ravel()])[3:].reshape(a.shape)
    raise ValueError(layout)


def L(a, layout):
    a = np.asarray(a)
    if layout == 'bcast':
        a = np.broadcast_to(a[:1], a.shape).copy()
    return Laid(a, layout)


def real(x):
    """The argument as NumPy gets it: a fresh array in its layout."""
    if isinstance(x, Laid):
        return lay(x.array, x.layout)
    if isinstance(x, np.ndarray):
        return x.copy()
    if isinstance(x, list):
        return [real(e) for e in x]
    if isinstance(x, tuple):
        return tuple(real(e) for e in x)
    return x


def resolve(name):
    o = np
    for part in name.split('.')[1:]:
        o = getattr(o, part)
    return o


def _getitem(a, *index):
    return a[index]


def _setitem(a, index, value):
    a[tuple(index)] = value


class Family:
    def __init__(self, name):
        self.name, self.pool, self.known, self.rows = name, [], {}, []
        self.rng = np.random.default_rng(sum(map(ord, name)))

    # -- values ---------------------------------------------------------------------------------------------------

    def tame(self, dtype, shape):
        """Small values with exact sums and products: integers, and multiples of a quarter."""
        d = np.dtype(dtype)
        r = self.rng
        if d.kind == 'b':
            return r.integers(0, 2, shape).astype(d)
        if d.kind == 'i':
            return r.integers(-5, 6, shape).astype(d)
        if d.kind == 'u':
            return r.integers(0, 10, shape).astype(d)
        x = r.integers(-16, 17, shape) / 4
        if d.kind == 'c':
            return (x + 1j * (r.integers(-16, 17, shape) / 4)).astype(d)
        return np.asarray(x).astype(d)

    def nonzero(self, dtype, shape):
        a = np.asarray(self.tame(dtype, shape))
        return np.where(a == 0, np.ones((), a.dtype), a).astype(a.dtype)

    def uniform(self, dtype, shape, low=-3.0, high=3.0):
        """Floats with all digits in use."""
        d = np.dtype(dtype)
        x = self.rng.uniform(low, high, shape)
        if d.kind == 'c':
            return (x + 1j * self.rng.uniform(low, high, shape)).astype(d)
        return np.asarray(x).astype(d)

    def wild(self, dtype, n):
        """Special values first, then random ones over the whole range."""
        d = np.dtype(dtype)
        r = self.rng
        if d.kind == 'b':
            return r.integers(0, 2, n).astype(d)
        if d.kind in 'iu':
            i = np.iinfo(d)
            head = [0, 1, i.max, i.min, i.max - 1, i.min + 1, 2, 7, 3]
            if d.kind == 'i':
                head += [-1, -2, -7, -3]
            if d.itemsize == 8:
                head += [2**53 + 1, 2**53 - 1, 2**62 + 3]
            tail = r.integers(i.min, i.max, n, dtype=d, endpoint=True) >> r.integers(0, d.itemsize * 8 - 1, n).astype(d)
            a = np.concatenate([np.array(head, d), tail])[:n]
            return r.permutation(a)
        if d.kind == 'c':
            part = np.dtype('f4' if d.itemsize == 8 else 'f8')
            return (self.wild(part, n) + 1j * self.wild(part, n).astype('c16')).astype(d)
        f = np.finfo(d)
        head = [np.nan, np.inf, -np.inf, 0.0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 3, -7, f.max, -f.max, f.tiny, f.smallest_subnormal, f.eps, 1 - f.epsneg]
        tail = r.uniform(-1, 1, n) * np.exp2(r.integers(f.minexp // 2, f.maxexp // 2, n).astype('f8'))
        mid = r.uniform(-10, 10, n)
        a = np.concatenate([np.array(head, 'f8').astype(d), np.where(r.integers(0, 2, n), tail, mid).astype(d)])[:n]
        return r.permutation(a)

    # -- encoding -------------------------------------------------------------------------------------------------

    def put(self, a):
        a = np.asarray(a)
        if a.dtype.name not in ALL:
            raise TypeError(f'no encoding for {a.dtype}')
        entry = [a.dtype.name, list(a.shape), base64.b64encode(np.ascontiguousarray(a).tobytes()).decode()]
        key = json.dumps(entry)
        if key not in self.known:
            self.known[key] = len(self.pool)
            self.pool.append(entry)
        return self.known[key]

    def encode(self, x):
        if isinstance(x, Laid):
            return {'a': self.put(x.array), 'l': x.layout}
        if isinstance(x, (np.ndarray, np.generic)):
            return {'a': self.put(x)}
        if x is None or isinstance(x, (str, bool)):
            return x
        if isinstance(x, int):
            return x if abs(x) < 2**53 else {'i': str(x)}
        if isinstance(x, float):
            if x != x or x in (np.inf, -np.inf) or (x == 0 and np.signbit(x)):
                return {'n': repr(x)}
            return x
        if isinstance(x, complex):
            return {'c': [self.encode(x.real), self.encode(x.imag)]}
        if isinstance(x, slice):
            return {'s': [x.start, x.stop, x.step]}
        if x is Ellipsis:
            return '...'
        if isinstance(x, np.dtype):
            return {'dt': x.name}
        if isinstance(x, type) and issubclass(x, np.generic):
            abstract = x in (np.generic, np.number, np.integer, np.signedinteger, np.unsignedinteger, np.inexact, np.floating, np.complexfloating)
            return {'np': x.__name__} if abstract else np.dtype(x).name
        if isinstance(x, (list, tuple)):
            return [self.encode(e) for e in x]
        if isinstance(x, range):
            return list(x)
        raise TypeError(f'no encoding for {type(x)}')

    def add(self, f, *args, tol=0, scale=0, zeros=False, ret=None, message=False, **kw):
        """One case. A name that starts with a dot is a method or an attribute of the first argument."""
        live, livekw = real(list(args)), {k: real(v) for k, v in kw.items()}
        if f == '.at':
            call = _getitem
        elif f == '.set':
            call = _setitem
        elif f.startswith('.'):
            member = f[1:]

            def call(a, *rest, **k):
                m = getattr(a, member)
                return m(*rest, **k) if callable(m) else m
        else:
            call = resolve(f)
        given = [self.encode(a) for a in args]
        givenkw = {k: self.encode(v) for k, v in kw.items()}
        try:
            out = call(*live, **livekw)
            if ret is not None:
                out = livekw[ret] if isinstance(ret, str) else live[ret]
            result = self.encode(out)
        except TypeError as e:
            if 'no encoding' in str(e):
                raise
            result = {'e': type(e).__name__.lstrip('_')}
            if message:
                result['m'] = str(e)
        except Exception as e:
            result = {'e': type(e).__name__.lstrip('_')}
            if message:
                result['m'] = str(e)
        options = {}
        if tol:
            options['t'] = tol
        if scale:
            options['s'] = scale
        if zeros:
            options['z'] = 1
        if ret is not None:
            options['r'] = ret
        self.rows.append([f, given, givenkw or 0, result, options or 0])

    def write(self, folder):
        seen, rows = set(), []
        for row in self.rows:
            text = json.dumps(row, separators=(',', ':'))
            if text not in seen:
                seen.add(text)
                rows.append(text)
        path = folder / f'{self.name}.json'
        pool = ',\n'.join(json.dumps(p, separators=(',', ':')) for p in self.pool)
        path.write_text(f'{{"numpy":"{np.__version__}","pool":[\n{pool}\n],"cases":[\n' + ',\n'.join(rows) + '\n]}\n')
        errors = sum(isinstance(r[3], dict) and 'e' in r[3] for r in self.rows)
        return len(rows), path.stat().st_size, errors
