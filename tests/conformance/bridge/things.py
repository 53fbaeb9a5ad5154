"""Objects of the library that are no arrays, as Python sees them: bound methods, flags, iterators, contexts."""
import operator
import types

import numpy as real

from .parameters import VIEWS
from .wire import JavaScriptError, LibraryLacks, NotCarried, connection, lacks


def values():
    from . import values as module
    return module


def is_array(x):
    from .arrays import ndarray
    return isinstance(x, ndarray)


class Interface(dict):
    """What stands under `__array_interface__`: the address tells how elements are aligned, and nothing more."""

    def __init__(self, array):
        super().__init__(shape=array.shape, typestr=array.dtype.str, descr=array.dtype.descr, version=3,
                         strides=None if array.flags.c_contiguous else array.strides,
                         data=(connection.request({"op": "address", "h": array._id})["value"], not array.flags.writeable))
        self.array = array


class Method:
    """A method of an object of the library, bound."""

    def __init__(self, owner, name):
        self.__self__ = owner
        self.__name__ = self.__qualname__ = name

    def __eq__(self, other):
        return isinstance(other, Method) and self.__self__ is other.__self__ and self.__name__ == other.__name__

    def __hash__(self):
        return hash((id(self.__self__), self.__name__))

    def __call__(self, *args, **kw):
        owner = self.__self__
        if self.__name__ == "view" and len(args) == 1 and getattr(args[0], "__name__", "") == "ndarray":
            args = ()
        made = values().ask({"op": "method", "h": owner._id, "name": self.__name__, "owner": owner}, args, kw)
        if is_array(owner) and self.__name__ in VIEWS or any(made is a for a in (*args, *kw.values(), owner)):
            return made
        return values().as_scalar(made)


FLAG_NAMES = {
    "C": "c_contiguous", "CONTIGUOUS": "c_contiguous", "C_CONTIGUOUS": "c_contiguous", "F": "f_contiguous",
    "FORTRAN": "f_contiguous", "F_CONTIGUOUS": "f_contiguous", "O": "owndata", "OWNDATA": "owndata", "W": "writeable",
    "WRITEABLE": "writeable", "A": "aligned", "ALIGNED": "aligned", "X": "writebackifcopy",
    "WRITEBACKIFCOPY": "writebackifcopy", "FNC": "fnc", "FORC": "forc", "B": "behaved", "BEHAVED": "behaved",
    "CA": "carray", "CARRAY": "carray", "FA": "farray", "FARRAY": "farray",
}


class Flags:
    def __init__(self, array):
        object.__setattr__(self, "_array", array)

    def __eq__(self, other):
        return isinstance(other, Flags) and all(getattr(self, n) == getattr(other, n) for n in set(FLAG_NAMES.values()))

    def _all(self):
        return values().ask({"op": "get", "h": self._array._id, "name": "flags"})

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        got = self._all()
        got = got if isinstance(got, dict) else None
        if got is None:
            return values().ask({"op": "get", "h": self._all()._id, "name": name})
        if name in got:
            return got[name]
        derived = {
            "fortran": lambda: got["f_contiguous"], "fnc": lambda: got["f_contiguous"] and not got["c_contiguous"],
            "behaved": lambda: got["aligned"] and got["writeable"], "writebackifcopy": lambda: False,
            "carray": lambda: got["aligned"] and got["writeable"] and got["c_contiguous"],
            "farray": lambda: got["aligned"] and got["writeable"] and got["f_contiguous"] and not got["c_contiguous"],
        }
        if name in derived:
            return derived[name]()
        return lacks(f"flags.{name}")

    def __setattr__(self, name, value):
        if name in ("writeable", "aligned", "writebackifcopy"):
            key = {"writeable": "write", "aligned": "align", "writebackifcopy": "uic"}[name]
            values().ask({"op": "method", "h": self._array._id, "name": "setflags"}, (), {key: bool(value)})
        else:
            raise AttributeError(f"attribute '{name}' of 'numpy._core.multiarray.flagsobj' objects is not writable")

    def __getitem__(self, key):
        if key not in FLAG_NAMES:
            raise KeyError("Unknown flag")
        return getattr(self, FLAG_NAMES[key])

    def __setitem__(self, key, value):
        setattr(self, FLAG_NAMES[key], value)


def put(owner, name, value, buffers):
    """Sets a property; one that has only a getter is refused by the engine, in its own words."""
    try:
        reply = connection.request({"op": "put", "h": owner._id, "name": name, "value": value}, buffers)
    except JavaScriptError as e:
        if "which has only a getter" not in str(e):
            raise
        raise AttributeError(f"attribute '{name}' of 'numpy.ndarray' objects is not writable") from None
    if reply.get("missing"):
        return lacks(f"{type(owner).__name__}.{name}")


