import type { Device, Kernel } from '../device/device.js';
import { hostDevice } from '../device/registry.js';
import type { DType } from '../dtype.js';
import { floatErrors } from '../errstate.js';
import type { WeakKind } from '../promote.js';
import { watchedMap } from './flags/watch.js';
import { eachLoopKernel } from './loops/kernel.js';
import { resolve } from './loops/resolve.js';
import { narrowLoop } from './narrow.js';
import { type UfuncOperand, Weak } from './operand.js';
import { checkOutput, type Loop, mapProgram, type OperandType, type UfuncRow } from './row.js';

/** Plans: what a call of a ufunc needs for operands of given dtypes, found once. */

/** A loop with its program, ready on one device. */
export interface Plan {
  readonly loop: Loop;
  readonly device: Device;
  readonly kernel: Kernel;
  readonly ins: readonly DType[];
  readonly outs: readonly DType[];
  readonly masked: boolean;
  /** The kernel that reports floating-point errors, once some were not ignored. */
  watched: Kernel | null;
}

/** Programs with outputs of other dtypes, masks, or dtypes asked for. */
const odd = new WeakMap<UfuncRow, Map<string, Plan>>();

export const WEAK_CODE: Record<WeakKind, number> = { int: 15, float: 16, complex: 17 };

const typeCode = (o: UfuncOperand): number => (o instanceof Weak ? WEAK_CODE[o.kind] : o.dtype.index + 1);
/** The dtypes that a call asks for. `dtype=` names that of the outputs (and of the loop where in and out agree), as NumPy reads it. */
export const signatureOf = (
  row: UfuncRow,
  asked: { readonly dtype: DType | null; readonly signature: readonly (DType | null)[] | null },
): readonly (DType | null)[] | null =>
  asked.signature ??
  (asked.dtype === null
    ? null
    : [...new Array<null>(row.nin).fill(null), ...new Array<DType>(row.nout).fill(asked.dtype)]);

export const typeOf = (o: UfuncOperand): OperandType => (o instanceof Weak ? o.kind : o.dtype);

function makePlan(
  row: UfuncRow,
  device: Device,
  loop: Loop,
  ins: readonly DType[],
  outs: readonly DType[],
  masked: boolean,
): Plan {
  const kernel =
    loop.each !== undefined
      ? eachLoopKernel(row, loop, ins, outs, masked)
      : device.prepare(mapProgram(row, loop, ins, outs, masked));
  return { loop, device, kernel, ins, outs, masked, watched: null };
}

/** A plan's kernel; where floating-point errors are not ignored, one that reports them. */
export function kernelOf(row: UfuncRow, plan: Plan): Kernel {
  return floatErrors.watching ? (plan.watched ??= watchedMap(row, plan)) : plan.kernel;
}

/**
 * The plan of a call whose outputs have the loop's own dtypes, or, with one output, the dtype of an array given as `out`. Plans lie in
 * the row under a number made of the types: dtype index + 1, or 15 … 17 for weak kinds, and 0 or the output's.
 */
export function plainPlan(
  row: UfuncRow,
  operands: readonly UfuncOperand[],
  device: Device,
  out: DType | null = null,
): Plan {
  let key = out === null ? 0 : out.index + 1;
  let other = key < 0;
  for (let i = 0; i < operands.length; i++) {
    const code = typeCode(operands[i]);
    if (code < 0) other = true;
    key = key * 18 + code;
  }
  if (other) return otherPlan(row, operands, device, out);
  const ready = device === hostDevice() ? row.ready : readyOn(row, device);
  const known = ready[key] as Plan | undefined;
  if (known !== undefined && known.device === device) return known;
  const loop = narrowLoop(row, resolve(row, operands.map(typeOf), 'same_kind', null), device);
  if (out !== null) checkOutput(row, 0, loop.outs[0], out, 'same_kind');
  const ins = operands.map((o, i) => (o instanceof Weak ? loop.ins[i] : o.dtype));
  const plan = makePlan(row, device, loop, ins, out === null ? loop.outs : [out], false);
  ready[key] = plan;
  return plan;
}

/** Plans for devices beside the host's, which are made beside those for it. */
const away = new WeakMap<Device, WeakMap<UfuncRow, unknown[]>>();
function readyOn(row: UfuncRow, device: Device): unknown[] {
  let rows = away.get(device);
  if (rows === undefined) away.set(device, (rows = new WeakMap()));
  let plans = rows.get(row);
  if (plans === undefined) rows.set(row, (plans = []));
  return plans;
}

/** Plans of calls with a dtype that is no number, by the operands' types and the output's. Text of every length has dtypes of its own. */
const others = new WeakMap<UfuncRow, Map<string, Plan>>();
const MANY = 1000;

/** The same where a dtype is none of numbers. */
function otherPlan(row: UfuncRow, operands: readonly UfuncOperand[], device: Device, out: DType | null): Plan {
  let key = out === null ? '' : `${out.index}`;
  for (let i = 0; i < operands.length; i++) key += `,${typeCode(operands[i])}`;
  let table = others.get(row);
  if (table === undefined) others.set(row, (table = new Map()));
  const known = table.get(key);
  if (known !== undefined && known.device === device) return known;
  const made = newPlan(row, operands, device, out);
  if (table.size >= MANY) table.clear();
  table.set(key, made);
  return made;
}

function newPlan(row: UfuncRow, operands: readonly UfuncOperand[], device: Device, out: DType | null): Plan {
  const loop = resolve(row, operands.map(typeOf), 'same_kind', null, out === null ? null : [out]);
  if (out !== null) checkOutput(row, 0, loop.outs[0], out, 'same_kind');
  const ins = operands.map((o, i) => (o instanceof Weak ? loop.ins[i] : o.dtype));
  return oddPlan(row, device, loop, ins, out === null ? loop.outs : [out], false);
}

export function oddPlan(
  row: UfuncRow,
  device: Device,
  loop: Loop,
  ins: readonly DType[],
  outs: readonly DType[],
  masked: boolean,
): Plan {
  let table = odd.get(row);
  if (table === undefined) odd.set(row, (table = new Map()));
  const code = (d: DType): string => (d.index < 0 ? `${d.index},` : d.char);
  const key = `${loop.text}|${loop.ins.map(code).join('')}|${ins.map(code).join('')}|${outs.map(code).join('')}|${masked}|${device.name}`;
  const known = table.get(key);
  if (known !== undefined && known.device === device) return known;
  const made = makePlan(row, device, loop, ins, outs, masked);
  table.set(key, made);
  return made;
}
