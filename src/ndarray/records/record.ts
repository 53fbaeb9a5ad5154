import { voidDtype, type DType } from '../../core/dtype.js';
import { hidden } from '../../core/inspect.js';
import { makeVoid } from '../void-scalars.js';
import { asRecords, RecArray } from './recarray.js';

/** The type of the elements of record arrays. */

export interface RecordType {
  (value: unknown, dtype?: unknown): RecArray;
  readonly dtype: DType<'void'>;
  [Symbol.hasInstance](x: unknown): boolean;
}

/**
 * One record: a structure's element whose fields are attributes. Elements of record arrays are its instances.
 *
 * @example np.record([1, 2.5], [['a', 'i4'], ['b', 'f8']]).b // → array(2.5)
 */
export const record: RecordType = /*@__PURE__*/ (() => {
  const type = (value: unknown, dtype?: unknown): RecArray => asRecords(makeVoid(value, dtype));
  const text = (): string => "<class 'numpy.record'>";
  hidden(type, 'dtype', voidDtype(0));
  hidden(type, 'toString', text);
  hidden(type, Symbol.for('nodejs.util.inspect.custom'), text);
  hidden(type, Symbol.hasInstance, (x: unknown) => x instanceof RecArray && x.shape.length === 0);
  hidden(type, 'name', 'record');
  return type as unknown as RecordType;
})();
