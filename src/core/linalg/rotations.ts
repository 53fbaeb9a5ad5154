import { PANEL_ROWS, type Work } from './work.js';

/** Plane rotations: how they are made, and sweeps of them over the columns of a matrix. */

const SAFE_MIN = 2 ** -1022;
const SAFE_MAX = 2 ** 1022;
const ROOT_MIN = Math.sqrt(SAFE_MIN);
const ROOT_MAX = Math.sqrt(SAFE_MAX / 2);

/** What `rotation` found: c, s, r with c f + s g = r and -s f + c g = 0. */
export const found: Float64Array = new Float64Array(3);

/** Makes the rotation that maps (f, g) to (r, 0), c >= 0, as LAPACK's lartg since 3.10 (Anderson, "Safe scaling in the level 1 BLAS"). */
export function rotation(f: number, g: number): void {
  const f1 = Math.abs(f);
  const g1 = Math.abs(g);
  if (g === 0) {
    found[0] = 1;
    found[1] = 0;
    found[2] = f;
  } else if (f === 0) {
    found[0] = 0;
    found[1] = g < 0 ? -1 : 1;
    found[2] = g1;
  } else if (f1 > ROOT_MIN && f1 < ROOT_MAX && g1 > ROOT_MIN && g1 < ROOT_MAX) {
    const d = Math.sqrt(f * f + g * g);
    const r = f < 0 ? -d : d;
    found[0] = f1 / d;
    found[1] = g / r;
    found[2] = r;
  } else {
    const u = Math.min(SAFE_MAX, Math.max(SAFE_MIN, f1, g1));
    const fs = f / u;
    const gs = g / u;
    const d = Math.sqrt(fs * fs + gs * gs);
    const r = f < 0 ? -d : d;
    found[0] = Math.abs(fs) / d;
    found[1] = gs / r;
    found[2] = r * u;
  }
}

/** Turns two vectors of n elements: x = c x + s y, y = c y - s x. */
export function rotate(
  f: Float64Array,
  n: number,
  x: number,
  incx: number,
  y: number,
  incy: number,
  c: number,
  s: number,
): void {
  for (let i = 0; i < n; i++) {
    const a = f[x];
    const b = f[y];
    f[x] = c * a + s * b;
    f[y] = c * b - s * a;
    x += incx;
    y += incy;
  }
}

const CAPACITY = 16384;
/** Doubles that a `Sweeps` takes. */
export const SWEEPS: number = 2 * CAPACITY;

/**
 * Sweeps of rotations of neighbouring columns, applied many at a time to a few rows after the other, so that those rows stay in the cache
 * (Van Zee, van de Geijn, Quintana-Orti: "Restructuring the tridiagonal and bidiagonal QR algorithms for performance").
 */
export class Sweeps {
  private readonly list: number;
  private readonly capacity: number;
  private used = 0;
  /** For each sweep: first column, rotations, 1 for forward, where its list begins. */
  private readonly sweeps: number[] = [];

  /** Columns of `rows` rows from `z` on, with a leading dimension that has room for whole panels. */
  constructor(
    private readonly w: Work,
    private readonly rows: number,
    private readonly z: number,
    private readonly ld: number,
    longest: number,
  ) {
    this.capacity = Math.min(CAPACITY, Math.max(16, 4 * longest * longest));
    if (this.capacity < longest) this.capacity = longest;
    this.list = w.take(2 * this.capacity);
  }

  /** A sweep of `count` rotations over the columns from `first` to `first + count`; they are to be added in order of use. */
  begin(first: number, count: number, forward: boolean): void {
    if (this.used + count > this.capacity) this.flush();
    this.sweeps.push(first, count, forward ? 1 : 0, this.used);
  }

  add(c: number, s: number): void {
    const at = this.list + 2 * this.used++;
    this.w.f[at] = c;
    this.w.f[at + 1] = s;
  }

  flush(): void {
    for (const part of this.w.im > 0 ? [0, this.w.im] : [0]) this.turn(this.z + part);
    this.sweeps.length = 0;
    this.used = 0;
  }

  private turn(z: number): void {
    const { sweeps, w, ld } = this;
    for (let r = 0; r < this.rows; r += PANEL_ROWS) {
      for (let i = 0; i < sweeps.length; i += 4) {
        const first = sweeps[i];
        const count = sweeps[i + 1];
        const list = (this.list + 2 * sweeps[i + 3]) * 8;
        const at = z + r;
        if (sweeps[i + 2] === 1) w.k.forward((at + first * ld) * 8, ld * 8, list, count);
        else w.k.backward((at + (first + count) * ld) * 8, ld * 8, list, count);
      }
    }
  }
}
