import type { ArrayValue } from '../../core/array.js';
import { missing } from './elementwise.js';
import { add, fitted } from './rule.js';
import type { Entry } from './recording.js';
import { RULES } from './rules.js';

/** Gradients of tensors that were recorded: the chain rule, from the last operation to the first. */
export function backward(
  entries: readonly Entry[],
  targets: ReadonlyMap<ArrayValue, ArrayValue>,
  sources: Iterable<ArrayValue>,
): Map<ArrayValue, ArrayValue> {
  // What leads from a source: only that is worth a gradient.
  const useful = new Set<ArrayValue>(sources);
  for (const e of entries)
    if (e.inputs.some((t) => useful.has(t))) for (const t of e.outputs) if ('fc'.includes(t.dtype.kind)) useful.add(t);
  const gradients = new Map<ArrayValue, ArrayValue>(targets);
  for (let i = entries.length - 1; i >= 0; i--) {
    const { primitive, attrs, inputs, outputs } = entries[i];
    const needs = inputs.map((t) => useful.has(t) && 'fc'.includes(t.dtype.kind));
    if (!needs.includes(true)) continue;
    const g = outputs.map((t) => gradients.get(t) ?? null);
    if (g.every((v) => v === null)) continue;
    const rule = RULES[primitive.name];
    if (rule === undefined) throw missing(primitive.name);
    const found = rule(g, { inputs, outputs, attrs, needs });
    for (let k = 0; k < inputs.length; k++) {
      const v = found[k];
      if (!needs[k] || v === null || v === undefined) continue;
      const mine = fitted(v, inputs[k]);
      const before = gradients.get(inputs[k]);
      gradients.set(inputs[k], before === undefined ? mine : (add(before, mine) as ArrayValue));
    }
  }
  return gradients;
}
