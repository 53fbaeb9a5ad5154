/** How a length is taken apart: as in NumPy's library, since the last places of results depend on it. */

/** Radices that have a butterfly of their own, in the order in which they are taken out of a length. */
const RADICES = [8, 4, 2, 3, 5, 7, 11, 13];

/** What one pass of a radix costs for each point, next to a pass of 8; measured. */
const COST: Readonly<Record<number, number>> = { 2: 0.6, 3: 0.75, 4: 0.75, 5: 1, 7: 1.5, 8: 1, 11: 2.4, 13: 3 };

/** The radices of the passes of a length, the first pass first. Primes without a butterfly stand for themselves. */
export function factorsOf(n: number): number[] {
  const out: number[] = [];
  let rest = n;
  for (const r of RADICES) {
    while (rest % r === 0) {
      out.push(r);
      rest /= r;
    }
  }
  // A two goes first, the first eight into its place.
  const two = out.indexOf(2);
  if (two > 0) [out[0], out[two]] = [out[two], out[0]];
  for (let p = 17; p * p <= rest; p += 2) {
    while (rest % p === 0) {
      out.push(p);
      rest /= p;
    }
  }
  if (rest > 1) out.push(rest);
  return out;
}

const costOf = (n: number): number => n * factorsOf(n).reduce((sum, r) => sum + (COST[r] ?? 0.6 + 0.45 * r), 0);

/** The cheapest length of at least n that has butterflies for all of its factors. */
export function goodLength(n: number): number {
  let best = 1;
  while (best < n) best *= 2;
  let cost = costOf(best);
  const most = best;
  for (let a = 1; a < most; a *= 7)
    for (let b = a; b < most; b *= 5)
      for (let c = b; c < most; c *= 3) {
        let m = c;
        while (m < n) m *= 2;
        if (m >= 2 * n) continue;
        const k = costOf(m);
        if (k < cost) {
          cost = k;
          best = m;
        }
      }
  return best;
}

/** The length of the convolution by which a transform is cheaper than by passes of its factors, or 0 (Bluestein). */
export function convolutionLength(n: number): number {
  const factors = factorsOf(n);
  if (factors.every((r) => r in COST)) return 0;
  const m = goodLength(2 * n - 1);
  return 2 * costOf(m) + 4 * m < costOf(n) ? m : 0;
}
