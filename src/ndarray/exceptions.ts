/** np.exceptions, and Python's own exception classes under their names. */
export {
  AttributeError, AxisError, BufferError, DTypePromotionError, FloatingPointError, IndexError, KeyError, LinAlgError, MemoryError, NotImplementedError, OverflowError,
  PyError, RuntimeError, setWarningHandler, TooHardError, TypeError, UFuncTypeError, ValueError, ZeroDivisionError,
} from '../core/errors.js'; // biome-ignore format: a list
