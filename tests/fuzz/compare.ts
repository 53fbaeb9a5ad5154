import { codeOf, differingObjects, fromHalf, nativeNumbers, SIZES } from './dtypes.js';
import { bytesOf, fromBytes, type Finding, TYPED } from './interpret.js';

/** How an answer of this library is compared with NumPy's. */

export const PART: Record<string, string> = { complex64: 'float32', complex128: 'float64' };
const EPS: Record<string, number> = { float16: 2 ** -10, float32: 2 ** -23, float64: 2 ** -52 };
const TINY: Record<string, number> = { float16: 2 ** -24, float32: 2 ** -149, float64: 2 ** -1074 };
const GREATEST: Record<string, number> = { float16: 65504, float32: 3.4e38, float64: 1.7e308 };

/** The components of elements: numbers, or bigints for 64-bit integers; a complex element is two numbers. */
export function components(part: string, bytes: Uint8Array): any {
  const b = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  if (part === 'float16') return Array.from(new Uint16Array(b.buffer, b.byteOffset, b.length / 2), fromHalf);
  const T = part === 'bool' ? Uint8Array : TYPED[part];
  return new T(b.buffer, b.byteOffset, b.length / T.BYTES_PER_ELEMENT);
}

function ulpAt(x: number, part: string): number {
  const a = Math.abs(x);
  if (a === 0 || !Number.isFinite(a)) return TINY[part];
  const e = Math.floor(Math.log2(a));
  return Math.max(2 ** (2 ** e > a ? e - 1 : e) * EPS[part], TINY[part]);
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
export const text = (x: number | bigint): string =>
  typeof x === 'bigint' ? `${x}n` : Object.is(x, -0) ? '-0' : String(x);

const largest = (w: ArrayLike<number>): number => {
  let top = 0;
  for (let i = 0; i < w.length; i++) if (Number.isFinite(w[i])) top = Math.max(top, Math.abs(w[i]));
  return top;
};

/** Null where values agree as far as the step asks; `loose` tells whether bytes differ all the same. */
export function differing(
  name: string,
  one: Uint8Array,
  other: Uint8Array,
  step: any,
): { problem: string | null } | null {
  const got = nativeNumbers(name, one)?.bytes ?? one;
  const { dtype, bytes: want } = nativeNumbers(name, other) ?? { dtype: name, bytes: other };
  if (got.length !== want.length) return { problem: `${got.length} bytes instead of ${want.length}` };
  if (sameBytes(got, want)) return null;
  const part = PART[dtype] ?? dtype;
  if (SIZES[dtype] === undefined) {
    const at = want.findIndex((b, i) => b !== got[i]);
    return { problem: `byte ${at} of ${want.length} is ${got[at]} instead of ${want[at]}` };
  }
  const g = components(part, got);
  const w = components(part, want);
  const paired = PART[dtype] !== undefined;
  const float = EPS[part] !== undefined;
  // A loop of narrow operands rounds as they do, whatever the output's dtype.
  const coarse = float && step.w !== undefined ? Math.max(1, EPS[step.w] / EPS[part]) : 1;
  const sum = float && step.m !== undefined ? 16 * coarse * EPS[part] * step.m : 0;
  // Results of linear algebra are as exact as the largest of them.
  const top = step.n !== undefined && float ? step.n * EPS[part] * largest(w) : 0;
  const near = Math.max(sum, top, step.y ?? 0);
  let bad = 0;
  let first = '';
  for (let i = 0; i < w.length; i++) {
    const x = g[i];
    const y = w[i];
    if (Object.is(x, y) || (Number.isNaN(x) && Number.isNaN(y))) continue;
    if (x === y && (step.z || step.t)) continue;
    if (float && (step.t || step.m !== undefined || near > 0)) {
      if (step.m !== undefined && step.m > GREATEST[part] / 1e6 && !(Number.isFinite(x) && Number.isFinite(y)))
        continue;
      const d = Math.abs(x - y);
      // A component that overflows says nothing of the other's size.
      const whole = paired && step.c ? Math.max(Math.abs(w[i & ~1]), Math.abs(w[i | 1])) : Math.abs(y);
      const scale = Number.isFinite(whole) ? whole : Math.abs(y);
      if (d <= near || d <= (step.t ?? 0) * coarse * ulpAt(scale, part)) continue;
    }
    if (bad++ === 0)
      first = `[${paired ? `${i >> 1}${i & 1 ? '.imag' : '.real'}` : i}] is ${text(x)} instead of ${text(y)}`;
  }
  return bad > 0 ? { problem: `${first}${bad > 1 ? ` (${bad} of ${w.length} differ)` : ''}` } : { problem: null };
}

/** A number from an array of objects, in the bytes of the dtype that it has in NumPy. */
const objectBytes = (x: any): Uint8Array =>
  new Uint8Array((typeof x === 'object' ? Float64Array.of(x.re, x.im) : Float64Array.of(Number(x))).buffer);

export const isArray = (x: any): boolean =>
  typeof x === 'object' && x !== null && typeof x.tobytes === 'function' && x.dtype !== undefined;
const finding = (cls: string, problem: string): Finding => ({ class: cls, text: problem, at: -1 });

function sameText(got: any, want: any): Finding | null {
  const str = String(got);
  if (str !== want.str) return finding('text', `str is\n${str}\ninstead of\n${want.str}`);
  const repr = got.repr();
  return repr === want.repr ? null : finding('text', `repr is\n${repr}\ninstead of\n${want.repr}`);
}

let strict = false;
/** Whether `owndata` is compared, too. */
export const beStrict = (on: boolean): void => {
  strict = on;
};

/** Bit generators and their like are there or not; of polynomials everything is compared. */
function compareObjects(np: any, got: any, want: any, step: any, sync: (a: any) => void): Finding | null {
  if (got === null || (typeof got !== 'object' && typeof got !== 'function') || isArray(got))
    return finding('shape', `${String(got)} instead of an object ${want.ob}`);
  if (want.of === undefined) return null;
  let exact = true;
  for (const [name, w] of Object.entries(want.of)) {
    const found = compare(np, got[name], w, step, () => {
      exact = false;
    });
    if (found !== null) return finding(found.class, `${name}: ${found.text}`);
  }
  if (exact) return sameText(got, want);
  sync(null);
  return null;
}

/** Null, or a finding; `sync(array)` is called for arrays that agree but not in every bit. */
export function compare(np: any, got: any, want: any, step: any, sync: (a: any) => void): Finding | null {
  if (want.l !== undefined) {
    if (got === null || typeof got !== 'object' || typeof got.length !== 'number' || isArray(got))
      return finding('shape', `${String(got)} instead of a tuple of ${want.l.length}`);
    if (got.length !== want.l.length) return finding('shape', `${got.length} results instead of ${want.l.length}`);
    for (let i = 0; i < want.l.length; i++) {
      const d = compare(np, got[i], want.l[i], step, (a) => {
        got[i] = a;
      });
      if (d !== null) return finding(d.class, `result ${i}: ${d.text}`);
    }
    return null;
  }
  if (want.ob !== undefined) return compareObjects(np, got, want, step, sync);
  if (want.t !== undefined)
    return codeOf(got?.dtype ?? got) === want.t ? null : finding('dtype', `${String(got)} instead of dtype ${want.t}`);
  if (want.i !== undefined) {
    const v = isArray(got) ? got.item({ bigint: true }) : got;
    return String(v) === want.i ? null : finding('value', `${String(v)} instead of ${want.i}`);
  }
  if (want.p !== undefined) {
    const v = isArray(got) && got.ndim === 0 ? got.item() : (got ?? null);
    return v === want.p ? null : finding('value', `${String(v)} instead of ${want.p}`);
  }
  if (want.by !== undefined) {
    const v = isArray(got) && got.ndim === 0 ? got.item() : got;
    return v instanceof Uint8Array && sameBytes(v, bytesOf(want.by)) ? null : finding('value', `${v} instead of bytes`);
  }
  if (!isArray(got)) {
    if (want.s.length === 0 && want.d === 'bool' && typeof got === 'boolean')
      return Number(got) === bytesOf(want.b)[0] ? null : finding('value', `${got}`);
    if (want.s.length === 0 && typeof got === 'number')
      return differing(want.d, new Uint8Array(Float64Array.of(got).buffer), bytesOf(want.b), step)?.problem
        ? finding('value', `${got} instead of ${want.str}`)
        : null;
    if (want.s.length === 0 && want.py && typeof got?.re === 'number')
      return differing(want.d, objectBytes(got), bytesOf(want.b), step)?.problem
        ? finding('value', `${got} instead of ${want.str}`)
        : null;
    return finding('shape', `${typeof got} ${String(got)} instead of an array of ${want.d}`);
  }
  // An element of an array of objects is that object.
  if (want.py && got.dtype.kind === 'O' && got.ndim === 0)
    return differing(want.d, objectBytes(got.item()), bytesOf(want.b), step)?.problem
      ? finding('value', `${got} instead of ${want.str}`)
      : null;
  const dtype = codeOf(got.dtype);
  if (dtype !== want.d) return finding('dtype', `dtype ${dtype} instead of ${want.d}`);
  if (String(got.shape) !== String(want.s)) return finding('shape', `shape (${got.shape}) instead of (${want.s})`);
  if (want.o !== undefined) {
    const problem = differingObjects(got, want.o);
    if (problem !== null) return finding('value', problem);
    return sameText(got, want);
  }
  const bytes = Uint8Array.from(got.tobytes());
  const wanted = bytesOf(want.b);
  if (!step.q) {
    const d = differing(want.d, bytes, wanted, step);
    if (d !== null && d.problem !== null && !want.any) return finding('value', d.problem);
    if (d !== null) {
      sync(fromBytes(np, wanted, want.d, want.s));
      return null;
    }
    // Zeros of the other sign and other NaNs have the same bytes by now.
    const other = sameText(got, want);
    if (other !== null) return other;
  } else if (!sameBytes(bytes, wanted)) sync(fromBytes(np, wanted, want.d, want.s));
  if (want.fl !== undefined && got.size > 0) {
    const f = got.flags;
    if (f.c_contiguous !== want.fl[0] || f.f_contiguous !== want.fl[1])
      return finding(
        'order',
        `contiguous C ${f.c_contiguous}, F ${f.f_contiguous} instead of ${want.fl[0]}, ${want.fl[1]} (strides ${got.strides} instead of ${want.st})`,
      );
    if (f.writeable !== want.fl[2] && step.f !== 'np.broadcast_arrays')
      return finding('order', `writeable ${f.writeable}`);
    if (
      String(got.strides.filter((_: number, i: number) => want.s[i] > 1)) !==
      String(want.st.filter((_: number, i: number) => want.s[i] > 1))
    )
      return finding('strides', `strides (${got.strides}) instead of (${want.st})`);
    if (strict && want.fl[3] !== undefined && f.owndata !== want.fl[3] && !step.q)
      return finding('flags', `owndata ${f.owndata}`);
  }
  return null;
}
