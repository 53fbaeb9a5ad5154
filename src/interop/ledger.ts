import { inspectable } from '../core/inspect.js';
import { ValueError } from '../core/errors.js';
import {
  type CopyReason,
  type CopyRecord,
  copyTotals,
  getPolicy,
  onCopy,
  type Policy,
  type ReasonTotals,
  resetCopyTotals,
  setPolicy,
} from '../core/transfers.js';

/** The transfer ledger: which copies of array data were made, why, and by whom. */

const human = (bytes: number): string => {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  let n = bytes;
  let u = 0;
  while (n >= 1024 && u < units.length - 1) {
    n /= 1024;
    u++;
  }
  return `${u === 0 ? n : n.toFixed(1)} ${units[u]}`;
};

/** Rows of text in aligned columns; numbers to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[], right: readonly boolean[]): string {
  const width = head.map((h, i) => Math.max(h.length, ...rows.map((r) => r[i].length)));
  const line = (r: readonly string[]): string =>
    r
      .map((c, i) => (right[i] ? c.padStart(width[i]) : c.padEnd(width[i])))
      .join('  ')
      .trimEnd();
  return [line(head), ...rows.map(line)].join('\n');
}

/** Totals by reason. Prints as a table. @example interop.ledger() instanceof interop.Ledger // → true */
export class Ledger {
  readonly copies: number;
  readonly bytes: number;
  constructor(readonly byReason: Readonly<Record<CopyReason, Readonly<ReasonTotals>>>) {
    const all = Object.values(byReason);
    this.copies = all.reduce((n, r) => n + r.copies, 0);
    this.bytes = all.reduce((n, r) => n + r.bytes, 0);
  }
  toString(): string {
    const rows = Object.entries(this.byReason).map(([reason, t]) => [reason, String(t.copies), human(t.bytes)]);
    rows.push(['total', String(this.copies), human(this.bytes)]);
    return table(['reason', 'copies', 'size'], rows, [false, true, true]);
  }
  toJSON(): object {
    return { copies: this.copies, bytes: this.bytes, byReason: this.byReason };
  }
}

/**
 * All copies since the start (or `reset_ledger`), as totals by reason.
 * @example
 * const a = np.arange(3);
 * const t = tf.convert_to_tensor(a);
 * interop.reset_ledger();
 * a.set([0], 5);
 * interop.ledger().byReason['copy-on-write'].copies; // → 1
 */
export const ledger = (): Ledger => new Ledger(copyTotals());

/**
 * Sets the totals back to nothing.
 * @example
 * interop.reset_ledger();
 * interop.ledger().copies; // → 0
 */
export const reset_ledger = (): void => resetCopyTotals();

/** The copies made in one stretch of code. Prints as a table with call sites. @example interop.profile(() => 5).result // → 5 */
export class Profile<T> {
  constructor(
    readonly result: T,
    readonly records: readonly CopyRecord[],
  ) {}
  get copies(): number {
    return this.records.length;
  }
  get bytes(): number {
    return this.records.reduce((n, r) => n + r.bytes, 0);
  }
  /** How many copies had this reason. */
  count(reason: CopyReason): number {
    return this.records.filter((r) => r.reason === reason).length;
  }
  toString(): string {
    if (this.records.length === 0) return 'no copies';
    const rows = this.records.map((r) => [
      r.by,
      r.reason,
      human(r.bytes),
      r.from === r.to ? r.from : `${r.from} -> ${r.to}`,
      r.site,
    ]);
    return table(['function', 'reason', 'size', 'where', 'called from'], rows, [false, false, true, false, false]);
  }
  toJSON(): object {
    return { copies: this.copies, bytes: this.bytes, records: this.records };
  }
}

/**
 * Runs `f` and tells which copies it made, with call sites. A promise is awaited.
 * @example
 * const a = np.arange(3);
 * interop.profile(() => tf.constant(a)).copies; // → 0
 */
export function profile<T>(f: () => Promise<T>): Promise<Profile<T>>;
export function profile<T>(f: () => T): Profile<T>;
export function profile<T>(f: () => T | Promise<T>): Profile<T> | Promise<Profile<T>> {
  const records: CopyRecord[] = [];
  const stop = onCopy((r) => records.push(r));
  let result: T | Promise<T>;
  try {
    result = f();
  } catch (e) {
    stop();
    throw e;
  }
  if (result instanceof Promise) {
    return result.then(
      (r) => {
        stop();
        return new Profile(r, records);
      },
      (e) => {
        stop();
        throw e;
      },
    );
  }
  stop();
  return new Profile(result, records);
}

/**
 * What happens when an operation needs an implicit copy: 'allow' (the start), 'log' (a console warning with the call site), 'forbid' (a
 * RuntimeError before anything is copied). With a function the policy holds while it runs; without, from now on.
 * Copies that a call asks for by its meaning (`a.copy()`, `a.astype(…)`) are never forbidden. Returns the function's result, or the policy before.
 * @example interop.policy('forbid', () => tf.convert_to_tensor(np.arange(3), { dtype: 'float32' }).size); // throws RuntimeError: tf.convert_to_tensor: needs an implicit copy of 12 bytes from int64 to float32 (reason: dtype), which interop.policy('forbid') does not allow; copy explicitly (a.copy(), a.astype(…), t.to(…)) or allow it
 */
export function policy(p?: Policy): Policy;
export function policy<T>(p: Policy, f: () => T): T;
export function policy<T>(p?: Policy, f?: () => T): T | Policy {
  if (p === undefined) return getPolicy();
  if (p !== 'allow' && p !== 'log' && p !== 'forbid')
    throw new ValueError(`policy: must be 'allow', 'log' or 'forbid' (got '${String(p)}')`);
  const old = setPolicy(p);
  if (f === undefined) return old;
  try {
    return f();
  } finally {
    setPolicy(old);
  }
}

inspectable(Ledger, 'Ledger');
inspectable(Profile, 'Profile');
