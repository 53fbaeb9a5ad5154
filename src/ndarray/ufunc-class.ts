import { asDtype, type DType, type DTypeLike } from '../core/dtype.js';
import { TypeError, ValueError } from '../core/errors.js';
import { inspectable } from '../core/inspect.js';
import { reductionLoop } from '../core/ops/reduce.js';
import { checkOutput, type OperandType, resolveLoop, type UfuncRow } from '../core/ops/row.js';
import { type Arity, readCasting, readTypes } from '../core/ops/ufunc.js';
import { canCast, type WeakKind } from '../core/promote.js';

/** What all ufuncs have in common, whatever computes them: NumPy's attributes, their text, and the class that `instanceof` asks for. */

/** What NumPy tells of a ufunc. */
export interface UfuncFacts {
  /** The name, as `__name__` in Python. */
  readonly name: string;
  /** How many operands there are. */
  readonly nin: number;
  /** How many results there are. */
  readonly nout: number;
  readonly nargs: number;
  readonly ntypes: number;
  /** The loops, `dd->d` each: type codes of operands and results. */
  readonly types: readonly string[];
  readonly identity: number | boolean | null;
  /** The core dimensions of a generalised ufunc, `(n),(n)->()`; null for one that works element by element. */
  readonly signature: string | null;
  /** The documentation, as `__doc__` in Python. */
  readonly doc: string;
  /** `<ufunc 'add'>`. */
  repr(): string;
  /**
   * The dtypes that a call with operands and results of these dtypes would compute with. 'int', 'float' and 'complex' stand for lone
   * numbers, null for what is not given.
   */
  resolve_dtypes: (
    dtypes: readonly (DType | 'int' | 'float' | 'complex' | null)[],
    kw?: { signature?: unknown; casting?: string; reduction?: boolean },
  ) => DType[];
}

/** The class of all ufuncs. It makes none. */
export class Ufunc extends Function {
  constructor() {
    super();
    throw new TypeError("cannot create 'numpy.ufunc' instances");
  }

  repr(): string {
    return `<ufunc '${this.name}'>`;
  }

  override toString(): string {
    return this.repr();
  }

  get __name__(): string {
    return this.name;
  }

  get __qualname__(): string {
    return this.name;
  }

  /** The signature as text. */
  get __signature__(): string {
    return `(${(this as unknown as { signatureText: string }).signatureText})`;
  }

  get __doc__(): string {
    return (this as unknown as UfuncFacts).doc;
  }
}
inspectable(Ufunc, 'ufunc');

/** What a ufunc knows of itself; lists and texts are long, and few ask for them. */
export interface OwnFacts
  extends Pick<UfuncFacts, 'name' | 'nin' | 'nout' | 'identity' | 'signature' | 'resolve_dtypes'> {
  readonly types: () => readonly string[];
  readonly doc: () => string;
}
const FACTS = Symbol('facts');
const lists = /*@__PURE__*/ new WeakMap<OwnFacts, readonly string[]>();
function typesIn(facts: OwnFacts): readonly string[] {
  let list = lists.get(facts);
  if (list === undefined) {
    list = facts.types();
    lists.set(facts, list);
  }
  return list;
}

/** The attributes of all ufuncs, as they follow from the facts. */
const ATTRIBUTES: {
  readonly [K in Exclude<keyof UfuncFacts, 'name' | 'repr' | 'signature'>]: (f: OwnFacts) => UfuncFacts[K];
} = {
  nin: (f) => f.nin,
  nout: (f) => f.nout,
  nargs: (f) => f.nin + f.nout,
  types: typesIn,
  ntypes: (f) => typesIn(f).length,
  identity: (f) => f.identity,
  doc: (f) => f.doc(),
  resolve_dtypes: (f) => f.resolve_dtypes,
};
for (const [name, get] of Object.entries(ATTRIBUTES) as [string, (f: OwnFacts) => unknown][])
  Object.defineProperty(Ufunc.prototype, name, {
    get(this: { [FACTS]?: OwnFacts }) {
      const facts = this[FACTS];
      return facts === undefined ? undefined : get(facts);
    },
    configurable: true,
  });

/** Gives a callable the attributes of a ufunc. @param prototype the class's, or one that inherits from it */
export function asUfunc<C extends object>(
  call: C,
  facts: OwnFacts,
  prototype: object = Ufunc.prototype,
): C & UfuncFacts {
  Object.setPrototypeOf(call, prototype);
  Object.defineProperty(call, 'name', { value: facts.name, configurable: true });
  Object.defineProperty(call, 'signature', { value: facts.signature, configurable: true });
  Object.defineProperty(call, FACTS, { value: facts });
  return call as C & UfuncFacts;
}

// The C types that have a code of their own and the same size as another: long long is long here, long double is double.
const TWINS: readonly (readonly [string, string])[] = [
  ['l', 'q'],
  ['L', 'Q'],
];

// Loops that NumPy lists twice, since some of them have a vectorised form.
const TWICE: Readonly<Record<string, string>> = {
  ...Object.fromEntries('ceil exp floor log rint sqrt trunc'.split(' ').map((n) => [n, 'fd'])),
  ...Object.fromEntries(
    'arccos arccosh arcsin arcsinh arctan arctanh cbrt cosh exp2 expm1 log10 log1p log2 power sinh tan tanh'
      .split(' ')
      .map((n) => [n, 'efd']),
  ),
};

