import { ArrayValue } from '../../core/array.js';
import { scalarOf } from '../../core/coerce.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { fn } from '../../core/signature.js';

/** Integers as texts of digits. */

/** An integer of any size: numbers, bigints, arrays with one element. */
type Integral = number | bigint | ArrayValue;

function integer(x: unknown): bigint {
  const v = x instanceof ArrayValue && x.size === 1 ? scalarOf(x) : x;
  if (typeof v === 'bigint') return v;
  if (typeof v === 'boolean') return BigInt(v);
  if (typeof v !== 'number' || !Number.isInteger(v))
    throw new TypeError("'float' object cannot be interpreted as an integer");
  return BigInt(v);
}

export interface BaseRepr {
  (number: Integral, base?: number, padding?: number): string;
  (number: Integral, kw: { base?: number; padding?: number }): string;
}

/**
 * The digits of an integer in a base from 2 to 36.
 *
 * @param padding zeros to put in front
 * @throws ValueError for other bases
 * @example np.base_repr(255, 16) // → 'FF'
 */
export const base_repr: BaseRepr = /*@__PURE__*/ fn<BaseRepr>(
  'base_repr',
  'number, base=2, padding=0',
  (number, base, padding) => {
    if (base > 36) throw new ValueError('Bases greater than 36 not handled in base_repr.');
    if (base < 2) throw new ValueError('Bases less than 2 not handled in base_repr.');
    const n = integer(number);
    const digits = n === 0n ? (padding > 0 ? '' : '0') : (n < 0n ? -n : n).toString(base).toUpperCase();
    return (n < 0n ? '-' : '') + '0'.repeat(Math.max(0, padding)) + digits;
  },
  'host',
);

export interface BinaryRepr {
  (num: Integral, width?: number | null): string;
  (num: Integral, kw: { width?: number | null }): string;
}

/**
 * The binary digits of an integer; negative ones in two's complement when a width is given, else with a sign.
 *
 * @throws ValueError `Insufficient bit width=2 provided for binwidth=3`
 * @example np.binary_repr(-3, { width: 5 }) // → '11101'
 */
export const binary_repr: BinaryRepr = /*@__PURE__*/ fn<BinaryRepr>(
  'binary_repr',
  'num, width=None',
  (num, width) => {
    const n = integer(num);
    const enough = (need: number): void => {
      if (width !== null && width < need)
        throw new ValueError(`Insufficient bit width=${width} provided for binwidth=${need}`);
    };
    if (n === 0n) return '0'.repeat(Math.max(0, width || 1));
    if (n > 0n) {
      const digits = n.toString(2);
      enough(digits.length);
      return digits.padStart(width ?? 0, '0');
    }
    if (width === null) return `-${(-n).toString(2)}`;
    // The least width that holds n: -4 needs three bits, as 4 - 1 and the sign do.
    const need = (-n - 1n).toString(2).length + (n === -1n ? 0 : 1);
    enough(need);
    return (2n ** BigInt(Math.max(width, need)) + n).toString(2).padStart(width, '1');
  },
  'host',
);
