import { interop, np } from '../../../src/index.js';

/** Functions that change what they are given: nothing can wait for them. */
const CHANGES = new Set([
  'copyto',
  'put',
  'place',
  'putmask',
  'put_along_axis',
  'fill_diagonal',
  'save',
  'savetxt',
  'savez',
]);

/** A value that is computed when it is needed, and then once: calls of np functions are noted down. */
class Lazy {
  private result: { value: unknown } | null = null;
  constructor(
    readonly fn: interop.PublicFunction,
    readonly args: readonly unknown[],
    readonly kwargs: Readonly<Record<string, unknown>> = {},
  ) {}
  static of(data: np.ArrayLike): Lazy {
    return new Lazy(np.asarray as never, [data]);
  }

  [interop.array_function](fn: interop.PublicFunction, args: readonly unknown[], kwargs: Record<string, unknown>): any {
    const call = new Lazy(fn, args, kwargs);
    const changes = CHANGES.has(fn.functionName) || fn.method === 'at' || ('out' in kwargs && kwargs.out !== null);
    return changes ? call.compute() : call;
  }
  /** Where memory is asked for, there is no waiting. */
  get [interop.array](): np.NDArray {
    return np.asarray(this.compute() as np.ArrayLike);
  }

  /** The value: noted calls are made from the inside out. */
  compute(): unknown {
    this.result ??= { value: this.fn(...this.args.map(now), entries(this.kwargs, now)) };
    return this.result.value;
  }
  /** Functions with several results are computed to be taken apart. */
  *[Symbol.iterator](): Iterator<unknown> {
    yield* this.compute() as Iterable<unknown>;
  }
  /** `add(asarray(…), 1)` */
  toString(): string {
    const text = (x: unknown): string =>
      x instanceof Lazy
        ? String(x)
        : Array.isArray(x)
          ? `[${x.map(text).join(', ')}]`
          : typeof x === 'object'
            ? '…'
            : String(x);
    return `${this.fn.functionName}(${this.args.map(text).join(', ')})`;
  }
}

const now = (x: unknown): unknown => (x instanceof Lazy ? x.compute() : Array.isArray(x) ? x.map(now) : x);
const entries = (o: object, f: (x: unknown) => unknown): object =>
  Object.fromEntries(Object.entries(o).map(([k, v]) => [k, f(v)]));
