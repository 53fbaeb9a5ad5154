"""
Which arguments of NumPy's functions are asked whether they take the call over: writes protocol.json beside this file.

Each parameter in turn is given an object that implements the protocol, by itself and inside of a list; the others are given zeros. A name
stands with the parameters for which NumPy called the object; those in lists have brackets.
"""

import inspect
import json
import warnings
from pathlib import Path

import numpy as np
from numpy.lib import recfunctions
from numpy._core.overrides import ARRAY_FUNCTIONS

warnings.simplefilter("ignore")


class Called(Exception):
    pass


class Spy:
    def __array_function__(self, func, types, args, kwargs):
        raise Called(func)

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        raise Called(ufunc)

    def __len__(self):
        raise TypeError


def asked(f, params, name, value):
    args, kwargs, skipped = [], {}, False
    for p in params:
        given = value if p.name == name else 0
        if p.name != name and p.default is not p.empty:
            skipped = True
        elif p.kind == p.POSITIONAL_ONLY or (p.kind == p.POSITIONAL_OR_KEYWORD and not skipped):
            args.append(given)
        elif p.kind == p.VAR_POSITIONAL:
            if p.name == name:
                args.append(given)
        else:
            kwargs[p.name] = given
    try:
        f(*args, **kwargs)
    except Called as e:
        return e.args[0] is f
    except Exception:
        pass
    return False


def public():
    for module, prefix in [
        (np, ""),
        (np.linalg, "linalg."),
        (np.fft, "fft."),
        (np.strings, "strings."),
        (np.char, "char."),
        (np.emath, "emath."),
        (recfunctions, "lib.recfunctions."),
    ]:
        for name in sorted(dir(module)):
            f = getattr(module, name)
            if callable(f) and (f in ARRAY_FUNCTIONS or isinstance(f, np.ufunc)) if not isinstance(f, type) else False:
                yield prefix + name, f
    for name in dir(np.lib.stride_tricks):
        f = getattr(np.lib.stride_tricks, name)
        if callable(f) and f in ARRAY_FUNCTIONS:
            yield f"lib.stride_tricks.{name}", f


out = {}
for name, f in public():
    if isinstance(f, np.ufunc):
        out[name] = [f"x{i + 1}" if f.nin > 1 else "x" for i in range(f.nin)] + ["out"] * (f.nout == 1)
        continue
    if name == "fromstring":
        # It tells no signature.
        out[name] = ["like"]
        continue
    params = [p for p in inspect.signature(f).parameters.values() if p.kind != p.VAR_KEYWORD]
    found = []
    for p in params:
        if asked(f, params, p.name, Spy()):
            found.append(p.name)
        if asked(f, params, p.name, [Spy(), 0]):
            found.append(f"[{p.name}]")
    out[name] = found
lines = ",\n".join(f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in out.items())
Path(__file__).with_name("protocol.json").write_text("{\n" + lines + "\n}\n")
