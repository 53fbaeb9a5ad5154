import type { ArrayValue } from '../../core/array.js';
import type { DeviceBuffer } from '../../core/device/device.js';
import { setRefusal } from '../../core/device/shapes.js';
import type { Interpreter } from '../../core/dispatch.js';
import { NotImplementedError } from '../../core/errors.js';
import { caller } from '../../core/transfers.js';
import { nameOf, type Ref } from '../../core/graph/graph.js';
import { callSite } from './site.js';

/** Which value of which graph a described tensor stands for. */
export const refs: WeakMap<object, { readonly trace: Interpreter & { readonly name: string }; readonly ref: Ref }> =
  new WeakMap();

/** The interpreter of a described tensor: the trace that made it. */
export const traceOf = (t: object): Interpreter | null => refs.get(t)?.trace ?? null;

/** The first value that a buffer stood for, for errors of what knows the buffer only. */
const buffers = new WeakMap<DeviceBuffer, Ref>();
export function nameBuffer(b: DeviceBuffer, ref: Ref): void {
  if (!buffers.has(b)) buffers.set(b, ref);
}

/** What a described tensor stands for, in words. */
export function origin(t: ArrayValue): string {
  const known = refs.get(t);
  return known === undefined ? 'a described tensor' : wordsFor(known.ref);
}

function wordsFor({ node }: Ref): string {
  if (node.source !== null) return `the ${node.source.kind} ${node.id}`;
  return `the result of '${nameOf(node)}'${node.site === null ? '' : ` (${node.site})`}`;
}

/** Why a tensor of a traced function has no value. */
export function noValue(by: string, what: string): NotImplementedError {
  const site = callSite();
  return new NotImplementedError(
    `${by}${site === null ? '' : ` (${site})`}: the tensor is symbolic, ${what}: it has a value only when the traced function runs. Return it from the function, use tf.cond, tf.while_loop or tf.where for decisions, or call tf.config.run_functions_eagerly(true)`,
  );
}
setRefusal((b, by) => {
  const ref = buffers.get(b);
  return noValue(
    caller.name === null ? by : caller.name.includes('.') ? caller.name : `np.${caller.name}`,
    ref === undefined ? 'a described tensor' : wordsFor(ref),
  );
});

/** What a function that needs values in the host's memory does in a traced function: it runs when that runs. Set by opaque.ts. */
export type HostTracer = (
  name: string,
  f: (args: readonly unknown[], kwargs: Readonly<Record<string, unknown>>) => unknown,
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>>,
) => unknown;
let tracer: HostTracer | null = null;
export const hostTracer = (): HostTracer | null => tracer;
export function setHostTracer(f: HostTracer): void {
  tracer = f;
}
