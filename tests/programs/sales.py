"""Tables: a file of commas, structures, groups, ranks, missing values, days."""
from io import StringIO

import numpy as np

text = """day,shop,item,n,price
2024-01-30,north,pear,3,1.5
2024-01-31,south,fig,10,0.25
2024-02-01,north,fig,4,0.3
2024-02-03,east,pear,,1.75
2024-02-29,south,plum,7,0.5
2024-03-01,north,plum,1,
"""
t = np.genfromtxt(StringIO(text), delimiter=',', names=True, dtype=['M8[D]', 'U8', 'U8', 'f8', 'f8'], encoding='utf-8')
print(t.dtype.names, t.dtype)
print(t[:2])
print(t['shop'], np.isnan(t['n']).sum(), np.nanmean(t['price']))
total = np.nan_to_num(t['n'] * t['price'])
shops, inverse, counts = np.unique(t['shop'], return_inverse=True, return_counts=True)
for s, c, m in zip(shops, counts, np.bincount(inverse, weights=total)):
    print(f"{s:<6}|{c:3d}|{m:8.2f}")
print(np.sort(t, order=['item', 'day'])[['item', 'n']])
month = t['day'].astype('M8[M]')
print(np.unique(month, return_counts=True))
print(np.add.reduceat(total, np.flatnonzero(np.r_[True, month[1:] != month[:-1]])))
print(np.diff(t['day']), t['day'][-1] - t['day'][0], np.is_busday(t['day']), np.busday_count('2024-01-30', '2024-03-01'))
pivot = np.zeros((3, 3))
np.add.at(pivot, (inverse, np.searchsorted(np.unique(t['item']), t['item'])), total)
print(pivot)
best = t[np.argmax(total)]
print(best, best['item'], np.lexsort((t['item'], -total)))
print(np.char.upper(np.char.add(t['shop'], '!')), np.strings.slice(t['item'], 2), t['item'] == 'fig')
price = np.where(np.isnan(t['price']), np.nanmedian(t['price']), t['price'])
print(price, np.digitize(price, [0.3, 1, 1.6]), np.interp(1.0, np.sort(price), np.arange(6)))
out = StringIO()
np.savetxt(out, np.column_stack([total, price]), fmt=['%7.3f', '%g'], delimiter=';', header='total;price')
print(out.getvalue())
