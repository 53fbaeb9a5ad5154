"""Arrays of the library as Python sees them: what tests know as `np.ndarray`."""
import numpy as real

from .parameters import VIEWS
from .things import Flags, Interface, Method, put
from .wire import LibraryLacks, NotCarried, connection, lacks


def values():
    from . import values as module
    return module


def binary(name, function, swap=False):
    def forward(self, other):
        if defers(other):
            return NotImplemented
        if type(other) is bytes:
            other = real.array(other)  # one value: bytes of JavaScript are memory
        return values().ask({"op": "method", "h": self._id, "name": name, "owner": self}, (other,), scalarize=True)

    def reflected(self, other):
        if defers(other):
            return NotImplemented
        return values().ask({"op": "call", "path": [function]}, (other, self), scalarize=True)

    return reflected if swap else forward


def defers(other):
    """Whether an operand wants to do the work itself."""
    if isinstance(other, (Operators, int, float, complex, str, bytes, list, tuple, type(None), real.ndarray, real.generic)):
        return False
    kind = type(other)
    if hasattr(kind, "__array_ufunc__"):
        return kind.__array_ufunc__ is None
    return getattr(kind, "__array_priority__", 0) > 0


def in_place(name):
    def run(self, other):
        values().ask({"op": "method", "h": self._id, "name": name, "owner": self}, (other,))
        return self
    return run


