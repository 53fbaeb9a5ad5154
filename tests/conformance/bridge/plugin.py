"""The pytest plugin: loads NumPy's test files over the library, limits the time of each test, and writes what came out."""
import ast
import builtins
import hashlib
import importlib
import json
import os
import re
import resource
import signal
import sys
import types

import numpy  # NumPy's own, before anything is replaced
import pytest
from _pytest.assertion import rewrite

from . import namespace, skips, values
from .arrays import Operators
from .wire import LibraryLacks, NotCarried, connection

# A test that would fill the machine gets a MemoryError.
resource.setrlimit(resource.RLIMIT_DATA, (3 << 30, resource.getrlimit(resource.RLIMIT_DATA)[1]))
LIMIT = int(os.environ.get("CONFORMANCE_LIMIT", "20"))
OUT = os.environ.get("CONFORMANCE_RESULTS")

C_HELPERS = re.compile(r"return arrays must be of ArrayType|must be numpy\.(ndarray|dtype), not|bad argument to internal function")
FILES = re.compile(r"'(fromfile|loadtxt|genfromtxt|fromregex|load|save|savetxt|savez|savez_compressed)' in this library")


def keep(row):
    """A line for each test at once, so that a run that breaks off has told what it did."""
    if OUT:
        with open(OUT, "a") as f:
            f.write(json.dumps(row) + "\n")


class TimeLimit(BaseException):
    pass


def view_of_memory(x):
    return memoryview(x.to_real() if isinstance(x, Operators) else x)


def hashing(f):
    """Digests of arrays of the library."""
    return lambda *data: f(*(x.to_real_array().tobytes() if isinstance(x, Operators) else x for x in data))


def load(path, name, config):
    """Executes a test file with an import of its own."""
    source = path.read_bytes()
    tree = ast.parse(source, str(path))
    rewrite.rewrite_asserts(tree, source, str(path), config)
    module = types.ModuleType(name)
    module.__file__ = str(path)
    module.__package__ = name.rpartition(".")[0]
    own = dict(vars(builtins), __import__=namespace.patched_import, memoryview=view_of_memory)
    module.__dict__["__builtins__"] = own
    values.state["loading"] = True
    exec(compile(tree, str(path), "exec", dont_inherit=True), module.__dict__)
    if "hashlib" in module.__dict__:
        module.hashlib = types.SimpleNamespace(**{n: hashing(getattr(hashlib, n)) for n in ("md5", "sha256")})
    for proxy in list(connection.proxies.values()):
        if isinstance(proxy, namespace.Operators) and proxy.size < 1e6:
            proxy.__dict__["_saved_"] = proxy.to_real_array()
    return module


class Module(pytest.Module):
    def _getobj(self):
        name = "conformance_" + self.path.stem
        if name in sys.modules:
            return sys.modules[name]
        connection.start()
        namespace.start()
        namespace.ours["random"] = "random" in self.path.parts
        module = load(self.path, name, self.config)
        sys.modules[name] = module
        return module


def pytest_pycollect_makemodule(module_path, parent):
    return Module.from_parent(parent, path=module_path)


def pytest_collection_modifyitems(items):
    for item in items:
        reason = skips.reason(item)
        if reason:
            item.add_marker(pytest.mark.skip(reason=reason))


def pytest_collection_finish():
    # Parameters may be generators that run while tests are collected.
    values.state["loading"] = False


def on_alarm(signum, frame):
    raise TimeLimit


def innermost(e):
    at = e.__traceback__
    while at.tb_next:
        at = at.tb_next
    return at.tb_frame.f_code.co_filename


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    signal.signal(signal.SIGALRM, on_alarm)
    signal.alarm(LIMIT)
    try:
        return (yield)
    except TimeLimit:
        connection.stop()
        pytest.fail(f"time limit of {LIMIT} s", pytrace=False)
    except NotCarried as e:
        pytest.skip(f"not carried: {e}")
    except (TypeError, SystemError) as e:
        if "bridge" not in innermost(e) and C_HELPERS.search(str(e)):
            pytest.skip("C helpers that take only NumPy arrays")
        raise
    except NotImplementedError as e:
        if "pickles can only be written by Python" in str(e):
            pytest.skip("pickling")
        raise
    except LibraryLacks as e:
        if FILES.search(str(e)):
            pytest.skip("reading and writing files, which the library does not have")
        raise
    finally:
        signal.alarm(0)
        connection.depth = 0


def first_line(report):
    crash = getattr(report.longrepr, "reprcrash", None)
    text = crash.message if crash else str(report.longrepr)
    lines = [s for s in text.strip().split("\n") if s.strip()]
    head = lines[0] if lines else ""
    if head.strip() in ("AssertionError:", "AssertionError") and len(lines) > 1:
        head = "AssertionError: " + " | ".join(s.strip() for s in lines[1:7])
    elif head.endswith("Regex pattern did not match."):
        head += " " + " ".join(s.strip() for s in lines[1:4])
    return head[:300]


def where(report):
    """The line of the test file at which it failed."""
    for entry in reversed(getattr(getattr(report.longrepr, "reprtraceback", None), "reprentries", [])):
        at = getattr(entry, "reprfileloc", None)
        if at and "test" in os.path.basename(at.path):
            return at.lineno
    found = re.findall(r'File "[^"]*test_\w+\.py", line (\d+)', str(report.longrepr))
    return int(found[-1]) if found else None


def pytest_runtest_logreport(report):
    if report.when == "call" or report.outcome != "passed":
        if hasattr(report, "wasxfail"):
            outcome = "skipped"
        else:
            outcome = report.outcome if report.when == "call" or report.outcome == "skipped" else "error"
        row = {"test": report.nodeid.split("::", 1)[-1], "outcome": outcome, "seconds": round(report.duration, 2)}
        if outcome == "skipped":
            row["reason"] = report.longrepr[2] if isinstance(report.longrepr, tuple) else "xfail"
        elif outcome != "passed":
            row["reason"] = first_line(report)
            row["line"] = where(report)
        keep(row)


def pytest_collectreport(report):
    if report.failed:
        keep({"test": report.nodeid, "outcome": "error", "seconds": 0, "reason": "collection: " + str(report.longrepr)[-1500:]})


def pytest_sessionfinish(session):
    connection.stop()


__all__ = ["importlib", "numpy"]
