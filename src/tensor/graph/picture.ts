import { isHost } from '../../core/device/access.js';
import { isCContiguous } from '../../core/array.js';
import { endsOf, type Graph, type GraphNode, nameOf, type Ref, type Spec } from '../../core/graph/graph.js';
import { type FusedAttrs, fusedPrimitive } from '../../core/graph/fused.js';

/** Graphs as text and as pictures. */

const specText = (s: Spec): string => `${s.dtype.name}[${s.shape.join(', ')}]`;
const refText = (r: Ref): string => (r.node.outputs.length > 1 ? `%${r.node.id}.${r.index}` : `%${r.node.id}`);

/** A constant's value where it is short. */
function valueText(n: GraphNode): string {
  if (n.source?.kind !== 'constant') return '';
  const { value } = n.source;
  if (value.size > 4 || !isHost(value.buffer) || !isCContiguous(value) || value.dtype.hasobject) return '…';
  const lists = (value as unknown as { tolist(): unknown }).tolist();
  return (
    JSON.stringify(lists, (_, v) =>
      typeof v === 'bigint' ? Number(v) : typeof v === 'number' && !Number.isFinite(v) ? String(v) : v,
    ) ?? ''
  );
}

function label(n: GraphNode): string {
  const { source } = n;
  if (source === null)
    return n.primitive === fusedPrimitive ? `fused ${(n.attrs as unknown as FusedAttrs).label}` : nameOf(n);
  if (source.kind === 'argument') return `argument ${source.place}`;
  if (source.kind === 'variable') return `variable '${source.variable.name}'`;
  return source.kind === 'constant' ? `constant ${valueText(n)}` : 'captured value';
}

/** The lone numbers among a ufunc's operands, by place. */
function numbers(n: GraphNode): string {
  const operands = n.attrs.operands as readonly { value?: unknown; index?: number }[] | undefined;
  if (operands === undefined || n.primitive === fusedPrimitive) return n.inputs.map(refText).join(', ');
  return operands
    .map((o) =>
      o.index !== undefined
        ? refText(n.inputs[o.index])
        : typeof o.value === 'object'
          ? JSON.stringify(o.value)
          : String(o.value),
    )
    .join(', ');
}

/** One line for each node: `%3 = add(%1, %2) : float32[2, 3]`. */
export function text(g: Graph): string {
  const lines = g.nodes.map((n) => {
    const types = n.outputs.map(specText).join(', ');
    const call = n.source !== null ? label(n) : `${label(n)}(${numbers(n)})`;
    const inner = callsOf(n)
      .map((c) => `\n${text(c).replace(/^/gm, '    ')}`)
      .join('');
    return `  %${n.id} = ${call} : ${types}${n.site === null ? '' : `  # ${n.site.replace(/^.*[\\/]/, '')}`}${inner}`;
  });
  const assigns = g.assigns.map((a) => `  '${a.variable.name}' := ${refText(a.value)}`);
  const args = g.nodes.filter((n) => n.source?.kind === 'argument').map((n) => `%${n.id}`);
  return [
    `${g.name}(${args.join(', ')}) {`,
    ...lines,
    ...assigns,
    `  return ${g.results.map(refText).join(', ')}`,
    '}',
  ].join('\n');
}

/** The graphs that a node calls: branches and bodies. */
function callsOf(n: GraphNode): Graph[] {
  const calls = n.attrs.calls as readonly { readonly graph: Graph }[] | undefined;
  return calls?.map((c) => c.graph) ?? [];
}

const escaped = (s: string): string => s.replace(/["\\]/g, (c) => (c === '"' ? "'" : '/'));

/** A picture in Mermaid's language, which Markdown shows. */
export function mermaid(g: Graph): string {
  const lines = ['flowchart TD'];
  for (const n of g.nodes) {
    const said = `${escaped(label(n))}<br/>${n.outputs.map(specText).join('<br/>')}`;
    const [open, close] = n.source !== null ? ['([', '])'] : n.primitive === fusedPrimitive ? ['[[', ']]'] : ['[', ']'];
    lines.push(`  n${n.id}${open}"${said}"${close}`);
    for (const r of n.inputs) lines.push(`  n${r.node.id} --> n${n.id}`);
  }
  endsOf(g).forEach((r, i) => {
    const assigned = g.assigns[i - g.results.length];
    const said = assigned === undefined ? `result ${i}` : `${escaped(assigned.variable.name)} :=`;
    lines.push(`  e${i}(["${said}"])`, `  n${r.node.id} --> e${i}`);
  });
  return lines.join('\n');
}

/** A picture in Graphviz' language. */
export function dot(g: Graph): string {
  const lines = [`digraph "${escaped(g.name)}" {`];
  for (const n of g.nodes) {
    const shape = n.source !== null ? 'ellipse' : n.primitive === fusedPrimitive ? 'box3d' : 'box';
    lines.push(`  n${n.id} [shape=${shape}, label="${escaped(label(n))}\\n${n.outputs.map(specText).join('\\n')}"];`);
    for (const r of n.inputs) lines.push(`  n${r.node.id} -> n${n.id};`);
  }
  endsOf(g).forEach((r, i) => {
    const assigned = g.assigns[i - g.results.length];
    const said = assigned === undefined ? `result ${i}` : `${escaped(assigned.variable.name)} :=`;
    lines.push(`  e${i} [shape=ellipse, label="${said}"];`, `  n${r.node.id} -> e${i};`);
  });
  lines.push('}');
  return lines.join('\n');
}
