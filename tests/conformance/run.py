"""Runs NumPy's own tests against the built package: see README.md."""
import argparse
import collections
import json
import os
import re
import subprocess
import sys
import tempfile
import time

import numpy

HERE = os.path.dirname(os.path.abspath(__file__))
BASE = os.path.dirname(numpy.__file__)
CORE = ("multiarray numeric ufunc umath indexing indexerrors dtype arrayprint nep50_promotions numerictypes shape_base "
        "function_base einsum item_selection getlimits errstate nditer print scalarmath scalarprint scalarinherit "
        "scalar_methods scalar_ctors strings datetime defchararray records casting_unittests array_coercion "
        "abc finfo arrayobject casting_floatingpoint_errors umath_accuracy conversion_utils half longdouble mem_overlap overrides protocols regression unicode umath_complex deprecations memmap")
LIB = ("arraypad arraysetops function_base histograms index_tricks nanfunctions packbits polynomial shape_base stride_tricks "
       "twodim_base type_check ufunclike utils array_utils arrayterator mixins recfunctions regression io loadtxt format")
FILES = ([f"_core/tests/test_{n}.py" for n in CORE.split()] + [f"lib/tests/test_{n}.py" for n in LIB.split()]
         + [f"matrixlib/tests/test_{n}.py" for n in "defmatrix interaction multiarray numeric regression".split()]
         + [f"random/tests/test_{n}.py" for n in ("direct generator_mt19937 generator_mt19937_regressions random randomstate "
                                                  "randomstate_regression regression seed_sequence smoke").split()]
         + [f"polynomial/tests/test_{n}.py" for n in ("chebyshev classes hermite hermite_e laguerre legendre polynomial polyutils "
                                                      "printing symbol").split()]
         + [f"linalg/tests/test_{n}.py" for n in "linalg regression deprecations".split()]
         + ["fft/tests/test_pocketfft.py", "fft/tests/test_helper.py"])


def find(names):
    if not names:
        return FILES
    out = []
    for n in names:
        exact = [n] if os.path.isfile(os.path.join(BASE, n)) else [f for f in FILES if n in f]
        if not exact:
            sys.exit(f"no test file matches {n}")
        out += [f for f in exact if f not in out]
    return out


def run(name, options, folder):
    out = os.path.join(folder, name.replace("/", "__") + ".jsonl")
    if os.path.exists(out):
        os.remove(out)
    env = dict(os.environ, PYTHONPATH=HERE, CONFORMANCE_RESULTS=out, CONFORMANCE_LIMIT=str(options.limit),
               PYTHONDONTWRITEBYTECODE="1")
    command = [sys.executable, "-m", "pytest", "-p", "bridge.plugin", "-p", "no:cacheprovider", "-q", "--tb=short" if options.verbose else "--tb=native",
               "--no-header", "-rN", "-W", "default", "--rootdir", BASE, os.path.join(BASE, name)]
    if options.k:
        command += ["-k", options.k]
    if options.verbose:
        command += ["-v", "--show-capture=no", "--tb=long" if options.verbose > 1 else "--tb=short"]
    start = time.time()
    try:
        done = subprocess.run(command, env=env, cwd=folder, timeout=options.file_limit,
                              stdout=None if options.verbose else subprocess.PIPE, stderr=subprocess.STDOUT)
        code = done.returncode
        tail = (done.stdout or b"").decode(errors="replace")[-6000:]
    except subprocess.TimeoutExpired:
        tail = f"stopped after {options.file_limit} s"
        code = -1
    rows = [json.loads(line) for line in open(out)] if os.path.exists(out) else []
    if code not in (0, 1):
        rows.append({"test": name, "outcome": "error", "seconds": 0, "reason": "the run did not finish: " + tail})
    return rows, time.time() - start


def group(text):
    """One line for failures that differ in numbers only."""
    return re.sub(r"0x[0-9a-f]+|\d+(\.\d+)?(e[+-]?\d+)?", "#", text)[:160]


def main():
    p = argparse.ArgumentParser(prog="npm run conformance --")
    p.add_argument("files", nargs="*", help="parts of file names, as lib/tests/test_arraypad or einsum; all when left out")
    p.add_argument("-k", help="as pytest's")
    p.add_argument("-v", "--verbose", action="count", default=0)
    p.add_argument("--limit", type=int, default=20, help="seconds for one test")
    p.add_argument("--file-limit", type=int, default=1800, help="seconds for one file")
    p.add_argument("--out", default=os.path.join(tempfile.gettempdir(), "numbridge-conformance"), help="folder of the report")
    options = p.parse_args()
    os.makedirs(options.out, exist_ok=True)
    total = collections.Counter()
    failures, reasons, everything = collections.defaultdict(list), collections.Counter(), {}
    print(f"{'file':44}{'passed':>8}{'failed':>8}{'errors':>8}{'skipped':>8}{'s':>7}", flush=True)
    for name in find(options.files):
        rows, seconds = run(name, options, options.out)
        n = collections.Counter(r["outcome"] for r in rows)
        total.update(n)
        everything[name] = rows
        for r in rows:
            if r["outcome"] in ("failed", "error"):
                failures[group(r["reason"])].append((name, r))
            elif r["outcome"] == "skipped":
                reasons[re.sub(r"^Skipped: ", "", r["reason"])] += 1
        print(f"{name:44}{n['passed']:8}{n['failed']:8}{n['error']:8}{n['skipped']:8}{seconds:7.0f}", flush=True)
    print(f"{'all':44}{total['passed']:8}{total['failed']:8}{total['error']:8}{total['skipped']:8}")
    report = os.path.join(options.out, "report.txt")
    with open(report, "w") as f:
        for text, rows in sorted(failures.items(), key=lambda kv: -len(kv[1])):
            f.write(f"{len(rows):5}  {text}\n")
            for name, r in rows[:6]:
                f.write(f"         {name}:{r.get('line') or ''} {r['test']}\n             {r['reason'][:700]}\n")
        f.write("\nskipped\n")
        for text, n in reasons.most_common():
            f.write(f"{n:5}  {text}\n")
    with open(os.path.join(options.out, "results.json"), "w") as f:
        json.dump(everything, f)
    print(f"failures by message: {report}")


if __name__ == "__main__":
    main()
