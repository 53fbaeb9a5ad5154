import { ArrayValue } from '../core/array.js';
import type { Device } from '../core/device/device.js';
import { type Attrs, bind, type Primitive, type PublicFunction } from '../core/dispatch.js';
import { bindFor } from '../core/signature.js';
import { hostOnly } from './elsewhere.js';
import { ELSEWHERE, FORMS } from './host-forms.js';

/**
 * Functions that need values in the host's memory, for tensors that a tape watches or a graph describes. What can be written with operations
 * that these see has such a form (host-forms.ts); the others are an operation as a whole: a tape notes it, so that a gradient that would have
 * to come through it is missed, and a graph calls it when it runs (graph/opaque.ts).
 */

/** Stands in arguments for a tensor that the operation is given. */
class Place {
  constructor(readonly index: number) {}
}

/** Values of a nest of lists and plain objects replaced. */
function replaced(x: unknown, f: (leaf: unknown) => unknown): unknown {
  if (Array.isArray(x)) return x.some((e) => typeof e === 'object' && e !== null) ? x.map((e) => replaced(e, f)) : x;
  if (typeof x === 'object' && x !== null && Object.getPrototypeOf(x) === Object.prototype)
    return Object.fromEntries(Object.entries(x).map(([k, v]) => [k, replaced(v, f)]));
  return f(x);
}

interface HostAttrs extends Attrs {
  readonly args: readonly unknown[];
  readonly kwargs: Readonly<Record<string, unknown>>;
  /** The form of the result, as of the last run: a nest in which places stand for the operation's results. */
  readonly form: { last: unknown };
}
type Plain = (args: readonly unknown[], kwargs: Readonly<Record<string, unknown>>) => unknown;

const primitives = new Map<PublicFunction, Primitive<HostAttrs>>();
function primitiveOf(fn: PublicFunction, plain: Plain): Primitive<HostAttrs> {
  let p = primitives.get(fn);
  if (p !== undefined) return p;
  const filled = (values: readonly ArrayValue[], attrs: HostAttrs): [unknown[], Record<string, unknown>] => {
    const fill = (x: unknown): unknown => (x instanceof Place ? values[x.index] : x);
    return [attrs.args.map((a) => replaced(a, fill)), replaced(attrs.kwargs, fill) as Record<string, unknown>];
  };
  p = {
    name: `np.${fn.functionName}`,
    anywhere: true,
    run: (values, attrs) => {
      const results: ArrayValue[] = [];
      attrs.form.last = replaced(plain(...filled(values, attrs)), (x) => {
        if (!(x instanceof ArrayValue)) return x;
        results.push(x);
        return new Place(results.length - 1);
      });
      return results;
    },
  };
  primitives.set(fn, p);
  return p;
}

/** Whether a tape or a graph has a say in a call. */
export function isInterpreted(args: readonly unknown[], kwargs: Readonly<Record<string, unknown>>): boolean {
  let found = false;
  const look = (x: unknown): unknown => {
    if (x instanceof ArrayValue && x.interpreter !== null) found = true;
    return x;
  };
  for (const a of args) replaced(a, look);
  replaced(kwargs, look);
  return found;
}

/** What a function's form gives for these arguments; undefined where it has none. */
export const inForm = (
  fn: PublicFunction,
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>>,
): unknown => FORMS.get(fn)?.(...bindFor(fn, args, kwargs));

/**
 * What a function gives for tensors on a device that the host does not reach: its form there, or the one that tapes see.
 * @throws TypeError naming function and device where it has none
 */
export function callElsewhere(
  fn: PublicFunction,
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>>,
  device: Device,
): unknown {
  const made = ELSEWHERE.get(fn)?.(...bindFor(fn, args, kwargs)) ?? inForm(fn, args, kwargs);
  if (made === undefined) throw hostOnly(`np.${fn.functionName}`, device);
  return made;
}

/** Runs a host function on tensors that a tape watches, as one operation; `plain` runs it on values. */
export function callHost(
  fn: PublicFunction,
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>>,
  plain: Plain,
): unknown {
  const values: ArrayValue[] = [];
  const take = (x: unknown): unknown => {
    if (!(x instanceof ArrayValue) || x.face.priority === 0) return x;
    values.push(x);
    return new Place(values.length - 1);
  };
  const attrs: HostAttrs = {
    args: args.map((a) => replaced(a, take)),
    kwargs: replaced(kwargs, take) as Record<string, unknown>,
    form: { last: null },
  };
  const results = bind(primitiveOf(fn, plain), values, attrs);
  if (!Array.isArray(results)) return results;
  return replaced(attrs.form.last, (x) => (x instanceof Place ? results[x.index] : x));
}
