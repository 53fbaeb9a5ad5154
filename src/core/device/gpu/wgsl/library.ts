import { DOUBLE } from './double.js';
import { WIDE } from './wide.js';

/**
 * Functions in WGSL that lowered expressions call: one text for each name. What a text names is taken along, so that a shader has what it
 * needs and no more.
 */
const NARROW: Readonly<Record<string, string>> = {
  // A call is no constant expression, in which WGSL allows neither infinities nor NaN.
  nb_f: 'fn nb_f(u: u32) -> f32 { return bitcast<f32>(u); }',
  nb_keep: 'fn nb_keep(x: f32) -> f32 { return bitcast<f32>(bitcast<u32>(x) ^ zero); }',
  nb_nan: 'fn nb_nan(x: f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u; }',
  nb_min: `fn nb_min(a: f32, b: f32) -> f32 {
  if (nb_nan(a)) { return a; }
  if (nb_nan(b)) { return b; }
  if (a == b) { return bitcast<f32>(bitcast<u32>(a) | bitcast<u32>(b)); }
  return select(b, a, a < b);
}`,
  nb_max: `fn nb_max(a: f32, b: f32) -> f32 {
  if (nb_nan(a)) { return a; }
  if (nb_nan(b)) { return b; }
  if (a == b) { return bitcast<f32>(bitcast<u32>(a) & bitcast<u32>(b)); }
  return select(b, a, a > b);
}`,
  nb_neg: 'fn nb_neg(x: f32) -> f32 { return bitcast<f32>(bitcast<u32>(x) ^ 0x80000000u); }',
  nb_abs: 'fn nb_abs(x: f32) -> f32 { return bitcast<f32>(bitcast<u32>(x) & 0x7fffffffu); }',
  nb_copysign:
    'fn nb_copysign(a: f32, b: f32) -> f32 { return bitcast<f32>((bitcast<u32>(a) & 0x7fffffffu) | (bitcast<u32>(b) & 0x80000000u)); }',
  // Rounding gives a zero the sign of what was rounded.
  nb_floor: 'fn nb_floor(x: f32) -> f32 { return nb_signed(floor(x), x); }',
  nb_ceil: 'fn nb_ceil(x: f32) -> f32 { return nb_signed(ceil(x), x); }',
  nb_trunc: 'fn nb_trunc(x: f32) -> f32 { return nb_signed(trunc(x), x); }',
  nb_rint: 'fn nb_rint(x: f32) -> f32 { return nb_signed(round(x), x); }',
  nb_signed: 'fn nb_signed(r: f32, x: f32) -> f32 { return select(r, nb_copysign(r, x), r == 0.0); }',
  nb_sqrt:
    'fn nb_sqrt(x: f32) -> f32 { if (x < 0.0) { return nb_f(0xffc00000u); } return select(sqrt(x), x, x == 0.0); }',
  nb_quot_i: 'fn nb_quot_i(a: i32, b: i32) -> i32 { return select(a / select(b, 1, b == 0), 0, b == 0); }',
  nb_rem_i: 'fn nb_rem_i(a: i32, b: i32) -> i32 { return select(a % select(b, 1, b == 0), 0, b == 0); }',
  nb_quot_u: 'fn nb_quot_u(a: u32, b: u32) -> u32 { return select(a / select(b, 1u, b == 0u), 0u, b == 0u); }',
  nb_rem_u: 'fn nb_rem_u(a: u32, b: u32) -> u32 { return select(a % select(b, 1u, b == 0u), 0u, b == 0u); }',
  nb_f_i: `fn nb_f_i(x: f32) -> i32 {
  if (x >= -2147483648.0 && x < 2147483648.0) { return i32(x); }
  return bitcast<i32>(0x80000000u);
}`,
  nb_f_h: `fn nb_f_h(x: f32) -> u32 {
  let u = bitcast<u32>(x);
  let s = (u >> 16u) & 0x8000u;
  let m = u & 0x7fffffffu;
  if (m > 0x7f800000u) { return s | 0x7e00u | ((m >> 13u) & 0x1ffu); }
  if (m >= 0x477ff000u) { return s | 0x7c00u; }
  if (m < 0x33000000u) { return s; }
  var sig = (m & 0x7fffffu) | 0x800000u;
  let e = i32(m >> 23u) - 112;
  var drop = 13u;
  if (e < 1) { drop = u32(14 - e); }
  let half = 1u << (drop - 1u);
  let rest = sig & ((1u << drop) - 1u);
  sig = sig >> drop;
  if (rest > half || (rest == half && (sig & 1u) == 1u)) { sig = sig + 1u; }
  if (e < 1) { return s | sig; }
  return s | ((u32(e - 1) << 10u) + sig);
}`,
  nb_h_f: `fn nb_h_f(h: u32) -> f32 {
  let s = (h & 0x8000u) << 16u;
  let e = (h >> 10u) & 31u;
  let m = h & 0x3ffu;
  if (e == 31u) { return bitcast<f32>(s | 0x7f800000u | (m << 13u)); }
  if (e == 0u) {
    if (m == 0u) { return bitcast<f32>(s); }
    let z = countLeadingZeros(m) - 21u;
    return bitcast<f32>(s | ((113u - z) << 23u) | (((m << z) & 0x3ffu) << 13u));
  }
  return bitcast<f32>(s | ((e + 112u) << 23u) | (m << 13u));
}`,
  nb_half: 'fn nb_half(x: f32) -> f32 { return nb_h_f(nb_f_h(x)); }',
};

const LIBRARY: Readonly<Record<string, string>> = { ...NARROW, ...WIDE, ...DOUBLE };

/** The functions that a text names, and those that these name. */
export function libraryFor(text: string): string {
  const taken = new Set<string>();
  const look = (t: string): void => {
    for (const [name] of t.matchAll(/\bnb_\w+/g)) {
      if (taken.has(name)) continue;
      const own = LIBRARY[name];
      if (own === undefined) continue;
      taken.add(name);
      look(own);
    }
  };
  look(text);
  return [...taken].map((name) => LIBRARY[name]).join('\n');
}
