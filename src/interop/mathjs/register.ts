import { RuntimeError, TypeError } from '../../core/errors.js';
import { isMatrix } from '../../core/matrices.js';
import { offer } from '../../core/optional.js';
import { asNDArray, NDArray } from '../../ndarray/ndarray.js';
import { convert_to_tensor } from '../../tensor/convert.js';
import { Tensor } from '../../tensor/tensor.js';
import { applied, BINARY, type Row, type Settings, UNARY, type Value } from './elementwise.js';
import { installBrackets, installIndices, part, replace } from './indices.js';
import type { MathInstance, RawNode, TypedFunction } from './instance.js';
import { settled, to_mathjs } from './matrices.js';
import { FOLDS, MATRIX, PRODUCTS, SPECIAL } from './whole.js';

/** Arrays and tensors as a type of an instance of mathjs: rows of functions, each with the signatures in which an array may stand. */

/** The type under which typed-function knows both classes. */
const TYPE = 'NDArray';
const isOurs = (x: unknown): x is NDArray | Tensor => x instanceof NDArray || x instanceof Tensor;

/** Two operands of which one at least is an array. Mixed pairs are said one by one, since mathjs has functions of a matrix and anything. */
const PAIRS = ['A, A', 'A, any', 'any, A', 'A, Matrix', 'Matrix, A', 'A, Array', 'Array, A'];

type Call = (...args: any[]) => unknown;
interface Row_ {
  readonly signatures: readonly string[];
  readonly f: Call;
  /** The argument that expressions count from 1. */
  readonly oneBased?: number;
}

class Registration {
  private readonly done = new Set<string>();

  constructor(private readonly math: MathInstance) {}

  private get settings(): Settings {
    return this.math.config();
  }
  /** An operand as np takes it. */
  private operand(x: Value): Value {
    if (isOurs(x) || typeof x !== 'object' || x === null) return x;
    return Array.isArray(x) || isMatrix(x) ? asNDArray(x as never) : x;
  }
  /** A call of a row of np's. */
  private calling(f: Row): Call {
    return (...args) =>
      settled(
        applied(
          f,
          args.map((x) => this.operand(x)),
          this.settings,
        ),
        this.math,
      );
  }

  run(): void {
    const { math } = this;
    math.typed.addType({ name: TYPE, test: isOurs });
    for (const [name, f] of Object.entries(UNARY)) this.plan(name, { signatures: ['A'], f: this.calling(f) });
    for (const [name, f] of Object.entries({ ...BINARY, ...PRODUCTS }))
      this.plan(name, { signatures: PAIRS, f: this.calling(f) });
    for (const [name, f] of Object.entries(MATRIX))
      this.plan(name, { signatures: ['A'], f: this.calling((x) => f(x)) });
    for (const [name, f] of Object.entries(FOLDS))
      this.plan(name, {
        signatures:
          name === 'std' || name === 'variance'
            ? ['A', 'A, number', 'A, string', 'A, number, string']
            : ['A', 'A, number'],
        oneBased: 1,
        f: (x, a, b) => settled(typeof a === 'string' ? f(x, undefined, a) : f(x, a, b), math),
      });
    for (const { name, signatures, oneBased, f } of SPECIAL)
      this.plan(name, { signatures, oneBased, f: (...args) => settled(f(math as never, ...args), math) });
    this.plan('typeOf', { signatures: ['A'], f: (x) => (x instanceof NDArray ? 'NDArray' : 'Tensor') });
    this.plan('subset', {
      signatures: ['A, Index', 'A, Index, any'],
      f: (x, index, value) => {
        if (value === undefined) return settled(part(x, index), math);
        const changed = replace(
          asNDArray((x instanceof Tensor ? x.numpy() : x) as never).copy() as NDArray,
          index,
          value,
        );
        return x instanceof Tensor ? convert_to_tensor(changed) : changed;
      },
    });
    for (const name of Object.keys(math)) if (!LEFT.has(name) && !/^[A-Z]/.test(name)) this.later(name);
    installBrackets(math);
    installIndices(math, (a) => convert_to_tensor(a) as Tensor);
  }

  /** The rows of a function, which it gets when it is first used: making all functions of an instance takes a second. */
  private readonly rows = new Map<string, Row_[]>();
  private plan(name: string, row: Row_): void {
    const list = this.rows.get(name);
    if (list === undefined) this.rows.set(name, [row]);
    else list.push(row);
  }

