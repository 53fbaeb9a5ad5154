import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Runs pairs of expressions: the JavaScript one here, against what NumPy answered to its twin. See pairs.py for the encoding. */

type Encoded =
  | {
      d?: string;
      s?: number[];
      b?: string;
      l?: Encoded[];
      t?: string;
      f?: string;
      i?: string;
      e?: string;
      m?: string;
    }
  | number
  | string
  | boolean
  | null;

export interface PairCase {
  readonly text: string;
  readonly want: Encoded;
}

export const loadPairs = (name: string): PairCase[] =>
  (JSON.parse(readFileSync(join(__dirname, `${name}.json`), 'utf8')) as [string, Encoded][]).map(([text, want]) => ({
    text,
    want,
  }));

/** In place of a tolerance: results are exact, but which NaN it is does not matter. */
export const NAN_SIGNS = -1;

/** Whether bytes of floats differ by rounding only, where the case is known to round. */
function near(dtype: string, got: Uint8Array, want: Uint8Array, tolerance: number): boolean {
  if (tolerance === 0 || got.length !== want.length) return false;
  const signs = tolerance === NAN_SIGNS;
  const Make =
    dtype === 'float64' || dtype === 'complex128'
      ? Float64Array
      : dtype === 'float32' || dtype === 'complex64'
        ? Float32Array
        : null;
  if (Make === null) return false;
  const x = new Make(got.slice().buffer);
  const y = new Make(want.slice().buffer);
  let largest = 0;
  for (const v of y) if (Number.isFinite(v)) largest = Math.max(largest, Math.abs(v));
  const most = tolerance * largest * (Make === Float32Array ? 2 ** 29 : 1);
  return x.every((v, i) => Object.is(v, y[i]) || (!signs && Math.abs(v - y[i]) <= most));
}

/** A difference in words, or null. */
function compare(got: any, want: Encoded, tolerance: number): string | null {
  if (typeof want !== 'object' || want === null)
    return got === want ? null : `${String(got)} instead of ${String(want)}`;
  if (want.t !== undefined) {
    const name = typeof got === 'function' ? got.dtype?.name : got?.name;
    return name === want.t ? null : `${name} instead of ${want.t}`;
  }
  if (want.f !== undefined)
    return String(got).toLowerCase().replace('infinity', 'inf') === want.f
      ? null
      : `${String(got)} instead of ${want.f}`;
  if (want.i !== undefined) return String(got) === want.i ? null : `${String(got)} instead of ${want.i}`;
  if (want.l !== undefined) {
    const list = [...got];
    if (list.length !== want.l.length) return `${list.length} entries instead of ${want.l.length}`;
    for (let i = 0; i < list.length; i++) {
      const d = compare(list[i], want.l[i], tolerance);
      if (d !== null) return `entry ${i}: ${d}`;
    }
    return null;
  }
  if (got?.dtype?.name !== want.d) {
    // A lone number stands for NumPy's scalar.
    if (typeof got === 'number' || typeof got === 'boolean') return compareScalar(got, want);
    return `dtype ${got?.dtype?.name ?? typeof got} instead of ${want.d}`;
  }
  if (String(got.shape) !== String(want.s)) return `shape (${got.shape}) instead of (${want.s})`;
  const bytes: Uint8Array = got.tobytes();
  const expected = Uint8Array.from(Buffer.from(want.b as string, 'base64'));
  if (Buffer.compare(bytes, expected) === 0 || near(want.d as string, bytes, expected, tolerance)) return null;
  return `other values: ${String(got)}`;
}

function compareScalar(got: number | boolean, want: { d?: string; b?: string }): string | null {
  const bytes = Uint8Array.from(Buffer.from(want.b as string, 'base64'));
  const v = want.d === 'float64' ? new Float64Array(bytes.buffer)[0] : want.d === 'bool' ? bytes[0] === 1 : null;
  return Object.is(v, got) ? null : `${got} instead of ${v} (${want.d})`;
}

/** Runs one case; a difference in words, or null. `tolerance` is relative to the largest element, for float64. */
export function run(c: PairCase, names: Record<string, unknown>, tolerance = 0): string | null {
  const w = c.want as { e?: string; m?: string };
  const failing = typeof w === 'object' && w !== null && w.e !== undefined;
  let got: unknown;
  try {
    got = new Function(...Object.keys(names), `return (${c.text});`)(...Object.values(names));
  } catch (e) {
    const err = e as Error;
    if (!failing) return `${c.text}: threw ${err.name}: ${err.message}`;
    return err.name === w.e && err.message === w.m
      ? null
      : `${c.text}:\n    ${err.name}: ${err.message}\n    instead of ${w.e}: ${w.m}`;
  }
  if (failing) return `${c.text}: gave ${String(got)} instead of ${w.e}: ${w.m}`;
  const d = compare(got, c.want, tolerance);
  return d === null ? null : `${c.text}: ${d}`;
}
