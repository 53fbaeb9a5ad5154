/**
 * Python-named errors. The `.name` of each is the Python exception's name, so that code ported from Python can tell
 * them apart by name, and `instanceof` follows Python's own hierarchy.
 *
 * Messages name the function and the shapes or dtypes involved; where NumPy's own message is good, it is NumPy's.
 */

/** Base of every error the library throws. */
export class PyError extends Error {
  /** The Python name. Written out for each class, since bundlers rename classes. */
  static readonly pyName: string = 'Exception';
  constructor(message: string) {
    super(message);
    const { name, pyName } = new.target;
    // Classes that a bundler has renamed: Node shows the class's name where an error is not caught.
    if (name !== pyName) Object.defineProperty(new.target, 'name', { value: pyName, configurable: true });
    this.name = pyName;
  }
}

export class ValueError extends PyError {
  static override readonly pyName: string = 'ValueError';
}
export class TypeError extends PyError {
  static override readonly pyName: string = 'TypeError';
}
export class IndexError extends PyError {
  static override readonly pyName: string = 'IndexError';
}
export class KeyError extends PyError {
  static override readonly pyName: string = 'KeyError';
}
export class OverflowError extends PyError {
  static override readonly pyName: string = 'OverflowError';
}
export class ZeroDivisionError extends PyError {
  static override readonly pyName: string = 'ZeroDivisionError';
}
export class NotImplementedError extends PyError {
  static override readonly pyName: string = 'NotImplementedError';
}
export class RuntimeError extends PyError {
  static override readonly pyName: string = 'RuntimeError';
}
export class RecursionError extends RuntimeError {
  static override readonly pyName: string = 'RecursionError';
}
export class MemoryError extends PyError {
  static override readonly pyName: string = 'MemoryError';
}
export class AttributeError extends PyError {
  static override readonly pyName: string = 'AttributeError';
}
export class ImportError extends PyError {
  static override readonly pyName: string = 'ImportError';
}
export class NameError extends PyError {
  static override readonly pyName: string = 'NameError';
}
export class SyntaxError extends PyError {
  static override readonly pyName: string = 'SyntaxError';
}
export class OSError extends PyError {
  static override readonly pyName: string = 'OSError';
}
export class FileNotFoundError extends OSError {
  static override readonly pyName: string = 'FileNotFoundError';
}
export class IsADirectoryError extends OSError {
  static override readonly pyName: string = 'IsADirectoryError';
}
export class PermissionError extends OSError {
  static override readonly pyName: string = 'PermissionError';
}
export class EOFError extends PyError {
  static override readonly pyName: string = 'EOFError';
}
export class BufferError extends PyError {
  static override readonly pyName: string = 'BufferError';
}
export class FloatingPointError extends PyError {
  static override readonly pyName: string = 'FloatingPointError';
}

/** zipfile.BadZipFile: an archive that is broken, or made to do harm. */
export class BadZipFile extends PyError {
  static override readonly pyName: string = 'BadZipFile';
}
/** gzip.BadGzipFile: packed data that is broken. */
export class BadGzipFile extends OSError {
  static override readonly pyName: string = 'BadGzipFile';
}

/** Bytes that are no text in an encoding, and text that an encoding has no bytes for. */
export class UnicodeError extends ValueError {
  static override readonly pyName: string = 'UnicodeError';
}
export class UnicodeEncodeError extends UnicodeError {
  static override readonly pyName: string = 'UnicodeEncodeError';
}
export class UnicodeDecodeError extends UnicodeError {
  static override readonly pyName: string = 'UnicodeDecodeError';
}
/** A name that is not known, as of an encoding. */
export class LookupError extends PyError {
  static override readonly pyName: string = 'LookupError';
}

/** numpy.linalg.LinAlgError: a matrix that an algorithm cannot take (singular, not square, no convergence). */
export class LinAlgError extends ValueError {
  static override readonly pyName: string = 'LinAlgError';
}

/** numpy.exceptions.AxisError: an axis outside of the array's dimensions. Both a ValueError and (by name) an IndexError. */
export class AxisError extends ValueError {
  static override readonly pyName: string = 'AxisError';
  constructor(
    readonly axis: number,
    readonly ndim: number,
    prefix?: string,
  ) {
    super(`${prefix ? prefix + ': ' : ''}axis ${axis} is out of bounds for array of dimension ${ndim}`);
  }
}

