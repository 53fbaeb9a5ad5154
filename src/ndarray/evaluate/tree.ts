import type { Lone } from './lone.js';

/** Expressions as trees: what the parser's trees are once they were found to be in order. */

/** Where in the text something stands, counted from 0. */
export interface Placed {
  readonly at: number;
}
export interface NameTree extends Placed {
  readonly kind: 'name';
  readonly name: string;
}
export interface LoneTree extends Placed {
  readonly kind: 'lone';
  readonly value: Lone;
}
/** An operator (`+`; unary ones are `u+`), or a function by name. */
export interface CallTree extends Placed {
  readonly kind: 'operator' | 'function';
  readonly name: string;
  readonly args: readonly Tree[];
  readonly keywords: Readonly<Record<string, unknown>>;
}
export type Tree = NameTree | LoneTree | CallTree;
