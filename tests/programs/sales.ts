import * as np from '../../src/ndarray/index.js';

const text = `day,shop,item,n,price
2024-01-30,north,pear,3,1.5
2024-01-31,south,fig,10,0.25
2024-02-01,north,fig,4,0.3
2024-02-03,east,pear,,1.75
2024-02-29,south,plum,7,0.5
2024-03-01,north,plum,1,
`;

export function main(print: (...line: unknown[]) => void): void {
  const t = np.genfromtxt(text.split('\n'), {
    delimiter: ',',
    names: true,
    dtype: ['M8[D]', 'U8', 'U8', 'f8', 'f8'],
  });
  print(t.dtype.names, t.dtype);
  print(t.at(':2'));
  print(t.at('shop'), np.isnan(t.at('n')).sum(), np.nanmean(t.at('price')));
  const total = np.nan_to_num(t.at('n').mul(t.at('price')));
  const [shops, inverse, counts] = np.unique(t.at('shop'), { return_inverse: true, return_counts: true });
  const sums = np.bincount(inverse, { weights: total });
  shops.tolist().forEach((s: string, i: number) => {
    print(`${s.padEnd(6)}|${String(counts.item(i)).padStart(3)}|${sums.item(i).toFixed(2).padStart(8)}`);
  });
  print(np.sort(t, { order: ['item', 'day'] }).at(['item', 'n']));
  const month = t.at('day').astype('M8[M]');
  print(...[np.unique(month, { return_counts: true })].map((pair) => `(${pair.map((a) => a.repr()).join(', ')})`));
  const starts = np.flatnonzero(np.r_(true, month.at('1:').ne(month.at(':-1'))));
  print(np.add.reduceat(total, starts));
  const days = t.at('day');
  print(np.diff(days), days.at(-1).sub(days.at(0)), np.is_busday(days), np.busday_count('2024-01-30', '2024-03-01'));
  const pivot = np.zeros([3, 3]);
  np.add.at(pivot, [inverse, np.searchsorted(np.unique(t.at('item')), t.at('item'))], total);
  print(pivot);
  const best = t.at(np.argmax(total));
  print(best, best.at('item'), np.lexsort([t.at('item'), total.neg()]));
  print(np.char.upper(np.char.add(t.at('shop'), '!')), np.strings.slice(t.at('item'), 2), t.at('item').eq('fig'));
  const price = np.where(np.isnan(t.at('price')), np.nanmedian(t.at('price')), t.at('price'));
  print(price, np.digitize(price, [0.3, 1, 1.6]), np.interp(1, np.sort(price), np.arange(6)));
  const out: string[] = [];
  const file = { write: (s: unknown) => out.push(String(s)) };
  np.savetxt(file, np.column_stack([total, price]), { fmt: ['%7.3f', '%g'], delimiter: ';', header: 'total;price' });
  print(out.join(''));
}