  /** Puts off what is done to a function until it is asked for, by its name or by that of its transform. */
  private later(name: string): void {
    const { math } = this;
    const holders: object[] = [math, math.expression.transform, math.expression.mathWithTransform];
    const own = holders.flatMap((o) => {
      const d = Object.getOwnPropertyDescriptor(o, name);
      return d === undefined ? [] : [[o as Record<string, unknown>, d] as const];
    });
    const extend = (): void => {
      for (const row of this.rows.get(name) ?? []) this.add(name, row);
      this.liftRest(name);
    };
    if (own.some(([, d]) => d.configurable !== true)) {
      extend();
      return;
    }
    let begun = false;
    const begin = (): void => {
      if (begun) return;
      begun = true;
      for (const [o, d] of own) Object.defineProperty(o, name, d);
      extend();
    };
    for (const [o, d] of own)
      Object.defineProperty(o, name, {
        configurable: true,
        enumerable: d.enumerable,
        get: () => {
          begin();
          return o[name];
        },
        set: (value) => {
          begin();
          o[name] = value;
        },
      });
  }

  // ---- one function -------------------------------------------------------------------------------------------------

  /** Adds signatures to a function that the instance has. Its transform, by which expressions count from 1, stays for all else. */
  private add(name: string, row: Row_): void {
    const { math } = this;
    const before = math[name] as unknown;
    if (!math.typed.isTypedFunction(before)) return;
    const again = this.done.has(name);
    this.done.add(name);
    const signatures: Record<string, Call> = {};
    for (const s of row.signatures) {
      const key = s.replace(/\bA\b/g, TYPE);
      // Signatures with a rest have a list as the last argument.
      signatures[key] = s.includes('...')
        ? (...args) => row.f(...args.slice(0, -1), ...(args[args.length - 1] as unknown[]))
        : row.f;
    }
    const { transform } = math.expression;
    const old = Object.hasOwn(transform, name) ? transform[name] : undefined;
    // Some have another name than the one they are known by.
    math.import({ [name]: math.typed((before as TypedFunction).name, signatures) });
    if (old === undefined || again) {
      if (old !== undefined) this.transformed(name, old);
      return;
    }
    const based = row.oneBased;
    const fromZero = (args: readonly unknown[]): unknown[] => {
      const out = [...args];
      const at = based === -1 ? out.length - 1 : based;
      if (at !== undefined && typeof out[at] === 'number') out[at] = (out[at] as number) - 1;
      return out;
    };
    const call = (...args: unknown[]): unknown => (math[name] as Call)(...fromZero(args));
    this.transformed(name, old.rawArgs === true ? raw(old, call) : this.either(name, call, old));
  }

  private either(name: string, ours: Call, old: TypedFunction): TypedFunction {
    const f = (...args: unknown[]): unknown => (args.some(isOurs) ? ours(...args) : old(...args));
    return Object.defineProperty(f, 'name', { value: name }) as unknown as TypedFunction;
  }

  private transformed(name: string, f: TypedFunction): void {
    const { transform, mathWithTransform } = this.math.expression;
    transform[name] = f;
    mathWithTransform[name] = f;
  }

  // ---- all other functions --------------------------------------------------------------------------------------------

  /** An array as a matrix of this instance. */
  private matrix(x: unknown): unknown {
    return isOurs(x) ? to_mathjs(x, { math: this.math }) : x;
  }

  /** A function of mathjs' on copies of arrays. */
  private lift(name: string, signatures: readonly string[]): void {
    const old = Object.hasOwn(this.math.expression.transform, name) ? this.math.expression.transform[name] : undefined;
    const keeps = KEEP.has(name);
    const back = (r: unknown, args: readonly unknown[]): unknown => {
      if (keeps || typeof r !== 'object' || r === null || !isMatrix(r)) return r;
      const a = asNDArray(r as never);
      return args.some((x) => x instanceof Tensor) && a.dtype.kind !== 'O' ? convert_to_tensor(a) : a;
    };
    const call = (...args: unknown[]): unknown =>
      back((this.math[name] as Call)(...args.map((x) => this.matrix(x))), args);
    this.add(name, { signatures, f: call });
    if (old === undefined) return;
    const through = (...args: unknown[]): unknown => back(old(...args.map((x) => this.matrix(x))), args);
    if (old.rawArgs === true) {
      const f = ((args: RawNode[], math: unknown, scope: unknown) => {
        const values: unknown[] = [];
        const nodes = args.map((n, i) =>
          i < args.length - 1 ? evaluated(n, scope, (x) => (values.push(x), this.matrix(x))) : n,
        );
        return back((old as unknown as Call)(nodes, math, scope), values);
      }) as unknown as TypedFunction;
      f.rawArgs = true;
      this.transformed(name, f);
    } else this.transformed(name, this.either(name, through, old));
  }

  /** What takes matrices and has no row. */
  private liftRest(name: string): void {
    const { math } = this;
    const f = math[name] as TypedFunction;
    if (!math.typed.isTypedFunction(f)) return;
    const said = LIFTED[name];
    if (said !== undefined) {
      this.lift(name, said);
      return;
    }
    // Those that count axes in expressions, or take pairs, have all their signatures already.
    if (this.done.has(name) && (Object.hasOwn(math.expression.transform, name) || !(name in UNARY))) return;
    const found = new Set<string>();
    const has = (s: string): boolean => s.replace(/\bA\b/g, TYPE).replaceAll(' ', '') in f.signatures;
    for (const s of Object.keys(f.signatures)) for (const l of liftedOf(s)) if (!has(l)) found.add(l);
    if (found.size > 0) this.lift(name, [...found]);
  }
}

