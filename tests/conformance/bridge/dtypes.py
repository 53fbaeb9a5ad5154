"""dtypes and scalar types as Python sees them: classes in NumPy's hierarchy, made by the library's own functions."""
import datetime

import numpy as real

from .wire import Handle, JavaScriptError, LibraryLacks, NotCarried, as_index, connection, lacks

# Python's types where a dtype is asked for.
PYTHON_TYPES = {int: "int64", float: "float64", complex: "complex128", bool: "bool", str: "U", bytes: "S", object: "O",
                datetime.datetime: "O", datetime.date: "O", datetime.timedelta: "O"}


def ask(message, args=(), kw=None):
    """A request whose arguments are Python values; imported late, since values and dtypes need each other."""
    from . import values
    return values.ask(message, args, kw)


class _DTypeMeta(type):
    _abstract = property(lambda cls: cls is dtype)
    _parametric = property(lambda cls: cls._real_._parametric)
    _is_numeric = property(lambda cls: cls._real_._is_numeric)
    _legacy = property(lambda cls: cls._real_._legacy)

    def __call__(cls, *args, **kw):
        if args and type(args[0]) is str and args[0] == "T":
            raise NotCarried("StringDType, which the library does not have")
        path = ["dtype"] if cls is dtype else ["dtypes", cls.__name__]
        return ask({"op": "call", "path": path}, args, kw)

    @property
    def type(cls):
        from . import scalars
        return scalars.named(cls._real_.type.__name__)

    def __instancecheck__(cls, x):
        return type.__instancecheck__(cls, x) or isinstance(x, real.dtype)


class dtype(metaclass=_DTypeMeta):
    __module__ = "numpy"
    _real_ = real.dtype

    def __init__(self, handle):
        self.__dict__["_handle_"] = handle

    @property
    def _id(self):
        h = self._handle_
        if h.generation != connection.generation:
            again = ask({"op": "call", "path": ["dtype"]}, (h.ref["str"] if h.ref["kind"] != "V" else self.to_real().descr,))
            self.__dict__["_handle_"] = again._handle_
        return self._handle_.id

    @property
    def type(self):
        from . import scalars
        ref = self._handle_.ref
        return scalars.class_of(ref["name"], ref["kind"])

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        ref = self._handle_.ref
        if name in ("name", "kind", "str", "itemsize") and ref.get(name) is not None:
            return ref[name]
        reply = ask({"op": "get", "h": self._id, "name": name, "raw": True})
        if reply is LibraryLacks or reply is Ellipsis:
            if reply is Ellipsis:
                return lambda *a, **k: ask({"op": "method", "h": self._id, "name": name}, a, k)
            return lacks(f"dtype.{name}")
        if name == "shape":
            return tuple(reply)
        if name == "descr":
            return described(reply)
        if name == "fields" and isinstance(reply, dict):
            import types
            return types.MappingProxyType({k: tuple(v) for k, v in reply.items()})
        return reply

    def __setattr__(self, name, value):
        if name == "names":  # dtypes do not change in JavaScript: the proxy gets the dtype with the other names
            again = ask({"op": "method", "h": self._id, "name": "renamed"}, (list(value),))
            connection.proxies.pop(self._handle_.id, None)
            self.__dict__["_handle_"] = again._handle_
            return
        reply = connection.request({"op": "put", "h": self._id, "name": name, "value": value})
        if reply.get("missing"):
            return lacks(f"dtype.{name}")

    def __eq__(self, other):
        if not isinstance(other, dtype):
            try:
                other = dtype(other)
            except (TypeError, ValueError, LibraryLacks, JavaScriptError):
                return False
        if isinstance(other, real.dtype):
            other = dtype(other)
        return self._id == other._id or ask({"op": "method", "h": self._id, "name": "equals"}, (other,))

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return hash(repr(self))

    def __lt__(self, other):
        return self != other and self <= other

    def __le__(self, other):
        return ask({"op": "call", "path": ["can_cast"]}, (self, other, "safe"))

    def __gt__(self, other):
        return dtype(other) < self

    def __ge__(self, other):
        return dtype(other) <= self

    def __bool__(self):
        return True

    def __len__(self):
        return len(self.names or ())

    def __getitem__(self, name):
        if isinstance(name, tuple):
            raise TypeError("Field key must be an integer field offset, single field name, or list of field names.")
        place = as_index(name)
        return ask({"op": "method", "h": self._id, "name": "field"}, (name if place is None else place,))

    def __reduce__(self):
        raise NotCarried("pickling")

    def __repr__(self):
        return connection.request({"op": "text", "h": self._id, "repr": True})["value"]

    def __str__(self):
        return connection.request({"op": "text", "h": self._id})["value"]

    def to_real(self):
        ref = self._handle_.ref
        if ref["kind"] != "V":
            return real.dtype(ref["str"])
        text = repr(self)
        return eval(text, {"dtype": real.dtype})


def described(rows):
    """Lists of fields are lists; each field is a tuple."""
    return [tuple(described(e) if i == 1 and type(e) is tuple else e for i, e in enumerate(row)) for row in rows]


classes = {}
for _name in dir(real.dtypes):
    _real = getattr(real.dtypes, _name)
    if isinstance(_real, type) and _real is not real.dtypes.StringDType:
        if _real not in classes:
            classes[_real] = _DTypeMeta(_real.__name__, (dtype,), {"_real_": _real, "__module__": "numpy.dtypes"})
        classes[_name] = classes[_real]
# The library has one dtype of each size.
for _name, _same in (("LongLongDType", "Int64DType"), ("ULongLongDType", "UInt64DType"), ("LongDoubleDType", "Float64DType"),
                     ("CLongDoubleDType", "Complex128DType")):
    classes[_name] = classes[_same]


def dtype_from(ref):
    return type.__call__(class_of(ref), Handle(ref))


def class_of(ref):
    return classes[type(real.dtype(ref["name"] if ref["kind"] in "biufc" else ref["kind"]))]
