import { ArrayValue } from '../../core/array.js';
import { type PublicFunction, showAs } from '../../core/dispatch.js';
import { memoryDoor } from '../../core/door.js';
import { floatErrors } from '../../core/errstate.js';
import { isOdd } from '../../core/ops/odd-memory.js';

const eager = (x: unknown): x is ArrayValue => x instanceof ArrayValue && x.face.priority === 0;

/**
 * Gives a function of two arrays a straight way for the plain call on two NDArrays of one dtype: no keywords to bind, nobody
 * to ask. `run` gives null where the long way must be taken.
 */
export function straight<F extends PublicFunction>(f: F, run: (a: ArrayValue, b: ArrayValue) => ArrayValue | null): F {
  const call = (...args: unknown[]): unknown => {
    if (args.length === 2) {
      const [a, b] = args;
      if (
        eager(a) &&
        eager(b) &&
        a.dtype === b.dtype &&
        a.dtype.index >= 0 &&
        !floatErrors.watching &&
        (memoryDoor() === null || !(isOdd(a) || isOdd(b)))
      ) {
        const result = run(a, b);
        if (result !== null) return result;
      }
    }
    return f(...args);
  };
  return named(call, f);
}

/** The same for any arguments: `run` looks at them itself. */
export function straightCall<F extends PublicFunction>(f: F, run: (args: readonly unknown[]) => ArrayValue | null): F {
  return named((...args) => run(args) ?? f(...args), f);
}

function named<F extends PublicFunction>(call: (...args: unknown[]) => unknown, f: F): F {
  Object.defineProperty(call, 'name', { value: f.functionName });
  return showAs(call, f) as unknown as F;
}
