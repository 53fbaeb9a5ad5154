import { AttributeError, ValueError } from '../../core/errors.js';
import { describe } from '../../core/device/access.js';

/** Elements into brackets and lines. */

export interface Layout {
  readonly separator: string;
  readonly linewidth: number;
  /** What the brackets of the first line stand behind; later lines are indented by as much. */
  readonly prefix: string;
  /** Lines as NumPy 1.13 broke them: brackets and the last separator are not counted, dots are followed by a comma. */
  readonly old?: boolean;
}

/** One axis of what is shown: `length` items are at hand, of which the first `lead` and the last `trail` are shown with dots between. */
export interface ShownAxis {
  readonly length: number;
  readonly lead: number;
  readonly trail: number;
  readonly dots: boolean;
}

/** Characters as Python counts them: a pair of surrogates is one. */
export function textLength(s: string): number {
  let n = s.length;
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i);
    if (c >= 0xd800 && c < 0xdc00) n--;
  }
  return n;
}

/** What Python's `splitlines` splits at. */
const LINE_ENDS = /\r\n|[\n\r\v\f\u001c-\u001e\u0085\u2028\u2029]/;

/** Python's name for the type of what a formatter gave. */
export const typeOf = (x: unknown): string =>
  x === undefined ? 'NoneType' : Number.isInteger(x) ? 'int' : describe(x);

/** The lines of one innermost axis while they are being filled. */
class Lines {
  private done = '';
  private line: string;
  private length: number;

  constructor(
    private readonly indent: string,
    public width: number,
    private readonly old: boolean,
  ) {
    this.line = indent;
    this.length = indent.length;
  }

  /** Adds text that is not considered for wrapping. */
  add(text: string): void {
    this.line += text;
    this.length += textLength(text);
  }

  private wrap(): void {
    this.done += this.line.trimEnd() + '\n';
    this.line = this.indent;
    this.length = this.indent.length;
  }

  /**
   * Adds an element, on a new line if it does not fit; a line always takes at least one.
   * @throws AttributeError, ValueError as Python does when a user's formatter gives something other than text, or an empty one
   */
  word(word: string): void {
    if (typeof word !== 'string') throw new AttributeError(`'${typeOf(word)}' object has no attribute 'splitlines'`);
    if (!this.old) {
      if (word === '') throw new ValueError('max() arg is an empty sequence');
      if (LINE_ENDS.test(word)) {
        const rows = word.split(LINE_ENDS);
        if (rows[rows.length - 1] === '') rows.pop();
        if (rows.length > 1) {
          this.block(rows);
          return;
        }
      }
    }
    this.plain(word);
  }

  /** Adds text of one line, on a new line if it does not fit. */
  plain(word: string): void {
    const n = textLength(word);
    if (this.length + n > this.width && (this.old || this.length > this.indent.length)) this.wrap();
    this.line += word;
    this.length += n;
  }

  /** Adds an element of several lines: they stand below each other, and what follows stands behind the widest. */
  private block(rows: string[]): void {
    const widest = Math.max(...rows.map(textLength));
    let indent = ' '.repeat(this.length);
    if (this.length + widest > this.width && this.length > this.indent.length) {
      this.wrap();
      indent = this.indent;
    }
    this.line += rows[0];
    for (const row of rows.slice(1)) {
      this.done += this.line.trimEnd() + '\n';
      this.line = indent + row;
    }
    this.line += ' '.repeat(widest - textLength(rows[rows.length - 1]));
    this.length = textLength(this.line);
  }

  text(): string {
    return this.done + this.line;
  }
}

/**
 * The text of an array in brackets.
 * @param axes what is shown of each axis
 * @param item text of the element at a flat index of the shown elements
 */
export function layOut(axes: readonly ShownAxis[], item: (i: number) => string, layout: Layout): string {
  const { separator, old = false } = layout;
  const bare = separator.trimEnd();
  const steps = new Array<number>(axes.length);
  let size = 1;
  for (let k = axes.length - 1; k >= 0; k--) {
    steps[k] = size;
    size *= axes[k].length;
  }

  const inner = (axis: ShownAxis, at: number, indent: string, width: number): string => {
    const lines = new Lines(indent, width - (old ? bare.length : Math.max(bare.length, 1)), old);
    for (let i = 0; i < axis.lead; i++) {
      lines.word(item(at + i));
      lines.add(separator);
    }
    if (axis.dots) {
      lines.plain('...');
      lines.add(old ? ', ' : separator);
    }
    for (let i = axis.length - axis.trail; i < axis.length - 1; i++) {
      lines.word(item(at + i));
      lines.add(separator);
    }
    if (old) lines.width = width;
    lines.word(item(at + axis.length - 1));
    return lines.text();
  };

  const recurse = (k: number, at: number, indent: string, width: number): string => {
    if (k === axes.length) return item(at);
    const axis = axes[k];
    let s = '';
    if (k === axes.length - 1) s = inner(axis, at, indent, width);
    else {
      const next = indent + ' ';
      const row = (i: number): string => recurse(k + 1, at + i * steps[k], next, old ? width : width - 1);
      const end = bare + '\n'.repeat(axes.length - k - 1);
      for (let i = 0; i < axis.lead; i++) s += indent + row(i) + end;
      if (axis.dots) s += indent + '...' + (old ? ', \n' : end);
      for (let i = axis.length - axis.trail; i < axis.length - 1; i++) s += indent + row(i) + end;
      s += indent + row(axis.length - 1);
    }
    return '[' + s.slice(indent.length) + ']';
  };

  return recurse(0, 0, ' ' + ' '.repeat(textLength(layout.prefix)), layout.linewidth);
}
