"""What the library answers as values of Python."""
import datetime

import numpy as real

from . import series, wire
from .arrays import ndarray
from .dtypes import dtype_from
from .scalars import scalar_from
from .things import Thing
from .wire import Handle, connection


class Named(tuple):
    """A tuple whose parts have names, too."""


def decode(x, buffers):
    if type(x) is list:
        return tuple(decode(e, buffers) for e in x)
    if type(x) is not dict:
        return x
    t = x["t"]
    if t == "h":
        return decode_handle(x, buffers)
    if t == "F":
        return float(x["v"])
    if t == "b":
        return int(x["v"])
    if t == "x":
        return wire.SPECIAL[x["v"]]
    if t == "c":
        return complex(decode(x["re"], buffers), decode(x["im"], buffers))
    if t == "o":
        return {(int(k[1:]) if k[:1] == "\0" else k): decode(v, buffers) for k, v in x["v"]}
    if t == "tuple":
        made = Named(decode(e, buffers) for e in x["v"])
        for name, value in zip(x["names"], made):
            setattr(made, name, value)
        return made
    if t == "u8":
        raw = buffers[x["buf"]]
        return raw if x["c"] in ("Uint8Array", "Buffer") else real.frombuffer(
            raw, {"Float64Array": "f8", "Float32Array": "f4", "BigInt64Array": "i8", "Int32Array": "i4"}[x["c"]])
    if t == "callable":
        return connection.callables[x["id"]]
    if t == "py":
        return connection.carried[x["id"]]
    if t == "date":
        try:
            return datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=x["v"])
        except OverflowError:
            return real.datetime64(int(x["v"]), "ms")  # beyond the years of Python's dates
    if t == "np":
        from . import namespace
        return namespace.submodule("numpy")
    if t == "symbol":
        return NotImplemented
    raise ValueError(f"unknown value {x}")


def decode_handle(ref, buffers=()):
    if type(ref.get("v")) is dict and ref["v"]["t"] == "u8":
        ref["v"] = bytes(decode(ref["v"], buffers))
    known = connection.proxies.get(ref["id"])
    if ref["c"] == "NDArray":
        ref["d"] = ref["d"] if not isinstance(ref["d"], dict) else keep_dtype(ref["d"])
    if known is not None:
        known._handle_.times += 1
        if ref["c"] == "NDArray":
            known._handle_.ref["shape"] = ref["shape"]
            known._handle_.ref["v"] = ref.get("v")
        return known
    if ref["c"] == "DType":
        made = dtype_from(ref)
    elif ref["c"] == "NDArray":
        made = ndarray._wrap(Handle(ref))
    elif ref["c"] == "function" and ref.get("at"):
        from . import namespace
        connection.released.append([ref["id"], 1])
        return namespace.lookup((ref["at"],))
    elif ref.get("series"):
        made = series.proxy(Handle(ref))
    else:
        made = Thing(Handle(ref))
    connection.proxies[ref["id"]] = made
    return made


_kept = {}


def keep_dtype(ref):
    """dtypes are few: each stays referenced, so that arrays may name them by id."""
    made = decode_handle(dict(ref))
    _kept[(connection.generation, ref["id"])] = made
    return ref


def as_scalar(x):
    """What NumPy gives where the library gives an array without axes."""
    if type(x) is ndarray and x._ref["shape"] == []:
        return x.item() if x._ref["d"]["kind"] == "O" else scalar_from(x._handle_)
    if type(x) is tuple:
        return tuple(as_scalar(e) for e in x)
    if type(x) is Named:
        made = Named(as_scalar(e) for e in x)
        made.__dict__.update({k: as_scalar(v) for k, v in x.__dict__.items()})
        return made
    return x
