import { IndexError, KeyError, TypeError, ValueError } from '../errors.js';
import { DType, type DTypeName, type Field } from './class.js';
import { nativeOf, structDtype, swappedOf, voidDtype, withMetadata } from './parametric.js';

/** What a dtype tells of its fields, and dtypes made from it. They stand apart from the class, which knows no other dtype. */

export type Described = readonly (readonly unknown[])[];

declare module './class.js' {
  interface DType<N extends DTypeName = DTypeName> {
    /**
     * The dtype of a field, by name, title or place (`dtype['x']` in Python); of a list of names, the structure of these fields.
     * @throws KeyError `"Field named 'x' not found."`, IndexError `Field index 5 out of range.`
     */
    field(key: string | number | readonly string[]): DType;
    /** The dtype in another byte order: 'S' swaps, '<' is little, '>' big, '=' native, '|' leaves it. @throws ValueError */
    newbyteorder(order?: string): DType;
    /** The same structure with other names (assignment to `dtype.names` in Python; dtypes do not change here). @throws ValueError */
    renamed(names: readonly string[]): DType;
    /** The fields as a list that `np.dtype` reads, gaps as raw memory without a name. @throws ValueError where fields overlap */
    readonly descr: Described;
    /** Number of fields. */
    readonly length: number;
  }
}

const named = (d: DType, key: string): Field => {
  const f = d.layout?.find((e) => e.name === key) ?? d.layout?.find((e) => e.title === key);
  if (f === undefined) throw new KeyError(`"Field named '${key}' not found."`);
  return f;
};

function field(this: DType, given: string | number | bigint | readonly string[]): DType {
  const key = typeof given === 'bigint' ? Number(given) : given;
  if (this.layout === null) throw new KeyError(`'There are no fields in dtype ${String(this)}.'`);
  if (typeof key === 'number' && Number.isInteger(key)) {
    const f = this.layout[key < 0 ? key + this.layout.length : key];
    if (f === undefined) throw new IndexError(`Field index ${key} out of range.`);
    return f.dtype;
  }
  if (typeof key === 'string') return named(this, key).dtype;
  if (!Array.isArray(key) || key.some((k) => typeof k !== 'string'))
    throw new TypeError('Field key must be an integer field offset, single field name, or list of field names.');
  const layout = key.map((k: string) => {
    const f = this.layout?.find((e) => e.name === k);
    if (f === undefined && this.layout?.some((e) => e.title === k))
      throw new KeyError("'cannot use field titles in multi-field index'");
    if (f === undefined) throw new KeyError(`'${k}'`);
    return f;
  });
  key.forEach((n, i) => {
    if (key.indexOf(n) !== i) throw new ValueError(`duplicate field of name '${n}'`);
  });
  return structDtype(layout, this.itemsize, this.isalignedstruct);
}

const little = (d: DType): DType => nativeOf(d);
const ORDERS: Readonly<Record<string, (d: DType) => DType>> = {
  s: swappedOf,
  '<': little,
  l: little,
  little,
  '=': little,
  n: little,
  native: little,
  '>': (d) => swappedOf(nativeOf(d)),
  b: (d) => swappedOf(nativeOf(d)),
  big: (d) => swappedOf(nativeOf(d)),
  '|': (d) => d,
  i: (d) => d,
};

function newbyteorder(this: DType, order = 'S'): DType {
  const f = ORDERS[String(order).toLowerCase()] ?? ORDERS[String(order)[0]?.toLowerCase() ?? ''];
  if (f === undefined) throw new ValueError(`byteorder not recognized (got '${order}')`);
  if (this.metadata === null) return f(this);
  const made = f(this.plain);
  return made === this.plain ? this : withMetadata(made, this.metadata);
}

function renamed(this: DType, names: readonly string[]): DType {
  if (this.layout === null) throw new ValueError('there are no fields defined');
  if (!Array.isArray(names) || names.length !== this.layout.length)
    throw new ValueError(`must replace all names at once with a sequence of length ${this.layout.length}`);
  names.forEach((n, i) => {
    if (typeof n !== 'string') throw new ValueError(`item #${i} of names is of type ${typeof n} and not string`);
    if (names.indexOf(n) !== i) throw new ValueError('Duplicate field names given.');
  });
  return structDtype(
    this.layout.map((f, i) => ({ ...f, name: names[i] })),
    this.itemsize,
    this.isalignedstruct,
  );
}

function descrOf(d: DType): Described {
  if (d.layout === null) return [['', d.subdtype !== null ? voidDtype(d.itemsize).str : d.str]];
  const out: unknown[][] = [];
  let at = 0;
  for (const f of d.layout) {
    if (f.offset < at)
      throw new ValueError('dtype.descr is not defined for types with overlapping or out-of-order fields');
    if (f.offset > at) out.push(['', `|V${f.offset - at}`]);
    at = f.offset + f.dtype.itemsize;
    const { base, shape } = f.dtype;
    const label = f.title === null ? f.name : [f.title, f.name];
    const type = base.layout !== null ? descrOf(base) : base.str;
    out.push(shape.length > 0 ? [label, type, [...shape]] : [label, type]);
  }
  if (at < d.itemsize) out.push(['', `|V${d.itemsize - at}`]);
  return out;
}

const hide = (name: string, value: PropertyDescriptor): void => {
  Object.defineProperty(DType.prototype, name, { configurable: true, enumerable: false, ...value });
};
hide('field', { value: field });
hide('newbyteorder', { value: newbyteorder });
hide('renamed', { value: renamed });
hide('descr', {
  get(this: DType): Described {
    return descrOf(this);
  },
});
hide('length', {
  get(this: DType): number {
    return this.layout?.length ?? 0;
  },
});
