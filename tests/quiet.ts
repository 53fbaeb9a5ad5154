// NumPy's warnings (division by zero, complex values cast to real, means of nothing …) are part of what the golden cases do; they
// would bury the report of a run. Tests that are about warnings set a handler of their own.
const LIBRARY = [
  'RuntimeWarning',
  'ComplexWarning',
  'DeprecationWarning',
  'UserWarning',
  'FutureWarning',
  'RankWarning',
];
const emit = process.emitWarning.bind(process) as (...args: unknown[]) => void;

process.emitWarning = ((warning: string | Error, name?: unknown, ...rest: unknown[]): void => {
  if (typeof warning === 'string' && typeof name === 'string' && LIBRARY.includes(name)) return;
  emit(warning, name, ...rest);
}) as typeof process.emitWarning;
