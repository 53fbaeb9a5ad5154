"""Values of Python in requests: which int is a number and which a bigint depends on the parameter."""
import datetime
import decimal
import io
import math
import numbers
import os
import re
import types

import numpy as real

from . import wire
from .arrays import Operators, ndarray
from .dtypes import PYTHON_TYPES, _DTypeMeta, dtype
from .missing import Missing, state
from .parameters import DTYPES, FUNCTIONS, INDICES, LONE_NUMBERS, NUMBERS
from .scalars import scalar_meta
from .things import Interface, Thing
from .wire import NotCarried, connection, encode_float, encode_int, encode_number


def encode(x, buffers, number=False, weak=True):
    """A Python value in a request. `number`: ints are JavaScript numbers; `weak`: an integral float may go as a number."""
    if x is None or x is True or x is False or type(x) is str:
        return x
    if isinstance(x, Operators):
        return {"t": "h", "id": x._id}
    kind = type(x)
    if kind is int:
        return encode_number(x) if number else encode_int(x)
    if kind is float:
        if x != x and math.copysign(1, x) < 0:
            return encode(real.asarray(x), buffers)  # JavaScript keeps no sign of NaN outside of arrays
        if weak or number or x != x or not x.is_integer():
            return encode_float(x)
        return encode(real.asarray(x), buffers)
    if kind is complex:
        return {"t": "c", "re": encode_float(x.real), "im": encode_float(x.imag)}
    if kind in (list, tuple):
        if not number and x and len(x) > 8 and all(type(e) is int for e in x):
            return {"t": "bl", "v": [str(e) for e in x]}
        return [encode(e, buffers, number) for e in x]
    if isinstance(x, (dtype, Thing)) and not isinstance(x, real.dtype):
        return {"t": "h", "id": x._id}
    if isinstance(x, type):
        return encode_type(x)
    if isinstance(x, real.dtype):
        if x.kind == "V" and x.names is None and x.subdtype is None:
            return x.str
        return encode(x.descr, buffers, True) if x.names is not None else x.str
    if isinstance(x, real.ndarray):
        return encode_array(x, buffers)
    if isinstance(x, real.generic):
        return encode_array(real.asarray(x), buffers)
    if x is Ellipsis:
        return {"t": "e"}
    if x is real._NoValue:
        return {"t": "undef"}
    if isinstance(x, slice):
        return {"t": "s", "v": [encode_bound(e, buffers) for e in (x.start, x.stop, x.step)]}
    return encode_other(x, buffers, number)


def encode_bound(x, buffers):
    index = wire.as_index(x) if x is not None else None
    return encode_number(index) if index is not None else encode(x, buffers)


def encode_type(x, name=""):
    if getattr(x, "_path_", None) is not None:
        return {"t": "p", "v": list(x._path_)}
    if isinstance(x, scalar_meta):
        return {"t": "p", "v": [x.__name__ if x.__name__ != "bool" else "bool_"]}
    if name in FUNCTIONS and x.__module__ != "bridge.dtypes":
        return encode_callable(x)
    if x in PYTHON_TYPES:
        return PYTHON_TYPES[x]
    if isinstance(x, _DTypeMeta):
        return {"t": "p", "v": ["dtype"] if x is dtype else ["dtypes", x.__name__]}
    if issubclass(x, real.generic):
        if not hasattr(real, x.__name__):
            raise NotCarried("a dtype that C code made")
        return {"t": "p", "v": [x.__name__ if x.__name__ != "bool" else "bool_"]}
    if issubclass(x, ndarray) and x is not ndarray:
        raise NotCarried("a Python subclass of np.ndarray")
    if x is ndarray:
        return {"t": "p", "v": ["ndarray"]}
    if hasattr(x, "_path_"):
        return {"t": "p", "v": list(x._path_)}
    if name in DTYPES and not hasattr(x, "dtype"):
        return "object"
    return encode_carried(x)


def asbytes(text):
    return text if isinstance(text, bytes) else str(text).encode("latin1")


