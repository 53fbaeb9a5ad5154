import { ArrayValue } from '../../core/array.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { labelName } from '../../core/ops/einsum.js';

/** Labels of one operand's axes: integers below 52, and `'...'`. */
export type SubscriptList = readonly (number | bigint | '...')[];

/** Reading what `einsum` is told: subscripts as text, or lists of labels beside the operands. */

/** Labels of one operand, where the ellipsis (if any) stands as null. */
export type Labels = readonly (number | null)[];

export interface Subscripts {
  readonly inputs: readonly Labels[];
  /** null: not given. */
  readonly output: Labels | null;
}

const A = 65;
const a = 97;

/** The label of a letter: capitals come first. */
function labelOf(c: string): number {
  const code = c.charCodeAt(0);
  if (code >= A && code < A + 26) return code - A;
  if (code >= a && code < a + 26) return code - a + 26;
  throw new ValueError(`invalid subscript '${c}' in einstein sum subscripts string, subscripts must be letters`);
}

function readLabels(text: string, where: string): Labels {
  const out: (number | null)[] = [];
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === ' ') continue;
    if (c === '.') {
      if (text.slice(i, i + 3) !== '...' || out.includes(null)) {
        throw new ValueError(
          `einstein sum subscripts string contains a '.' that is not part of an ellipsis ('...') in ${where}`,
        );
      }
      out.push(null);
      i += 2;
    } else out.push(labelOf(c));
  }
  return out;
}

/** `ij,jk->ik` */
export function readText(text: string, operands: number): Subscripts {
  const arrow = text.indexOf('->');
  const left = arrow < 0 ? text : text.slice(0, arrow);
  if (/[->]/.test(left))
    throw new ValueError("einstein sum subscript string does not contain proper '->' output specified");
  const parts = left.split(',');
  if (parts.length > operands)
    throw new ValueError('more operands provided to einstein sum function than specified in the subscripts string');
  if (parts.length < operands)
    throw new ValueError('fewer operands provided to einstein sum function than specified in the subscripts string');
  return {
    inputs: parts.map((p, i) => readLabels(p, `operand ${i}`)),
    output: arrow < 0 ? null : readLabels(text.slice(arrow + 2), 'the output'),
  };
}

function readList(list: unknown): Labels {
  const labels = list instanceof ArrayValue && list.ndim > 0 ? [...(list as unknown as Iterable<unknown>)] : list;
  if (!Array.isArray(labels)) throw new TypeError('subscripts for each operand must be a list or tuple');
  return labels.map((e) => {
    if (e === '...' || e === null) return null;
    const n = Number(e);
    if (!Number.isInteger(n)) throw new TypeError('each subscript must be either an integer or an ellipsis');
    if (n < 0 || n >= 52) throw new ValueError('subscript is not within the valid range [0, 52)');
    return n;
  });
}

/** Operands and lists of labels in turn, and at the end perhaps the list of the output. */
export function readLists(args: readonly unknown[]): { operands: unknown[]; subscripts: Subscripts } {
  const operands: unknown[] = [];
  const inputs: Labels[] = [];
  for (let i = 0; i + 1 < args.length; i += 2) {
    operands.push(args[i]);
    inputs.push(readList(args[i + 1]));
  }
  const output = args.length % 2 === 1 ? readList(args[args.length - 1]) : null;
  return { operands, subscripts: { inputs, output } };
}

export interface Resolved {
  readonly inputs: number[][];
  readonly output: number[];
}

/** First label of the axes that an ellipsis stands for, the last of them. */
const ELLIPSIS = 52;

/**
 * Puts labels in the place of ellipses, aligned at the right, and finds the output where none is given: the ellipsis, then labels that
 * occur once, capitals first.
 * @throws ValueError with NumPy's texts
 */
export function resolve(s: Subscripts, operands: readonly ArrayValue[]): Resolved {
  let most = 0;
  const inputs = s.inputs.map((labels, i) => {
    const nd = operands[i].ndim;
    const named = labels.filter((l) => l !== null).length;
    const dots = labels.includes(null);
    if (named > nd)
      throw new ValueError(`einstein sum subscripts string contains too many subscripts for operand ${i}`);
    if (named < nd && !dots) {
      throw new ValueError(
        "operand has more dimensions than subscripts given in einstein sum, but no '...' ellipsis provided to broadcast the extra dimensions.",
      );
    }
    const extra = nd - named;
    most = Math.max(most, extra);
    return labels.flatMap((l) =>
      l === null ? Array.from({ length: extra }, (_, k) => ELLIPSIS + extra - 1 - k) : [l],
    );
  });
  const ellipsis = Array.from({ length: most }, (_, k) => ELLIPSIS + most - 1 - k);
  const counts = new Map<number, number>();
  for (const labels of inputs) for (const l of labels) counts.set(l, (counts.get(l) ?? 0) + 1);
  if (s.output === null) {
    const once = [...counts].filter(([l, n]) => n === 1 && l < ELLIPSIS).map(([l]) => l);
    return { inputs, output: [...ellipsis, ...once.sort((x, y) => x - y)] };
  }
  if (most > 0 && !s.output.includes(null)) {
    throw new ValueError(
      "output has more dimensions than subscripts given in einstein sum, but no '...' ellipsis provided to broadcast the extra dimensions.",
    );
  }
  const output = s.output.flatMap((l) => (l === null ? ellipsis : [l]));
  output.forEach((l, i) => {
    if (output.indexOf(l) !== i)
      throw new ValueError(`einstein sum subscripts string includes output subscript '${labelName(l)}' multiple times`);
    if (!counts.has(l))
      throw new ValueError(
        `einstein sum subscripts string included output subscript '${labelName(l)}' which never appeared in an input`,
      );
  });
  return { inputs, output };
}
