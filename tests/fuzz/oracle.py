"""Runs programs of array operations on NumPy and tells what it answers.

A program is a list of items; item k defines value k. An item is either an array to make,
{"d": dtype, "s": shape, "l": layout, "b": bytes in base64, "n": count when the bytes repeat, "i": bytes of an element} (objects have a list "o"
in place of the bytes; "d" is a list of fields for structures),
or a step {"f": function, "a": arguments, "k": keywords, ...} on earlier values. Arguments: {"v": k} value k, {"v": k, "j": m}
member m of value k, {"t": [..]} a tuple, {"n": "nan"} a float JSON has no word for, {"i": digits} a large integer,
{"c": [re, im]}, {"fn": name} a function, {"s": [start, stop, step]} a slice, {"e": 1} an ellipsis; lists and plain JSON values stand for themselves.

Read from stdin, one program a line; written to stdout, one list of answers a line.
"""
import base64
import json
import operator
import sys
import warnings

import numpy as np

KNOWN = ['bool', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'float16', 'float32', 'float64', 'complex64', 'complex128']
OPERATORS = {'iadd': operator.iadd, 'isub': operator.isub, 'imul': operator.imul, 'idiv': operator.itruediv, 'ifloordiv': operator.ifloordiv,
             'imod': operator.imod, 'ipow': operator.ipow, 'iand': operator.iand, 'ior': operator.ior, 'ixor': operator.ixor,
             'ilshift': operator.ilshift, 'irshift': operator.irshift}


def dtype_of(d):
    return np.dtype([tuple(f) for f in d]) if isinstance(d, list) else np.dtype(d)


def code(dtype):
    """How answers spell a dtype: names of native numbers, the text of structures, NumPy's code of others."""
    if dtype.names is not None:
        return str(dtype)
    return dtype.name if dtype.name in KNOWN and dtype.isnative else dtype.str


def plain(x):
    """An element of an array of objects in the exchange."""
    if x is None or type(x) in (bool, str):
        return x
    if type(x) is int:
        return {'i': str(x)}
    if type(x) is float:
        return {'n': str(x)} if x != x or x in (np.inf, -np.inf) else x
    raise Unknown(type(x).__name__)


class Unknown(Exception):
    """A result that the exchange has no form for."""


def product(shape):
    n = 1
    for s in shape:
        n *= s
    return n


def needed(shape, layout):
    """How many elements an array of a layout is made from."""
    n = product(shape)
    if layout in ('step', 'step0'):
        return 2 * n
    if layout == 'off':
        return n + 3
    if layout == 'bcast':
        return product(shape[1:])
    if layout == 'bcastl':
        return product(shape[:-1])
    return n