def encode_callable(x):
    x = asbytes if x is bytes else x  # what genfromtxt has in its place
    connection.callables[id(x)] = x
    return {"t": "f", "id": id(x), "name": getattr(x, "__name__", "")}


def encode_array(x, buffers):
    if type(x) not in (real.ndarray, real.memmap):
        if isinstance(x, real.ma.MaskedArray):
            raise NotCarried("a masked array")
        x = real.asarray(x)
    if x.dtype.kind == "O":
        return {"t": "O", "shape": list(x.shape), "v": [encode(e, buffers) for e in x.ravel()]}
    if x.dtype in (real.longdouble, real.clongdouble):
        x = x.astype(float if x.dtype.kind == "f" else complex)
    buffers.append(x.tobytes())
    return {"t": "a", "dtype": encode(x.dtype, buffers), "shape": list(x.shape), "buf": len(buffers) - 1}


def encode_other(x, buffers, number):
    if isinstance(x, Missing):
        x.fail()
    path = getattr(x, "_path_", None)
    if path is not None:
        return {"t": "p", "v": list(path)}
    if isinstance(x, os.PathLike):
        return os.fspath(x)
    if isinstance(x, re.Pattern):
        return x.pattern if isinstance(x.pattern, str) else x.pattern.decode("latin1")
    if isinstance(x, io.IOBase) or isinstance(getattr(x, "file", None), io.IOBase) \
            or (callable(getattr(x, "write", None)) and not (isinstance(x, list) and len(x) > 0)) or (callable(getattr(x, "read", None)) and not hasattr(x, "shape")):
        return encode_file(x)
    if isinstance(x, type(real._CopyMode.ALWAYS)):
        return {1: True, 0: False, 2: None}[x.value]
    if isinstance(x, (bytes, bytearray, memoryview)):
        buffers.append(bytes(x))
        return {"t": "u8", "buf": len(buffers) - 1}
    if isinstance(x, (int, float, complex, str, list, tuple)):
        for base in (bool, int, float, complex, str, list, tuple):
            if isinstance(x, base):
                return encode(base(x), buffers, number)
    if isinstance(x, (dict, types.MappingProxyType)):
        return {"t": "o", "v": [[key_of(k), encode(v, buffers, True)] for k, v in x.items()]}
    if isinstance(x, datetime.datetime):
        if x.tzinfo is None and x.microsecond % 1000:
            return encode_array(real.asarray(real.datetime64(x)), buffers)
        return {"t": "date", "v": x.replace(tzinfo=x.tzinfo or datetime.timezone.utc).timestamp() * 1000}
    if isinstance(x, (datetime.date, datetime.timedelta)):  # JavaScript has neither
        return encode_array(real.asarray(real.datetime64(x) if isinstance(x, datetime.date) else real.timedelta64(x)), buffers)
    if isinstance(x, datetime.tzinfo):
        raise NotCarried("a time zone of Python's")
    if hasattr(type(x), "__array_ufunc__") or hasattr(type(x), "__array_function__"):
        raise NotCarried("a Python class with __array_ufunc__ or __array_function__")
    for name in ("__array__", "__array_interface__", "__array_struct__"):
        if hasattr(x, name):
            if isinstance(getattr(x, name), Interface):
                return encode(getattr(x, name).array, buffers)
            made = real.asarray(x) if name != "__array__" else from_protocol(x)
            if not isinstance(made, (real.ndarray, real.generic, Operators)):
                raise ValueError("object __array__ method not producing an array")
            connection.kept.append(made)
            return encode(made, buffers)
    if hasattr(type(x), "__len__") and hasattr(type(x), "__getitem__") and not isinstance(x, (set, frozenset)):
        # What fails as a sequence is one value, save where that is Python's own failure.
        try:
            len(x)
            elements = list(x)
        except (RecursionError, MemoryError):
            raise
        except Exception:
            pass
        else:
            return encode(elements, buffers, number)
    if isinstance(x, types.GeneratorType) or type(x).__name__ in ("map", "filter", "zip", "list_iterator", "range_iterator"):
        return {"t": "gen", "v": encode(list(x), buffers, number)}
    if isinstance(x, (numbers.Number, decimal.Decimal)):
        return encode_carried(x)
    index = wire.as_index(x)
    if index is not None:
        return encode(index, buffers, number)
    if callable(x):
        return encode_callable(x)
    return encode_carried(x)


