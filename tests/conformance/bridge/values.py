"""Calls of the library: what goes into a request, and what its answer is for a test."""
import numpy as real

from .arrays import Operators
from .decode import Named, as_scalar, decode
from .encode import encode, encode_argument, encode_index, encode_keyword
from .missing import Missing, state
from .parameters import ARRAY_RESULTS, LIST_RESULTS, READ, names_for, signatures
from .scalars import from_real, generic
from .wire import LibraryLacks, connection


def ask(message, args=None, kw=None, scalarize=False, buffers=None):
    """Makes a request and gives what it answers; while a test file is loaded, an error is left for the tests that use the result."""
    if not state["loading"]:
        return perform(message, args, kw, scalarize, buffers)
    try:
        return perform(message, args, kw, scalarize, buffers)
    except Exception as e:
        return Missing(e)


def perform(message, args, kw, scalarize, buffers):
    buffers = [] if buffers is None else buffers
    args = () if args is None else args
    if message.get("path") == ["fromiter"] and args and hasattr(type(args[0]), "__iter__") and not hasattr(type(args[0]), "__len__"):
        args = (list(args[0]), *args[1:])
    if message.get("name") == "view" and args and getattr(args[0], "__name__", "") == "chararray":
        message, args = {"op": "call", "path": ["char", "asarray"]}, (message["owner"], *args[1:])
    if message.get("name", (message.get("path") or [""])[-1]) == "shuffle" and len(args) == 1 and type(args[0]) is list and not kw:
        # A list of Python's is not shared with JavaScript: the order is, that a shuffle of as many integers gives.
        order = perform({"op": "call", "path": ["arange"]}, (len(args[0]),), None, False, None)
        perform(message, (order, *args[1:]), kw, scalarize, buffers)
        args[0][:] = [args[0][i] for i in order.to_real()]
        return None
    names = names_for(message) if args else []
    if message.get("path", [""])[0] in READ and args and type(args[0]) is bytes and not args[0].endswith(b"\0"):
        args = (real.array(args[0]), *args[1:])  # bytes are a value here; elsewhere they are memory
    if message.get("path", [""])[0] in READ and args and type(args[0]) in (list, tuple):
        args = (bytes_as_values(args[0]), *args[1:])
    arrays = [a for a in args if isinstance(a, (Operators, real.ndarray, real.generic))]
    owner = message.pop("owner", None)
    if isinstance(owner, Operators):
        arrays.append(owner)
    weak = (any(a.dtype.kind in "fc" for a in arrays)
            or any(isinstance(a, type) and issubclass(a, real.inexact) for a in args))
    if message.get("path") in (["result_type"], ["ldexp"]):
        weak = True
    if arrays and all(a.dtype.kind == "f" for a in arrays):
        message["floats"] = True
    if (message.get("path") or [""])[0] == "random" or message.get("name") in ("integers", "randint"):
        kw = {k: "int" if k == "dtype" and v is int else v for k, v in kw.items()} if kw else kw
    if "args" not in message:
        message["args"] = [encode_argument(a, names, i, buffers, weak) for i, a in enumerate(args)]
    if kw or (args and isinstance(args[-1], dict)):
        # A dict as the last argument would be taken for keywords: an empty object of keywords after it says that it is none.
        kw = kw or {}
        message["plain"] = True
        message["kw"] = [[k, encode_keyword(k, v, buffers)] for k, v in kw.items()]
    if message.get("path") == ["savetxt"]:
        state["encoding"] = (kw or {}).get("encoding")
    raw = message.pop("raw", False)
    reply = connection.request(message, buffers)
    connection.kept.clear()
    if reply.get("missing"):
        if raw:
            return LibraryLacks
        raise LibraryLacks(f"{message.get('name')}")
    if reply.get("method"):
        return Ellipsis
    name = message.get("name") or (message.get("path") or [""])[-1]
    got = reply["value"]
    if isinstance(owner, Operators) and type(got) is dict and got.get("t") == "h" and got["id"] == owner._id:
        connection.released.append([got["id"], 1])
        return owner
    made = decode(got, reply["buffers"])
    if name in LIST_RESULTS and type(made) is tuple:
        made = listed(made)
    if type(made) is bool and name in ("all", "any"):
        return from_real(real.bool(made))
    compares = (message.get("path") or [""])[0] == "char" and name in ("equal", "not_equal", "less", "less_equal", "greater", "greater_equal")
    if not scalarize or compares or name in ARRAY_RESULTS or name in ("out",):
        return made
    outs = [a for a in list(args) + list((kw or {}).values()) for a in (a if isinstance(a, tuple) else (a,))]
    if any(made is a or a is Ellipsis for a in outs):
        return made
    if type(made) is tuple:
        return tuple(e if any(e is a for a in outs) else as_scalar(e) for e in made)
    return as_scalar(made)


def bytes_as_values(x):
    """Lists in which each bytes object is an array without axes, since bytes of JavaScript are arrays of numbers."""
    if type(x) in (list, tuple):
        made = [bytes_as_values(e) for e in x]
        return x if all(a is b for a, b in zip(made, x)) else type(x)(made)
    return real.array(x) if type(x) is bytes and not x.endswith(b"\0") else x


def listed(x):
    return [listed(e) for e in x] if type(x) is tuple else x


connection.encode = lambda x, buffers: encode(x, buffers)
connection.decode = lambda x, buffers: as_scalar(decode(x, buffers))


__all__ = ["Missing", "Named", "ask", "as_scalar", "decode", "encode", "encode_index", "from_real", "generic", "signatures", "state"]
