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
 * - `external`: a tensor is made from memory that the user can still write (a wrapped typed array), or an array from another library's lists;
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

/** Totals by reason since the start or the last reset. */
export function copyTotals(): Readonly<Record<CopyReason, Readonly<ReasonTotals>>> {
  return structuredClone(totals);
}
export function resetCopyTotals(): void {
  totals = emptyTotals();
}
/** Totals by reason of some copies. */
export function totalsOf(records: readonly CopyRecord[]): Record<CopyReason, ReasonTotals> {
  const out = emptyTotals();
  for (const r of records) {
    out[r.reason].copies++;
    out[r.reason].bytes += r.bytes;
  }
  return out;
}

// ---- scopes: a policy and listeners for a stretch of code ---------------------------------------------------------------

/** What holds while a stretch of code runs: what is not said here is as in the scope around it. */
export interface CopyScope {
  readonly policy: Policy | null;
  readonly listener: ((r: CopyRecord) => void) | null;
  readonly outer: CopyScope | null;
}

interface Storage {
  run<T>(value: CopyScope | null, f: () => T): T;
  getStore(): CopyScope | null | undefined;
}

/** Node's storage that follows asynchronous code; null where there is none. */
let storage: Storage | null | undefined;
function asyncStorage(): Storage | null {
  if (storage === undefined) {
    const p = (globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } }).process;
    const hooks = p?.getBuiltinModule?.('node:async_hooks') as { AsyncLocalStorage?: new () => Storage } | undefined;
    storage = hooks?.AsyncLocalStorage === undefined ? null : new hooks.AsyncLocalStorage();
  }
  return storage;
}

/** The scope of synchronous code, where nothing follows asynchronous code. */
let current: CopyScope | null = null;
/** Until the first scope is opened there is nothing to ask for. */
let scoped = false;

/** The innermost scope that the running code is in. */
export function scopeNow(): CopyScope | null {
  if (!scoped) return null;
  return storage === null || storage === undefined ? current : (storage.getStore() ?? null);
}

/** Runs `f` in a scope: in Node with all that it awaits, elsewhere until it returns. */
export function runIn<T>(scope: CopyScope | null, f: () => T): T {
  scoped = true;
  const s = asyncStorage();
  if (s !== null) return s.run(scope, f);
  const before = current;
  current = scope;
  try {
    return f();
  } finally {
    current = before;
  }
}

/** Whether scopes follow asynchronous code here. */
export const scopesFollow = (): boolean => asyncStorage() !== null;

/** For tests: as it is where nothing follows asynchronous code. */
export function withoutFollowing<T>(f: () => T): T {
  const before = storage;
  storage = null;
  try {
    return f();
  } finally {
    storage = before;
  }
}

let policy: Policy = 'allow';
export function getPolicy(): Policy {
  for (let s = scopeNow(); s !== null; s = s.outer) if (s.policy !== null) return s.policy;
  return policy;
}
/** Sets the policy that holds outside of all scopes; gives the one before. */
export function setPolicy(p: Policy): Policy {
  const old = policy;
  policy = p;
  return old;
}

// ---- call sites ---------------------------------------------------------------------------------------------------------

const PLACE = /\(?((?:file:\/\/)?[^\s()]+?):(\d+):(\d+)\)?$/;
const placeOf = (line: string): string | undefined => PLACE.exec(line)?.[1];

/** Where this library's files lie: the folder above this one, or the single file that all of it was joined into. */
function ownFiles(): (file: string) => boolean {
  const own =
    (new Error().stack ?? '')
      .split('\n')
      .slice(1)
      .map(placeOf)
      .find((f) => f !== undefined) ?? '';
  const root = /^(.*[\\/])core[\\/]transfers\.\w+$/.exec(own)?.[1];
  if (root === undefined) return (file) => file === own;
  const folders = /^(?:core|ndarray|tensor|interop|bundle)[\\/]|^[\w-]+\.[cm]?[jt]s$/;
  return (file) => file.startsWith(root) && folders.test(file.slice(root.length));
}
let isOwn: ((file: string) => boolean) | null = null;

/** `file:line:column` where the library was called from: the first stack frame outside of its own files. */
function callSite(): string {
  isOwn ??= ownFiles();
  const depth = Error.stackTraceLimit;
  Error.stackTraceLimit = 60;
  const lines = (new Error().stack ?? '').split('\n').slice(1);
  Error.stackTraceLimit = depth;
  for (const line of lines) {
    const m = PLACE.exec(line);
    if (m !== null && !isOwn(m[1]) && !m[1].startsWith('node:'))
      return `${m[1].replace(/^file:\/\//, '')}:${m[2]}:${m[3]}`;
  }
  return '';
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
  const scope = scopeNow();
  if (scope !== null || policy !== 'allow') tell(scope, reason, bytes, from, to, by);
  const t = totals[reason];
  t.copies++;
  t.bytes += bytes;
}

/** Call sites are looked for only where somebody is told. */
function tell(scope: CopyScope | null, reason: CopyReason, bytes: number, from: string, to: string, by: string): void {
  const rule = getPolicy();
  const refused = rule === 'forbid' && reason !== 'requested';
  const told: ((r: CopyRecord) => void)[] = [];
  for (let s = scope; s !== null; s = s.outer) if (s.listener !== null) told.push(s.listener);
  if (!refused && rule !== 'log' && told.length === 0) return;
  const record: CopyRecord = { bytes, from, to, reason, by, site: callSite() };
  if (refused) throw new CopyForbiddenError(record);
  if (rule === 'log') console.warn(`copy: ${by} ${bytes} bytes ${from} -> ${to} (${reason}) ${record.site}`);
  for (const f of told) f(record);
}
