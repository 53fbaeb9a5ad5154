/** What docs/deviations.md leaves open, and so is not compared. */

/** Functions whose results lie otherwise in memory, as docs/deviations.md says. */
export const OPEN_ORDER: ReadonlySet<string> = new Set(
  (
    'np.nonzero np.unravel_index np.mask_indices np.ravel_multi_index np.nanquantile np.nanpercentile np.nanmedian ' +
    'np.strings.partition np.strings.rpartition np.is_busday np.busday_offset np.busday_count ' +
    'np.histogram np.histogram2d np.histogramdd np.histogram_bin_edges .nonzero'
  ).split(' '),
);

/** Functions that compare elements in an order of their own. */
const ORDERING = /sort|unique|1d$|isin|median|quantile|percentile|partition|\.reduceat$/;

/** A message without what docs/deviations.md leaves open: JavaScript's dates and tuples, and what a search meets first. */
export function spoken(message: string, f: string): string {
  const text = message
    .trim()
    .replaceAll("'datetime.date'", "'datetime.datetime'")
    .replaceAll("'tuple'", "'list'")
    .replace(/Iterator operand \d dtype could not be cast/, 'Cannot cast array data');
  if (!ORDERING.test(f)) return text;
  return text.replace(/'(\w+)' and '(\w+)'$/, (_, a, b) => [a, b].sort().join(' and '));
}
