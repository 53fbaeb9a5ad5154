"""What the library lacks, while a test file is loaded."""

# Whether a file is being loaded; how text is written that a file wants as bytes.
state = {"loading": False, "encoding": None}


class Missing:
    """What the library lacks, while a test file is loaded: any use of it in a test says so."""

    def __init__(self, error):
        self.__dict__["_error"] = error

    def fail(self):
        raise self._error

    def _more(self, *args, **kw):
        if state["loading"]:
            return self
        raise self._error

    __call__ = _more
    __getitem__ = _more
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __neg__ = __pow__ = __or__ = _more
    __hash__ = object.__hash__
    __eq__ = __lt__ = __gt__ = __ge__ = __le__ = __enter__ = __exit__ = _more

    def __mro_entries__(self, bases):
        return ()

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self._more()

    def __iter__(self):
        if state["loading"]:
            return iter([self])
        raise self._error

    def __repr__(self):
        return f"<missing: {self._error}>"
