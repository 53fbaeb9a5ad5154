/**
 * Finding dead buffers inside of synchronous code.
 *
 * A FinalizationRegistry reports only between tasks, so a synchronous loop would fill the heap with arrays that are long out of
 * reach, and go on in memory that is always cold. Where the host allows it (Node), the collector can be asked to run, and
 * weak references tell at once what it found. A weak reference keeps its target alive until the running job ends, which is why
 * a checkpoint of an empty job of our own comes first; code of the user that reads a WeakRef twice in one job may see
 * it emptied in between, as it may between any two jobs. In a browser there is no such door, and the registry alone remains.
 */

import { setCollector } from '../objects.js';

interface Vm {
  createContext(o: object, options: { microtaskMode: 'afterEvaluate' }): object;
  runInNewContext(code: string): unknown;
  Script: new (code: string) => { runInContext(context: object): unknown };
}
interface V8 {
  setFlagsFromString(flags: string): void;
}
type Collector = () => void;

/** Ends the job that weak references are kept for, then collects; null where the host has no such doors. */
let found: Collector | null | undefined;

function findCollector(): Collector | null {
  const p = (globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } }).process;
  try {
    const vm = p?.getBuiltinModule?.('node:vm') as Vm | undefined;
    const v8 = p?.getBuiltinModule?.('node:v8') as V8 | undefined;
    if (vm === undefined || v8 === undefined) return null;
    v8.setFlagsFromString('--expose-gc');
    const gc = vm.runInNewContext('gc') as Collector | undefined;
    v8.setFlagsFromString('--no-expose-gc');
    if (typeof gc !== 'function') return null;
    const context = vm.createContext({}, { microtaskMode: 'afterEvaluate' });
    const nothing = new vm.Script('0');
    // Only a full collection clears weak references.
    return () => {
      nothing.runInContext(context);
      gc();
    };
  } catch {
    return null;
  }
}

/** Found when it is first asked for. */
function collector(): Collector | null {
  if (found === undefined) found = findCollector();
  return found;
}

/** Something whose death matters: what holds it weakly, and what to do then. */
export interface Watched {
  readonly ref: WeakRef<object>;
  readonly bytes: number;
  release(): void;
}

const watched = new Set<Watched>();

export const watch = (w: Watched): void => {
  watched.add(w);
};
export const unwatch = (w: Watched): void => {
  watched.delete(w);
};

function sweep(): number {
  let freed = 0;
  for (const w of watched) {
    if (w.ref.deref() === undefined) {
      watched.delete(w);
      freed += w.bytes;
      w.release();
    }
  }
  return freed;
}

/**
 * Memory that may be handed out before the next search. Touching cold memory for the first time costs more than computing on it; a search
 * costs milliseconds, whatever it finds. With a search after every S bytes, T bytes cost T / S searches and S bytes of cold memory, and both
 * together least at S = sqrt(search * T / cold): stretches grow with the root of all that was handed out.
 */
const FIRST = 32 * 1024 * 1024;
const MOST = 1024 * 1024 * 1024;
/**
 * What touching a byte for the first time costs, in milliseconds. Machines differ, and a virtual one with itself: memory that its host has
 * to find first costs six times as much as other.
 */
let cold = 0.5 / (1024 * 1024);
let budget = FIRST;
let handed = 0;
let total = 0;
/** When the last search was. */
let searched = -Infinity;
/** What a search costs, in milliseconds. A single slow one may be another program's doing. */
let cost = 2;

/** Told how long the first touch of some bytes took. A pause of another kind must not count for much. */
export const coldTouched = (milliseconds: number, bytes: number): void => {
  const now = Math.min(milliseconds / bytes, 4 * cold);
  cold = Math.max(0.05 / (1024 * 1024), 0.75 * cold + 0.25 * now);
};

/** Called for every block that is handed out. */
export const handOut = (bytes: number): void => {
  handed += bytes;
};

/**
 * Called before memory is taken that was not used before. When enough was handed out since the last time, looks for dead buffers
 * first; returns whether memory was given back.
 */
export const beforeFresh = (): boolean => handed >= budget && search();

/**
 * Called when no memory is left for so many bytes. Where nearly everything is alive, searches must not take most of the time: after one, so
 * much has to be handed out that it may have died, or some time to pass.
 */
export const whenFull = (bytes: number): boolean =>
  !unaided() && (handed >= bytes || performance.now() - searched > 20 * cost) && search();

/** Whether the host has no such door, so that only the engine's own collections find dead buffers. */
export const unaided = (): boolean => collector() === null;

/** Looks for dead buffers now, and settles when to do so again. Returns whether memory was given back. */
export function search(): boolean {
  const collect = collector();
  const wanted = handed / 2;
  total += handed;
  handed = 0;
  if (collect === null) return false;
  const start = performance.now();
  collect();
  searched = performance.now();
  cost = Math.min(searched - start, 2 * cost);
  const freed = sweep();
  // Where most of what was handed out is alive, searching pays less.
  const stretch = Math.sqrt((cost * total) / cold) * (freed < wanted ? 2 : 1);
  budget = Math.min(MOST, Math.max(FIRST, stretch));
  return freed > 0;
}

// Objects in arrays are found to be dead by the death of the arrays' memory.
setCollector(() => {
  collector()?.();
});