/** Functions of anything that read matrices in their own ways. */
const LIFTED: Readonly<Record<string, readonly string[]>> = {
  format: ['A', 'A, any'],
  deepEqual: ['A, A', 'A, any', 'any, A'],
  index: ['A', 'A, any', 'any, A', 'A, A'],
};

/** Conversions to what mathjs has, whose results stay matrices. */
const KEEP: ReadonlySet<string> = new Set([
  'matrix',
  'sparse',
  'bignumber',
  'fraction',
  'complex',
  'unit',
  'bigint',
  'format',
  'index',
  'deepEqual',
]);
/** What reads text, or is no function of values. */
const LEFT: ReadonlySet<string> = new Set([
  'typed',
  'import',
  'config',
  'parse',
  'compile',
  'evaluate',
  'parser',
  'help',
  'chain',
  'simplify',
  'derivative',
  'resolve',
  'rationalize',
]);

/** A signature with arrays in the places of matrices, each alone and all together. */
function liftedOf(signature: string): string[] {
  if (signature.includes('...')) return [];
  const types = signature.split(',').map((t) => t.trim());
  const places = types.flatMap((t, i) => (t === 'Matrix' || t === 'DenseMatrix' ? [i] : []));
  if (places.length === 0 || places.length > 3) return [];
  const out: string[] = [];
  for (let mask = 1; mask < 1 << places.length; mask++)
    out.push(types.map((t, i) => (places.includes(i) && mask & (1 << places.indexOf(i)) ? 'A' : t)).join(', '));
  return out;
}

/** A node whose value is changed on its way. */
function evaluated(node: RawNode, scope: unknown, f: (x: unknown) => unknown): RawNode {
  let known: { readonly value: unknown } | null = null;
  return Object.assign(Object.create(node as object) as RawNode, {
    compile: () => ({ evaluate: () => (known ??= { value: f(node.compile().evaluate(scope)) }).value }),
  });
}

/** A function that evaluates its arguments itself (`and` leaves out the second where the first decides): of arrays all are. */
function raw(old: TypedFunction, ours: Call): TypedFunction {
  const f = ((args: RawNode[], math: unknown, scope: unknown) => {
    const first = args[0]?.compile().evaluate(scope);
    if (isOurs(first)) return ours(first, ...args.slice(1).map((n) => n.compile().evaluate(scope)));
    const nodes = [
      evaluated({ ...args[0], compile: () => ({ evaluate: () => first }) } as RawNode, scope, (x) => x),
      ...args.slice(1),
    ];
    let mine: unknown[] | null = null;
    const seen = nodes.map((n, i) =>
      i === 0
        ? n
        : evaluated(n, scope, (x) => {
            if (isOurs(x)) mine = [first, x];
            return isOurs(x) ? true : x;
          }),
    );
    const r = (old as unknown as Call)(seen, math, scope);
    return mine === null ? r : ours(...(mine as unknown[]));
  }) as unknown as TypedFunction;
  f.rawArgs = true;
  return f;
}

const known = new WeakSet<object>();

/**
 * Makes arrays and tensors a type of an instance of mathjs: its functions and expressions take them, with mathjs' meaning (`*` is the matrix product, `.*` goes
 * element by element, indices count from 1 in expressions) and np's kernels. Functions that np does not have compute on a copy. What
 * the instance does with all other values stays as it is. Doing it twice does nothing.
 *
 * @param math an instance made by mathjs' `create(all)`
 * @returns the same instance
 * @throws TypeError for what is no such instance
 * @example
 * const { all, create } = await interop.load('mathjs');
 * const math = interop.mathjs(create(all));
 * const A = np.array([[1, 2], [3, 4]]);
 * math.evaluate('A * x + 1', { A, x: np.array([1, 1]) }); // → array([4., 8.])
 */
export function mathjs<M extends object>(math: M): M {
  const m = math as unknown as MathInstance;
  if (typeof m !== 'object' || m === null || typeof m.typed?.addType !== 'function' || typeof m.import !== 'function')
    throw new TypeError(
      "interop.mathjs: an instance of mathjs is needed, as create(all) makes it; the package's own functions cannot be changed",
    );
  if (known.has(math)) return math;
  if (m.DenseMatrix === undefined)
    throw new TypeError('interop.mathjs: the instance has no matrices; make it with create(all)');
  known.add(math);
  offer('mathjs', math);
  try {
    new Registration(m).run();
  } catch (e) {
    throw new RuntimeError(`interop.mathjs: the instance takes no new types: ${(e as Error).message}`);
  }
  return math;
}