class Operators:
    """What arrays and scalars have in common."""

    @property
    def _ref(self):
        return self._handle_.ref

    @property
    def _id(self):
        h = self._handle_
        if h.generation != connection.generation:
            saved = self.__dict__.get("_saved_")
            d = self._ref["d"]
            if saved is None and self._ref.get("v") is not None and isinstance(d, dict) and d["kind"] in "biufc":
                saved = real.dtype(d["name"]).type(values().decode(self._ref["v"], []))
            if saved is None:
                raise NotCarried("an object of a Node process that was stopped at a time limit")
            fresh = values().ask({"op": "call", "path": ["array"]}, (saved,))
            self._handle_ = h = fresh._handle_
        return h.id

    @property
    def dtype(self):
        from .dtypes import dtype_from
        d = self._ref["d"]
        if not isinstance(d, dict):
            return d
        made = connection.proxies.get(d["id"])
        if made is None:
            made = values().ask({"op": "get", "h": self._id, "name": "dtype"})
        return made

    @property
    def shape(self):
        return tuple(self._ref["shape"])

    @property
    def strides(self):
        return tuple(self._fetch("strides"))

    @property
    def flags(self):
        return Flags(self)

    @property
    def __array_interface__(self):
        return Interface(self)

    @property
    def __array_struct__(self):
        raise NotCarried("the interface of memory addresses")

    @property
    def nbytes(self):
        return self._fetch("nbytes")

    @property
    def flat(self):
        return self._fetch("flat")

    @property
    def real(self):
        return self._fetch("real")

    @property
    def imag(self):
        return self._fetch("imag")

    def _fetch(self, name):
        got = values().ask({"op": "get", "h": self._id, "name": name, "raw": True})
        if got is LibraryLacks:
            return lacks(f"ndarray.{name}")
        if isinstance(self, ndarray) or name == "base":
            return got
        return values().as_scalar(got)

    def __getattr__(self, name):
        if name.startswith("_") and name not in ("__copy__", "__array_namespace__"):
            raise AttributeError(name)
        got = values().ask({"op": "get", "h": self._id, "name": name, "raw": True})
        if got is LibraryLacks:
            return lacks(f"ndarray.{name}")
        if got is not Ellipsis:
            return got if name in VIEWS and isinstance(self, ndarray) else values().as_scalar(got)
        return Method(self, name)

    def __array__(self, dtype=None, copy=None):
        made = self.to_real()
        return made if dtype is None else made.astype(dtype)

    def to_real(self):
        made = self.to_real_array()
        if self._ref.get("cls") == "CharArray":
            return made.view(real.char.chararray)
        return made

    def to_real_array(self):
        reply = connection.request({"op": "bytes", "h": self._id})
        d = self.dtype.to_real()
        if "objects" in reply:
            made = real.empty(len(reply["objects"]), d)
            for i, x in enumerate(reply["objects"]):
                made[i] = values().decode(x, reply["buffers"])
            return made.reshape(reply["shape"])
        return real.frombuffer(bytearray(reply["buffers"][reply["buf"]]), d).reshape(reply["shape"]) \
            if d.itemsize else real.zeros(reply["shape"], d)

    def tobytes(self, order="C"):
        if order == "C" and self.dtype.kind != "O":
            reply = connection.request({"op": "bytes", "h": self._id})
            if "objects" in reply:
                raise NotCarried("the memory of objects of Python")
            return reply["buffers"][0]
        return bytes(values().ask({"op": "method", "h": self._id, "name": "tobytes"}, (order,)))

    def __bool__(self):
        n = self.size
        if n == 0:
            raise ValueError("The truth value of an empty array is ambiguous. "
                             "Use `array.size > 0` to check that an array is not empty.")
        if n > 1:
            raise ValueError("The truth value of an array with more than one element is ambiguous. "
                             "Use a.any() or a.all()")
        if self.dtype.kind == "V":
            return bool(values().ask({"op": "method", "h": self._id, "name": "astype"}, ("bool",)).item())
        return bool(self.item())

    def __int__(self):
        v = values().ask({"op": "primitive", "h": self._id})
        return int(v)

    def __float__(self):
        v = values().ask({"op": "primitive", "h": self._id})
        return float(v)

    def __complex__(self):
        if self.shape != () or self.dtype.kind in "US":
            raise TypeError("only 0-dimensional arrays can be converted to Python scalars")
        return complex(self.item())

    def __index__(self):
        if self.shape != () or self.dtype.kind not in "iu":
            raise TypeError("only integer scalar arrays can be converted to a scalar index")
        return self.item()

    def __contains__(self, x):
        return bool((self == x).any())

    def __array_wrap__(self, array, context=None, return_scalar=False):
        return array

    def __getitem__(self, index):
        a, buffers = [], []
        entries = values().encode_index(index, buffers)
        made = values().ask({"op": "method", "h": self._id, "name": "at", "args": entries}, buffers=buffers)
        parts = index if isinstance(index, tuple) else (index,)
        field = isinstance(self, ndarray) and isinstance(index, (str, list)) and self.dtype.names is not None
        return made if field or any(p is Ellipsis for p in parts) else values().as_scalar(made)

    def __str__(self):
        return connection.request({"op": "text", "h": self._id})["value"]

    def __repr__(self):
        return connection.request({"op": "text", "h": self._id, "repr": True})["value"]

    def __format__(self, spec):
        if self.shape == ():
            if self.dtype.kind == "V" and spec == "":
                return str(self)
            return format(self.to_real_array()[()] if self.dtype.kind in "mM" else self.item(), spec)
        return object.__format__(self, spec)

    def __divmod__(self, other):
        if defers(other):
            return NotImplemented
        return values().ask({"op": "call", "path": ["divmod"]}, (self, other), scalarize=True)

    def __rdivmod__(self, other):
        return values().ask({"op": "call", "path": ["divmod"]}, (other, self), scalarize=True)

    def __pow__(self, other, modulo=None):
        if modulo is not None:
            return NotImplemented
        return binary("pow", "power")(self, other)

    def __neg__(self):
        return values().ask({"op": "method", "h": self._id, "name": "neg"}, scalarize=True)

    def __pos__(self):
        return values().ask({"op": "method", "h": self._id, "name": "pos"}, scalarize=True)

    def __abs__(self):
        return values().ask({"op": "method", "h": self._id, "name": "abs"}, scalarize=True)

    def __invert__(self):
        return values().ask({"op": "method", "h": self._id, "name": "invert"}, scalarize=True)

    def __round__(self, digits=None):
        if isinstance(self, ndarray):
            raise TypeError("type numpy.ndarray doesn't define __round__ method")
        if digits is None:
            return round(self.item())
        return values().ask({"op": "method", "h": self._id, "name": "round"}, (digits,), scalarize=True)

    def __copy__(self):
        return values().ask({"op": "method", "h": self._id, "name": "copy"}, ("K",))

    def __deepcopy__(self, memo):
        return self.__copy__() if isinstance(self, ndarray) else self


