import { bytesDtype, type DType, strDtype } from '../dtype.js';
import { pythonText } from './index.js';
import { codePoints } from './text.js';

/** dtypes whose size or unit is left open (`'U'`, `'S'`), settled by the values that are to be stored. */

/** Every value in nested lists that is no list. */
function* leaves(x: unknown): Generator<unknown> {
  if (Array.isArray(x)) for (const e of x) yield* leaves(e);
  else yield x;
}

/** The dtype itself, or the one of the length that the values need. */
export function settled(d: DType, values: unknown): DType {
  if (d.itemsize > 0 || (d.kind !== 'U' && d.kind !== 'S')) return d;
  let n = 1;
  for (const v of leaves(values)) n = Math.max(n, v instanceof Uint8Array ? v.length : codePoints(pythonText(v)));
  return d.kind === 'U' ? strDtype(n) : bytesDtype(n);
}
