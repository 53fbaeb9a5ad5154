"""Writes digits.json: numbers as Python's `%` and `format` write them, ties and exponents that end in zeros among them."""
import json
import os
import random

random.seed(4)
values = [0.0, 0.5, 1.5, 2.5, 0.125, 0.375, 0.25, 0.15, 2.675, 1e21, 1e22, 12345.0, 123456.5, 1e-5, 1.5e-7, 6.881745597716248e-10, 2.5e20, 99.5, 999.5, 0.05, 5e-324,
          1.7976931348623157e308, 4503599627370497.5, 1 / 3, 2**-20, 300.0, 1e10]
values += [random.randint(0, 10**6) / 2**random.randint(0, 12) for _ in range(12)] + [10**random.uniform(-12, 20) for _ in range(12)]
values += [-v for v in values[1:8]]
PERCENT = ['%.0f', '%.1f', '%.2f', '%.0e', '%.1e', '%.3e', '%.1g', '%.2g', '%g', '%.10g', '%#.3g', '%8.3f', '%-9.2e|', '%+08.2f', '%.18e', '%.20f']
FORMAT = ['', '.0f', '.1f', '.2e', '.3g', 'g', '.4', '.1', '8.3f', '<9.1f', '^12.2e', '*>+10.2f', '010.2f', ',.2f', '_.1f', '.1%', '%', ' .2f', '=+9.1f', '#.3g', 'F', 'E', 'G', ',', '012,.1f', 'z.0f', '>12']
WHOLE = ['', 'd', '5d', '<5', '^7', '05d', '+', ' d', ',', '_', 'x', '#x', 'X', '#b', 'b', 'o', '#010x', '.2f', 'e', 'g', '.1%', 'c', '*^9,', '09,', '_b', '=8']
integers = [0, 5, -42, 65, 255, 1234567, -1234567, 2**40]
out = {'percent': [[s, v, s % v] for v in values for s in PERCENT], 'float': [[s, v, format(v, s)] for v in values for s in FORMAT],
       'int': [[s, str(v), format(v, s)] for v in integers for s in WHOLE if not (s == 'c' and not 0 <= v < 0x110000)],
       'str': [[s, 'añb', format('añb', s)] for s in ['', '5', '<5', '>5', '^6', '*^7', '.2', '5.1', 's', '05']]}
for kind in ('float', 'percent'):
    out[kind] = [c for c in out[kind] if len(c[2]) < 60]
with open(os.path.join(os.path.dirname(__file__), 'digits.json'), 'w') as file:
    json.dump(out, file)
    file.write('\n')
