import type { ArrayValue } from '../../core/array.js';
import type { Attrs, Interpreter, Primitive } from '../../core/dispatch.js';

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
  readonly entries: Entry[];
}

const recordings: Recording[] = [];
/** Above zero while an operation runs: what it is made of is not noted again. */
let inside = 0;

export function startRecording(r: Recording): void {
  recordings.push(r);
}
export function stopRecording(r: Recording): void {
  const at = recordings.indexOf(r);
  if (at >= 0) recordings.splice(at, 1);
}

/** Whether anything is recorded: the fast question of every operation. */
export const isRecording = (): boolean => recordings.length > 0 && inside === 0;
export const activeRecordings = (): readonly Recording[] => recordings.filter((r) => r.active);

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
  // A result that is the operand itself is nothing to note.
  if (outputs.length === 1 && inputs.includes(outputs[0])) return;
  for (const r of recordings) {
    if (!r.active || !inputs.some((t) => r.watched.has(t))) continue;
    r.entries.push({ primitive, attrs, inputs, outputs });
    for (const t of outputs) r.watched.add(t);
  }
}

/** Runs operations on watched tensors, and notes them. */
const recorder: Interpreter = {
  level: 1,
  process(primitive, args, attrs) {
    const result = unrecorded(() => primitive.run(args, attrs));
    note(primitive, attrs, args, Array.isArray(result) ? result : [result as ArrayValue]);
    return result;
  },
};

/** The interpreter of a tensor: the recorder where a tape watches it. */
export function recorderOf(t: object): Interpreter | null {
  if (recordings.length === 0 || inside > 0) return null;
  for (const r of recordings) if (r.active && r.watched.has(t)) return recorder;
  return null;
}
