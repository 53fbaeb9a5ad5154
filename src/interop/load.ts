import { ImportError, ValueError } from '../core/errors.js';
import { optional, provide } from '../core/optional.js';

/** Loading the packages that numbridge uses where they are there. */

const PACKAGES: readonly string[] = ['mathjs'];

/**
 * Makes an optional package known to numbridge. In Node packages are found by themselves when they are first needed; elsewhere this comes
 * first, since nothing can be loaded from within synchronous code. A bundler has to see the import: give the module, or a
 * function that imports it.
 *
 * @param name `mathjs`: operations on arrays of its BigNumbers, Fractions, Units and matrices, and the parser of `np.evaluate`
 * @returns the module
 * @throws ValueError for a package that numbridge does not use, ImportError when it cannot be found
 * @example
 * const math = await interop.load('mathjs'); // with a bundler: load('mathjs', () => import('mathjs'))
 * np.add(np.array([math.fraction(1, 3)], { dtype: 'object' }), math.fraction(1, 6)); // → array([0.5], dtype=object)
 */
export function load(name: string, module?: unknown): Promise<any> {
  return found(name, module);
}

async function found(name: string, module: unknown): Promise<unknown> {
  if (!PACKAGES.includes(name))
    throw new ValueError(`load: no package '${name}' is used; there are: ${PACKAGES.join(', ')}`);
  let m: unknown;
  if (module !== undefined) m = await (typeof module === 'function' ? module() : module);
  else {
    m = optional(name);
    try {
      // The name is no constant: bundlers are not to take along what may not be wanted.
      m ??= await import(/* @vite-ignore */ /* webpackIgnore: true */ name);
    } catch {
      throw new ImportError(
        `load: the package ${name} cannot be found; install it, or give the module as a second argument`,
      );
    }
  }
  provide(name, m);
  return m;
}