def make(spec):
    if 'o' in spec:
        raw = np.empty(len(spec['o']), object)
        # JSON through JavaScript writes 1.0 as 1; integers come spelt.
        raw[:] = [float(x) if type(x) is int else decode(x, []) for x in spec['o']]
    else:
        raw = np.frombuffer(base64.b64decode(spec['b']), dtype_of(spec['d']))
    shape = spec['s']
    layout = spec['l']
    n = needed(shape, layout)
    if 'n' in spec:
        i = np.arange(n)
        raw = raw[(i * 7 + i // 5) % len(raw)]
    raw = raw.copy()
    if layout == 'F':
        return raw.reshape(shape[::-1]).T
    if layout == 'P':
        return raw.reshape([*shape[:-2], shape[-1], shape[-2]]).swapaxes(-1, -2)
    if layout == 'rev':
        return raw.reshape(shape)[tuple(slice(None, None, -1) for _ in shape)]
    if layout == 'rev1':
        return raw.reshape(shape)[..., ::-1]
    if layout == 'step':
        return raw.reshape([*shape[:-1], 2 * shape[-1]])[..., ::2]
    if layout == 'step0':
        return raw.reshape([2 * shape[0], *shape[1:]])[1::2]
    if layout == 'bcast':
        return np.broadcast_to(raw.reshape([1, *shape[1:]]), shape)
    if layout == 'bcastl':
        return np.broadcast_to(raw.reshape([*shape[:-1], 1]), shape)
    if layout == 'off':
        return raw[3:].reshape(shape)
    return raw.reshape(shape)


def named(name):
    target = np
    for part in name.split('.')[1:]:
        target = getattr(target, part)
    return target


def decode(x, env):
    if isinstance(x, list):
        return [decode(e, env) for e in x]
    if not isinstance(x, dict):
        return x
    if 'v' in x:
        v = env[x['v']]
        return v[x['j']] if 'j' in x else v
    if 't' in x:
        return tuple(decode(e, env) for e in x['t'])
    if 'n' in x:
        return float(x['n'])
    if 'i' in x:
        return int(x['i'])
    if 'c' in x:
        return complex(*(decode(e, env) for e in x['c']))
    if 's' in x:
        return slice(*x['s'])
    if 'e' in x:
        return Ellipsis
    if 'fn' in x:
        return named(x['fn'])
    raise ValueError(f'no such argument: {x}')


def perform(step, env):
    f = step['f']
    args = [decode(a, env) for a in step['a']]
    kw = {k: decode(v, env) for k, v in step.get('k', {}).items()}
    if f == 'getitem':
        return args[0][tuple(args[1])]
    if f == 'setitem':
        args[0][tuple(args[1])] = args[2]
        return args[0]
    if f in OPERATORS:
        return OPERATORS[f](*args)
    if f[0] == '.':
        member = getattr(args[0], f[1:])
        if not callable(member):
            return member
        r = member(*args[1:], **kw)
        return args[0] if f in ('.sort', '.partition', '.fill', '.put') else r
    r = named(f)(*args, **kw)
    if 'r' in step:
        return args[step['r']]
    return r


def encode(x):
    if x is None or isinstance(x, (bool, str)):
        return {'p': x}
    if isinstance(x, int):
        return {'i': str(x)}
    if isinstance(x, float) and not isinstance(x, np.generic):
        return {**encode(np.float64(x)), 'py': 1}
    if isinstance(x, complex) and not isinstance(x, np.generic):
        return {**encode(np.complex128(x)), 'py': 1}
    # Scalars of text have a width of their own here as there; the dtype is the array's, which docs/deviations.md says.
    if isinstance(x, bytes):
        return {'by': base64.b64encode(x).decode()}
    if isinstance(x, slice):
        raise Unknown('slice')
    if isinstance(x, (tuple, list)):
        return {'l': [encode(e) for e in x]}
    if isinstance(x, np.dtype):
        return {'t': code(x)}
    if not isinstance(x, (np.ndarray, np.generic)):
        raise Unknown(type(x).__name__)
    a = np.asarray(x)
    if a.dtype.subdtype is not None or (a.dtype.hasobject and a.dtype.kind != 'O'):
        raise Unknown(str(a.dtype))
    try:
        # C has two names for integers of 64 bits, and NumPy shows dtype= for the one that is not its own.
        s = a.view('l') if a.dtype.char == 'q' else a.view('L') if a.dtype.char == 'Q' else a
        shown = {'str': str(s), 'repr': repr(s)}
    except SystemError:  # bits that are no text
        raise Unknown('no text')
    out = {'d': code(a.dtype), 's': list(a.shape), 'st': list(a.strides), **shown}
    if a.dtype.kind == 'O':
        out['o'] = [plain(e) for e in a.ravel().tolist()]
    else:
        out['b'] = base64.b64encode(a.tobytes()).decode()
    if isinstance(x, np.generic):
        out['g'] = 1
    else:
        out['fl'] = [bool(a.flags.c_contiguous), bool(a.flags.f_contiguous), bool(a.flags.writeable), bool(a.flags.owndata)]
    return out


def state(x):
    """The bytes of a value at the end, to find writes that went to the wrong place."""
    if isinstance(x, np.ndarray) and not isinstance(x, np.generic) and x.dtype.kind != 'O':
        return base64.b64encode(x.tobytes()).decode()
    return None


def step_answer(step, env):
    """Performs a step: (value, answer)."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('always')
        try:
            value = perform(step, env)
        except Exception as e:
            return None, {'err': type(e).__name__.lstrip('_'), 'msg': str(e)}
        answer = encode(value)
    # A float out of an integer's range has no defined value after a cast.
    if any('cast' in str(w.message) and 'invalid' in str(w.message) for w in caught):
        answer['any'] = 1
    return value, answer


def run(program):
    env = []
    answers = []
    for item in program:
        if 'f' in item:
            value, answer = step_answer(item, env)
        else:
            value, answer = make(item), {'p': None}
        env.append(value)
        answers.append(answer)
    return {'a': answers, 'end': [state(v) for v in env]}


def main():
    np.seterr(all='warn')
    for line in sys.stdin:
        try:
            out = run(json.loads(line))
        except Exception as e:  # a program made smaller may make no sense
            out = {'unknown': str(e)}
        sys.stdout.write(json.dumps(out) + '\n')
        sys.stdout.flush()


if __name__ == '__main__':
    main()
