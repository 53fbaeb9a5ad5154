"""Scalar types: NumPy's hierarchy as Python classes. An instance holds a 0-d array of the library, whose functions do the work."""
import numpy as real

from .arrays import Operators, ndarray
from .wire import NotCarried, connection

_classes = {}


class scalar_meta(type):
    def __call__(cls, *args, **kw):
        name = cls.__dict__.get("_path")
        if name is None:
            if cls._path is not None:
                raise NotCarried(f"a Python subclass of np.{cls._path}")
            raise TypeError(f"cannot create '{cls.__name__}' instances")
        from . import values
        if not args and not kw and name.startswith(("str", "bytes")):
            args = ("" if name == "str_" else b"",)
        return values.ask({"op": "call", "path": [name]}, args, kw, scalarize=True)

    def __instancecheck__(cls, x):
        if type.__instancecheck__(cls, x) or type(x).__name__ == "Missing":
            return True
        return isinstance(x, real.generic) and isinstance(x, getattr(real, cls.__name__, ()))

    def __subclasscheck__(cls, other):
        if type.__subclasscheck__(cls, other):
            return True
        return (isinstance(other, type) and issubclass(other, real.generic)
                and issubclass(other, getattr(real, cls.__name__, ())))

    def __repr__(cls):
        return f"<class 'numpy.{cls.__name__}'>"

    def __getattribute__(cls, name):
        if name == "dtype" and type.__getattribute__(cls, "_path") is not None:
            from .dtypes import dtype
            return dtype(cls)
        return type.__getattribute__(cls, name)


class generic(Operators, metaclass=scalar_meta):
    _path = None
    def __new__(cls, *args):
        return object.__new__(cls)

    def __hash__(self):
        if self._ref["d"]["kind"] == "V" and self.flags.writeable:
            raise TypeError("unhashable type: 'writeable void-scalar'")
        if self._ref["d"]["kind"] in "mM":
            return hash(self.to_real_array()[()])
        return hash(self.item())

    def __repr__(self):
        kind = self._ref["d"]["kind"]
        text = str(self)
        if kind in "mM" or (kind == "V" and self.dtype.names is not None):
            whole = repr(self.to_real_array()[()])
            return whole if not legacy() else text if kind == "V" else whole.replace("np.", "numpy.", 1)
        if legacy():
            return repr(self.item()) if kind in "US" else f"void({text})" if kind == "V" else text
        if kind == "b":
            return f"np.{text}_"
        if kind in "US":
            return f"np.{type(self).__name__}({self.item()!r})"
        if kind == "c":
            text = text.strip("()")
        return f"np.{type(self).__name__}({text})"

    def __len__(self):
        if self._ref["d"]["kind"] == "V" and self.dtype.names is not None:
            return len(self.dtype.names)
        raise TypeError(f"object of type 'numpy.{type(self).__name__}' has no len()")

    def __iter__(self):
        if self._ref["d"]["kind"] == "V" and self.dtype.names is not None:
            return (self[name] for name in self.dtype.names)
        raise TypeError(f"'numpy.{type(self).__name__}' object is not iterable")

    def __setitem__(self, index, value):
        if self._ref["d"]["kind"] == "V":
            return ndarray.__setitem__(self, index, value)
        raise TypeError(f"'numpy.{type(self).__name__}' object does not support item assignment")

    @property
    def base(self):
        return self._fetch("base") if self._ref["d"]["kind"] == "V" else None

    def __matmul__(self, other):
        return NotImplemented

    __rmatmul__ = __matmul__

    def __setattr__(self, name, value):
        if name.startswith("_") or self._ref["d"]["kind"] != "V" or name not in (self.dtype.names or ()):
            return object.__setattr__(self, name, value)
        self[name] = value

    def __reduce__(self):
        raise NotCarried("pickling")


def legacy():
    """Whether scalars are written as before NumPy 2."""
    from . import values
    chosen = values.ask({"op": "call", "path": ["get_printoptions"]})["legacy"]
    return isinstance(chosen, str) and tuple(int(e) for e in chosen.split(".")) < (2, 0)


