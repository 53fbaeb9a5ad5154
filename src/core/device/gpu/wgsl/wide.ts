/** 64-bit integers in WGSL, which has none: pairs of words, the low one first, as they lie in memory. */
export const WIDE: Readonly<Record<string, string>> = {
  nb_add64: `fn nb_add64(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let lo = a.x + b.x;
  return vec2<u32>(lo, a.y + b.y + select(0u, 1u, lo < a.x));
}`,
  nb_sub64: `fn nb_sub64(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  return vec2<u32>(a.x - b.x, a.y - b.y - select(0u, 1u, a.x < b.x));
}`,
  nb_neg64: 'fn nb_neg64(a: vec2<u32>) -> vec2<u32> { return nb_sub64(vec2<u32>(0u, 0u), a); }',
  nb_abs64: 'fn nb_abs64(a: vec2<u32>) -> vec2<u32> { if (a.y >= 0x80000000u) { return nb_neg64(a); } return a; }',
  nb_mulw: `fn nb_mulw(a: u32, b: u32) -> vec2<u32> {
  let al = a & 0xffffu;
  let ah = a >> 16u;
  let bl = b & 0xffffu;
  let bh = b >> 16u;
  let mid = ah * bl + ((al * bl) >> 16u);
  let mid2 = al * bh + (mid & 0xffffu);
  return vec2<u32>(a * b, ah * bh + (mid >> 16u) + (mid2 >> 16u));
}`,
  nb_mul64: `fn nb_mul64(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let p = nb_mulw(a.x, b.x);
  return vec2<u32>(p.x, p.y + a.x * b.y + a.y * b.x);
}`,
  nb_eq64: 'fn nb_eq64(a: vec2<u32>, b: vec2<u32>) -> bool { return a.x == b.x && a.y == b.y; }',
  nb_ltu64: `fn nb_ltu64(a: vec2<u32>, b: vec2<u32>) -> bool { return a.y < b.y || (a.y == b.y && a.x < b.x); }`,
  nb_lts64: `fn nb_lts64(a: vec2<u32>, b: vec2<u32>) -> bool {
  let ah = bitcast<i32>(a.y);
  let bh = bitcast<i32>(b.y);
  return ah < bh || (ah == bh && a.x < b.x);
}`,
  nb_shl64: `fn nb_shl64(a: vec2<u32>, count: u32) -> vec2<u32> {
  let n = count & 63u;
  if (n == 0u) { return a; }
  if (n >= 32u) { return vec2<u32>(0u, a.x << (n - 32u)); }
  return vec2<u32>(a.x << n, (a.y << n) | (a.x >> (32u - n)));
}`,
  nb_shru64: `fn nb_shru64(a: vec2<u32>, count: u32) -> vec2<u32> {
  let n = count & 63u;
  if (n == 0u) { return a; }
  if (n >= 32u) { return vec2<u32>(a.y >> (n - 32u), 0u); }
  return vec2<u32>((a.x >> n) | (a.y << (32u - n)), a.y >> n);
}`,
  nb_shrs64: `fn nb_shrs64(a: vec2<u32>, count: u32) -> vec2<u32> {
  let n = count & 63u;
  let h = bitcast<i32>(a.y);
  if (n == 0u) { return a; }
  if (n >= 32u) { return vec2<u32>(bitcast<u32>(h >> (n - 32u)), bitcast<u32>(h >> 31u)); }
  return vec2<u32>((a.x >> n) | (a.y << (32u - n)), bitcast<u32>(h >> n));
}`,
  nb_clz64: `fn nb_clz64(a: vec2<u32>) -> u32 {
  if (a.y != 0u) { return countLeadingZeros(a.y); }
  return 32u + countLeadingZeros(a.x);
}`,
  // The quotient and, in the last two, the remainder. By zero both are zero.
  nb_divu64: `fn nb_divu64(a: vec2<u32>, b: vec2<u32>) -> vec4<u32> {
  if (b.x == 0u && b.y == 0u) { return vec4<u32>(0u, 0u, 0u, 0u); }
  if (a.y == 0u && b.y == 0u) { return vec4<u32>(a.x / b.x, 0u, a.x % b.x, 0u); }
  var q = vec2<u32>(0u, 0u);
  var r = vec2<u32>(0u, 0u);
  for (var i = 0u; i < 64u; i = i + 1u) {
    let at = 63u - i;
    let bit = select(a.x >> (at & 31u), a.y >> (at & 31u), at >= 32u) & 1u;
    let carry = r.y >> 31u;
    r = vec2<u32>((r.x << 1u) | bit, (r.y << 1u) | (r.x >> 31u));
    if (carry == 1u || !nb_ltu64(r, b)) {
      r = nb_sub64(r, b);
      if (at >= 32u) { q.y = q.y | (1u << (at & 31u)); } else { q.x = q.x | (1u << at); }
    }
  }
  return vec4<u32>(q.x, q.y, r.x, r.y);
}`,
  nb_quots64: `fn nb_quots64(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let q = nb_divu64(nb_abs64(a), nb_abs64(b)).xy;
  if (((a.y ^ b.y) >> 31u) == 1u) { return nb_neg64(q); }
  return q;
}`,
  nb_rems64: `fn nb_rems64(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let r = nb_divu64(nb_abs64(a), nb_abs64(b)).zw;
  if ((a.y >> 31u) == 1u) { return nb_neg64(r); }
  return r;
}`,
  nb_i_64: 'fn nb_i_64(a: i32) -> vec2<u32> { return vec2<u32>(bitcast<u32>(a), bitcast<u32>(a >> 31u)); }',
  // All bits that are shifted out are gathered in the last one.
  nb_jam64: `fn nb_jam64(a: vec2<u32>, n: u32) -> vec2<u32> {
  if (n == 0u) { return a; }
  if (n > 63u) { return vec2<u32>(select(0u, 1u, (a.x | a.y) != 0u), 0u); }
  var r = nb_shru64(a, n);
  let back = nb_shl64(a, 64u - n);
  if ((back.x | back.y) != 0u) { r.x = r.x | 1u; }
  return r;
}`,
  // Sign, exponent less one, and 31 bits of which the highest counts as one and seven are to be rounded off.
  nb_pack32: `fn nb_pack32(sign: u32, e: i32, s: u32) -> f32 {
  var sig = s;
  var x = e;
  if (x < 0) {
    let n = u32(-x);
    if (n > 31u) { sig = select(0u, 1u, sig != 0u); }
    else { sig = (sig >> n) | select(0u, 1u, (sig << (32u - n)) != 0u); }
    x = 0;
  } else if (x > 0xfd || (x == 0xfd && sig + 0x40u >= 0x80000000u)) {
    return bitcast<f32>(sign | 0x7f800000u);
  }
  let rest = sig & 0x7fu;
  sig = (sig + 0x40u) >> 7u;
  if (rest == 0x40u) { sig = sig & 0xfffffffeu; }
  return bitcast<f32>(sign | ((u32(x) << 23u) + sig));
}`,
  nb_u64_f: `fn nb_u64_f(a: vec2<u32>) -> f32 {
  if (a.y == 0u && a.x == 0u) { return 0.0; }
  let z = nb_clz64(a);
  let top = nb_jam64(nb_shl64(a, z), 33u);
  return nb_pack32(0u, 189 - i32(z), top.x);
}`,
  nb_i64_f: `fn nb_i64_f(a: vec2<u32>) -> f32 {
  let m = nb_u64_f(nb_abs64(a));
  return select(m, -m, a.y >= 0x80000000u);
}`,
  nb_f_u64: `fn nb_f_u64(x: f32) -> vec2<u32> {
  let u = bitcast<u32>(x);
  if (x >= 9223372036854775808.0 && (u & 0x7fffffffu) < 0x7f800000u) {
    let d = nb_f_i64(x - 9223372036854775808.0);
    return vec2<u32>(d.x, d.y ^ 0x80000000u);
  }
  if (x >= 9223372036854775808.0) { return vec2<u32>(0u, 0u); }
  return nb_f_i64(x);
}`,
  nb_f_i64: `fn nb_f_i64(x: f32) -> vec2<u32> {
  let u = bitcast<u32>(x);
  let e = i32((u >> 23u) & 255u) - 127;
  if (e >= 63) { return vec2<u32>(0u, 0x80000000u); }
  if (e < 0) { return vec2<u32>(0u, 0u); }
  let m = vec2<u32>((u & 0x7fffffu) | 0x800000u, 0u);
  var r = m;
  if (e >= 23) { r = nb_shl64(m, u32(e - 23)); } else { r = nb_shru64(m, u32(23 - e)); }
  if (u >= 0x80000000u) { return nb_neg64(r); }
  return r;
}`,
};
