/**
 * float64 in WGSL, which has none: the bits as a pair of words, computed with in integers. Every operation is rounded as IEEE 754 asks, so that
 * what is written in double precision gives the bits that it gives elsewhere, at the price of some dozens of integer operations each.
 */
export const DOUBLE: Readonly<Record<string, string>> = {
  nb_dnan: `fn nb_dnan(a: vec2<u32>) -> bool {
  let h = a.y & 0x7fffffffu;
  return h > 0x7ff00000u || (h == 0x7ff00000u && a.x != 0u);
}`,
  // Sign, exponent less one, and 63 bits of which the highest counts as one and ten are to be rounded off.
  nb_dpack: `fn nb_dpack(sign: u32, e: i32, s: vec2<u32>) -> vec2<u32> {
  var sig = s;
  var x = e;
  if (x < 0) {
    sig = nb_jam64(sig, u32(-x));
    x = 0;
  } else if (x >= 0x7fd) {
    let up = nb_add64(sig, vec2<u32>(0x200u, 0u));
    if (x > 0x7fd || up.y >= 0x80000000u) { return vec2<u32>(0u, sign | 0x7ff00000u); }
  }
  let rest = sig.x & 0x3ffu;
  sig = nb_shru64(nb_add64(sig, vec2<u32>(0x200u, 0u)), 10u);
  if (rest == 0x200u) { sig.x = sig.x & 0xfffffffeu; }
  return vec2<u32>(sig.x, sign | ((u32(x) << 20u) + sig.y));
}`,
  nb_dexp: 'fn nb_dexp(a: vec2<u32>) -> i32 { return i32((a.y >> 20u) & 0x7ffu); }',
  // The 53 bits of a finite number that is not zero, shifted so that the highest is bit 52; the exponent goes along.
  nb_dnorm: `fn nb_dnorm(a: vec2<u32>) -> vec3<u32> {
  let e = nb_dexp(a);
  let f = vec2<u32>(a.x, a.y & 0xfffffu);
  if (e > 0) { return vec3<u32>(f.x, f.y | 0x100000u, bitcast<u32>(e)); }
  let z = nb_clz64(f) - 11u;
  let s = nb_shl64(f, z);
  return vec3<u32>(s.x, s.y, bitcast<u32>(1 - i32(z)));
}`,
  nb_dadd: `fn nb_dadd(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  var ea = nb_dexp(a);
  var eb = nb_dexp(b);
  if (ea == 0x7ff || eb == 0x7ff) {
    if (nb_dnan(a)) { return a; }
    if (nb_dnan(b)) { return b; }
    if (ea == 0x7ff && eb == 0x7ff && a.y != b.y) { return vec2<u32>(0u, 0xfff80000u); }
    if (ea == 0x7ff) { return a; }
    return b;
  }
  var fa = nb_shl64(vec2<u32>(a.x, a.y & 0xfffffu), 10u);
  var fb = nb_shl64(vec2<u32>(b.x, b.y & 0xfffffu), 10u);
  if (ea > 0) { fa.y = fa.y | 0x40000000u; } else { ea = 1; }
  if (eb > 0) { fb.y = fb.y | 0x40000000u; } else { eb = 1; }
  var e = ea;
  if (ea > eb) { fb = nb_jam64(fb, u32(ea - eb)); }
  else if (eb > ea) { fa = nb_jam64(fa, u32(eb - ea)); e = eb; }
  let sa = a.y & 0x80000000u;
  if (sa == (b.y & 0x80000000u)) {
    var sum = nb_add64(fa, fb);
    if (sum.y >= 0x80000000u) { sum = nb_jam64(sum, 1u); e = e + 1; }
    return nb_dpack(sa, e - 1, sum);
  }
  if (nb_eq64(fa, fb)) { return vec2<u32>(0u, 0u); }
  var sign = sa;
  var d = nb_sub64(fa, fb);
  if (nb_ltu64(fa, fb)) { d = nb_sub64(fb, fa); sign = sign ^ 0x80000000u; }
  let z = nb_clz64(d) - 1u;
  return nb_dpack(sign, e - 1 - i32(z), nb_shl64(d, z));
}`,
  nb_dsub:
    'fn nb_dsub(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> { if (nb_dnan(b)) { return nb_dadd(a, b); } return nb_dadd(a, vec2<u32>(b.x, b.y ^ 0x80000000u)); }',
  nb_dmul: `fn nb_dmul(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let sign = (a.y ^ b.y) & 0x80000000u;
  let za = (a.x | (a.y & 0x7fffffffu)) == 0u;
  let zb = (b.x | (b.y & 0x7fffffffu)) == 0u;
  if (nb_dexp(a) == 0x7ff || nb_dexp(b) == 0x7ff) {
    if (nb_dnan(a)) { return a; }
    if (nb_dnan(b)) { return b; }
    if (za || zb) { return vec2<u32>(0u, 0xfff80000u); }
    return vec2<u32>(0u, sign | 0x7ff00000u);
  }
  if (za || zb) { return vec2<u32>(0u, sign); }
  let na = nb_dnorm(a);
  let nb = nb_dnorm(b);
  let x = nb_shl64(na.xy, 10u);
  let y = nb_shl64(nb.xy, 11u);
  let low = nb_mulw(x.x, y.x);
  let m1 = nb_mulw(x.x, y.y);
  let m2 = nb_mulw(x.y, y.x);
  let high = nb_mulw(x.y, y.y);
  let mid = nb_add64(m1, vec2<u32>(low.y, 0u));
  let mid2 = nb_add64(m2, vec2<u32>(mid.x, 0u));
  var r = nb_add64(high, vec2<u32>(mid.y, 0u));
  r = nb_add64(r, vec2<u32>(mid2.y, 0u));
  if ((low.x | mid2.x) != 0u) { r.x = r.x | 1u; }
  var e = bitcast<i32>(na.z) + bitcast<i32>(nb.z) - 0x3ff;
  if (r.y < 0x40000000u) { r = nb_shl64(r, 1u); e = e - 1; }
  return nb_dpack(sign, e, r);
}`,
  nb_ddiv: `fn nb_ddiv(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let sign = (a.y ^ b.y) & 0x80000000u;
  let za = (a.x | (a.y & 0x7fffffffu)) == 0u;
  let zb = (b.x | (b.y & 0x7fffffffu)) == 0u;
  if (nb_dnan(a)) { return a; }
  if (nb_dnan(b)) { return b; }
  let ia = nb_dexp(a) == 0x7ff;
  let ib = nb_dexp(b) == 0x7ff;
  if ((ia && ib) || (za && zb)) { return vec2<u32>(0u, 0xfff80000u); }
  if (ia || zb) { return vec2<u32>(0u, sign | 0x7ff00000u); }
  if (ib || za) { return vec2<u32>(0u, sign); }
  let na = nb_dnorm(a);
  let nb = nb_dnorm(b);
  var e = bitcast<i32>(na.z) - bitcast<i32>(nb.z) + 0x3fe;
  var r = na.xy;
  if (nb_ltu64(r, nb.xy)) { r = nb_shl64(r, 1u); e = e - 1; }
  var q = vec2<u32>(0u, 0u);
  for (var i = 0u; i < 56u; i = i + 1u) {
    q = vec2<u32>(q.x << 1u, (q.y << 1u) | (q.x >> 31u));
    if (!nb_ltu64(r, nb.xy)) { r = nb_sub64(r, nb.xy); q.x = q.x | 1u; }
    r = vec2<u32>(r.x << 1u, (r.y << 1u) | (r.x >> 31u));
  }
  q = nb_shl64(q, 7u);
  if ((r.x | r.y) != 0u) { q.x = q.x | 1u; }
  return nb_dpack(sign, e, q);
}`,
  nb_dsqrt: `fn nb_dsqrt(a: vec2<u32>) -> vec2<u32> {
  if ((a.x | (a.y & 0x7fffffffu)) == 0u || nb_dnan(a)) { return a; }
  if (a.y >= 0x80000000u) { return vec2<u32>(0u, 0xfff80000u); }
  if (nb_dexp(a) == 0x7ff) { return a; }
  let n = nb_dnorm(a);
  var e = bitcast<i32>(n.z) - 0x3ff;
  var m = nb_shl64(n.xy, 9u);
  if ((e & 1) != 0) { m = nb_shl64(m, 1u); e = e - 1; }
  // Two bits of the radicand at a time: 62 bits of it, then zeros.
  m = nb_shl64(m, 1u);
  var root = vec2<u32>(0u, 0u);
  var r = vec2<u32>(0u, 0u);
  for (var i = 0u; i < 56u; i = i + 1u) {
    r = nb_shl64(r, 2u);
    r.x = r.x | (m.y >> 30u);
    m = nb_shl64(m, 2u);
    var t = nb_shl64(root, 2u);
    t.x = t.x | 1u;
    root = nb_shl64(root, 1u);
    if (!nb_ltu64(r, t)) { r = nb_sub64(r, t); root.x = root.x | 1u; }
  }
  root = nb_shl64(root, 7u);
  if ((r.x | r.y) != 0u) { root.x = root.x | 1u; }
  return nb_dpack(0u, (e / 2) + 0x3fe, root);
}`,
  nb_deq: `fn nb_deq(a: vec2<u32>, b: vec2<u32>) -> bool {
  if (nb_dnan(a) || nb_dnan(b)) { return false; }
  return (a.x == b.x && a.y == b.y) || (a.x | b.x | ((a.y | b.y) & 0x7fffffffu)) == 0u;
}`,
  nb_dlt: `fn nb_dlt(a: vec2<u32>, b: vec2<u32>) -> bool {
  if (nb_dnan(a) || nb_dnan(b)) { return false; }
  if ((a.x | b.x | ((a.y | b.y) & 0x7fffffffu)) == 0u) { return false; }
  let sa = a.y >= 0x80000000u;
  if (sa != (b.y >= 0x80000000u)) { return sa; }
  if (sa) { return nb_ltu64(b, a); }
  return nb_ltu64(a, b);
}`,
  nb_dmin: `fn nb_dmin(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  if (nb_dnan(a)) { return a; }
  if (nb_dnan(b)) { return b; }
  if (nb_deq(a, b)) { return a | b; }
  if (nb_dlt(a, b)) { return a; }
  return b;
}`,
  nb_dmax: `fn nb_dmax(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  if (nb_dnan(a)) { return a; }
  if (nb_dnan(b)) { return b; }
  if (nb_deq(a, b)) { return a & b; }
  if (nb_dlt(a, b)) { return b; }
  return a;
}`,
  nb_dtrunc: `fn nb_dtrunc(a: vec2<u32>) -> vec2<u32> {
  let e = nb_dexp(a) - 0x3ff;
  if (e >= 52) { return a; }
  if (e < 0) { return vec2<u32>(0u, a.y & 0x80000000u); }
  let mask = nb_shl64(vec2<u32>(0xffffffffu, 0xffffffffu), u32(52 - e));
  return a & mask;
}`,
  nb_dfloor: `fn nb_dfloor(a: vec2<u32>) -> vec2<u32> {
  let t = nb_dtrunc(a);
  if (a.y < 0x80000000u || nb_eq64(t, a) || nb_dnan(a)) { return t; }
  return nb_dadd(t, vec2<u32>(0u, 0xbff00000u));
}`,
  nb_dceil: `fn nb_dceil(a: vec2<u32>) -> vec2<u32> {
  let f = nb_dfloor(vec2<u32>(a.x, a.y ^ 0x80000000u));
  return vec2<u32>(f.x, f.y ^ 0x80000000u);
}`,
  nb_drint: `fn nb_drint(a: vec2<u32>) -> vec2<u32> {
  if (nb_dexp(a) - 0x3ff >= 52) { return a; }
  let s = a.y & 0x80000000u;
  let big = vec2<u32>(0u, 0x43300000u);
  let m = vec2<u32>(a.x, a.y & 0x7fffffffu);
  let r = nb_dadd(nb_dadd(m, big), vec2<u32>(0u, 0xc3300000u));
  return vec2<u32>(r.x, r.y | s);
}`,
  nb_f_d: `fn nb_f_d(x: f32) -> vec2<u32> {
  let u = bitcast<u32>(x);
  let s = u & 0x80000000u;
  let e = (u >> 23u) & 255u;
  var m = u & 0x7fffffu;
  if (e == 255u) { return vec2<u32>(m << 29u, s | 0x7ff00000u | (m >> 3u)); }
  if (e == 0u) {
    if (m == 0u) { return vec2<u32>(0u, s); }
    let z = countLeadingZeros(m) - 8u;
    m = (m << z) & 0x7fffffu;
    return vec2<u32>(m << 29u, s | ((897u - z) << 20u) | (m >> 3u));
  }
  return vec2<u32>(m << 29u, s | ((e + 896u) << 20u) | (m >> 3u));
}`,
  nb_d_f: `fn nb_d_f(a: vec2<u32>) -> f32 {
  let s = a.y & 0x80000000u;
  let e = nb_dexp(a);
  if (nb_dnan(a)) { return bitcast<f32>(s | 0x7fc00000u); }
  if (e == 0x7ff) { return bitcast<f32>(s | 0x7f800000u); }
  if (e == 0) { return bitcast<f32>(s); }
  let sig = nb_jam64(vec2<u32>(a.x, (a.y & 0xfffffu) | 0x100000u), 22u);
  return nb_pack32(s, e - 0x381, sig.x);
}`,
  nb_u64_d: `fn nb_u64_d(a: vec2<u32>) -> vec2<u32> {
  if ((a.x | a.y) == 0u) { return a; }
  let z = nb_clz64(a);
  return nb_dpack(0u, 0x43d - i32(z), nb_jam64(nb_shl64(a, z), 1u));
}`,
  nb_i64_d: `fn nb_i64_d(a: vec2<u32>) -> vec2<u32> {
  let m = nb_u64_d(nb_abs64(a));
  return vec2<u32>(m.x, m.y | (a.y & 0x80000000u));
}`,
  nb_d_i64: `fn nb_d_i64(a: vec2<u32>) -> vec2<u32> {
  let e = nb_dexp(a) - 0x3ff;
  if (e >= 63) { return vec2<u32>(0u, 0x80000000u); }
  if (e < 0) { return vec2<u32>(0u, 0u); }
  let m = vec2<u32>(a.x, (a.y & 0xfffffu) | 0x100000u);
  var r = m;
  if (e >= 52) { r = nb_shl64(m, u32(e - 52)); } else { r = nb_shru64(m, u32(52 - e)); }
  if (a.y >= 0x80000000u) { return nb_neg64(r); }
  return r;
}`,
  nb_d_u64: `fn nb_d_u64(a: vec2<u32>) -> vec2<u32> {
  if (!nb_dnan(a) && !nb_dlt(a, vec2<u32>(0u, 0x43e00000u))) {
    let d = nb_d_i64(nb_dsub(a, vec2<u32>(0u, 0x43e00000u)));
    return vec2<u32>(d.x, d.y ^ 0x80000000u);
  }
  return nb_d_i64(a);
}`,
  nb_d_i: `fn nb_d_i(a: vec2<u32>) -> i32 {
  let t = nb_dtrunc(a);
  if (nb_dnan(a) || nb_dlt(t, vec2<u32>(0u, 0xc1e00000u)) || !nb_dlt(t, vec2<u32>(0u, 0x41e00000u))) { return bitcast<i32>(0x80000000u); }
  return bitcast<i32>(nb_d_i64(t).x);
}`,
};