def _abstract(name, *bases):
    made = scalar_meta(name, bases, {"_path": None, "__module__": "numpy"})
    _classes[name] = made
    return made


_classes["generic"] = generic
number = _abstract("number", generic)
integer = _abstract("integer", number)
signedinteger = _abstract("signedinteger", integer)
unsignedinteger = _abstract("unsignedinteger", integer)
inexact = _abstract("inexact", number)
floating = _abstract("floating", inexact)
complexfloating = _abstract("complexfloating", inexact)
flexible = _abstract("flexible", generic)
character = _abstract("character", flexible)

_CONCRETE = {
    "bool": (generic,), "object_": (generic,), "void": (flexible,),
    "str_": (str, character), "bytes_": (bytes, character), "datetime64": (generic,), "timedelta64": (signedinteger,),
    "float64": (floating, float), "complex128": (complexfloating, complex),
    "float16": (floating,), "float32": (floating,), "complex64": (complexfloating,),
}
for _n in ("int8", "int16", "int32", "int64"):
    _CONCRETE[_n] = (signedinteger,)
for _n in ("uint8", "uint16", "uint32", "uint64"):
    _CONCRETE[_n] = (unsignedinteger,)


def _plain_new(cls, *args):
    return object.__new__(cls)


for _n, _bases in _CONCRETE.items():
    if _n in ("str_", "bytes_"):
        _bases = (character, _bases[0])
    _body = {"_path": _n, "__module__": "numpy"}
    if len(_bases) > 1:
        _body["__new__"] = lambda cls, *args, _base=_bases[1]: _base.__new__(cls, *args)
        if _n in ("str_", "bytes_"):
            _body.update({k: getattr(_bases[1], k) for k in ("__getitem__", "__len__", "__iter__", "__contains__", "__mul__", "__rmul__", "__mod__")})
    else:
        _body["__new__"] = _plain_new
    _classes[_n] = scalar_meta(_n, _bases, _body)

# Other names of these types; longdouble is float64 in the library.
ALIASES = {
    "bool_": "bool", "byte": "int8", "ubyte": "uint8", "short": "int16", "ushort": "uint16", "intc": "int32",
    "uintc": "uint32", "int_": "int64", "intp": "int64", "long": "int64", "longlong": "int64", "uint": "uint64",
    "uintp": "uint64", "ulong": "uint64", "ulonglong": "uint64", "half": "float16", "single": "float32",
    "double": "float64", "longdouble": "float64", "csingle": "complex64", "cdouble": "complex128",
    "clongdouble": "complex128", "complex_": "complex128",
}
_CODES = {"U": "str_", "S": "bytes_", "V": "void", "M": "datetime64", "m": "timedelta64", "O": "object_"}


def named(name):
    """The class that goes by a name, or None."""
    return _classes.get(ALIASES.get(name, name))


def class_of(name, kind):
    return _classes[_CODES[kind]] if kind in _CODES else _classes[name]




def scalar_from(handle):
    """A scalar over a 0-d array that the library has just given."""
    ref = handle.ref
    cls = class_of(ref["d"]["name"], ref["d"]["kind"])
    value = ref.get("v")
    from . import values
    value = values.decode(value, []) if value is not None else None
    kind = ref["d"]["kind"]
    if kind == "O" or (value is None and kind in "US"):
        return ndarray._wrap(handle)
    if cls.__name__ == "float64":
        made = cls.__new__(cls, float(value))
    elif cls.__name__ == "complex128":
        made = cls.__new__(cls, complex(value))
    elif cls.__name__ in ("str_", "bytes_"):
        made = cls.__new__(cls, value)
    else:
        made = cls.__new__(cls)
    made._handle_ = handle
    return constant(made) if cls.__name__ == "bool" else made


def constant(x):
    """There is one object for each truth value, which tests compare by identity."""
    at = (connection.generation, bool(x.item()))
    return _constants.setdefault(at, x)


_constants = {}


def from_real(x):
    """A scalar of NumPy's as one of the library's."""
    from . import values
    made = values.ask({"op": "call", "path": ["array"]}, (real.asarray(x),))
    return values.as_scalar(made)
