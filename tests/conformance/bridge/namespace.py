"""The module `np` that a test file gets: names of the library under NumPy's paths, and NumPy's own test helpers."""
import contextlib
import importlib
import inspect
import numbers
import re
import types

import numpy as real

from . import dtypes, scalars, values
from .arrays import Operators, ndarray
from .dtypes import dtype
from .series import SERIES
from .things import Thing
from .wire import LibraryLacks, NotCarried, connection, lacks

surface = {}
# Helpers of tests that are NumPy's own. What they return that is an array becomes one of the library's.
REAL = ("numpy.testing", "numpy.exceptions", "numpy._globals", "numpy.version", "numpy._utils", "numpy._typing", "numpy.typing",
        "numpy.random", "numpy._pytesttester", "numpy.__config__", "numpy.ctypeslib", "numpy.f2py", "numpy.ma")
# NumPy's private modules whose public names are the library's top-level names.
TOP = ("numpy._core", "numpy.core", "numpy.lib", "numpy.matrixlib")
PRIVATE_CLASSES = ("ConversionWarning", "ConverterError", "ConverterLockError", "StringConversionWarning")
C_HELPERS = {"_get_castingimpl", "_discover_array_parameters"}
HELPERS = {"_CopyMode", "DummyArray", "BUFSIZE", "UFuncTypeError", "normalize_axis_tuple", "normalize_axis_index", "IS_WASM", "_no_tracing"}
CONSTANTS = {"little_endian", "__version__", "_NoValue", "typecodes", "test", "show_config",
             "False_", "True_", "newaxis", "inf", "nan", "pi", "e", "euler_gamma", "numpy_version"}


def start():
    # The library's default is to ignore floating-point errors; the tests expect NumPy's.
    connection.first = [{"op": "call", "path": ["seterr"], "args": [], "kw": [[k, "warn"] for k in ("divide", "over", "invalid")]}]
    connection.request(dict(connection.first[0]))
    surface.update(connection.request({"op": "describe"})["raw"])
    for name, row in surface.items():
        if row.get("signature"):
            values.signatures[name] = row["signature"]
    for name in ("linalg", "fft"):
        values.signatures.setdefault(name, "")
    values.signatures.setdefault("vectorize", "pyfunc, otypes=None, doc=None, excluded=None, cache=False, signature=None")


def signature_of(text):
    """The library's text of a signature as Python has it."""
    scope = {}
    names = set(re.findall(r"=\s*([A-Za-z_][\w.]*)", text)) - {"None", "True", "False"}
    scope.update({n.split(".")[0]: types.SimpleNamespace(_NoValue=real._NoValue) for n in names})
    exec(f"def f({text}): pass", scope)
    return inspect.signature(scope["f"])


class Function:
    """A function of the library under its path."""

    def __init__(self, path):
        self._path_ = path
        self.__name__ = self.__qualname__ = path[-1]
        self.__module__ = "numpy"
        row = surface.get(".".join(path)) or {}
        self.__doc__ = row.get("signature")
        if row.get("signature"):
            try:
                self.__signature__ = signature_of(row["signature"])
            except (SyntaxError, ValueError):
                pass

    def __call__(self, *args, **kw):
        if self._path_ == ("isscalar",) and args and isinstance(args[0], (scalars.generic, numbers.Number, str, bytes)):
            return True
        return values.ask({"op": "call", "path": list(self._path_)}, args, kw, scalarize=True)

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        got = values.ask({"op": "get", "path": list(self._path_), "name": name, "raw": True})
        if got is LibraryLacks:
            return lacks(f"np.{'.'.join(self._path_)}.{name}")
        return got if got is not Ellipsis else Member(self._path_, name)

    def __repr__(self):
        return f"<{'ufunc' if isinstance(self, Ufunc) else 'function'} '{self.__name__}'>" \
            if isinstance(self, Ufunc) else f"<function {self.__name__}>"

    def __reduce__(self):
        return lookup, (self._path_,)


class Member:
    """A method of a function: `np.add.reduce`."""

    def __init__(self, path, name):
        self._path_ = (*path, name)
        self.__name__ = name
        self._owner, self._name = path, name

    def __call__(self, *args, **kw):
        return values.ask({"op": "method", "path": list(self._owner), "name": self._name}, args, kw, scalarize=True)


class Ufunc(Function):
    pass


class ufunc_meta(type):
    def __instancecheck__(cls, x):
        return isinstance(x, (Ufunc, real.ufunc))


class ufunc(metaclass=ufunc_meta):
    pass


class Indexer(Function):
    """What is used with brackets in Python and called here: `np.r_[…]`."""

    def __getitem__(self, key):
        if isinstance(key, tuple) and len(key) == 1 and self._path_[-1] in ("mgrid", "ogrid"):
            key = (list(key),)
        key = key if isinstance(key, tuple) else (key,)
        return values.ask({"op": "call", "path": list(self._path_)}, key)


