import type { ArrayValue } from '../../core/array.js';
import { type Attrs, type Interpreter, type Primitive, runNow } from '../../core/dispatch.js';
import { setReadObserver } from './reads.js';

/**
 * What tapes record. A tape watches tensors; an operation on a watched one is noted with its operands and results, which are watched from
 * then on. There is one interpreter for all tapes: tensors name it while any tape watches them.
 */

export interface Entry {
  readonly primitive: Primitive<any>;
  readonly attrs: Attrs;
  readonly inputs: readonly ArrayValue[];
  readonly outputs: readonly ArrayValue[];
}

/** What records. */
export interface Recording {
  /** Whether it takes notes now. */
  active: boolean;
  readonly watched: Set<object>;
  entries: Entry[];
  /** What variables held when they were read, in the order of their first reads. */
  readonly variables?: Map<object, ArrayValue[]>;
  /** Whether variables are watched when they are read. */
  readonly watchesReads?: boolean;
}
/** The recording of a tape, which knows variables. */
export type TapeRecording = Recording & { readonly variables: Map<object, ArrayValue[]> };

const recordings: Recording[] = [];
/** Those that take note of reads only, whatever tapes are told. */
const readers: TapeRecording[] = [];
/** Above zero while an operation runs: what it is made of is not noted again. */
let inside = 0;

export function startRecording(r: Recording): void {
  recordings.push(r);
}
export const newRecording = (watchesReads: boolean): TapeRecording => ({
  active: false,
  watched: new Set(),
  entries: [],
  variables: new Map(),
  watchesReads,
});

/** Notes that a variable held this tensor when it was read. */
export function noteHeld(r: TapeRecording, variable: object, value: ArrayValue): void {
  const seen = r.variables.get(variable);
  if (seen === undefined) r.variables.set(variable, [value]);
  else if (!seen.includes(value)) seen.push(value);
  r.watched.add(value);
}
setReadObserver((variable, value) => {
  if (!(variable as { readonly trainable: boolean }).trainable) return;
  for (const r of readers) noteHeld(r, variable, value as ArrayValue);
  for (const r of recordings)
    if (r.active && r.watchesReads === true) noteHeld(r as TapeRecording, variable, value as ArrayValue);
});

export function stopRecording(r: Recording): void {
  const at = recordings.indexOf(r);
  if (at >= 0) recordings.splice(at, 1);
}

/** Whether an operation is running: what it is made of belongs to no interpreter. */
export const insideOperation = (): boolean => inside > 0;

/** Runs a function of which nothing is recorded. */
export function unrecorded<T>(f: () => T): T {
  inside++;
  try {
    return f();
  } finally {
    inside--;
  }
}

/** Runs a function that no tape takes notes of, though what it does is traced as ever. */
export function silently<T>(f: () => T): T {
  const before = recordings.map((r) => r.active);
  const held = [...recordings];
  for (const r of held) r.active = false;
  try {
    return f();
  } finally {
    held.forEach((r, i) => {
      r.active = before[i];
    });
  }
}

/** Runs a function, and tells which trainable variables it read, with what they held. */
export function readsDuring<T>(f: () => T): [result: T, reads: ReadonlyMap<object, readonly ArrayValue[]>] {
  const r = newRecording(true);
  r.active = true;
  readers.push(r);
  try {
    return [f(), r.variables];
  } finally {
    readers.splice(readers.indexOf(r), 1);
  }
}
/** Runs a function as if there were no tapes but those that it makes itself: a function that is traced is recorded when its graph runs. */
export function apart<T>(f: () => T): T {
  const held = recordings.splice(0);
  try {
    return f();
  } finally {
    recordings.splice(0, recordings.length, ...held);
  }
}

/** Runs a function of the user's from inside of an operation: its own tapes record again. */
export function recorded<T>(f: () => T): T {
  const before = inside;
  inside = 0;
  try {
    return f();
  } finally {
    inside = before;
  }
}

/** Notes an operation on every tape that watches one of its operands. */
export function note(
  primitive: Primitive<any>,
  attrs: Attrs,
  inputs: readonly ArrayValue[],
  outputs: readonly ArrayValue[],
): void {
  let entry: Entry | null = null;
  for (let i = 0; i < recordings.length; i++) {
    const r = recordings[i];
    if (!r.active || !watchesAny(r.watched, inputs)) continue;
    if (entry === null) {
      // A result that is the operand itself is nothing to note.
      if (outputs.length === 0 || (outputs.length === 1 && inputs.includes(outputs[0]))) return;
      entry = { primitive, attrs, inputs, outputs };
    }
    r.entries.push(entry);
    for (let k = 0; k < outputs.length; k++) r.watched.add(outputs[k]);
  }
}

function watchesAny(watched: ReadonlySet<object>, inputs: readonly ArrayValue[]): boolean {
  for (let k = 0; k < inputs.length; k++) if (watched.has(inputs[k])) return true;
  return false;
}

/** Runs operations on watched tensors, and notes them. */
const recorder: Interpreter = {
  level: 1,
  process(primitive, args, attrs) {
    inside++;
    let result: ArrayValue | readonly ArrayValue[];
    try {
      result = runNow(primitive, args, attrs);
    } finally {
      inside--;
    }
    note(primitive, attrs, args, Array.isArray(result) ? result : [result as ArrayValue]);
    return result;
  },
};

/** The interpreter of a tensor: the recorder where a tape watches it. */
export function recorderOf(t: object): Interpreter | null {
  if (recordings.length === 0 || inside > 0) return null;
  for (let i = 0; i < recordings.length; i++) if (recordings[i].active && recordings[i].watched.has(t)) return recorder;
  return null;
}
