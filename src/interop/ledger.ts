import { hidden, inspectable } from '../core/inspect.js';
import { ValueError } from '../core/errors.js';
import {
  type CopyReason,
  type CopyRecord,
  type CopyScope,
  copyTotals,
  getPolicy,
  type Policy,
  type ReasonTotals,
  resetCopyTotals,
  runIn,
  scopeNow,
  setPolicy,
  totalsOf,
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
  /** @param used leaves out reasons that nothing was copied for */
  toString(used = false): string {
    const given = Object.entries(this.byReason).filter(([, t]) => !used || t.copies > 0);
    const rows = given.map(([reason, t]) => [reason, String(t.copies), human(t.bytes)]);
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

/** How many copies there were from one place of the program, by one function, for one reason. */
interface Line {
  readonly by: string;
  readonly reason: CopyReason;
  readonly where: string;
  readonly site: string;
  copies: number;
  bytes: number;
}

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
  /** Totals by reason, as `interop.ledger()` has them for the whole program. */
  get byReason(): Readonly<Record<CopyReason, Readonly<ReasonTotals>>> {
    return totalsOf(this.records);
  }
  /** How many copies had this reason. */
  count(reason: CopyReason): number {
    return this.records.filter((r) => r.reason === reason).length;
  }
  /** One line for each place, function and reason, the most bytes first; below it the totals by reason. */
  toString(): string {
    if (this.records.length === 0) return 'no copies';
    const lines = new Map<string, Line>();
    for (const { by, reason, from, to, site, bytes } of this.records) {
      const where = from === to ? from : `${from} -> ${to}`;
      const key = [by, reason, where, site].join(' ');
      const line = lines.get(key) ?? { by, reason, where, site, copies: 0, bytes: 0 };
      line.copies++;
      line.bytes += bytes;
      lines.set(key, line);
    }
    const rows = [...lines.values()]
      .sort((x, y) => y.bytes - x.bytes)
      .map((l) => [l.by, l.reason, String(l.copies), human(l.bytes), l.where, l.site]);
    const head = ['function', 'reason', 'copies', 'size', 'where', 'called from'];
    return `${table(head, rows, [false, false, true, true, false, false])}\n\n${new Ledger(this.byReason).toString(true)}`;
  }
  toJSON(): object {
    return { copies: this.copies, bytes: this.bytes, byReason: this.byReason, records: this.records };
  }
}

const checkPolicy = (p: Policy): void => {
  if (p !== 'allow' && p !== 'log' && p !== 'forbid')
    throw new ValueError(`policy: must be 'allow', 'log' or 'forbid' (got '${String(p)}')`);
};

/**
 * A stretch of code with a policy of its own, and with a record of its copies. In Node all that runs in it follows it, also behind
 * an `await`. Browsers have nothing that does: there code behind an `await` runs in the scope again by `scope.run`.
 * @example
 * const scope = interop.scope({ policy: 'forbid' });
 * scope.run(() => interop.policy()); // → 'forbid'
 */
export class Scope {
  readonly records: CopyRecord[] = [];
  private readonly inner: CopyScope;
  constructor(
    readonly policy: Policy | null,
    outer: CopyScope | null,
  ) {
    this.inner = { policy, listener: (r) => this.records.push(r), outer };
  }
  /** Runs `f` in the scope, and gives its result. */
  run<T>(f: () => T): T {
    return runIn(this.inner, f);
  }
  /** The function, which from then on runs in the scope whoever calls it. */
  wrap<A extends readonly unknown[], R>(f: (...args: A) => R): (...args: A) => R {
    return (...args) => this.run(() => f(...args));
  }
  /** The copies until now, as `interop.profile` shows them. */
  profile(): Profile<undefined> {
    return new Profile(undefined, [...this.records]);
  }
}

/**
 * Opens a scope: code that runs in it has its policy, and its copies are recorded, in the scopes around it as well.
 * @throws ValueError for a policy that does not exist
 * @example
 * const scope = interop.scope();
 * const a = scope.run(() => np.ones(4).copy());
 * scope.profile().byReason.requested; // → { copies: 1, bytes: 32 }
 */
export function scope(o: { policy?: Policy | null } = {}): Scope {
  const p = o.policy ?? null;
  if (p !== null) checkPolicy(p);
  return new Scope(p, scopeNow());
}

/**
 * Runs `f` and tells which copies it made, with call sites. A promise is awaited. In Node what else runs meanwhile is not counted; where
 * nothing follows asynchronous code, copies behind an `await` are recorded by `interop.scope`.
 * @example
 * const a = np.arange(3);
 * interop.profile(() => tf.constant(a)).copies; // → 0
 */
export function profile<T>(f: () => Promise<T>): Promise<Profile<T>>;
export function profile<T>(f: () => T): Profile<T>;
export function profile<T>(f: () => T | Promise<T>): Profile<T> | Promise<Profile<T>> {
  const s = new Scope(null, scopeNow());
  const result = s.run(f);
  return result instanceof Promise
    ? result.then((r) => new Profile(r, s.records))
    : new Profile(result as T, s.records);
}

/**
 * What happens when an operation needs an implicit copy: 'allow' (the start), 'log' (a console warning with the call site), 'forbid' (a
 * RuntimeError before anything is copied). With a function the policy holds while it runs, in Node with all that it awaits; without,
 * from now on, outside of such functions.
 * Copies that a call asks for by its meaning (`a.copy()`, `a.astype(…)`) are never forbidden. Returns the function's result, or the policy before.
 * @example interop.policy('forbid', () => tf.convert_to_tensor(np.arange(3), { dtype: 'float32' }).size); // throws RuntimeError: tf.convert_to_tensor: needs an implicit copy of 12 bytes from int64 to float32 (reason: dtype), which interop.policy('forbid') does not allow; copy explicitly (a.copy(), a.astype(…), t.to(…)) or allow it
 */
export function policy(p?: Policy): Policy;
export function policy<T>(p: Policy, f: () => T): T;
export function policy<T>(p?: Policy, f?: () => T): T | Policy {
  if (p === undefined) return getPolicy();
  checkPolicy(p);
  if (f === undefined) return setPolicy(p);
  return runIn({ policy: p, listener: null, outer: scopeNow() }, f);
}

inspectable(Ledger, 'Ledger');
inspectable(Profile, 'Profile');
hidden(Scope, 'name', 'Scope');