class IndexExpression:
    def __init__(self, maketuple):
        self.maketuple = maketuple

    def __getitem__(self, item):
        return (item,) if self.maketuple and not isinstance(item, tuple) else item


class class_meta(type):
    """A class of NumPy that is a function or a class of the library: called, it gives one; isinstance goes by the name of its class."""

    def __call__(cls, *args, **kw):
        return values.ask({"op": "call", "path": list(cls._path_)}, args, kw)

    def __instancecheck__(cls, x):
        return isinstance(x, Thing) and x._class_.lower().replace("iterator", "iter") == cls._name.lower()

    def __getattr__(cls, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return Member(cls._path_, name)


class series_class(class_meta):
    """A class of series, which has values of its own: `Legendre.domain`."""

    def __getattr__(cls, name):
        if name.startswith("_"):
            raise AttributeError(name)
        got = values.ask({"op": "get", "path": list(cls._path_), "name": name, "raw": True})
        return Member(cls._path_, name) if got is Ellipsis else lacks(f"{cls.__name__}.{name}") if got is LibraryLacks else got


class random_class(class_meta):
    """A class of numpy.random, whose methods without an object are there to be named."""

    def __instancecheck__(cls, x):
        return isinstance(x, Thing) and (x._class_ == cls._name or cls._name == "BitGenerator" and x._class_ in BIT_GENERATORS)

    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(getattr(real.random, cls._name), name)


BIT_GENERATORS = ("MT19937", "PCG64", "PCG64DXSM", "Philox", "SFC64")
RANDOM_CLASSES = ("Generator", "RandomState", "SeedSequence", "BitGenerator", *BIT_GENERATORS)


class Entered(contextlib.ContextDecorator):
    """What holds for a block or for the calls of a function; the library's own holds from where it is made."""

    _name = ""

    def __init__(self, *args, **kw):
        self._made = lambda: values.ask({"op": "call", "path": [self._name]}, args, kw)
        self._inside = []
        with self._made():  # errors of the arguments come now
            pass

    def __enter__(self):
        self._inside.append(self._made())
        return lookup(("get_printoptions",))() if self._name == "printoptions" else None

    def __exit__(self, *error):
        return self._inside.pop().__exit__(*error)


CLASSES = ("nditer", "broadcast", "vectorize", "ndindex", "ndenumerate", "flatiter", "poly1d", "matrix", "memmap",
           "recarray", "record", "finfo", "iinfo", "chararray")
made = {}


def lookup(path):
    """What stands under a path, made once."""
    if path in made:
        return made[path]
    name = path[-1]
    if path == ("linalg", "LinAlgError"):
        return real.linalg.LinAlgError
    if len(path) == 1:
        special = {"ndarray": ndarray, "dtype": dtype, "ufunc": ufunc, "s_": IndexExpression(False),
                   "index_exp": IndexExpression(True)}
        if name in special:
            return special[name]
        if name in ("ScalarType", "sctypeDict", "sctypes"):
            return own_types(getattr(real if name != "sctypes" else importlib.import_module("numpy._core.numerictypes"), name))
        scalar = scalars.named(name)
        if scalar is not None:
            return scalar
        if name in ("False_", "True_"):
            return scalars.from_real(getattr(real, name))
        if name in CONSTANTS:
            return getattr(real, name)
        if name in ("PZERO", "NZERO", "FLOATING_POINT_SUPPORT"):
            return getattr(real._core.umath, name)
    row = surface.get(".".join(path))
    if row is not None and row.get("same"):  # another name of the same function
        return lookup((row["same"],))
    if row is None and len(path) == 1:
        # A private module of NumPy's, whose public names are under another path.
        for inner in (("lib", "stride_tricks"), ("lib", "array_utils"), ("lib",), ("strings",)):
            if ".".join((*inner, name)) in surface:
                return lookup((*inner, name))
    if row is None:
        raise LibraryLacks(f"module 'numpy' has no attribute '{'.'.join(path)}' in this library")
    if row["kind"] == "namespace":
        found = Facade("numpy." + ".".join(path), path)
    elif len(path) == 1 and name in ("errstate", "printoptions"):
        found = type(name, (Entered,), {"_name": name, "__module__": "numpy", "_path_": path})
    elif len(path) == 1 and name in CLASSES or name == "NpzFile":
        found = class_meta(name, (), {"_name": name, "__module__": "numpy", "_path_": path})
    elif path[0] == "polynomial" and name in SERIES:
        path = ("polynomial", name)  # there is one class, in several namespaces
        found = made.get(path) or series_class(name, (), {"_name": name, "__module__": "numpy.polynomial", "_path_": path})
        made[path] = found
    elif path[0] == "random" and name in RANDOM_CLASSES:
        found = random_class(name, (), {"_name": name, "__module__": "numpy.random", "_path_": path})
    elif name in ("r_", "c_", "mgrid", "ogrid"):
        found = Indexer(path)
    elif row["kind"] == "ufunc":
        found = Ufunc(path)
    elif row["kind"] in ("function", "class"):
        found = Function(path)
    elif row["kind"] == "abstract":
        found = scalars.named(name)
    else:
        return values.ask({"op": "value", "path": list(path)})
    made[path] = found
    return found


def own_types(x):
    """Collections of NumPy's scalar types with the driver's in their place."""
    if isinstance(x, dict):
        return {k: own_types(v) for k, v in x.items()}
    if isinstance(x, (list, tuple)):
        return type(x)(own_types(e) for e in x)
    return (scalars.named(x.__name__) or x) if issubclass(x, real.generic) else x


def digest(f):
    """Digests of arrays of the library."""
    return lambda *data: f(*(x.to_real_array().tobytes() if isinstance(x, Operators) else x for x in data))


def refused(*args, **kw):
    raise NotCarried("a helper of NumPy's written in C")


COMPARING = {
    "assert_equal", "assert_array_equal", "assert_almost_equal", "assert_approx_equal", "assert_array_almost_equal",
    "assert_array_less", "assert_allclose", "assert_array_almost_equal_nulp", "assert_array_max_ulp", "assert_array_compare",
    "assert_array_strict_equal", "assert_",
}


def to_real(x):
    """Proxies as NumPy's own objects, also inside of containers."""
    if isinstance(x, Operators):
        a = x.to_real()
        return a if isinstance(x, ndarray) else a[()]
    if isinstance(x, dtype) and not isinstance(x, real.dtype):
        return x.to_real()
    if type(x) in (list, tuple, values.Named):
        return (tuple if isinstance(x, tuple) else list)(to_real(e) for e in x)
    if type(x) is dict:
        return {k: to_real(v) for k, v in x.items()}
    if isinstance(x, type) and isinstance(x, scalars.scalar_meta):
        return getattr(real, x.__name__)
    if isinstance(x, Thing) and x._class_ in ("FlatIterator", "flatiter"):
        return to_real(x.copy())
    if hasattr(type(x), "__array__") and not isinstance(x, (real.ndarray, real.generic, Thing)):
        try:
            return to_real(x.__array__())
        except TypeError:
            return x
    return x


def from_real(x):
    """NumPy's arrays as the library's."""
    if isinstance(x, real.ndarray) and not isinstance(x, real.ma.MaskedArray):
        return values.ask({"op": "call", "path": ["array"]}, (x,)) if x.dtype.kind in "biufcSUmM" else x
    if isinstance(x, real.generic):
        return scalars.from_real(x)
    if type(x) in (list, tuple):
        return type(x)(from_real(e) for e in x)
    if isinstance(x, (real.random.RandomState, real.random.Generator)):
        return Borrowed(x)
    return x


class Borrowed:
    """Something of NumPy's that makes data for tests: takes and gives arrays of the library."""

    def __init__(self, target):
        self._target = target

    def __call__(self, *args, **kw):
        return from_real(self._target(*to_real(args), **to_real(kw)))

    def __getattr__(self, name):
        got = getattr(self._target, name)
        return Borrowed(got) if callable(got) and not (isinstance(got, type) and issubclass(got, Exception)) else got


TESTING = ("numpy.testing", "numpy.testing._private.utils", "numpy.ma.testutils")
# Helpers that make arrays which share memory: they run over the library.
MAKING = {"_gen_alignment_data"}


def rehosted(f):
    own = {k: getattr(submodule("numpy"), k) for k, v in f.__globals__.items() if k in surface and getattr(real, k, None) is v}
    return types.FunctionType(f.__code__, dict(f.__globals__, **own), f.__name__, f.__defaults__)


class Raising:
    """`with assert_raises(…)`: errors are wanted here at once, also while a file is loaded."""

    def __init__(self, context):
        self.context = context

    def __enter__(self):
        self.loading, values.state["loading"] = values.state["loading"], False
        return self.context.__enter__()

    def __exit__(self, *error):
        values.state["loading"] = self.loading
        return self.context.__exit__(*error)


def raising(f):
    def check(*args, **kw):
        got = f(*args, **kw)
        return got if got is None else Raising(got)
    check.__name__ = f.__name__
    return check


def comparing(f):
    def compare(*args, **kw):
        __tracebackhide__ = True
        return f(*to_real(args), **to_real(kw))
    compare.__name__ = f.__name__
    return compare


class GlobalState:
    """The RandomState behind the functions of numpy.random."""

    def __getattr__(self, name):
        return lookup(("random", name))


# Whether numpy.random is the library's: in NumPy's tests of it. Elsewhere it makes data for tests, and is NumPy's own.
ours = {"random": False}
RANDOM_MODULES = {"numpy.random", "numpy.random.mtrand", "numpy.random._generator", "numpy.random.bit_generator", *(f"numpy.random._{n}" for n in
                  ("mt19937", "pcg64", "philox", "sfc64"))}


class Facade(types.ModuleType):
    """A module under one of NumPy's paths."""

    def __init__(self, name, path=()):
        super().__init__(name)
        self.__dict__["_at"] = tuple(path)
        self.__dict__["__path__"] = []

    def __getattr__(self, name):
        if self.__name__ == "numpy.dtypes":
            if name in dtypes.classes:
                return dtypes.classes[name]
            if name == "__all__":
                return [n for n in dtypes.classes if type(n) is str]
        if name in C_HELPERS:
            return refused
        if name in PRIVATE_CLASSES:
            return getattr(importlib.import_module("numpy.lib._iotools"), name)
        if name == "obj2sctype":
            return lambda x: dtype(x).type
        if name in ("__config__", "__version__"):
            return getattr(real, name)
        if name.startswith("__"):
            raise AttributeError(name)
        module = self.__name__
        if module in TESTING:
            got = getattr(importlib.import_module(module), name)
            return comparing(got) if name in COMPARING else rehosted(got) if name in MAKING else \
                raising(got) if name in ("assert_raises", "assert_raises_regex") else got
        if module == "numpy.random.mtrand" and name == "_rand":
            return GlobalState()
        if module.startswith("numpy.random") and not ours["random"]:
            got = getattr(importlib.import_module(module), name)
            return Borrowed(got) if callable(got) else got
        if module == "numpy" and name in ("testing", "random"):
            return submodule(f"numpy.{name}")
        if module == "numpy" and name in ("exceptions", "ma", "version", "typing", "ctypeslib", "_core", "matrixlib", "dtypes"):
            return submodule(f"numpy.{name}")
        private = module.startswith(TOP) and not surface.get(".".join(self._at), {}).get("kind") == "namespace"
        try:
            return lookup((*self._at, name))
        except LibraryLacks as lacks:
            error = lacks
        sub = submodule(f"{module}.{name}")
        if sub is not None:
            return sub
        if private or name in HELPERS:
            got = getattr(importlib.import_module(module), name, None)
            # Numbers such as NZERO, which NumPy's private modules keep.
            if name in HELPERS or (got is not None and (name.startswith("_") or type(got) in (int, float))):
                return got
        if values.state["loading"]:
            return values.Missing(error)
        raise error


modules = {}


def submodule(name):
    """The module that an import gives, or None: a facade, or NumPy's own."""
    if name in modules:
        return modules[name]
    found = None
    parts = name.split(".")
    if name in RANDOM_MODULES and ours["random"]:
        found = Facade(name, ("random",))
    elif name in ("numpy", "numpy.random", *TESTING):
        found = Facade(name)
    elif any(name == r or name.startswith(r + ".") for r in REAL) or "tests" in name or parts[-1] in ("_locales", "_natype"):
        try:
            found = importlib.import_module(name)
        except ModuleNotFoundError:
            return None
    else:
        try:
            importlib.import_module(name)
        except ImportError:
            return None
        if name.startswith("numpy.lib.") and ".".join(parts[1:]) in surface:
            found = Facade(name, parts[1:])
        elif name.startswith(TOP):
            found = Facade(name, ("strings",) if parts[-1] == "strings" else ("rec",) if parts[-1] == "records" else ())
        else:
            found = Facade(name, parts[1:])
    modules[name] = found
    if name == "numpy._core.umath":
        # Tests walk through the dictionary of this module.
        found.__dict__.update({k: lookup((k,)) for k, row in surface.items() if row["kind"] == "ufunc" and "." not in k})
    return found


def patched_import(name, globals=None, locals=None, fromlist=(), level=0):
    if name == "hashlib":
        hashes = original(name)
        return types.SimpleNamespace(**{n: digest(getattr(hashes, n)) for n in ("md5", "sha256")})
    if level == 0 and (name == "numpy" or name.startswith("numpy.")):
        leaf = submodule(name)
        if leaf is None:
            raise ModuleNotFoundError(f"No module named '{name}'")
        if not fromlist:
            return submodule("numpy")
        return leaf if isinstance(leaf, Facade) else original(name, globals, locals, fromlist, 0)
    return original(name, globals, locals, fromlist, level)


original = __builtins__["__import__"] if isinstance(__builtins__, dict) else __builtins__.__import__
