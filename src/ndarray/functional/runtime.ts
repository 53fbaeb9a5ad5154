import { ArrayValue } from '../../core/array.js';
import { describe } from '../../core/device/access.js';
import { hostDevice } from '../../core/device/registry.js';
import { NotImplementedError } from '../../core/errors.js';
import { fn } from '../../core/signature.js';
import { NDArray } from '../ndarray.js';
import { __version__, numpy_version } from './about.js';

/** What arrays, functions and the machine say of themselves. */

export interface Info {
  (object?: unknown, maxwidth?: number, output?: { write(text: string): unknown } | null): null;
  (
    object: unknown,
    kw: { maxwidth?: number; output?: { write(text: string): unknown } | null; toplevel?: string },
  ): null;
}

function aboutArray(a: ArrayValue): string[] {
  const flags = a instanceof NDArray ? a.flags : null;
  const word = (b: boolean | undefined): string => (b === true ? 'True' : 'False');
  const tuple = (list: readonly number[]): string => `(${list.join(', ')}${list.length === 1 ? ',' : ''})`;
  return [
    `class:  ${a.face.name === 'NDArray' ? 'ndarray' : a.face.name}`,
    `shape:  ${tuple(a.shape)}`,
    `strides:  ${tuple(a.strides)}`,
    `itemsize:  ${a.dtype.itemsize}`,
    `aligned:  ${word(flags?.aligned ?? true)}`,
    `contiguous:  ${word(flags?.c_contiguous)}`,
    `fortran:  ${word(flags !== null && flags.f_contiguous && !flags.c_contiguous)}`,
    `byteorder:  little`,
    `byteswap:  False`,
    `type: ${a.dtype.name}`,
  ];
}

/**
 * Prints what is known of an array (class, shape, strides, dtype) or of a function (its signature).
 *
 * @param output what is written to, by its method `write`; the console unless given
 * @example np.info(np.zeros(2), { output: { write: (text: string) => text.includes('shape:  (2,)') } }) // → null
 */
export const info: Info = /*@__PURE__*/ fn<Info>(
  'info',
  "object=None, maxwidth=76, output=None, toplevel='numpy'",
  (object: unknown, _width: number, output: { write(text: string): unknown } | null) => {
    const lines =
      object instanceof ArrayValue
        ? aboutArray(object)
        : typeof object === 'function'
          ? [` ${object.name}(${String((object as { signature?: unknown }).signature ?? '*args')})`]
          : typeof object === 'string'
            ? [`Help for ${object} not found.`]
            : [`class:  ${describe(object)}`];
    if (output === null || output === undefined) console.log(lines.join('\n'));
    else output.write(`${lines.join('\n')}\n`);
    return null;
  },
  'conversion',
);

/**
 * Prints the versions of this library and of the engine that runs it, and the device that computes.
 * @example np.show_runtime.functionName // → 'show_runtime'
 */
export const show_runtime: (() => null) & { readonly functionName: string } = /*@__PURE__*/ fn<() => null>(
  'show_runtime',
  '',
  () => {
    const g = globalThis as {
      process?: { versions?: Record<string, string>; platform?: string };
      navigator?: { userAgent?: string };
    };
    console.log([
      { numbridge_version: __version__, numpy_behaviour: numpy_version },
      {
        engine: g.process?.versions ?? g.navigator?.userAgent ?? 'unknown',
        platform: g.process?.platform ?? 'browser',
      },
      { device: hostDevice().name },
    ]);
    return null;
  },
  'conversion',
);

/**
 * NumPy's C headers, which this library does not have.
 * @throws NotImplementedError always
 * @example np.get_include() // throws NotImplementedError: get_include: there are no C headers; kernels are made at run time
 */
export const get_include: () => never = /*@__PURE__*/ fn<() => never>(
  'get_include',
  '',
  () => {
    throw new NotImplementedError('get_include: there are no C headers; kernels are made at run time');
  },
  'conversion',
);