class Thing:
    """Any other object of the library: iterators, contexts, limits, functions that a function returned."""

    def __init__(self, handle):
        self.__dict__["_handle_"] = handle
        self.__dict__["_next"] = None

    @property
    def _id(self):
        if self._handle_.generation != connection.generation:
            raise NotCarried("an object of a Node process that was stopped at a time limit")
        return self._handle_.id

    @property
    def _class_(self):
        return self._handle_.ref["c"]

    def __getattr__(self, name):
        if name in ("__name__", "__qualname__") and self._class_ == "function":
            return self._handle_.ref["name"]
        if name.startswith("__"):
            raise AttributeError(name)
        got = values().ask({"op": "get", "h": self._id, "name": name, "raw": True})
        if got is LibraryLacks:
            return lacks(f"{self._class_}.{name}")
        if type(got) is dict and (self._class_, name) == ("NpzFile", "f"):
            return Members(got)
        if got is Ellipsis:
            return Method(self, name)
        arrays = self._class_.lower() == "nditer" and name in ("operands", "itviews", "value")
        return got if arrays or is_array(got) and name in ("base", "T") else values().as_scalar(got)

    def __setattr__(self, name, value):
        buffers = []
        return put(self, name, values().encode(value, buffers), buffers)

    def __call__(self, *args, **kw):
        return values().ask({"op": "invoke", "h": self._id}, args, kw, scalarize=True)

    def __getitem__(self, index):
        buffers = []
        entries = values().encode_index(index, buffers)
        if isinstance(index, list) and index and all(type(e) is bool for e in index):
            entries = [index]  # no array: a flat iterator tells a list of booleans from one
        if self._class_.lower() == "nditer":
            return self.value if is_array(self.value) and index == 0 else self.value[index]
        got = values().ask({"op": "method", "h": self._id, "name": "at", "args": entries}, buffers=buffers)
        return values().as_scalar(got)

    def __setitem__(self, index, value):
        buffers = []
        if self._class_.lower() == "nditer":
            places = range(len(self))[index] if isinstance(index, slice) else [index]
            for k, v in zip(places, value if isinstance(index, slice) else [value]):
                self[k][...] = v
            return
        entries = values().encode_index(index, buffers)
        if isinstance(index, list) and index and all(type(e) is bool for e in index):
            entries = [index]
        if len(entries) == 1:
            entries = entries[0]
        value = values().encode(value, buffers)
        values().ask({"op": "method", "h": self._id, "name": "set", "args": [entries, value]}, buffers=buffers)

    def __len__(self):
        if self._class_.lower() == "nditer":
            return self.nop
        try:
            return operator.index(self.length if self._class_ in ("FlatIterator", "flatiter") else self.size)
        except AttributeError:
            raise TypeError(f"object of type '{self._class_}' has no len()") from None

    def __iter__(self):
        if self._class_ in ("FlatIterator", "flatiter"):
            return iter([x for x in self.copy()])
        reply = connection.request({"op": "iterate", "h": self._id})
        if reply.get("missing"):
            raise TypeError(f"'{self._class_}' object is not iterable")
        self.__dict__["_next"] = values().decode(reply["value"], reply["buffers"])
        return Iterator(self._next)

    def __next__(self):
        if self._next is None:
            iter(self)
        return next(Iterator(self._next))

    def __array__(self, dtype=None, copy=None):
        return real.array(list(self), dtype)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        connection.request({"op": "dispose", "h": self._id})
        return False

    def __eq__(self, other):
        if isinstance(other, Thing) and self._class_ not in ("FlatIterator",):
            return self is other
        return values().ask({"op": "call", "path": ["equal"]}, (self, other))

    def __hash__(self):
        return hash(self._id)

    def __str__(self):
        return connection.request({"op": "text", "h": self._id})["value"]

    def __repr__(self):
        return connection.request({"op": "text", "h": self._id, "repr": True})["value"]


class Members(types.SimpleNamespace):
    """An object whose members are arrays by name, and nothing else."""

    def __init__(self, members):
        super().__init__(**members)

    def __dir__(self):
        return list(vars(self))


class Iterator:
    """One step at a time through an iterator of JavaScript."""

    def __init__(self, thing):
        self.thing = thing

    def __iter__(self):
        return self

    def __next__(self):
        reply = connection.request({"op": "next", "h": self.thing._id})
        if reply.get("done"):
            raise StopIteration
        return values().decode(reply["value"], reply["buffers"])
