import { complex } from '../../core/complex.js';
import { bool, bytesDtype, complex128, type DType, float64, int64, isText, strDtype } from '../../core/dtype.js';
import { ConverterError, ValueError } from '../../core/errors.js';
import { percent } from '../../core/strings/percent.js';
import { array } from '../creation/convert.js';
import type { NDArray } from '../ndarray.js';
import { latin1Bytes, stripped, toComplex, toFloat, toInteger, words } from './tokens.js';

/** Columns of np.genfromtxt: how their fields are read, what stands for missing ones, and their names. */

interface Step {
  readonly dtype: DType;
  /** undefined for text that is no such value. */
  readonly read: (s: string) => unknown;
  readonly missing: unknown;
}

const plain = (s: string): string => s.replace(/(?<=\d)_(?=\d)/g, '');
/** What int64 does not hold is read as a float. */
const fitting = (v: bigint | undefined): bigint | undefined =>
  v !== undefined && BigInt.asIntN(64, v) === v ? v : undefined;
const NAN = complex(Number.NaN, 0);
/** From the narrowest to what takes anything: a column is of the first that reads all of its fields. */
const LADDER: readonly Step[] = [
  {
    dtype: bool,
    read: (s) => (/^true$/i.test(s) ? true : /^false$/i.test(s) ? false : undefined),
    missing: false,
  },
  { dtype: int64, read: (s) => fitting(toInteger(plain(s))), missing: -1n },
  { dtype: float64, read: (s) => toFloat(plain(s)), missing: Number.NaN },
  { dtype: complex128, read: (s) => toComplex(plain(s)), missing: NAN },
  { dtype: strDtype(0), read: (s) => s, missing: '???' },
];

export class Column {
  private step: number;
  dtype: DType;
  private read: (s: string) => unknown;
  private otherwise: unknown;
  /** Whether it had to hold a value. */
  checked = false;

  constructor(
    given: DType | null,
    private readonly missing: Set<string>,
    private readonly filling: unknown,
  ) {
    const kinds = given === null ? 'b' : given.kind;
    this.step = Math.max(0, kinds === 'b' ? 0 : 'iu'.includes(kinds) ? 1 : kinds === 'f' ? 2 : kinds === 'c' ? 3 : 4);
    const row = LADDER[this.step];
    this.dtype = given ?? row.dtype;
    // Narrow integers are read as Python reads them: a fraction is cut off.
    this.read =
      given !== null && this.step === 1 && given.itemsize < 8
        ? (s) => {
            const v = toFloat(plain(s));
            return v === undefined || !Number.isFinite(v) ? undefined : BigInt(Math.trunc(v));
          }
        : given?.kind === 'O'
          ? (s) => (/^[\0-\xff]*$/.test(s) ? latin1Bytes(s) : s)
          : row.read;
    this.otherwise = filling ?? row.missing;
  }

  /** A function of the user's, in the place of reading. */
  use(f: (s: string) => unknown, testing: string | null): void {
    this.read = f;
    let sample: unknown = this.filling;
    if (sample === null || sample === undefined)
      try {
        sample = f(testing === null || testing === '' ? '1' : testing);
      } catch {
        sample = null;
      }
    // Text is as wide as the column will need it.
    if (sample instanceof Uint8Array) this.dtype = bytesDtype(0);
    else if (sample !== null && sample !== undefined) {
      const d = (array(sample as never) as NDArray).dtype;
      this.dtype = isText(d) ? strDtype(0) : d;
    }
    if (this.filling !== null && this.filling !== undefined) this.otherwise = this.filling;
  }

  private value(s: string): unknown {
    try {
      return this.read(s);
    } catch (e) {
      if (e instanceof ValueError) return undefined;
      throw e;
    }
  }

  /** Climbs until all fields can be read. */
  fit(fields: readonly string[]): void {
    this.checked = true;
    while (
      this.step < LADDER.length - 1 &&
      !fields.every((f) => this.value(f) !== undefined || this.missing.has(f.trim()))
    ) {
      const row = LADDER[++this.step];
      this.dtype = row.dtype;
      this.read = row.read;
      this.otherwise = this.filling ?? row.missing;
    }
  }

  /** Makes sure that a converter takes a field. @throws ConverterError */
  check(field: string, column: number, line: number): void {
    if (this.value(field) === undefined && !this.missing.has(field.trim()))
      throw new ConverterError(
        `Converter #${column} is locked and cannot be upgraded: (occurred line #${line} for value '${field}')`,
      );
  }

  /** A field's value; with `strict` only missing fields have another one. @throws ValueError */
  of(field: string, strict: boolean): unknown {
    const v = this.value(field);
    if (v !== undefined) return v;
    if (strict && !this.missing.has(field.trim())) throw new ValueError(`Cannot convert string '${field}'`);
    return this.otherwise;
  }
}

export interface NameRules {
  readonly exclude: readonly string[] | null;
  readonly remove: Iterable<string> | null;
  readonly caseSensitive: unknown;
  readonly space: string;
}

/** A name by a format with a number in it. */
export const numbered = (format: string, n: number): string =>
  percent(format, BigInt(n), { str: String, repr: String, type: () => 'int' });

/** Names that a structure may have: without odd characters, and no two alike. */
export function validNames(given: readonly string[], rules: NameRules, format: string): string[] {
  const exclude = [...(rules.exclude ?? []), 'return', 'file', 'print'];
  const remove = new Set([...(rules.remove ?? "~!@#$%^&*()-=+~\\|]}[{';: /?.>,<"), '"']);
  const c = rules.caseSensitive;
  const upper = c === false || (typeof c === 'string' && c.startsWith('u'));
  const lower = typeof c === 'string' && c.startsWith('l');
  if (typeof c === 'string' && !upper && !lower) throw new ValueError(`unrecognized case_sensitive value ${c}.`);
  const seen = new Map<string, number>();
  let empty = 0;
  return given.map((item) => {
    let name = (upper ? item.toUpperCase() : lower ? item.toLowerCase() : item).trim();
    if (rules.space !== '') name = name.replaceAll(' ', rules.space);
    name = [...name].filter((ch) => !remove.has(ch)).join('');
    if (name === '') {
      for (name = numbered(format, empty); given.includes(name); name = numbered(format, empty)) empty++;
      empty++;
    } else if (exclude.includes(name)) name += '_';
    const n = seen.get(name) ?? 0;
    seen.set(name, n + 1);
    return n > 0 ? `${name}_${n}` : name;
  });
}

/** How a line comes apart: at a delimiter, in pieces of one width, or of a width each. */
export function splitter(delimiter: unknown, comments: string | null, strip: boolean): (line: string) => string[] {
  const uncommented = (line: string): string => (comments === null ? line : line.split(comments)[0]);
  const widths = Array.isArray(delimiter) ? delimiter.map(Number) : null;
  const width = typeof delimiter === 'number' || typeof delimiter === 'bigint' ? Number(delimiter) : 0;
  const split = (given: string): string[] => {
    if (widths !== null) {
      const line = uncommented(given);
      let at = 0;
      return line === '' ? [] : widths.map((w) => line.slice(at, (at += w)));
    }
    const line = uncommented(given);
    if (width > 0) return line === '' ? [] : (line.match(new RegExp(`.{1,${width}}`, 'gsu')) ?? []);
    const text = line.replace(/^[ \r\n]+|[ \r\n]+$/g, '');
    if (text === '') return [];
    return typeof delimiter === 'string' && delimiter !== '' ? text.split(delimiter) : words(text);
  };
  return strip ? (line) => split(line).map(stripped) : split;
}
