import type { DType, Kind } from '../dtype.js';
import { str } from '../python/repr.js';
import type { ScalarKind } from './kind.js';
import { numbers } from './number.js';
import { makeStructures } from './structure.js';
import { asciiText, makeTexts } from './text.js';
import { times } from './time.js';

/** One row for each kind of dtype: how users' values become elements, how elements read, and their text. */

/** Python's `str` of a user's value. A number in data is a float. */
export const pythonText = (x: unknown): string => str(x);

const { text, bytes } = makeTexts((x) => (x instanceof Uint8Array ? asciiText(x) : pythonText(x)));

const objects: ScalarKind = {
  from: (x) => (x === undefined ? null : x),
  item: (v) => v,
  text: pythonText,
};

export const SCALARS: { readonly [K in Kind]: ScalarKind } = {
  b: numbers,
  i: numbers,
  u: numbers,
  f: numbers,
  c: numbers,
  U: text,
  S: bytes,
  M: times,
  m: times,
  O: objects,
  V: makeStructures((d) => SCALARS[d.kind]),
};

/** The element that stands for a user's value in a dtype. @throws TypeError, ValueError, OverflowError as Python does */
export const elementFrom = (x: unknown, d: DType): any => SCALARS[d.kind].from(x, d);
/** An element as users read it. */
export const itemOf = (v: unknown, d: DType): any => SCALARS[d.kind].item(v, d);
/** Python's `str` of an element's scalar. */
export const textOf = (v: unknown, d: DType): string => SCALARS[d.kind].text(v, d);

export type { ScalarKind };
