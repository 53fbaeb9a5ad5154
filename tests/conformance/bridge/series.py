"""Polynomials: series of `np.polynomial` and `np.poly1d`, whose operators are methods in the library."""
from .things import Method, Thing
from .wire import LibraryLacks, NotCarried

SERIES = ("Polynomial", "Chebyshev", "Legendre", "Hermite", "HermiteE", "Laguerre")


def values():
    from . import values as module
    return module


def operator(name):
    def run(self, other, modulo=None):
        if modulo is not None:
            return NotImplemented
        try:
            return values().ask({"op": "method", "h": self._id, "name": name}, (other,), scalarize=True)
        except LibraryLacks:
            return NotImplemented
    return run


class Operated(Thing):
    """A polynomial: calling it is calling the function that it is in JavaScript."""

    __hash__ = None

    def __len__(self):
        return int(values().ask({"op": "get", "h": self._id, "name": "length"}))

    def __iter__(self):
        return iter(self.coef)

    def __eq__(self, other):
        return values().ask({"op": "method", "h": self._id, "name": "eq"}, (other,))

    def __ne__(self, other):
        return values().ask({"op": "method", "h": self._id, "name": "ne"}, (other,))

    def __neg__(self):
        return values().ask({"op": "method", "h": self._id, "name": "neg"})

    def __pos__(self):
        return values().ask({"op": "method", "h": self._id, "name": "pos"})

    def __getattr__(self, name):
        got = Thing.__getattr__(self, name)
        if isinstance(got, Method) and name not in ("format", "_repr_latex_"):
            return lambda *args, **kw: values().ask({"op": "method", "h": self._id, "name": name}, args, kw, scalarize=True)
        return got

    def __reduce__(self):
        raise NotCarried("pickling")


class Series(Operated):
    __array_ufunc__ = None

    def __format__(self, spec):
        return values().ask({"op": "method", "h": self._id, "name": "format"}, (spec,)) if spec else str(self)


class Poly1d(Operated):
    def __array__(self, dtype=None, copy=None):
        import numpy
        return numpy.asarray(self.coeffs.to_real(), dtype)

    def __iter__(self):
        return iter(self.coeffs)


for _python, _method in (("add", "add"), ("sub", "sub"), ("mul", "mul"), ("truediv", "div"), ("floordiv", "floordiv"),
                         ("mod", "mod"), ("pow", "pow"), ("divmod", "divmod")):
    setattr(Operated, f"__{_python}__", operator(_method))
    setattr(Operated, f"__r{_python}__", operator("r" + _method))


def proxy(handle):
    """The proxy of a function of the library that is a polynomial."""
    return (Poly1d if handle.ref["c"] == "poly1d" else Series)(handle)


__all__ = ["SERIES", "proxy"]
