import type { Value } from '../ir/evaluate.js';
import { type Accessor, accessor, forEachOffset } from './access.js';
import type { HostBuffer, Movement, ScatterStep } from './device.js';

/** Moves between tables and lists by plain loops over host memory: the definition that devices' own routines are tested against. */

type Step = (there: Value, value: Value) => Value;

const larger = (a: Value, b: Value): Value => (a !== a || a > b || (a === b && !Object.is(a, -0)) ? a : b);
const smaller = (a: Value, b: Value): Value => (a !== a || a < b || (a === b && Object.is(a, -0)) ? a : b);

/** Integers wrap when they are stored, floats are rounded there. */
const STEPS: Readonly<Record<ScatterStep, Step>> = {
  update: (_, v) => v,
  add: (a, v) => (a as number) + (v as number),
  subtract: (a, v) => (a as number) - (v as number),
  multiply: (a, v) => (a as number) * (v as number),
  maximum: larger,
  minimum: smaller,
};
const stepOf = (m: Movement, step: ScatterStep): Step =>
  step === 'multiply' && m.dtype.kind !== 'f' && m.dtype.itemsize <= 4
    ? (a, v) => Math.imul(a as number, v as number)
    : STEPS[step];

const open = (o: { buffer: unknown }, type: 'int32' | Movement['dtype']['part']): Accessor =>
  accessor(o.buffer as HostBuffer, type);

/** Calls `visit` with the byte offsets of list and table for every index; the table's is -1 where a place is out of range. */
function everyMove({ shape, places, table, list }: Movement, visit: (list: number, table: number) => void): void {
  const readers = places.map((p) => open(p, 'int32'));
  const index = shape.map(() => 0);
  const at = (o: { offset: number; strides: readonly number[] }): number =>
    index.reduce((sum, k, d) => sum + k * o.strides[d], o.offset);
  forEachOffset(
    shape,
    shape.map(() => 0),
    0,
    () => {
      let to = at(table);
      let inside = true;
      places.forEach((p, j) => {
        const named = readers[j].get(at(p)) as number;
        const place = named < 0 ? named + p.length : named;
        if (place < 0 || place >= p.length) inside = false;
        to += place * p.step;
      });
      visit(at(list), inside ? to : -1);
      for (let d = shape.length - 1; d >= 0 && ++index[d] === shape[d]; d--) index[d] = 0;
    },
  );
}

/** Runs a gather by the definition. */
export function plainGather(m: Movement): void {
  const [from, to] = [open(m.table, m.dtype.part), open(m.list, m.dtype.part)];
  const zero = m.dtype.itemsize === 8 && m.dtype.kind !== 'f' ? 0n : 0;
  everyMove(m, (list, table) => to.set(list, table < 0 ? zero : from.get(table)));
}

/** Runs a scatter by the definition, in C order of the list. */
export function plainScatter(m: Movement & { readonly step: ScatterStep }): void {
  const [from, to] = [open(m.list, m.dtype.part), open(m.table, m.dtype.part)];
  const step = stepOf(m, m.step);
  everyMove(m, (list, table) => {
    if (table >= 0) to.set(table, step(to.get(table) as Value, from.get(list) as Value) as number);
  });
}
