/** Reads and assignments of variables, which tapes and traced functions take note of: variables stand below those, and know this only. */

type Observer = (variable: object, value: object) => void;
let observer: Observer | null = null;

export function setReadObserver(f: Observer): void {
  observer = f;
}
export function noteRead(variable: object, value: object): void {
  if (observer !== null) observer(variable, value);
}

/** What a traced function does instead of reading and assigning: null and false where none is being traced. */
interface Tracing {
  read(variable: object): object | null;
  assign(variable: object, value: object): boolean;
  /** A variable was made. */
  created(variable: object): void;
}
let tracing: Tracing | null = null;
export function setTracing(t: Tracing): void {
  tracing = t;
}
export const readThrough = (variable: object): object | null => (tracing === null ? null : tracing.read(variable));
export const assignThrough = (variable: object, value: object): boolean => tracing?.assign(variable, value) ?? false;
export const noteCreated = (variable: object): void => tracing?.created(variable);
