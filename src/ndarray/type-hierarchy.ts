import { asDtype, DType, type DTypeLike, isTime, type Kind } from '../core/dtype.js';
import { TypeError, ValueError } from '../core/errors.js';
import { inspectable } from '../core/inspect.js';
import { fn } from '../core/signature.js';
import { NDArray } from './ndarray.js';

/** Classes of scalar types, and questions about where a dtype stands among them. */

/** A class of scalar types, as `np.floating`: for `np.issubdtype`. @example np.issubdtype('int8', np.integer) // → true */
export class AbstractScalarType {
  constructor(
    readonly name: string,
    readonly parent: AbstractScalarType | null,
  ) {}
  toString(): string {
    return `<class 'numpy.${this.name}'>`;
  }
  /** Arrays without axes are the instances, as NumPy's scalars are. */
  [Symbol.hasInstance](x: unknown): boolean {
    return x instanceof NDArray && x.shape.length === 0 && isBelow(parentOf(x.dtype), this);
  }
}
inspectable(AbstractScalarType, 'AbstractScalarType');
export const isAbstract = (x: unknown): x is AbstractScalarType => x instanceof AbstractScalarType;

export const generic: AbstractScalarType = /*@__PURE__*/ new AbstractScalarType('generic', null);
export const number: AbstractScalarType = /*@__PURE__*/ new AbstractScalarType('number', generic);
export const integer: AbstractScalarType = /*@__PURE__*/ new AbstractScalarType('integer', number);
export const signedinteger: AbstractScalarType = /*@__PURE__*/ new AbstractScalarType('signedinteger', integer);
export const unsignedinteger: AbstractScalarType = /*@__PURE__*/ new AbstractScalarType('unsignedinteger', integer);
export const inexact: AbstractScalarType = /*@__PURE__*/ new AbstractScalarType('inexact', number);
export const floating: AbstractScalarType = /*@__PURE__*/ new AbstractScalarType('floating', inexact);
export const complexfloating: AbstractScalarType = /*@__PURE__*/ new AbstractScalarType('complexfloating', inexact);
export const flexible: AbstractScalarType = /*@__PURE__*/ new AbstractScalarType('flexible', generic);
export const character: AbstractScalarType = /*@__PURE__*/ new AbstractScalarType('character', flexible);

const ABSTRACT: Record<string, () => AbstractScalarType> = {
  generic: () => generic,
  number: () => number,
  integer: () => integer,
  signedinteger: () => signedinteger,
  unsignedinteger: () => unsignedinteger,
  inexact: () => inexact,
  floating: () => floating,
  complexfloating: () => complexfloating,
  flexible: () => flexible,
  character: () => character,
};

const PARENTS: { readonly [K in Kind]: () => AbstractScalarType } = {
  b: () => generic,
  i: () => signedinteger,
  u: () => unsignedinteger,
  f: () => floating,
  c: () => complexfloating,
  U: () => character,
  S: () => character,
  M: () => generic,
  m: () => signedinteger,
  O: () => generic,
  V: () => flexible,
};

/** The class that the scalar type of a dtype stands directly below. */
export const parentOf = (d: DType): AbstractScalarType => PARENTS[d.kind]();

/** What may stand for a type in `issubdtype`: a dtype, or a class of them, also by name. */
export type TypeLike = DTypeLike | AbstractScalarType;

/** A dtype, or a class of scalar types. */
function typeOf(x: unknown): DType | AbstractScalarType {
  if (isAbstract(x)) return x;
  if (typeof x === 'string') {
    const named = x.replace(/^np\.|^numpy\./, '');
    if (Object.hasOwn(ABSTRACT, named)) return ABSTRACT[named]();
    return asDtype(named);
  }
  return asDtype(x as DTypeLike);
}

/**
 * Whether the first type is the second, or below it in the hierarchy of scalar types.
 *
 * @throws TypeError for what is no type
 * @example np.issubdtype('float32', np.floating) // → true
 */
export const issubdtype: (arg1: TypeLike, arg2: TypeLike) => boolean = /*@__PURE__*/ fn(
  'issubdtype',
  'arg1, arg2',
  (arg1, arg2) => {
    const a = typeOf(arg1);
    const b = typeOf(arg2);
    if (a instanceof DType) {
      if (b instanceof DType) return a.family === b.family;
      return isBelow(parentOf(a), b);
    }
    return b instanceof DType ? false : isBelow(a, b);
  },
);

function isBelow(a: AbstractScalarType, b: AbstractScalarType): boolean {
  for (let t: AbstractScalarType | null = a; t !== null; t = t.parent) if (t === b) return true;
  return false;
}

const KINDS: Record<string, string> = {
  bool: 'b',
  'signed integer': 'i',
  'unsigned integer': 'u',
  integral: 'iu',
  'real floating': 'f',
  'complex floating': 'c',
  numeric: 'iufc',
};

const pythonType = (x: unknown): string =>
  typeof x === 'string'
    ? 'str'
    : typeof x === 'number'
      ? Number.isInteger(x)
        ? 'int'
        : 'float'
      : x === null
        ? 'NoneType'
        : Array.isArray(x)
          ? 'list'
          : typeof x;

/**
 * Whether a dtype is of a kind: 'bool', 'signed integer', 'unsigned integer', 'integral', 'real floating', 'complex floating',
 * 'numeric', a dtype, or one of a list of these.
 *
 * @throws TypeError when the first argument is no dtype; ValueError for an unknown kind
 * @example np.isdtype(np.float32, 'real floating') // → true
 */
export const isdtype: (
  dtype: DType | { readonly dtype: DType },
  kind: string | DTypeLike | readonly (string | DTypeLike)[],
) => boolean = /*@__PURE__*/ fn('isdtype', 'dtype, kind', (d, kind) => {
  if (typeof d === 'string' || typeof d === 'number' || d === null || d === undefined) {
    throw new TypeError(`dtype argument must be a NumPy dtype, but it is a <class '${pythonType(d)}'>.`);
  }
  const row = asDtype(d as DTypeLike);
  const kinds = Array.isArray(kind) ? kind : [kind];
  return kinds.some((k) => {
    if (typeof k === 'string') {
      if (!Object.hasOwn(KINDS, k))
        throw new ValueError(`kind argument is a string, but '${k}' is not a known kind name.`);
      return KINDS[k].includes(row.kind);
    }
    if (isAbstract(k)) return false;
    if (typeof k !== 'function' && !(k instanceof DType)) {
      throw new TypeError(
        `kind argument must be comprised of NumPy dtypes or strings only, but is a <class '${pythonType(k)}'>.`,
      );
    }
    const other = asDtype(k as DTypeLike);
    return isTime(row) ? other.kind === row.kind : other === row;
  });
});
