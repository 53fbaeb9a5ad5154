import { type Func, V128 } from '../asm.js';

/**
 * The code of butterflies: transforms of a few complex numbers, each a vector of two doubles. Forward transforms turn by
 * exp(-2πi/n); backward ones have the other sign everywhere.
 */

const SWAP = [8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7];

/** Writes vector code in which every value is a local variable of its own. */
export class Vectors {
  private readonly pool: number[] = [];
  private used = 0;
  private readonly constants = new Map<string, number>();
  private readonly start: number;

  constructor(
    readonly f: Func,
    readonly backward: boolean,
  ) {
    this.start = f.hole();
  }

  /** Locals of values that are no longer needed serve again. */
  restart(): void {
    this.used = 0;
  }

  fresh(): number {
    if (this.used === this.pool.length) this.pool.push(this.f.local(V128));
    return this.pool[this.used++];
  }

  private result(): number {
    const v = this.fresh();
    this.f.set(v);
    return v;
  }

  /** A constant vector, made once at the start of the function. */
  constant(low: number, high: number): number {
    const key = `${low} ${high} ${Object.is(low, -0)} ${Object.is(high, -0)}`;
    let v = this.constants.get(key);
    if (v === undefined) {
      v = this.f.local(V128);
      const bytes = new Uint8Array(new Float64Array([low, high]).buffer);
      this.f.into(this.start, () => this.f.v128(bytes).set(v as number));
      this.constants.set(key, v);
    }
    return v;
  }

  private two(op: string, a: number, b: number): number {
    this.f.get(a).get(b).v(op);
    return this.result();
  }
  add(a: number, b: number): number {
    return this.two('f64x2_add', a, b);
  }
  sub(a: number, b: number): number {
    return this.two('f64x2_sub', a, b);
  }
  mul(a: number, b: number): number {
    return this.two('f64x2_mul', a, b);
  }
  swap(a: number): number {
    this.f.get(a).get(a).shuffle(SWAP);
    return this.result();
  }
  conj(a: number): number {
    return this.two('v128_xor', a, this.constant(0, -0));
  }
  /** Times a real number. */
  scale(a: number, by: number): number {
    return this.mul(a, this.constant(by, by));
  }
  /** Times -i; backward, times i. */
  turn(a: number): number {
    return this.two('v128_xor', this.swap(a), this.backward ? this.constant(-0, 0) : this.constant(0, -0));
  }
  /** Times the complex number at an address, or, backward, its conjugate. */
  twiddle(a: number, address: number, offset: number): number {
    const { f } = this;
    f.get(address).vmem('v128_load64_splat', offset);
    f.get(a).v('f64x2_mul');
    const p = this.result();
    f.get(address).vmem('v128_load64_splat', offset + 8);
    f.get(this.swap(a)).v('f64x2_mul');
    f.get(this.backward ? this.constant(0, -0) : this.constant(-0, 0)).v('v128_xor');
    f.get(p).v('f64x2_add');
    return this.result();
  }
  load(address: number, offset = 0): number {
    this.f.get(address).vmem('v128_load', offset);
    return this.result();
  }
}

/** The transform of as many values as there are given. */
export function butterfly(v: Vectors, a: readonly number[]): number[] {
  switch (a.length) {
    case 2:
      return [v.add(a[0], a[1]), v.sub(a[0], a[1])];
    case 4:
      return four(v, a);
    case 8:
      return eight(v, a);
    default:
      return odd(v, a);
  }
}

function four(v: Vectors, [a, b, c, d]: readonly number[]): number[] {
  const s = v.add(a, c);
  const t = v.sub(a, c);
  const u = v.add(b, d);
  const w = v.turn(v.sub(b, d));
  return [v.add(s, u), v.add(t, w), v.sub(s, u), v.sub(t, w)];
}

function eight(v: Vectors, a: readonly number[]): number[] {
  const [e0, e1, e2, e3] = four(v, [a[0], a[2], a[4], a[6]]);
  const s = v.add(a[1], a[5]);
  const t = v.sub(a[1], a[5]);
  const u = v.add(a[3], a[7]);
  const w = v.turn(v.sub(a[3], a[7]));
  const o0 = v.add(s, u);
  const o2 = v.turn(v.sub(s, u));
  const p = v.add(t, w);
  const q = v.sub(t, w);
  const o1 = v.scale(v.add(v.turn(p), p), Math.SQRT1_2);
  const o3 = v.scale(v.sub(v.turn(q), q), Math.SQRT1_2);
  return [
    v.add(e0, o0),
    v.add(e1, o1),
    v.add(e2, o2),
    v.add(e3, o3),
    v.sub(e0, o0),
    v.sub(e1, o1),
    v.sub(e2, o2),
    v.sub(e3, o3),
  ];
}

/** cos and sin of the first multiples of an r-th of a turn, rounded once: to half a turn. */
const TURNS: Readonly<Record<number, readonly (readonly [number, number])[]>> = {
  3: [[-0.5, 0.8660254037844386]],
  5: [
    [0.30901699437494745, 0.9510565162951535],
    [-0.8090169943749475, 0.5877852522924731],
  ],
  7: [
    [0.6234898018587335, 0.7818314824680298],
    [-0.2225209339563144, 0.9749279121818236],
    [-0.9009688679024191, 0.4338837391175581],
  ],
  11: [
    [0.8412535328311812, 0.5406408174555976],
    [0.41541501300188644, 0.9096319953545183],
    [-0.14231483827328514, 0.9898214418809327],
    [-0.6548607339452851, 0.7557495743542583],
    [-0.9594929736144974, 0.28173255684142967],
  ],
  13: [
    [0.8854560256532099, 0.46472317204376856],
    [0.5680647467311558, 0.8229838658936564],
    [0.12053668025532305, 0.992708874098054],
    [-0.3546048870425356, 0.9350162426854148],
    [-0.7485107481711011, 0.6631226582407952],
    [-0.970941817426052, 0.23931566428755777],
  ],
};

/** Of an odd number of values: those that are as far from the first on either side go together. */
function odd(v: Vectors, a: readonly number[]): number[] {
  const r = a.length;
  const half = (r - 1) / 2;
  const turns = TURNS[r];
  const sums: number[] = [];
  const differences: number[] = [];
  for (let j = 1; j <= half; j++) {
    sums.push(v.add(a[j], a[r - j]));
    differences.push(v.swap(v.sub(a[j], a[r - j])));
  }
  const out = new Array<number>(r);
  out[0] = sums.reduce((total, s) => v.add(total, s), a[0]);
  for (let q = 1; q <= half; q++) {
    let even = a[0];
    let other = -1;
    for (let j = 1; j <= half; j++) {
      const k = (j * q) % r;
      const [c, s0] = turns[Math.min(k, r - k) - 1];
      even = v.add(even, v.scale(sums[j - 1], c));
      const s = 2 * k < r === v.backward ? -s0 : s0;
      const part = v.mul(differences[j - 1], v.constant(s, -s));
      other = other < 0 ? part : v.add(other, part);
    }
    out[q] = v.add(even, other);
    out[r - q] = v.sub(even, other);
  }
  return out;
}
