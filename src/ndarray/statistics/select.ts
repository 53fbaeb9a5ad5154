/** Order statistics of a stretch of numbers without sorting it: partition around what is asked for. */

const SMALL = 24;

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
 * Rearranges a[lo … hi] so that a[k] is what sorting would put there, with nothing larger before it and nothing smaller after it.
 * There are no NaN among the values.
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
    const n = right - left;
    const m = left + (n >> 1);
    let pivot: number;
    if (n > 400) {
      // The middle of three middles.
      const s = n >> 3;
      pivot = middle(
        middle(a[left], a[left + s], a[left + 2 * s]),
        middle(a[m - s], a[m], a[m + s]),
        middle(a[right - 2 * s], a[right - s], a[right]),
      );
    } else pivot = middle(a[left], a[m], a[right]);
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