/** Raised by ufuncs when no loop takes the operands' dtypes. In NumPy it is a subclass of TypeError. */
export class UFuncTypeError extends TypeError {
  static override readonly pyName: string = 'UFuncTypeError';
}
/** NumPy's private subclasses, which go by the name of their public base. */
export class UFuncNoLoopError extends UFuncTypeError {
  static override readonly pyName: string = 'UFuncTypeError';
}
export class UFuncInputCastingError extends UFuncTypeError {
  static override readonly pyName: string = 'UFuncTypeError';
}
export class UFuncOutputCastingError extends UFuncTypeError {
  static override readonly pyName: string = 'UFuncTypeError';
}
export class DTypePromotionError extends TypeError {
  static override readonly pyName: string = 'DTypePromotionError';
}
export class TooHardError extends RuntimeError {
  static override readonly pyName: string = 'TooHardError';
}

/** tf.errors.OpError: what operations on tensors fail with, by kind. */
export class OpError extends PyError {
  static override readonly pyName: string = 'OpError';
  /** The number that TensorFlow gives the kind. */
  static readonly code: number = 2;
  /** The operation, where it is known. */
  readonly op: unknown = null;
  readonly node_def: unknown = null;
  get error_code(): number {
    return (this.constructor as typeof OpError).code;
  }
}
/** A tensor operation was given arguments that TensorFlow would refuse. */
export class InvalidArgumentError extends OpError {
  static override readonly pyName: string = 'InvalidArgumentError';
  static override readonly code: number = 3;
}

/** A converter of `np.genfromtxt` that does not take a field. */
export class ConverterError extends PyError {
  static override readonly pyName: string = 'ConverterError';
}

/** Python's categories of warnings, as classes: what a handler of warnings may throw. */
export class Warning extends PyError {
  static override readonly pyName: string = 'Warning';
}
export class UserWarning extends Warning {
  static override readonly pyName: string = 'UserWarning';
}
export class DeprecationWarning extends Warning {
  static override readonly pyName: string = 'DeprecationWarning';
}
export class FutureWarning extends Warning {
  static override readonly pyName: string = 'FutureWarning';
}
export class RuntimeWarning extends Warning {
  static override readonly pyName: string = 'RuntimeWarning';
}
export class ComplexWarning extends RuntimeWarning {
  static override readonly pyName: string = 'ComplexWarning';
}
export class RankWarning extends RuntimeWarning {
  static override readonly pyName: string = 'RankWarning';
}
export class ModuleDeprecationWarning extends DeprecationWarning {
  static override readonly pyName: string = 'ModuleDeprecationWarning';
}
export class VisibleDeprecationWarning extends UserWarning {
  static override readonly pyName: string = 'VisibleDeprecationWarning';
}

/** Warning categories that go through {@link warn}. */
export type WarningName =
  | 'RuntimeWarning'
  | 'ComplexWarning'
  | 'DeprecationWarning'
  | 'UserWarning'
  | 'FutureWarning'
  | 'ConversionWarning'
  | 'VisibleDeprecationWarning'
  | 'RankWarning';

export type WarningHandler = (category: WarningName, message: string) => void;

const defaultHandler: WarningHandler = (category, message) => {
  const p = (globalThis as { process?: { emitWarning?: (m: string, n: string) => void } }).process;
  if (p?.emitWarning) p.emitWarning(message, category);
  else console.warn(`${category}: ${message}`);
};

let handler: WarningHandler = defaultHandler;

/** The one door for warnings: `process.emitWarning` in Node, `console.warn` in a browser, or what was set instead. */
export function warn(category: WarningName, message: string): void {
  handler(category, message);
}

/** Replaces where warnings go (null restores the default) and returns the handler that was there before. */
export function setWarningHandler(h: WarningHandler | null): WarningHandler {
  const old = handler;
  handler = h ?? defaultHandler;
  return old;
}

/** `(2, 3)`, `(2,)`, `()`: a shape as Python prints a tuple. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}
