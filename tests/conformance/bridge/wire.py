"""The connection to the Node process: frames, values in both directions, exceptions and warnings."""
import atexit
import builtins
import inspect
import json
import operator
import os
import resource
import struct
import subprocess
import warnings
import weakref

import numpy as real
from numpy._core import _exceptions
from numpy.lib import _iotools

HERE = os.path.dirname(os.path.abspath(__file__))
SERVER = os.path.join(os.path.dirname(HERE), "server.mjs")
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
ENTRY = os.environ.get("NUMBRIDGE_ENTRY", os.path.join(ROOT, "dist", "index.js"))


class LibraryLacks(AttributeError):
    """The library has no such function, method or attribute."""


def lacks(what):
    """Raises LibraryLacks; while a test file is loaded, that is left for the tests that use the result."""
    from . import values
    if values.state["loading"]:
        return values.Missing(LibraryLacks(what))
    raise LibraryLacks(what)


class JavaScriptError(Exception):
    """An error that is none of the library's own: a crash inside of it."""


def said(base):
    """One of NumPy's private exceptions that make their message themselves, with the library's message."""
    return type(base.__name__, (base,), {
        "__init__": lambda self, message: (Exception.__init__(self, message), setattr(self, "message", message))[0],
        "__str__": lambda self: self.message})


UFuncTypeError = said(_exceptions.UFuncTypeError)
NoLoop = said(_exceptions._UFuncNoLoopError)
BinaryResolution = said(_exceptions._UFuncBinaryResolutionError)


class NotCarried(Exception):
    """The driver cannot express this call: the test is skipped with the reason."""


def exception_of(reply):
    name, message = reply["error"], reply["message"]
    if "PythonObject" in message:
        return NotCarried("an operation of a Python object that the library can only carry")
    if message == "data type 'T' not understood":
        return NotCarried("StringDType, which the library does not have")
    if name == "JavaScriptError":
        return JavaScriptError(message + "\n" + (reply.get("stack") or ""))
    if name == "UFuncTypeError":
        return (NoLoop if "did not contain a loop" in message
                else BinaryResolution if "cannot use operands with types" in message else UFuncTypeError)(message)
    if name == "AxisError":
        made = real.exceptions.AxisError(message)
        made.axis, made.ndim = reply.get("axis"), reply.get("ndim")
        return made
    if name == "LinAlgError":
        return real.linalg.LinAlgError(message)
    if name in ("UnicodeEncodeError", "UnicodeDecodeError"):
        return getattr(builtins, name)("", "" if name == "UnicodeEncodeError" else b"", 0, 1, message)
    if name == "MemoryError":
        return said(_exceptions._ArrayMemoryError)(message)
    return (named(name) or JavaScriptError)(message)


def named(name):
    """An exception or a warning by its name."""
    for module in (real.exceptions, builtins, _iotools):
        if hasattr(module, name):
            return getattr(module, name)
    return None


def unlimited():
    """The limit on memory is for Python: Node reserves address space."""
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    resource.setrlimit(resource.RLIMIT_DATA, (hard, hard))


