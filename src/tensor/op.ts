import { AxisError, IndexError, InvalidArgumentError, ValueError } from '../core/errors.js';
import { runAs } from '../core/transfers.js';

/**
 * Runs the body of a tf function under its name. What np refuses with an error for axes, shapes and indices is an InvalidArgumentError there,
 * as in TensorFlow.
 */
export const op = <T>(name: string, f: () => T): T =>
  runAs(`tf.${name}`, () => {
    try {
      return f();
    } catch (e) {
      if (
        e instanceof AxisError ||
        e instanceof IndexError ||
        (e instanceof ValueError && e.constructor === ValueError)
      )
        throw new InvalidArgumentError(`tf.${name}: ${e.message}`);
      throw e;
    }
  });

/** A ValueError that TensorFlow throws, too, and so is no InvalidArgumentError. */
export class PlainValueError extends ValueError {
  static override readonly pyName: string = 'ValueError';
}
