"""What the parameters of functions and methods are, by name: numbers of JavaScript, dtypes, functions."""

# Parameters that are numbers of JavaScript, also inside of lists. All other ints are data or operands, and go as bigints.
NUMBERS = {
    "axis", "axes", "shape", "newshape", "new_shape", "reps", "source", "destination", "axis1", "axis2", "shift", "k", "m",
    "num", "decimals", "ndmin", "offset", "count", "kth", "ddof", "precision", "deg", "window_shape", "strides", "ndim",
    "dims", "N", "M", "n", "dtype", "lag", "threshold", "edgeitems", "linewidth", "minlength", "axisa", "axisb", "axisc",
    "length", "max_rows", "width", "base", "padding", "dimensions", "pad_left", "pad_right", "min_digits",
    "exp_digits", "max_line_width", "itemsize",
}
# Parameters of which a lone int is a number, but a list is data.
LONE_NUMBERS = {"bins", "indices_or_sections", "repeats", "pad_width", "obj", "period", "correction", "number"}
INDICES = {"indices"}
# Where a class of Python's is a dtype, and where it is a function.
READ = {"array", "asarray", "asanyarray", "complex64", "complex128", "float64", "float32", "int64"}
DTYPES = {"dtype", "newtype", "new_dtype"}
FUNCTIONS = {"pyfunc", "func", "function", "func1d", "converters"}
# Methods of arrays that are no function with the array in front.
METHODS = {
    "reshape": "*shape, order, copy", "resize": "*shape", "transpose": "*axes", "item": "*shape", "swapaxes": "axis1, axis2",
    "squeeze": "axis", "astype": "dtype, order, casting, subok, copy", "view": "dtype, type", "setflags": "write, align, uic",
    "diagonal": "offset, axis1, axis2", "trace": "offset, axis1, axis2, dtype, out", "round": "decimals, out",
    "sort": "axis, kind, order", "argsort": "axis, kind, order", "partition": "kth, axis, kind, order",
    "argpartition": "kth, axis, kind, order", "reduce": "array, axis, dtype, out, keepdims, initial, where",
    "accumulate": "array, axis, dtype, out", "reduceat": "array, indices, axis, dtype, out", "outer": "A, B",
    "ravel": "order", "flatten": "order", "copy": "order", "tobytes": "order",
}
# Functions whose results without axes stay arrays.
ARRAY_RESULTS = {
    "array", "asarray", "asanyarray", "ascontiguousarray", "asfortranarray", "zeros", "ones", "empty", "full", "zeros_like",
    "ones_like", "empty_like", "full_like", "copy", "reshape", "squeeze", "transpose", "broadcast_to", "broadcast_arrays",
    "real", "imag", "swapaxes", "moveaxis", "rollaxis", "frombuffer", "as_strided", "sliding_window_view", "permute_dims",
    "load", "memmap", "open_memmap", "read_array", "fromfile", "loadtxt", "genfromtxt",
    "diagonal", "where", "asarray_chkfinite", "meshgrid", "require", "astype", "matrix_transpose", "expand_dims", "nditer",
    "broadcast", "select", "choose", "delete", "ix_", "roll", "flip", "rot90", "ravel", "unstack",
}
# What NumPy gives as a list; other lists of JavaScript are tuples.
LIST_RESULTS = {"find_duplicate", "spawn", "trim_zeros", "split", "array_split", "hsplit", "vsplit", "dsplit", "tolist"}
# Results of these methods and attributes stay arrays without axes; what other calls give without axes is a scalar, as in NumPy.
VIEWS = {
    "T", "mT", "real", "imag", "reshape", "ravel", "flatten", "transpose", "swapaxes", "squeeze", "astype", "copy", "view",
    "byteswap", "newbyteorder", "diagonal", "base", "__copy__", "__deepcopy__",
}

signatures = {}


def parameters(text):
    """Names of positional parameters in a signature's text, in order; a name after * takes all that follow."""
    names, depth, part = [], 0, ""
    for c in text + ",":
        if c == "," and depth == 0:
            name = part.split("=")[0].strip()
            if name == "*":
                break
            if name and name != "/":
                names.append(name)
            part = ""
            continue
        depth += (c in "([<{") - (c in ")]>}")
        part += c
    return names


def names_for(message):
    path, name = message.get("path"), message.get("name")
    if message["op"] == "call":
        text = signatures.get(".".join(path))
        return parameters(text) if text else []
    if message["op"] == "method":
        if path and name == "at":
            return ["a", "indices", "b"]
        if name in METHODS:
            return parameters(METHODS[name])
        text = signatures.get(name)
        return parameters(text)[1:] if text else []
    return []
