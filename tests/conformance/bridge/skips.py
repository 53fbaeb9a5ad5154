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
    (r"mmap|memmap|MemMap", "memory maps"),
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
