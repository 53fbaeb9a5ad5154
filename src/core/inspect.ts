/** The member that Node's `console.log` and `util.inspect` ask for a text of the object's own. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/**
 * Makes objects of a class show as their `repr()`, or else their `toString()`, where Node inspects them, and fixes the class's name, which
 * messages show and bundlers shorten.
 */
export function inspectable(c: { readonly prototype: object }, name: string): void {
  hidden(c.prototype, INSPECT, function (this: { repr?: () => string }) {
    return this.repr === undefined ? String(this) : this.repr();
  });
  hidden(c, 'name', name);
}

/** Defines a member that does not show up in loops over keys. */
export function hidden(target: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, configurable: true });
}

/** Whether something is a class, of the engine or of a user. */
export function isClass(x: unknown): boolean {
  if (typeof x !== 'function' || (x as { prototype?: unknown }).prototype === undefined) return false;
  return /^class\b|\[native code\]/.test(Function.prototype.toString.call(x));
}
