import type { ArrayValue } from '../../core/array.js';
import { missing } from './elementwise.js';
import type { Entry } from './recording.js';
import { add, fitted } from './rule.js';
import { RULES } from './rules.js';

/** Whether values of this dtype have gradients. */
export const isDifferentiable = (t: { readonly dtype: { readonly kind: string } }): boolean =>
  t.dtype.kind === 'f' || t.dtype.kind === 'c';

/**
 * The way back from targets to sources over a recording: the chain rule, from the last operation to the first. What leads from the sources is
 * found once; a Jacobian goes the way once for each element.
 */
export class WayBack {
  /** Operations that lead from a source, and which of their inputs do. */
  private readonly steps: { readonly entry: Entry; readonly needs: readonly boolean[] }[] = [];
  private readonly sources: ReadonlySet<ArrayValue>;

  constructor(entries: readonly Entry[], sources: Iterable<ArrayValue>) {
    this.sources = new Set([...sources].filter(isDifferentiable));
    const useful = new Set<ArrayValue>(this.sources);
    for (const entry of entries) {
      const { inputs, outputs } = entry;
      let any = false;
      for (let k = 0; k < inputs.length; k++) if (useful.has(inputs[k])) any = true;
      if (!any) continue;
      this.steps.push({ entry, needs: inputs.map((t) => useful.has(t)) });
      for (const t of outputs) if (isDifferentiable(t)) useful.add(t);
    }
  }

  /** Gradients of the sources, from those of the targets. @throws LookupError where an operation on the way has no rule */
  from(targets: ReadonlyMap<ArrayValue, ArrayValue>): Map<ArrayValue, ArrayValue> {
    const gradients = new Map<ArrayValue, ArrayValue>(targets);
    for (let i = this.steps.length - 1; i >= 0; i--) {
      const { entry, needs } = this.steps[i];
      const { primitive, attrs, inputs, outputs } = entry;
      let any = false;
      const g = outputs.map((t) => {
        const v = gradients.get(t);
        if (v === undefined) return null;
        any = true;
        // All that this is for is done: its memory is free for what comes.
        if (!this.sources.has(t)) gradients.delete(t);
        return v;
      });
      if (!any) continue;
      const rule = RULES[primitive.name];
      if (rule === undefined) throw missing(primitive.name, inputs);
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
}

/** Gradients of targets with respect to sources. */
export const backward = (
  entries: readonly Entry[],
  targets: ReadonlyMap<ArrayValue, ArrayValue>,
  sources: Iterable<ArrayValue>,
): Map<ArrayValue, ArrayValue> => new WayBack(entries, sources).from(targets);
