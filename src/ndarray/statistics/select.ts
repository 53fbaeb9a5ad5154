/** Order statistics of a stretch of numbers without sorting it: partition around what is asked for. */

const SMALL = 24;

/** Above this length a sample finds the pivot. */
const SAMPLED = 600;

function insertionSort(a: Float64Array, lo: number, hi: number): void {
  for (let i = lo + 1; i <= hi; i++) {
    const v = a[i];
    let j = i - 1;
    while (j >= lo && a[j] > v) {
      a[j + 1] = a[j];
      j--;
    }
    a[j + 1] = v;
  }
}

/** The middle one of three values. */
const middle = (x: number, y: number, z: number): number =>
  x < y ? (y < z ? y : x < z ? z : x) : x < z ? x : y < z ? z : y;

/**
 * A pivot for a[left … right] that lies close to place k and on that side of it which leaves the shorter part to go on with: the
 * value at the matching place of a sample, chosen among about n^(2/3) of the elements (after Floyd and Rivest, 1975).
 */
function sampledPivot(a: Float64Array, left: number, right: number, k: number): number {
  const n = right - left + 1;
  const i = k - left + 1;
  const z = Math.log(n);
  const size = 0.5 * Math.exp((2 * z) / 3);
  const deviation = 0.5 * Math.sqrt((z * size * (n - size)) / n) * Math.sign(i - n / 2);
  const from = Math.max(left, Math.floor(k - (i * size) / n + deviation));
  const to = Math.min(right, Math.floor(k + ((n - i) * size) / n + deviation));
  select(a, from, to, k);
  return a[k];
}

/**
 * Rearranges a[lo … hi] so that a[k] is what sorting would put there, with nothing larger before it and nothing smaller after it.
 * There are no NaN among the values.
 * @example
 * const x = np.arange(6);
 * np.select([np.less(x, 3), np.greater(x, 3)], [x, np.square(x)], 42); // → array([ 0,  1,  2, 42, 16, 25])
 */
export function select(a: Float64Array, lo: number, hi: number, k: number): void {
  let left = lo;
  let right = hi;
  // Pivots that split badly again and again give way to sorting, so that no input takes quadratic time.
  let patience = 2 * Math.ceil(Math.log2(hi - lo + 2));
  while (right - left > SMALL) {
    if (patience-- === 0) {
      a.subarray(left, right + 1).sort();
      return;
    }
    const pivot =
      right - left > SAMPLED
        ? sampledPivot(a, left, right, k)
        : middle(a[left], a[left + ((right - left) >> 1)], a[right]);
    let i = left;
    let j = right;
    while (i <= j) {
      while (a[i] < pivot) i++;
      while (a[j] > pivot) j--;
      if (i <= j) {
        const t = a[i];
        a[i] = a[j];
        a[j] = t;
        i++;
        j--;
      }
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else return;
  }
  insertionSort(a, left, right);
}

/** Brings each of the places ks (ascending, without repeats) of a[lo … hi] to what sorting would put there. */
export function selectAll(a: Float64Array, lo: number, hi: number, ks: readonly number[]): void {
  if (ks.length > 12) {
    a.subarray(lo, hi + 1).sort();
    return;
  }
  let from = lo;
  for (let i = 0; i < ks.length; i++) {
    const k = lo + ks[i];
    if (k === from && i > 0) {
      // The next one up is the least of what is left.
      let at = from;
      for (let j = from + 1; j <= hi; j++) if (a[j] < a[at]) at = j;
      const t = a[at];
      a[at] = a[from];
      a[from] = t;
    } else select(a, from, hi, k);
    from = k + 1;
    if (from > hi) return;
  }
}