for _python, _method, _function in (
    ("add", "add", "add"), ("sub", "sub", "subtract"), ("mul", "mul", "multiply"), ("truediv", "div", "true_divide"),
    ("floordiv", "floordiv", "floor_divide"), ("mod", "mod", "remainder"), ("matmul", "matmul", "matmul"),
    ("and", "and", "bitwise_and"), ("or", "or", "bitwise_or"), ("xor", "xor", "bitwise_xor"),
    ("lshift", "lshift", "left_shift"), ("rshift", "rshift", "right_shift"), ("pow", None, "power"),
):
    if _method:
        setattr(Operators, f"__{_python}__", binary(_method, _function))
    setattr(Operators, f"__r{_python}__", binary(_method, _function, swap=True))
for _name in ("eq", "ne", "lt", "le", "gt", "ge"):
    setattr(Operators, f"__{_name}__", binary(_name, None))


class array_meta(type):
    def __call__(cls, *args, **kw):
        if cls is not ndarray:
            raise NotCarried("a Python subclass of np.ndarray")
        return values().ask({"op": "call", "path": ["ndarray"]}, args, kw)

    def __instancecheck__(cls, x):
        return type.__instancecheck__(cls, x) or (cls is ndarray and isinstance(x, real.ndarray))


class ndarray(Operators, metaclass=array_meta):
    __hash__ = None
    __array_priority__ = 0.0

    @staticmethod
    def _wrap(handle):
        made = object.__new__(ndarray)
        made._handle_ = handle
        return made

    @property
    def shape(self):
        return tuple(self._ref["shape"])

    @shape.setter
    def shape(self, shape):
        try:
            self._handle_ = values().ask({"op": "call", "path": ["reshape"]}, (self, shape), {"copy": False})._handle_
        except ValueError as e:
            if "avoid" not in str(e):
                raise
            raise AttributeError("Incompatible shape for in-place modification. Use `.reshape()` to make a copy "
                                 "with the desired shape.") from None

    @property
    def dtype(self):
        return Operators.dtype.fget(self)

    @dtype.setter
    def dtype(self, dtype):
        self._handle_ = values().ask({"op": "method", "h": self._id, "name": "view"}, (dtype,))._handle_

    @property
    def strides(self):
        return tuple(self._fetch("strides"))

    @strides.setter
    def strides(self, strides):
        put(self, "strides", values().encode(strides, [], True), [])

    @property
    def flat(self):
        return self._fetch("flat")

    @flat.setter
    def flat(self, value):
        self.flat[...] = value

    def _set_part(self, name, value):
        part = self._fetch(name)
        part[...] = value

    @property
    def real(self):
        return self._fetch("real")

    @real.setter
    def real(self, value):
        self._set_part("real", value)

    @property
    def imag(self):
        return self._fetch("imag")

    @imag.setter
    def imag(self, value):
        if self.dtype.kind != "c":
            raise TypeError("array does not have imaginary part to set")
        self._set_part("imag", value)

    def __setitem__(self, index, value):
        buffers = []
        entries = values().encode_index(index, buffers)
        value = values().encode(value, buffers)
        values().ask({"op": "method", "h": self._id, "name": "set", "args": [entries, value]}, buffers=buffers)

    def resize(self, *shape, refcheck=True):
        values().ask({"op": "method", "h": self._id, "name": "resize"}, shape)
        self._handle_.ref["shape"] = values().ask({"op": "get", "h": self._id, "name": "shape"})

    def __setattr__(self, name, value):
        if name.startswith("_") or isinstance(getattr(type(self), name, None), property):
            return object.__setattr__(self, name, value)
        buffers = []
        value = values().encode(value, buffers)
        return put(self, name, value, buffers)

    def __len__(self):
        if self.shape == ():
            raise TypeError("len() of unsized object")
        return self.shape[0]

    def __iter__(self):
        if self.shape == ():
            raise TypeError("iteration over a 0-d array")
        return (self[i] for i in range(len(self)))

    def __reduce__(self):
        raise NotCarried("pickling")

    def __buffer__(self, flags):
        raise NotCarried("the buffer protocol")

    def __class_getitem__(cls, item):
        return real.ndarray[item]


for _python, _method in (
    ("add", "iadd"), ("sub", "isub"), ("mul", "imul"), ("truediv", "idiv"), ("floordiv", "ifloordiv"), ("mod", "imod"),
    ("pow", "ipow"), ("and", "iand"), ("or", "ior"), ("xor", "ixor"), ("lshift", "ilshift"), ("rshift", "irshift"), ("matmul", "imatmul"),
):
    setattr(ndarray, f"__i{_python}__", in_place(_method))
