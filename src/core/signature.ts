import { ArrayValue } from './array.js';
import {
  ARRAY,
  ARRAY_FUNCTION,
  type ArrayFunctionProtocol,
  dispatch,
  type FunctionKind,
  type PublicFunction,
  protocolArgs,
} from './dispatch.js';
import { memoryDoor } from './door.js';
import { TypeError } from './errors.js';
import { runAs } from './transfers.js';

/**
 * Binds a call in the form of NumPy's own signature text: positional arguments in order, keyword arguments in one trailing
 * plain object.
 */

interface Parameter {
  readonly name: string;
  readonly kind: 'positional' | 'normal' | 'keyword' | 'rest' | 'extra';
  readonly required: boolean;
  readonly value: unknown;
}

/** A Python literal, as far as signatures use them. `<no value>` is undefined, None is null. */
function literal(text: string): unknown {
  const t = text.trim();
  if (t === 'None') return null;
  if (t === 'True') return true;
  if (t === 'False') return false;
  if (t.startsWith('<')) return undefined;
  if (/^['"]/.test(t)) return t.slice(1, -1);
  if (t.startsWith('(') || t.startsWith('[')) return splitTop(t.slice(1, -1)).map(literal);
  const n = Number(t);
  if (!Number.isNaN(n)) return n;
  return undefined;
}

function splitTop(text: string): string[] {
  const out: string[] = [];
  let depth = 0;
  let start = 0;
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quote !== '') {
      if (c === quote) quote = '';
    } else if (c === "'" || c === '"') quote = c;
    else if ('([<{'.includes(c)) depth++;
    else if (')]>}'.includes(c)) depth--;
    else if (c === ',' && depth === 0) {
      out.push(text.slice(start, i));
      start = i + 1;
    }
  }
  if (text.slice(start).trim()) out.push(text.slice(start));
  return out;
}

export function parseSignature(text: string): readonly Parameter[] {
  const out: Parameter[] = [];
  let kind: Parameter['kind'] = 'normal';
  for (const raw of splitTop(text)) {
    const t = raw.trim();
    if (t === '/') {
      for (let i = 0; i < out.length; i++) out[i] = { ...out[i], kind: 'positional' };
    } else if (t === '*') kind = 'keyword';
    else if (t.startsWith('**')) out.push({ name: t.slice(2), kind: 'extra', required: false, value: undefined });
    else if (t.startsWith('*')) {
      out.push({ name: t.slice(1), kind: 'rest', required: false, value: undefined });
      kind = 'keyword';
    } else {
      const at = t.indexOf('=');
      const name = (at < 0 ? t : t.slice(0, at)).trim();
      out.push({ name, kind, required: at < 0, value: at < 0 ? undefined : literal(t.slice(at + 1)) });
    }
  }
  return out;
}

/** Edit distance, for suggestions. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length];
}

/** The candidate nearest to a misspelt name, or undefined when none is near. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bound = Math.max(1, Math.floor(name.length / 2)) + 0.5;
  for (const c of candidates) {
    const d = distance(name.toLowerCase(), c.toLowerCase()) - (c.startsWith(name) || name.startsWith(c) ? 0.6 : 0);
    if (d < bound) {
      bound = d;
      best = c;
    }
  }
  return best;
}

export function unknownKeyword(fn: string, key: string, names: readonly string[]): TypeError {
  const near = nearest(key, names);
  return new TypeError(`${fn}() got an unexpected keyword argument '${key}'${near ? `. Did you mean '${near}'?` : ''}`);
}

/** A plain object (`{axis: 0}`), of this realm or another: what keyword arguments come in. */
export function isKeywords(x: unknown): x is Record<string, unknown> {
  if (typeof x !== 'object' || x === null) return false;
  if (ARRAY in x || ARRAY_FUNCTION in x || '__dlpack__' in x) return false;
  // A file written as `{ read: … }`.
  if (typeof (x as { read?: unknown }).read === 'function') return false;
  const proto = Object.getPrototypeOf(x);
  return (
    proto === Object.prototype ||
    proto === null ||
    (Object.getPrototypeOf(proto) === null && proto.constructor?.name === 'Object')
  );
}