def encode_file(x):
    """A file of Python: an object whose methods are called back. Where a path is wanted, its name is at hand."""
    def write(data):
        data = bytes(data) if not isinstance(data, str) else data
        try:
            return x.write(data)
        except TypeError:
            if not isinstance(data, str):
                return x.write(data.decode("latin1"))  # a file of text
            return x.write(data.encode(state["encoding"] or "latin1"))

    def read(n=-1):
        got = x.read(n)
        return b"" if got is None else got

    methods = {"read": read, "write": write, **{n: getattr(x, n) for n in ("seek", "tell", "readline") if hasattr(x, n)}}
    methods = {n: f for n, f in methods.items() if hasattr(x, n)}
    ids = {}
    for name, f in methods.items():
        connection.callables[id(f)] = f
        ids[name] = id(f)
    name = getattr(x, "name", None)
    if isinstance(name, str) and not x.closed:
        try:
            x.flush()
        except (OSError, ValueError):
            pass
    return {"t": "file", "methods": ids, "name": name if isinstance(name, str) else None}


def key_of(k):
    """Keys of JavaScript's objects are text: those that are ints in Python are marked."""
    return f"\0{k}" if type(k) is int else k


def from_protocol(x):
    try:
        return x.__array__()
    except TypeError as e:
        try:
            return x.__array__(None)
        except TypeError:
            raise e from None


def encode_carried(x):
    connection.carried[id(x)] = x
    carried = {"t": "py", "id": id(x), "type": type(x).__name__}
    holder = vars(x).get("dtype") if isinstance(x, type) else getattr(x, "dtype", None) if hasattr(x, "__dict__") else None
    if holder is not None:
        carried["dtype"] = encode(holder, []) if isinstance(holder, (dtype, real.dtype)) else repr(holder)
    return carried


def encode_index(index, buffers):
    """The entries of an index. A list in an index is an array, whatever its values."""
    entries = index if isinstance(index, tuple) else (index,)
    return [encode_entry(e, buffers) for e in entries]


def encode_entry(e, buffers):
    if isinstance(e, (bool, str, slice, type(None), Operators)) or e is Ellipsis:
        return encode(e, buffers)
    if isinstance(e, int):
        return encode_number(e)
    if isinstance(e, list) and e and all(type(n) is str for n in e):
        return e
    if isinstance(e, (list, tuple)):
        return {"t": "l", "v": encode(e, buffers), "empty": real.size(real.empty(0) if len(e) == 0 else 1) == 0}
    if isinstance(e, float):
        return encode(real.float64(e), buffers)
    index = None if hasattr(e, "__array__") else wire.as_index(e)
    return encode_number(index) if index is not None else encode(e, buffers)


def encode_argument(a, names, i, buffers, weak):
    name = names[min(i, len(names) - 1)] if names else ""
    if name.startswith("*"):
        name = name[1:]
    elif i >= len(names):
        name = ""
    return encode_named(name, a, buffers, weak)


def encode_keyword(name, a, buffers):
    if isinstance(a, (set, frozenset)):
        a = list(a)
    if name == "converters" and isinstance(a, dict):
        return {"t": "o", "v": [[key_of(k), encode_callable(f) if callable(f) else encode(f, buffers)] for k, f in a.items()]}
    return encode_named(name, a, buffers, True)


def encode_named(name, a, buffers, weak):
    if name in INDICES and (isinstance(a, (tuple, slice)) or a is Ellipsis):
        return encode_index(a, buffers) if isinstance(a, tuple) else encode(a, buffers)
    if isinstance(a, type):
        return encode_type(a, name)
    if name == "dtype" and type(a) is float:
        return encode(real.float64(a), buffers)
    number = name in NUMBERS or (name in LONE_NUMBERS and not isinstance(a, (list, tuple)))
    return encode(a, buffers, number, weak)
