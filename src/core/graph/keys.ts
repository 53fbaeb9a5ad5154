import { DType } from '../dtype.js';
import { isHost } from '../device/access.js';
import type { HostBuffer } from '../device/device.js';
import { isCContiguous } from '../array.js';
import { type GraphNode, Place, type Ref, Weak } from './graph.js';

/** When two operations are the same: by what they are, their metadata, and their inputs. */

let ids = 0;
const identities = new WeakMap<object, number>();
/** A text for an object that is like no other's. */
export const identity = (x: object): string => {
  let id = identities.get(x);
  if (id === undefined) identities.set(x, (id = ++ids));
  return `#${id}`;
};

const isPlain = (x: object): boolean => Object.getPrototypeOf(x) === Object.prototype;

/** A text for a value of metadata: equal for equal ones, objects by identity. */
export function keyOfValue(x: unknown): string {
  if (x instanceof Place) return `@${x.index}`;
  if (x instanceof Weak) return `~${x.kind}${keyOfValue(x.value)}`;
  if (x === null || x === undefined) return '-';
  if (Array.isArray(x)) return `[${x.map(keyOfValue).join()}]`;
  if (typeof x === 'object') {
    if (x instanceof DType || !isPlain(x) || 'types' in x) return identity(x);
    return `{${Object.keys(x)
      .sort()
      .map((k) => `${k}:${keyOfValue((x as Record<string, unknown>)[k])}`)
      .join()}}`;
  }
  if (typeof x === 'function') return identity(x);
  return `${typeof x}${Object.is(x, -0) ? '-0' : JSON.stringify(String(x))}`;
}

/** Constants up to this size are the same when their bytes are. */
const SHORT = 64;

/** A text for an operation; null for arguments, which are like nothing else. */
export function keyOf(n: GraphNode, inputs: readonly Ref[]): string | null {
  const { source } = n;
  if (source !== null) {
    if (source.kind !== 'constant') return null;
    const { value } = source;
    const nbytes = value.size * value.dtype.itemsize;
    if (nbytes > SHORT || !isHost(value.buffer) || !isCContiguous(value) || value.dtype.hasobject)
      return `c${identity(value)}`;
    const { bytes } = value.buffer as HostBuffer;
    return `c${identity(value.dtype)}[${value.shape.join()}]${bytes.slice(value.offset, value.offset + nbytes).join()}`;
  }
  return `${identity(n.primitive as object)}(${inputs.map((r) => `${identity(r.node)}.${r.index}`).join()})${keyOfValue(n.attrs)}`;
}
