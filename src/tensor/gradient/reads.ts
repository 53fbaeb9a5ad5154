/** Reads of variables, which tapes take note of: variables stand below tapes, and know this only. */

type Observer = (variable: object, value: object) => void;
let observer: Observer | null = null;

export function setReadObserver(f: Observer): void {
  observer = f;
}
export function noteRead(variable: object, value: object): void {
  if (observer !== null) observer(variable, value);
}
