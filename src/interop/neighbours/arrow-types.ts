import { TypeError } from '../../core/errors.js';
import { asDtype, byName, type DType } from '../../core/dtype.js';

/** Types of Apache Arrow and dtypes: one table for both ways. */

/** A type of Arrow, as its objects describe themselves. */
export interface ArrowType {
  readonly typeId: number;
  readonly bitWidth?: number;
  readonly isSigned?: boolean;
  readonly precision?: number;
  readonly unit?: number;
  readonly listSize?: number;
  readonly byteWidth?: number;
  readonly children?: readonly { readonly name: string; readonly type: ArrowType }[] | null;
  toString(): string;
}

/** Arrow's numbers for kinds of types. */
export const ID = {
  Null: 1,
  Int: 2,
  Float: 3,
  Utf8: 5,
  Bool: 6,
  Date: 8,
  Time: 9,
  Timestamp: 10,
  Struct: 13,
  FixedSizeBinary: 15,
  FixedSizeList: 16,
  Duration: 18,
  LargeUtf8: 20,
  Dictionary: -1,
} as const;

const UNITS = ['s', 'ms', 'us', 'ns'] as const;
const UNIT_NAMES = ['Second', 'Millisecond', 'Microsecond', 'Nanosecond'] as const;

/** How values lie in Arrow's memory, and the dtype that they are read as. */
export interface Lying {
  readonly memory: DType;
  readonly dtype: DType;
}
const same = (d: DType): Lying => ({ memory: d, dtype: d });

/** The dtypes of a type whose values have a fixed size. @throws TypeError for types that no dtype has */
export function lyingOf(t: ArrowType): Lying | null {
  switch (t.typeId) {
    case ID.Int:
      return same(byName[`${t.isSigned ? '' : 'u'}int${t.bitWidth as 8}`]);
    case ID.Float:
      return same([byName.float16, byName.float32, byName.float64][t.precision as number]);
    case ID.Timestamp:
      return same(asDtype(`M8[${UNITS[t.unit as number]}]`));
    case ID.Duration:
      return same(asDtype(`m8[${UNITS[t.unit as number]}]`));
    case ID.Date:
      // Days are counted in 32 bits.
      return t.unit === 0 ? { memory: byName.int32, dtype: asDtype('M8[D]') } : same(asDtype('M8[ms]'));
    case ID.Time: {
      const dtype = asDtype(`m8[${UNITS[t.unit as number]}]`);
      return t.bitWidth === 32 ? { memory: byName.int32, dtype } : same(dtype);
    }
    case ID.FixedSizeBinary:
      return same(asDtype(`V${t.byteWidth}`));
    default:
      return null;
  }
}

/** The classes of Arrow's module that are used. */
export interface ArrowModule {
  makeData(o: object): any;
  vectorFromArray(values: readonly unknown[], type: any): any;
  readonly Vector: new (data: any[]) => any;
  readonly Table: new (columns: any) => any;
  readonly Field: new (name: string, type: any, nullable?: boolean) => any;
  readonly FixedSizeList: new (size: number, field: any) => any;
  readonly Utf8: new () => any;
  readonly [className: string]: any;
}

/** The type of Arrow for a dtype, and the dtype that its memory has. @throws TypeError where there is none */
export function typeFor(d: DType, arrow: ArrowModule): { type: any; memory: DType } {
  const make = (name: string, memory: DType = d): { type: any; memory: DType } => ({ type: new arrow[name](), memory });
  switch (d.kind) {
    case 'b':
      return make('Bool');
    case 'i':
    case 'u':
    case 'f':
      return make(d.name[0].toUpperCase() + d.name.slice(1));
    case 'M':
    case 'm': {
      const unit = d.unit as { base: string; count: number };
      const at = unit.count === 1 ? UNITS.indexOf(unit.base as 's') : -1;
      if (at >= 0) return make(`${d.kind === 'M' ? 'Timestamp' : 'Duration'}${UNIT_NAMES[at]}`);
      if (d.kind === 'M' && unit.base === 'D' && unit.count === 1) return make('DateDay', byName.int32);
      break;
    }
  }
  throw new TypeError(
    `to_arrow: there is no type for ${d.name}; it has booleans, integers, floats, text, dates in days, and dates and durations in s, ms, us and ns`,
  );
}
