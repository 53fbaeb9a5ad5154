import type { DType } from '../dtype.js';

/**
 * What single elements of a kind of dtype can do. Elements are as `elementsOf` (device/elements.ts) reads and writes them; values
 * are what users hold.
 */
export interface ScalarKind {
  /** The element that stands for a user's value. @throws TypeError, ValueError, OverflowError as Python does */
  from(x: unknown, d: DType): any;
  /** An element as users read it (`item()`, `tolist()`). */
  item(v: any, d: DType): unknown;
  /** Python's `str` of the element's scalar. */
  text(v: any, d: DType): string;
}
