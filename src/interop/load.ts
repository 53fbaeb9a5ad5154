import '../core/device/gpu/index.js';
import { makeReady } from '../core/device/gpu/ready.js';
import { workerThreads } from '../core/device/gpu/node-thread.js';
import { ImportError, ValueError } from '../core/errors.js';
import { optional, provide } from '../core/optional.js';

/** Loading the packages that numbridge uses where they are there. */

export interface LoadOptions {
  /** For `gpu.js` in a page: `webgpu` or `webgl2`; otherwise the first of them that is to be had. */
  readonly mode?: string | null;
  /**
   * For `gpu.js` in a worker of a page that is cross-origin isolated: where gpu.js's own file for browsers lies. WebGPU then runs in a thread of its own,
   * and values are read at once, as in Node.
   */
  readonly url?: string | URL | null;
}

/** The packages, each with what is done once it is there. */
const PACKAGES: Readonly<Record<string, (module: any, options: LoadOptions) => Promise<void>>> = {
  mathjs: async () => {},
  // In Node a worker loads it when the device is first named.
  'gpu.js': async (module, { mode = null, url = null }) => {
    if (workerThreads() !== undefined) return;
    await makeReady(module.GPU === undefined ? module.default : module, mode, url === null ? null : String(url));
  },
};

/**
 * Makes an optional package known to numbridge. In Node packages are found by themselves when they are first needed; elsewhere this comes
 * first, since nothing can be loaded from within synchronous code. A bundler has to see the import: give the module, or a
 * function that imports it.
 *
 * @param name `mathjs`: operations on arrays of its BigNumbers, Fractions, Units and matrices, and the parser of `np.evaluate`; `gpu.js`: the
 *   device gpu:0, which in a page is opened now, through WebGPU where there is one and through WebGL2 else, or through the `mode` asked for
 * @returns the module
 * @throws ValueError for a package that numbridge does not use, ImportError when it cannot be found, RuntimeError where a page has no GPU
 * @example
 * const math = await interop.load('mathjs'); // with a bundler: load('mathjs', () => import('mathjs'))
 * np.add(np.array([math.fraction(1, 3)], { dtype: 'object' }), math.fraction(1, 6)); // → array([0.5], dtype=object)
 */
export function load(name: string, module?: unknown, options: LoadOptions = {}): Promise<any> {
  return found(name, module, options);
}

async function found(name: string, module: unknown, options: LoadOptions): Promise<unknown> {
  if (!Object.hasOwn(PACKAGES, name))
    throw new ValueError(`load: no package '${name}' is used; there are: ${Object.keys(PACKAGES).join(', ')}`);
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
  await PACKAGES[name](m, options);
  return m;
}
