import type { ArrayValue } from '../../core/array.js';
import type { Interpreter } from '../../core/dispatch.js';
import { nameOf, type Ref } from './graph.js';

/** Which value of which graph a described tensor stands for. */
export const refs: WeakMap<object, { readonly trace: Interpreter & { readonly name: string }; readonly ref: Ref }> =
  new WeakMap();

/** The interpreter of a described tensor: the trace that made it. */
export const traceOf = (t: object): Interpreter | null => refs.get(t)?.trace ?? null;

/** What a described tensor stands for, in words. */
export function origin(t: ArrayValue): string {
  const known = refs.get(t);
  if (known === undefined) return 'a described tensor';
  const { node } = known.ref;
  if (node.source !== null) return `the ${node.source.kind} ${node.id}`;
  return `the result of '${nameOf(node)}'${node.site === null ? '' : ` (${node.site})`}`;
}