/**
 * NumPy's list of loops, with the codes of C types that are the same as others here: `qq->q` stands after `LL->L`, `gg->g`
 * after `dd->d`.
 */
export function typesOf(name: string, loops: readonly string[]): readonly string[] {
  const again = TWICE[name] ?? '';
  const out: string[] = [];
  const insOf = (t: string): string => t.slice(0, t.indexOf('-'));
  const only = (t: string, c: string): boolean => [...insOf(t)].every((k) => k === c);
  const mixed = (t: string): boolean => insOf(t) === 'lL' || insOf(t) === 'Ll';
  const known = new Set(loops);
  const twins = (ts: readonly string[], from: string, to: string): string[] =>
    ts.map((t) => t.replaceAll(from, to)).filter((t) => !known.has(t));
  for (let i = 0; i < loops.length; i++) {
    const t = loops[i];
    if (mixed(t)) {
      out.push(t.replace('l', 'q').replace('L', 'Q'));
      continue;
    }
    out.push(t);
    if (only(t, 'L')) {
      const signed = loops.find((o) => only(o, 'l'));
      for (const [loop, [from, to]] of [
        [signed, TWINS[0]],
        [t, TWINS[1]],
      ] as const)
        if (loop !== undefined) out.push(...twins([loop], from, to));
    }
    for (const [code, long, inner] of [
      ['d', 'g', 'd'],
      ['D', 'G', 'd'],
    ] as const) {
      // After the last of a run of loops that take this code first.
      if (t[0] !== code || loops[i + 1]?.[0] === code) continue;
      const run = loops.filter((o) => o[0] === code && !/[mMO]/.test(o));
      if (code === 'd' && again !== '') out.push(...[...again].map((c) => t.replaceAll('d', c)));
      for (const o of run) out.push(o.replaceAll(code, long).replaceAll(inner, 'g'));
    }
  }
  return out;
}

/** How the functions of Python are shown at the head of a ufunc's documentation. */
export const docOf = (u: Arity, text: string): string => {
  const ins = u.nin === 1 ? 'x' : Array.from({ length: u.nin }, (_, i) => `x${i + 1}`).join(', ');
  const outs = u.nout === 1 ? '' : `[, ${Array.from({ length: u.nout }, (_, i) => `out${i + 1}`).join(', ')}]`;
  const out = u.nout === 1 ? 'out=None' : `/ [, out=(${new Array(u.nout).fill('None').join(', ')})]`;
  return `${u.name}(${ins}${outs}, ${u.nout === 1 ? `/, ${out}` : out}, *, where=True, casting='same_kind', order='K', dtype=None, subok=True[, signature])\n\n${text}`;
};

const WEAK: ReadonlySet<unknown> = new Set(['int', 'float', 'complex']);

/** `ufunc.resolve_dtypes`. @param row the loops to choose from */
export function resolveDtypes(
  row: UfuncRow,
  dtypes: unknown,
  kw: { signature?: unknown; casting?: unknown; reduction?: unknown } = {},
): DType[] {
  const { nin, nout, name } = row;
  for (const key in kw)
    if (!['signature', 'casting', 'reduction'].includes(key))
      throw new TypeError(`resolve_dtypes() got an unexpected keyword argument '${key}'`);
  if (dtypes === undefined) throw new TypeError('resolve_dtypes() missing required positional argument 0');
  const casting = readCasting(kw.casting);
  const want = readTypes(row, { signature: kw.signature });
  const reduction = Boolean(kw.reduction);
  if (reduction && (nin !== 2 || nout !== 1))
    throw new ValueError('ufunc is not compatible with reduction operations.');
  if (!Array.isArray(dtypes) || dtypes.length !== nin + nout)
    throw new TypeError('resolve_dtypes: The dtypes must be a tuple of `ufunc.nargs` length.');
  const given = dtypes.map((d: unknown): OperandType | null => {
    if (d === null || d === undefined) return null;
    if (WEAK.has(d)) return d as WeakKind;
    if (typeof d !== 'object' && typeof d !== 'function')
      throw new TypeError('Provided dtype must be a valid NumPy dtype, int, float, complex, or None.');
    return asDtype(d as DTypeLike);
  });
  if (reduction) {
    if (given[2] !== null)
      throw new TypeError('Output dtype must not be passed for reductions, pass the first input instead.');
    if (given[1] === null)
      throw new TypeError('All input dtypes must be provided (except the first one in reductions)');
    const first = given[0] === null ? null : asDtype(given[0] as DTypeLike);
    const loop = reductionLoop(row, asDtype(given[1] as DTypeLike), want?.[0] ?? want?.[2] ?? null, first);
    return [...loop.ins, ...loop.outs];
  }
  const ins = given.slice(0, nin);
  if (ins.includes(null)) throw new TypeError('All input dtypes must be provided (except the first one in reductions)');
  const loop = resolveLoop(row, ins as OperandType[], casting, want);
  if (want !== null)
    ins.forEach((t, i) => {
      if (typeof t === 'object' && t !== null && !canCast(t, loop.ins[i], casting))
        throw new TypeError(`No loop matching the specified signature and casting was found for ufunc ${name}`);
    });
  loop.outs.forEach((d, i) => {
    const to = given[nin + i];
    if (typeof to === 'object' && to !== null) checkOutput(row, i, d, to, casting);
  });
  return [...loop.ins, ...loop.outs];
}
