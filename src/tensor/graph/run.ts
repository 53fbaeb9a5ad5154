import { bind } from '../../core/dispatch.js';
import { hasEffect, restorer } from '../../core/graph/graph.js';
import type { Apply } from '../../core/graph/run.js';
import { writtenAt } from './site.js';
import { currentTrace } from './trace.js';

/** The node's operation as if it were called now: on real tensors, under tapes, and inside of another function that is being traced. */
export const replay: Apply = (p, inputs, node) => {
  const attrs = restorer(node.attrs)(inputs);
  const trace = hasEffect(node) ? currentTrace() : null;
  return writtenAt(node.site, () => (trace !== null ? trace.process(p, inputs, attrs) : bind(p, inputs, attrs)));
};
