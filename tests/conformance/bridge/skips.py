"""Tests that ask for what has no meaning in JavaScript, by pattern, each with its reason."""
import re

PATTERNS = [
    (r"[Pp]ickl|test_reduce_ex|setstate|getstate|__reduce__", "pickling"),
    (r"[Rr]ef[Cc]ount|ref_cycle|ref_deletion|leak|[Gg]arbage|test_gc", "reference counts of CPython"),
    (r"ctypes|Ctypes|FromCTypes::test_(?!pairs)", "ctypes"),
    (r"[Bb]uffer[Pp]rotocol|pep3118|PEP3118|TestNewBufferProtocol|memoryview|TestPEP3118", "the buffer protocol"),
    (r"array_interface|array_struct|__array_interface__|TestArrayInterface", "the interface of memory addresses"),
    (r"dlpack|DLPack", "DLPack capsules"),
    (r"[Tt]hread|subinterp|multiprocess|subprocess", "threads and processes"),
    (r"TestMemmap::test_(filename|path|slicing_keeps_references|ufunc_return_ndarray|getitem)$", "arrays of the driver are of one class, and paths are text"),
    (r"test_memmap_subclass|TestMemmap::test_unnamed_file", "subclasses in Python, and files without a name"),
    (r"[Ee]lide|incref|TestWritebackIfCopy|test_from_c_api", "C helpers that take only NumPy arrays"),
    (r"sizeof|SizeOf|__array_c_version|_get_ndarray_c|c_api|CAPI|capi", "the C interface"),
    (r"TestUFuncInspectSignature|TestCreationFuncs::test_signatures", "signatures of Python objects"),
    (r"test_loop_access|get_strided_loop", "the C interface"),
    (r"huge_list|test_large_.*bytes|large_file|test_large_zip", "lists and files of many gigabytes"),
    (r"TestClassGetItem|class_getitem|DTypeSignatures|method_signatures", "annotations and signatures of Python objects"),
    (r"NULL_None_equivalence|CApiAccess", "the C interface"),
    (r"pyscalar_subclasses|subclass_deferral", "subclasses of Python's numbers"),
    (r"TestMaximumSctype|issctype|sctype2char|test_seq_repeat", "private functions of NumPy's, and lists that are repeated"),
    (r"corecursive", "lists that hold themselves, which no message can"),
    (r"docstring|add_newdoc|_doc_|test_doc", "docstrings of Python objects"),
    (r"c_func_dispatcher_text_signature", "signatures of Python objects"),
    (r"TestResize::test_check_(reference|weakref)|obj_obj_shrinking|lifetime_on_error", "reference counts of CPython"),
    (r"test_warnonwrite|readonly_flag_protocols", "a private flag of NumPy's"),
    (r"__deepcopy__catches_failure|element_deletion|object_with_NULLs|test__deepcopy__$", "methods of Python that JavaScript does not have"),
    (r"writeable_from_readonly|test_array_base$", "bytes of JavaScript can be written, and arrays do not keep them"),
    (r"(arg)?partition_integer|can_cast_values|slicing_no_floats|non_integer_argument_errors",
     "an integral float is an integer in JavaScript"),
    (r"out_of_range\[M\]", "fails with NumPy itself"),
    (r"TestBlock::test_tuple|nested_simple", "lists and tuples are one type in JavaScript"),
    (r"TestArrayCreationCopyArgument::test_(order_mismatch|buffer_interface)|interface_nullptr", "the buffer protocol"),
    (r"TestSignatureMatch", "signatures of Python objects"),
    (r"unique_axis_float_raises|TestInterpolate::test_raises", "an integral float is an integer in JavaScript"),
    (r"TestDiff::test_n$", "lists of Python are not shared with JavaScript"),
    (r"quantile_gh_29003_Fraction|test_numeric_object_coefficients", "numbers of Python that the library can only carry"),
    (r"Test_I0::test_non_array", "Python's machinery of overrides and of user dtypes"),
    (r"test_include_dirs", "the C interface"),
    (r"ndindex_non_integer_dimensions\[bad_shape[23]", "lists and tuples are one type in JavaScript, integral floats integers"),
    (r"test_(asyncio_safe|errstate_enter_once|add_doc)$", "context managers and documentation of Python"),
    (r"(nested_arraylikes|unpack_first_level|uneven_depth_ragged|0d_object_special_case|object_assignment_special_case)"
     r"\[.*(memoryview|__array__|__array_interface__)", "objects of Python with memory of their own are carried as arrays"),
    (r"test_seedsequence$|test_non_spawnable|coercion_RandomState_Generator|test_hot_swap", "private modules of NumPy's"),
    (r"TestPhilox::test_repr|TestPCG64(DXSM)?::test_repr|TestMT19937::test_repr|TestSFC64::test_repr", "addresses of Python objects"),
    (r"TestCReaderUnitTests", "a private function of NumPy's"),
    (r"TestVecString", "C helpers that take only NumPy arrays"),
    (r"test_invalid_state_type", "a set of Python is an object like any other here"),
    (r"shuffle_untyped_warning", "lists and dicts of Python are not shared with JavaScript"),
    (r"test_dirichlet_size", "an integral float is an integer in JavaScript"),
    (r"test_longdouble_from_int|test_int_from_infinite_longdouble", "longdouble, which is float64 in the library"),
    (r"TestStateful|test_growing_list|test_replace_0d_array|pathological_self_containing|test_stringlike_empty_list",
     "lists of Python that change or fail while they are read"),
    (r"TestSFloat|test_array_api_info|TestGetImplementationInfo|TestVerifyMatchingSignatures|TestArrayFunctionDispatch|"
     r"TestArrayFunctionImplementation|test_arraymethod", "Python's machinery of overrides and of user dtypes"),
]
COMPILED = [(re.compile(p), why) for p, why in PATTERNS]


def reason(item):
    whole = item.nodeid.split("::", 1)[-1]
    name = whole.split("[")[0]
    for pattern, why in COMPILED:
        if pattern.search(name) or (r"\[" in pattern.pattern and pattern.search(whole)):
            return why
    return None
