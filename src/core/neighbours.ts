import type { ArrayValue } from './array.js';

/** Arrays of other libraries, known by their shape. What knows them stands above: interop/neighbours gives it here. */

/** What arrays of other libraries look like: TensorFlow.js, Apache Arrow, scijs, stdlib, onnxruntime, ImageData. */
export type NeighbourArray =
  | { readonly dataId: object; readonly shape: readonly number[]; readonly dtype: string }
  | { readonly type: { readonly typeId: number }; readonly data: readonly unknown[]; readonly nullCount: number }
  | {
      readonly data: object;
      readonly shape: readonly number[];
      readonly stride: readonly number[];
      readonly offset: number;
    }
  | {
      readonly data: object;
      readonly shape: readonly number[];
      readonly strides: readonly number[];
      readonly order: string;
    }
  | { readonly dims: readonly number[]; readonly type: string; readonly location: string }
  | { readonly data: ArrayBufferView; readonly width: number; readonly height: number };

/** An array read from another library's: over its memory, or a copy. */
export interface Brought {
  readonly array: ArrayValue;
  /** Whether the memory is the other library's. */
  readonly shared: boolean;
}

let find: ((x: object) => Brought | null) | null = null;
export function setNeighbours(f: (x: object) => Brought | null): void {
  find = f;
}

/** The array that an object of another library is; null for all other values. */
export const neighbourOf = (x: unknown): Brought | null =>
  find === null || typeof x !== 'object' || x === null || Array.isArray(x) ? null : find(x);
