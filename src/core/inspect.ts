/** The member that Node's `console.log` and `util.inspect` ask for a text of the object's own. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** Makes objects of a class show as their `repr()`, or else their `toString()`, where Node inspects them. */
export function inspectable(prototype: object): void {
  hidden(prototype, INSPECT, function (this: { repr?: () => string }) {
    return this.repr === undefined ? String(this) : this.repr();
  });
}

/** Defines a member that does not show up in loops over keys. */
export function hidden(target: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, configurable: true });
}
