import { ValueError } from '../../core/errors.js';
import * as classes from './classes.js';
import * as functions from './functions.js';

/** Losses by name. */

const SHORT: Readonly<Record<string, string>> = {
  mse: 'mean_squared_error',
  mae: 'mean_absolute_error',
  mape: 'mean_absolute_percentage_error',
  msle: 'mean_squared_logarithmic_error',
  kld: 'kl_divergence',
  kullback_leibler_divergence: 'kl_divergence',
  logcosh: 'log_cosh',
};

/**
 * The function of a name in small letters, a new object of a class by its name, or what is given itself.
 * @throws ValueError for another name
 * @example tf.losses.get('mse')([[0]], [[2]]).numpy() // → array([4.], dtype=float32)
 */
export function get(
  identifier: string | functions.LossFunction | classes.Loss | null,
): functions.LossFunction | classes.Loss | null {
  if (typeof identifier !== 'string') return identifier;
  const short = identifier.toLowerCase();
  const f = (functions as Record<string, unknown>)[SHORT[short] ?? identifier];
  if (typeof f === 'function' && identifier !== 'paired') return f as functions.LossFunction;
  const c = (classes as Record<string, unknown>)[identifier];
  if (typeof c === 'function' && c.prototype instanceof classes.Loss) return new (c as classes.LossClass)();
  throw new ValueError(`Could not interpret loss identifier: ${identifier}`);
}
