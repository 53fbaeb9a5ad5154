import type { PublicFunction } from '../../core/dispatch.js';
import { bindFor, isKeywords, parseSignature } from '../../core/signature.js';
import { runAs } from '../../core/transfers.js';

/** Methods by NumPy's signature texts: positional arguments in order, keyword arguments in one trailing plain object. */

type Body = (self: any, ...bound: any[]) => unknown;

/** What a method tells about itself. */
export interface MethodFacts {
  readonly functionName: string;
  readonly signature: string;
}

export function method(name: string, signature: string, body: Body): (...args: unknown[]) => unknown {
  const facts = { functionName: name, signature } as unknown as PublicFunction;
  const names = parseSignature(signature);
  const lone = names.every((p) => p.kind === 'normal') ? names.map((p) => p.value) : null;
  const needed = names.filter((p) => p.required).length;
  const call = function (this: object, ...args: unknown[]): unknown {
    // Numbers in order need no binder, and there is nothing to copy: what loops that draw one value at a time call.
    if (
      lone !== null &&
      args.length >= needed &&
      args.length <= lone.length &&
      args.every((a) => typeof a === 'number')
    ) {
      const all: unknown[] = args;
      for (let i = all.length; i < lone.length; i++) all.push(lone[i]);
      return body(this, ...all);
    }
    const kw = isKeywords(args[args.length - 1]) ? (args.pop() as Record<string, unknown>) : {};
    const bound = bindFor(facts, args, kw);
    return runAs(name, () => body(this, ...bound));
  };
  Object.defineProperty(call, 'name', { value: name });
  return Object.assign(call, { functionName: name, signature });
}

/** Rows of a class's methods: name, signature text, body. */
export type MethodRow = readonly [name: string, signature: string, body: Body];

/** Gives a class its methods. */
export function addMethods(c: { readonly prototype: object }, rows: readonly MethodRow[]): void {
  for (const [name, signature, body] of rows)
    Object.defineProperty(c.prototype, name, {
      value: method(name, signature, body),
      writable: true,
      configurable: true,
    });
}

/** A class that is also called without `new`, as in Python. Keywords come in a trailing plain object. */
export function callable<T extends abstract new (...args: any[]) => object>(
  c: T,
): T & ((...args: any[]) => InstanceType<T>) {
  return new Proxy(c, {
    apply: (target, _self, args) => Reflect.construct(target, args),
  }) as never;
}

/** Constructor arguments in order of a signature. */
export function bound(name: string, signature: string, args: readonly unknown[]): any[] {
  const given = [...args];
  const kw = isKeywords(given[given.length - 1]) ? (given.pop() as Record<string, unknown>) : {};
  let f = constructors.get(name);
  if (f === undefined) {
    f = { functionName: name, signature } as unknown as PublicFunction;
    constructors.set(name, f);
  }
  return bindFor(f, given, kw);
}
const constructors = new Map<string, PublicFunction>();
