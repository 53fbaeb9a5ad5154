import { describe, expect, test } from '@jest/globals';
import { np as numpy, tf as tensors } from '../../../src/index.js';
import { difference, isThere, sent } from './support.js';

/**
 * Every function, called with tensors here and there: what gives a result here gives the same there, on the device, or an error that names
 * the device. Nothing reads memory that it cannot reach.
 */

const np: any = numpy;
const tf: any = tensors;

const F = tf.constant([
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 10],
]);
const V = tf.constant([0.5, 0.25, 0.75]);
const I = tf.constant([0, 2, 1], 'int32');
const B = tf.constant([true, false, true]);
const OPERANDS: readonly (readonly unknown[])[] = [
  [F],
  [V],
  [I],
  [B],
  [F, F],
  [V, V],
  [F, I],
  [V, I],
  [I, I],
  [F, 1],
  [V, 0.5],
  [B, V, V],
  [V, I, 4],
  [[V, V]],
];

/** Files, state of the process, functions of functions, memory that is not initialised, and what draws anew. */
const OTHERS =
  /^(tidy|device|set_|function|print|run_functions|seterr|errstate|(from|to)file|load|info|empty|save|genfromtxt|open|random|show|put|copyto|fill_diag|place|timestamp|dropout)|async/;
/** Positions, counts and shapes are told on the host; int64 is int32 there. */
const TOLD = /^(rank|shape|size|shape_n|sufficient_statistics)$/;

const listed = (r: any): any[] => (r === null || r === undefined ? [] : Array.isArray(r) ? r.flatMap(listed) : [r]);
const moved = (x: any): any => (x instanceof tf.Tensor ? sent(x) : Array.isArray(x) ? x.map(moved) : x);

/** What is wrong with a call there, or an empty text. */
function wrong(name: string, f: (...args: any[]) => any, args: readonly unknown[]): string {
  let want: any[];
  try {
    want = listed(f(...args));
  } catch {
    return '';
  }
  if (!want.some((w) => w instanceof tf.Tensor)) return '';
  let got: any[];
  try {
    got = listed(f(...args.map(moved)));
  } catch (e) {
    const { message } = e as Error;
    return message.includes('remote:0') ? '' : message.split('\n')[0];
  }
  for (const [i, w] of want.entries()) {
    const g = got[i];
    if (!(w instanceof tf.Tensor)) continue;
    // A lone number among the arguments is no tensor of the device's.
    const fromNumber = args.some((a) => typeof a === 'number') && w.ndim < 4 && !isThere(g);
    if (!isThere(g) && !TOLD.test(name) && !fromNumber) return `gives a result on ${g?.device}`;
    const narrow = w.dtype.name === 'int64' && g.dtype.name === 'int32' ? tf.cast(w, 'int32') : w;
    const differs = difference([g], [narrow], 1e-4);
    if (differs !== '') return differs;
  }
  return '';
}

const NAMESPACES: readonly (readonly [string, any])[] = [
  ['np', np],
  ['np.linalg', np.linalg],
  ['tf', tf],
  ...['math', 'linalg', 'nn', 'bitwise', 'losses'].map((n) => [`tf.${n}`, tf[n]] as const),
];

describe('every function works there or says that it does not', () => {
  test.each(NAMESPACES)('of %s', (_, namespace) => {
    const found: string[] = [];
    let calls = 0;
    for (const name of Object.keys(namespace)) {
      const f = namespace[name];
      if (typeof f !== 'function' || /^[A-Z]/.test(name) || OTHERS.test(name)) continue;
      for (const [k, args] of OPERANDS.entries()) {
        calls++;
        const w = wrong(name, f, args);
        if (w !== '') found.push(`${name} of operands ${k}: ${w}`);
      }
    }
    expect(found).toEqual([]);
    expect(calls).toBeGreaterThan(10);
  });
});
