/**
 * Objects that are called, as Python's are with `__call__`: `loss(y_true, y_pred)`, `schedule(step)`. The constructor of a class gives a function
 * with the members of the class.
 */
export abstract class Callable {
  constructor() {
    const self = (...args: unknown[]): unknown => (self as unknown as Callable).invoke(...args);
    // biome-ignore lint/correctness/noConstructorReturn: the object is the function
    return Object.setPrototypeOf(self, new.target.prototype);
  }
  /** @internal What a call does. */
  abstract invoke(...args: any[]): unknown;
}
