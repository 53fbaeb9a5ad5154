import { ArrayValue } from '../../core/array.js';
import { toArray } from '../../core/coerce.js';
import { ARRAY_FUNCTION } from '../../core/dispatch.js';
import { NameError, TypeError } from '../../core/errors.js';
import { nearest } from '../../core/signature.js';
import { apply, type Callee, FUNCTIONS } from './functions.js';
import { type Lone, loneOf, operateLone, weakOf } from './lone.js';
import type { Tree } from './tree.js';

/** A tree with the values of one call: names are looked up, and what is made of lone numbers alone is made. */

export type Bound =
  | { readonly kind: 'array'; readonly index: number }
  /** `fixed`: the text says it, so that it is the same in every call; others are counted. */
  | { readonly kind: 'lone'; readonly value: Lone; readonly index: number; readonly fixed: boolean }
  | (Callee & { readonly args: readonly Bound[] });

export type Scope = Readonly<Record<string, unknown>> | ReadonlyMap<string, unknown>;

const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['e', Math.E],
  ['euler_gamma', 0.57721566490153286061],
  ['inf', Number.POSITIVE_INFINITY],
  ['nan', Number.NaN],
]);

export class Binding {
  readonly root: Bound;
  /** Operands, one for each name or value: arrays, and objects of classes with a protocol of their own. */
  readonly arrays: object[] = [];
  readonly lones: Lone[] = [];
  /** Whether some operand is of another class than the library's. */
  foreign = false;
  private readonly named = new Map<string, Bound>();

  constructor(
    tree: Tree,
    private readonly scope: Scope,
    private readonly text: string,
  ) {
    this.root = this.bind(tree);
  }

  private bind(t: Tree): Bound {
    if (t.kind === 'lone') return { kind: 'lone', value: t.value, index: -1, fixed: true };
    if (t.kind === 'name') return this.name(t.name, t.at);
    const args = t.args.map((a) => this.bind(a));
    if (args.every((a) => a.kind === 'lone')) {
      if (t.kind === 'operator')
        return this.lone(
          operateLone(
            t.name,
            args.map((a) => a.value),
          ),
          args.every((a) => a.fixed),
        );
      // A function of numbers gives an array without axes, which is no lone number any more.
      return this.array(
        apply(
          t,
          args.map((a) => weakOf(a.value)),
        ) as object,
      );
    }
    return { kind: t.kind, name: t.name, keywords: t.keywords, args };
  }

  private lone(value: Lone, fixed: boolean): Bound {
    if (fixed) return { kind: 'lone', value, index: -1, fixed };
    return { kind: 'lone', value, index: this.lones.push(value) - 1, fixed };
  }
  private array(value: object): Bound {
    return { kind: 'array', index: this.arrays.push(value) - 1 };
  }

  private name(name: string, at: number): Bound {
    let found = this.named.get(name);
    if (found === undefined) this.named.set(name, (found = this.valueOf(name, at)));
    return found;
  }

  private valueOf(name: string, at: number): Bound {
    const has = this.scope instanceof Map ? this.scope.has(name) : Object.hasOwn(this.scope, name);
    if (!has) {
      const constant = CONSTANTS.get(name);
      if (constant !== undefined) return { kind: 'lone', value: constant, index: -1, fixed: true };
      throw this.unknown(name, at);
    }
    const value: unknown =
      this.scope instanceof Map ? this.scope.get(name) : (this.scope as Record<string, unknown>)[name];
    if (value instanceof ArrayValue) return this.array(value);
    if (value === undefined || value === null || typeof value === 'function' || typeof value === 'symbol')
      throw new TypeError(
        `evaluate: '${name}' is ${value === null ? 'null' : typeof value}, and no array or number (position ${at} of '${this.text}')`,
      );
    const lone = loneOf(value);
    if (lone !== null) return this.lone(lone, false);
    if (typeof value === 'object' && ARRAY_FUNCTION in value) {
      this.foreign = true;
      return this.array(value);
    }
    return this.array(toArray(value));
  }

  private unknown(name: string, at: number): NameError {
    const where = `(position ${at} of '${this.text}')`;
    if (FUNCTIONS.has(name)) return new NameError(`evaluate: '${name}' is a function, and is called with () ${where}`);
    const known = this.scope instanceof Map ? [...this.scope.keys()] : Object.keys(this.scope);
    const near = nearest(name, known);
    return new NameError(
      `evaluate: name '${name}' is not defined${near === undefined ? '' : `. Did you mean: '${near}'?`} ${where}`,
    );
  }
}