/** Parameters that count or number something in every function that has them: a bigint given for one of these means the number. */
const COUNTS = new Set(
  `axis axes axis1 axis2 axisa axisb axisc k m n N M ndim ddof correction offset count shape newshape new_shape dims shift reps num
  decimals ndmin source destination kth edge_order width base padding deg window_shape strides minlength precision length period
  max_rows threshold edgeitems linewidth indent min_digits exp_digits pad_left pad_right max_line_width`.split(/\s+/),
);

/** Bigints as numbers, where those hold them exactly, also in lists. */
function plainNumbers(x: unknown): unknown {
  if (typeof x === 'bigint') return Number.isSafeInteger(Number(x)) ? Number(x) : x;
  return Array.isArray(x) ? x.map(plainNumbers) : x;
}

/** Makes the binder of a parsed signature: from (positional, keywords) to the full list of values in order. */
function binder(
  functionName: string,
  params: readonly Parameter[],
): (args: unknown[], kwargs: Record<string, unknown> | null) => unknown[] {
  // As Python says it: without what the function is a member of.
  const fn = functionName.slice(functionName.lastIndexOf('.') + 1);
  const places = params.filter((p) => p.kind === 'positional' || p.kind === 'normal').length;
  const rest = params.findIndex((p) => p.kind === 'rest');
  const required = params.filter((p) => p.required && p.kind !== 'keyword' && p.kind !== 'rest').length;
  const at = new Map(
    params
      .map((p, i) => [p.name, i] as const)
      .filter(([, i]) => params[i].kind !== 'positional' && params[i].kind !== 'rest' && params[i].kind !== 'extra'),
  );
  const extra = params.findIndex((p) => p.kind === 'extra');
  const defaults = params.map((p) => p.value);
  const names = [...at.keys()];
  const counts = params.flatMap((p, i) => (COUNTS.has(p.name) && p.kind !== 'rest' ? [i] : []));
  const needed = params.reduce((n, p, i) => (p.required ? i + 1 : n), 0);
  const plural = (n: number): string => (n === 1 ? '' : 's');
  return (args, kwargs) => {
    const n = args.length;
    if (n > places && rest < 0) {
      // Python looks at names before it counts.
      if (kwargs !== null && extra < 0)
        for (const key in kwargs) if (!at.has(key)) throw unknownKeyword(fn, key, names);
      const range = required < places ? `from ${required} to ${places}` : `${places}`;
      throw new TypeError(
        `${fn}() takes ${range} positional argument${plural(places)} but ${n} ${n === 1 ? 'was' : 'were'} given`,
      );
    }
    const out = defaults.slice();
    const k = n < places ? n : places;
    for (let i = 0; i < k; i++) if (args[i] !== undefined) out[i] = args[i];
    if (rest >= 0) out[rest] = n > places ? args.slice(places) : [];
    if (extra >= 0) out[extra] = {};
    let given = 0;
    if (kwargs !== null) {
      for (const key in kwargs) {
        const i = at.get(key);
        if (i === undefined) {
          if (extra < 0) throw unknownKeyword(fn, key, names);
          // Any name may be one of the user's, that of the prototype, too.
          Object.defineProperty(out[extra], key, {
            value: kwargs[key],
            writable: true,
            enumerable: true,
            configurable: true,
          });
          continue;
        }
        if (i < k && params[i].kind === 'normal' && args[i] !== undefined)
          throw new TypeError(`${fn}() got multiple values for argument '${key}'`);
        if (kwargs[key] !== undefined) {
          out[i] = kwargs[key];
          if (i >= k) given++;
        }
      }
    }
    for (const i of counts) if (typeof out[i] === 'bigint' || Array.isArray(out[i])) out[i] = plainNumbers(out[i]);
    let lacks = false;
    for (let i = 0; i < needed; i++) if (out[i] === undefined) lacks = true;
    if (lacks && k + given < params.length) {
      const missing = params.filter((p, i) => p.required && out[i] === undefined).map((p) => `'${p.name}'`);
      if (missing.length > 0) {
        const list =
          missing.length === 1 ? missing[0] : missing.slice(0, -1).join(', ') + ' and ' + missing[missing.length - 1];
        throw new TypeError(
          `${fn}() missing ${missing.length} required positional argument${plural(missing.length)}: ${list}`,
        );
      }
    }
    return out;
  };
}

