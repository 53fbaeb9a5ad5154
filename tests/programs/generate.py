"""Writes programs.json: what the programs in Python beside it print.

Run: python3 tests/programs/generate.py
"""

import json
import pathlib
import subprocess
import sys

here = pathlib.Path(__file__).resolve().parent
printed = {}
for path in sorted(here.glob('*.py')):
    if path.name != 'generate.py':
        printed[path.stem] = subprocess.run([sys.executable, str(path)], check=True, capture_output=True, text=True).stdout
(here / 'programs.json').write_text(json.dumps(printed, indent=1, ensure_ascii=False) + '\n')