class Connection:
    """One Node process. It is started when it is first needed, and again after it was stopped."""

    def __init__(self):
        self.process = None
        self.generation = 0
        self.released = []
        self.proxies = weakref.WeakValueDictionary()
        self.callables = {}
        self.carried = {}
        self.errors = {}
        self.kept = []  # what is made for one request only, until that is answered
        self.depth = 0
        self.first = []  # requests that every process begins with
        self.decode = None
        self.encode = None
        atexit.register(self.stop)

    def start(self):
        self.process = subprocess.Popen(
            ["node", "--max-old-space-size=3000", SERVER, ENTRY],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, cwd=ROOT,
            preexec_fn=unlimited)
        self.generation += 1
        self.released = []
        self.depth = 0
        self.proxies.clear()

    def stop(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            for pipe in (self.process.stdin, self.process.stdout):
                try:
                    pipe.close()
                except OSError:
                    pass
        self.process = None

    def write(self, message, buffers):
        if self.released:
            message["released"], self.released = self.released, []
        message["sizes"] = [len(b) for b in buffers]
        text = json.dumps(message).encode()
        frame = struct.pack("<II", len(text) + sum(message["sizes"]), len(text)) + text + b"".join(buffers)
        try:
            view = memoryview(frame)
            while view:
                view = view[self.process.stdin.write(view):]
        except (BrokenPipeError, OSError) as e:
            self.stop()
            raise JavaScriptError("the Node process ended") from e

    def exactly(self, n):
        parts = []
        while n:
            got = self.process.stdout.read(n)
            if not got:
                self.stop()
                raise JavaScriptError("the Node process ended")
            parts.append(got)
            n -= len(got)
        return b"".join(parts)

    def read(self):
        size, text = struct.unpack("<II", self.exactly(8))
        body = self.exactly(size)
        message = json.loads(body[:text])
        at, buffers = text, []
        for n in message.get("sizes", ()):
            buffers.append(body[at:at + n])
            at += n
        message["buffers"] = buffers
        return message

    def request(self, message, buffers=()):
        """Sends a request and answers calls of Python callables until its reply is there."""
        if self.process is None:
            self.start()
            for first in self.first:
                self.request(dict(first))
        entered = False
        complete = False
        try:
            self.write(message, buffers)
            entered = True
            while True:
                reply = self.read()
                if "call" in reply:
                    self.answer(reply)
                    continue
                complete = True
                break
        finally:
            # Interrupted halfway (a time limit): what comes next on the pipe would be taken for another call's reply.
            if entered and not complete:
                self.stop()
        for category, text in reply.get("warnings", ()):
            kind = named(category) or UserWarning
            warnings.warn(text, kind, stacklevel=4)
        if "exception" in reply:
            raise self.errors.pop(reply["exception"])
        if "error" in reply:
            raise exception_of(reply)
        return reply

    def answer(self, call):
        buffers = []
        try:
            args = [self.decode(x, call["buffers"]) for x in call["args"]]
            kw = args.pop() if call["args"] and isinstance(call["args"][-1], dict) and call["args"][-1].get("t") == "o" else {}
            function = self.callables[call["call"]]
            if kw == {} and wants(function, len(args) + 1):
                args.append(kw)
            value = function(*args, **kw)
            message = {"op": "return", "value": self.encode(value, buffers)}
        except Exception as e:
            buffers = []
            self.errors[id(e)] = e
            message = {"op": "return", "error": id(e), "kinds": [k.__name__ for k in type(e).__mro__], "text": str(e)}
        self.write(message, buffers)


def wants(function, n):
    """Whether a function takes n positional arguments and cannot do with fewer."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return False
    required = [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) and p.default is p.empty]
    return len(required) == n


connection = Connection()


class Handle:
    """A reference to an object of the Node process; counts how often it was sent, since each time is given back once."""

    def __init__(self, ref):
        self.id = ref["id"]
        self.times = 1
        self.generation = connection.generation
        self.ref = ref

    def __del__(self):
        if self.generation == connection.generation:
            connection.released.append([self.id, self.times])


SPECIAL = {"nan": float("nan"), "inf": float("inf"), "-inf": float("-inf"), "-0": -0.0}


def encode_float(x):
    if x != x:
        return {"t": "x", "v": "nan"}
    if x in (float("inf"), float("-inf")):
        return {"t": "x", "v": "inf" if x > 0 else "-inf"}
    if x == 0 and str(x)[0] == "-":
        return {"t": "x", "v": "-0"}
    return float(x)


def encode_int(x):
    return {"t": "b", "v": str(int(x))}


def encode_number(x):
    """An int as a JavaScript number, where that holds it exactly."""
    return int(x) if abs(x) < 2 ** 53 else encode_int(x)


def as_index(x):
    try:
        return operator.index(x)
    except TypeError:
        return None
