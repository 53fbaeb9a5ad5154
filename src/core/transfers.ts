import { searchDue, searchNow } from './device/objects.js';
import { PyError } from './errors.js';

/**
 * The one door for copies. Every copy of array data that the library makes (across devices or dtypes, into another memory order, because
 * a shared buffer is about to be written, or because the user asked) is announced here before it is made: counted,
 * named, and, when the policy says so, refused.
 */

/**
 * Why a copy is made:
 * - `device`, `dtype`, `order`: the data must live elsewhere, in another dtype, or in another memory order;
 * - `copy-on-write`: an array and a tensor share a buffer and the array is about to be written;
 * - `external`: a tensor is made from memory that the user can still write (a wrapped typed array);
 * - `requested`: the call asks for a copy by its meaning (`a.copy()`, `a.astype(…)`, `np.array(a)`).
 */
export type CopyReason = 'device' | 'dtype' | 'order' | 'copy-on-write' | 'external' | 'requested';

export interface CopyRecord {
  readonly bytes: number;
  readonly from: string;
  readonly to: string;
  readonly reason: CopyReason;
  /** The public function that caused it. */
  readonly by: string;
  /** Where it was called, when call sites are recorded. */
  readonly site: string;
}

export type Policy = 'allow' | 'log' | 'forbid';

/**
 * Copying was forbidden by `interop.policy('forbid')` and an operation needed an implicit copy.
 * @example
 * const x = np.arange(2);
 * try {
 *   interop.policy('forbid', () => tf.convert_to_tensor(x, { dtype: 'float32' }));
 * } catch (e) {
 *   console.log(e instanceof interop.CopyForbiddenError);
 * }
 * // → true
 */
export class CopyForbiddenError extends PyError {
  static override readonly pyName: string = 'RuntimeError';
  constructor(readonly record: CopyRecord) {
    super(
      `${record.by}: needs an implicit copy of ${record.bytes} bytes from ${record.from} to ${record.to} (reason: ${record.reason}), ` +
        `which interop.policy('forbid') does not allow; copy explicitly (a.copy(), a.astype(…), t.to(…)) or allow it`,
    );
  }
}

/** The outermost public function that is running, which a copy is attributed to. */
export const caller: { name: string | null } = { name: null };

/** Called where the library begins to work for somebody outside of it: a time to look for objects that no array holds any more. */
export function beginning(): void {
  if (searchDue() && caller.name === null) searchNow();
}

/** Runs `f` under a public function's name, unless another one is running already. */
export function runAs<T>(name: string, f: () => T): T {
  if (caller.name !== null) return f();
  if (searchDue()) searchNow();
  caller.name = name;
  try {
    return watcher === null ? f() : watcher(name, f());
  } finally {
    caller.name = null;
  }
}

type Watcher = <T>(name: string, result: T) => T;
let watcher: Watcher | null = null;
/** Shows what every public function gives to a function, whose answer is given instead; null ends that. */
export function watchResults(f: Watcher | null): void {
  watcher = f;
}

export interface ReasonTotals {
  copies: number;
  bytes: number;
}

const emptyTotals = (): Record<CopyReason, ReasonTotals> => ({
  device: { copies: 0, bytes: 0 },
  dtype: { copies: 0, bytes: 0 },
  order: { copies: 0, bytes: 0 },
  'copy-on-write': { copies: 0, bytes: 0 },
  external: { copies: 0, bytes: 0 },
  requested: { copies: 0, bytes: 0 },
});

let totals = emptyTotals();
let policy: Policy = 'allow';
let listeners: ((r: CopyRecord) => void)[] = [];
let sites = 0;

/** Where the library was called from: the first stack frame outside of its own files, in whichever form they were loaded. */
function callSite(): string {
  const depth = Error.stackTraceLimit;
  Error.stackTraceLimit = 60;
  const lines = (new Error().stack ?? '').split('\n').slice(1);
  Error.stackTraceLimit = depth;
  const here = /[\\/](?:src|dist)[\\/](?:core|ndarray|tensor|interop|bundle)[\\/]/;
  const line = lines.find((l) => l.includes(':') && !here.test(l));
  return line === undefined ? '' : line.trim().replace(/^at /, '');
}

/**
 * Announces a copy. To be called before the copy is made.
 * @throws CopyForbiddenError when implicit copies are forbidden and this one was not asked for
 */
export function announce(
  reason: CopyReason,
  bytes: number,
  from: string,
  to: string,
  by: string = caller.name ?? 'np',
): void {
  const refused = policy === 'forbid' && reason !== 'requested';
  if (listeners.length > 0 || refused || policy === 'log') {
    const record: CopyRecord = { bytes, from, to, reason, by, site: sites > 0 || policy === 'log' ? callSite() : '' };
    if (refused) throw new CopyForbiddenError(record);
    if (policy === 'log') console.warn(`copy: ${by} ${bytes} bytes ${from} -> ${to} (${reason}) ${record.site}`);
    for (const l of listeners) l(record);
  }
  const t = totals[reason];
  t.copies++;
  t.bytes += bytes;
}

/** Totals by reason since the start or the last reset. */
export function copyTotals(): Readonly<Record<CopyReason, Readonly<ReasonTotals>>> {
  return structuredClone(totals);
}
export function resetCopyTotals(): void {
  totals = emptyTotals();
}

export const getPolicy = (): Policy => policy;
export function setPolicy(p: Policy): Policy {
  const old = policy;
  policy = p;
  return old;
}

/** Calls `listener` with each copy, with its call site, until the returned function is called. */
export function onCopy(listener: (r: CopyRecord) => void): () => void {
  listeners = [...listeners, listener];
  sites++;
  return () => {
    listeners = listeners.filter((l) => l !== listener);
    sites--;
  };
}