const withDefaults = (
  list: readonly Parameter[],
  values: Readonly<Record<string, unknown>> | undefined,
): readonly Parameter[] =>
  values === undefined
    ? list
    : [
        ...list.map((p) => (p.name in values ? { ...p, value: values[p.name] } : p)),
        ...Object.entries(values)
          .filter(([name]) => !list.some((p) => p.name === name))
          .map(([name, value]): Parameter => ({ name, kind: 'keyword', required: false, value })),
      ];

/** Signatures of functions that make arrays of the class of `like`. */
const LIKE = /\blike=None\b/;

/** Who makes the array for `like`: arrays leave it to the function. @throws TypeError for what does not implement the protocol */
function likeTaker(like: unknown): ArrayFunctionProtocol | null {
  if (like instanceof ArrayValue && like.face.priority === 0) return null;
  if (typeof like !== 'object' || like === null || !(ARRAY_FUNCTION in like))
    throw new TypeError('The `like` argument must be an array-like that implements the `__array_function__` protocol.');
  return protocolArgs([like], null)[0];
}

/**
 * Declares a public function: NumPy's name, NumPy's signature text, and a body that takes the bound values in order of the signature
 * (`None` is null, `<no value>` is undefined, `*args` an array, `**kwargs` an object).
 *
 * @param kind how it treats arrays of other classes, see {@link FunctionKind}
 * @param defaults values of parameters that are left out, where they are others than NumPy's text has; a name that the text does
 * not have is a keyword of our own, whose value comes last
 * Example: const ptp = fn<Reduction>('ptp', 'a, axis=None, out=None, keepdims=<no value>', (a, axis, out, keepdims) => …)
 */
export function fn<T extends (...args: any[]) => any>(
  name: string,
  signature: string,
  body: (...bound: any[]) => any,
  kind: FunctionKind = 'composite',
  defaults?: Readonly<Record<string, unknown>>,
): T & PublicFunction {
  let bindArgs: ReturnType<typeof binder> | null = null;
  let names: string[] | null = null;
  const call = (...args: unknown[]): unknown => {
    const n = args.length;
    let kwargs: Record<string, unknown> | null = null;
    if (n > 0 && isKeywords(args[n - 1])) kwargs = args.pop() as Record<string, unknown>;
    if (kwargs !== null && kwargs.like !== undefined && kwargs.like !== null && LIKE.test(signature)) {
      const { like, ...rest } = kwargs;
      const taker = likeTaker(like);
      if (taker !== null) return dispatch(self, [taker], args, rest);
    } else if (kind !== 'conversion') {
      const takers = protocolArgs(args, kwargs);
      if (takers.length > 0) return dispatch(self, takers, args, kwargs ?? {});
    }
    bindArgs ??= binder(name, withDefaults(parseSignature(signature), defaults));
    const bound = bindArgs(args, kwargs);
    const door = memoryDoor();
    if (door !== null)
      return runAs(name, () => door(self, (names ??= parseSignature(signature).map((p) => p.name)), bound));
    return runAs(name, () => body(...bound));
  };
  const self: T & PublicFunction = Object.assign(call, {
    functionName: name,
    kind,
    signature,
    body,
    defaults,
  }) as never;
  Object.defineProperty(call, 'name', { value: name });
  return self;
}

/** Binds arguments for a function that arrives through the protocol, as `fn` would have. */
export function bindFor(
  f: PublicFunction,
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>>,
): unknown[] {
  let b = binders.get(f);
  if (!b) {
    b = binder(f.functionName, withDefaults(parseSignature(f.signatureText ?? f.signature ?? ''), f.defaults));
    binders.set(f, b);
  }
  return b([...args], { ...kwargs });
}
const binders = new WeakMap<PublicFunction, ReturnType<typeof binder>>();
