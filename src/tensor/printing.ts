import { isKeywords } from '../core/signature.js';
import * as np from '../ndarray/index.js';
import { sideEffect } from './graph/opaque.js';
import { flatten, packed } from './nest.js';
import { Tensor } from './tensor.js';
import { Variable } from './variable.js';

/** tf.print: in a traced function it prints whenever that runs. */

/** A number in as few digits as tell it from its neighbours. */
function numberText(x: unknown, itemsize: number): string {
  if (typeof x !== 'number' || itemsize > 4 || !Number.isFinite(x))
    return typeof x === 'number' && !Number.isFinite(x)
      ? Number.isNaN(x)
        ? 'nan'
        : x > 0
          ? 'inf'
          : '-inf'
      : String(x);
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(x.toPrecision(digits));
    if (Math.fround(short) === x) return String(short);
  }
  return String(Number(x.toPrecision(9)));
}

export interface PrintOptions {
  /** A function that is given the text; standard error unless given. */
  output_stream?: ((text: string) => void) | null;
  /** How many entries at the ends of each axis are shown; -1 for all. */
  summarize?: number;
  sep?: string;
  end?: string;
  name?: string;
}
const PRINT_OPTIONS = ['output_stream', 'summarize', 'sep', 'end', 'name'];

/**
 * Prints values and texts, with the values that tensors have when the function runs.
 *
 * @param inputs any values, and last an object of `output_stream`, `sep`, `end`, `summarize`
 * @example
 * const lines = [];
 * const f = tf.function((x) => { tf.print('x is', x, { output_stream: (s) => lines.push(s) }); return x; });
 * f(tf.constant([1, 2]));
 * lines // → [ 'x is [1 2]\n' ]
 */
export function print(...inputs: unknown[]): void {
  const last = inputs[inputs.length - 1];
  const keyed =
    isKeywords(last) && Object.keys(last).length > 0 && Object.keys(last).every((k) => PRINT_OPTIONS.includes(k));
  const o = (keyed ? inputs.pop() : {}) as PrintOptions;
  const leaves = flatten(inputs).map((x) => (x instanceof Variable ? x.value() : x));
  const tensors = leaves.filter((x): x is Tensor => x instanceof Tensor);
  const edge = o.summarize ?? 3;
  const text = (t: Tensor): string => {
    const a = t.numpy();
    const number = (x: unknown): string => numberText(x, t.dtype.itemsize);
    const formatter = { float_kind: number, int: number, bool: (b: unknown) => (b ? '1' : '0') };
    const limits = edge < 0 ? { threshold: t.size + 1 } : { threshold: 2 * edge, edgeitems: edge };
    return t.ndim === 0
      ? t.dtype.kind === 'b'
        ? String(Number(t.item()))
        : number(t.item())
      : (np.array2string as (a: unknown, o: unknown) => string)(a, { ...limits, formatter });
  };
  sideEffect('print', tensors, (values) => {
    let k = 0;
    const said = packed(
      inputs,
      leaves.map((x) => (x instanceof Tensor ? text(values[k++]) : x)),
    ) as unknown[];
    const words = said.map((x) => (typeof x === 'string' ? x : nested(x)));
    const line = words.join(o.sep ?? ' ') + (o.end ?? '\n');
    if (typeof o.output_stream === 'function') o.output_stream(line);
    else console.error(line.replace(/\n$/, ''));
  });
}

const nested = (x: unknown): string => {
  if (Array.isArray(x)) return `[${x.map(nested).join(', ')}]`;
  if (isKeywords(x))
    return `{${Object.entries(x)
      .map(([k, v]) => `'${k}': ${nested(v)}`)
      .join(', ')}}`;
  return String(x);
};
