/**
 * Numbers with a given count of digits, as Python's `%` and `format` write them. JavaScript's own functions find the right digits, too, but take
 * the larger of two that are equally near, where Python takes the even one.
 */

/** The digits that JavaScript's functions write at most. */
const MOST = 100;

/** `write(v, p)`, with ties to even: `write(v, p)` has p digits behind the point, before what begins with an e. */
function evenly(v: number, p: number, write: (v: number, p: number) => string): string {
  const nearest = write(v, p);
  if (p + 1 >= MOST) return nearest;
  const more = write(v, p + 1);
  const [digits, exponent = ''] = more.split('e');
  // Only what ends in a five may be a tie, and of that only what no further digit follows.
  if (!digits.endsWith('5') || Number(more) !== v || !/^5?0*$/.test(write(v, MOST).split('e')[0].slice(digits.length)))
    return nearest;
  const down = digits.slice(0, p === 0 ? -2 : -1);
  return Number(down.at(-1)) % 2 === 0 ? (exponent === '' ? down : `${down}e${exponent}`) : nearest;
}

/** `1.5e+00` of a number that is not negative: at least two digits in the exponent. */
export const exponentialText = (v: number, precision: number): string =>
  evenly(v, Math.min(MOST, precision), (x, p) => x.toExponential(p)).replace(/e([+-])(\d)$/, 'e$10$2');

/** All digits of a number that is not negative, also of those that `toFixed` writes with an exponent. */
export function fixedText(v: number, precision: number): string {
  if (v < 1e21) return evenly(v, Math.min(MOST, precision), (x, p) => x.toFixed(p));
  return BigInt(v).toString() + (precision > 0 ? `.${'0'.repeat(precision)}` : '');
}

/** So many digits in all, with an exponent where the number is small or large for them; zeros at the end go unless `keep`. */
export function generalText(v: number, precision: number, keep: boolean): string {
  const p = precision === 0 ? 1 : Math.min(MOST, precision);
  const e = v === 0 ? 0 : Number(exponentialText(v, p - 1).split('e')[1]);
  const text = e < -4 || e >= p ? exponentialText(v, p - 1) : fixedText(v, p - 1 - e);
  const [digits, exponent] = text.split('e');
  const whole = keep && !digits.includes('.') ? `${digits}.` : digits;
  const shown = keep || !digits.includes('.') ? whole : digits.replace(/\.?0+$/, '');
  return exponent === undefined ? shown : `${shown}e${exponent}`;
}
