import { byName, type DType } from '../../../dtype.js';
import { add, arg, cast, type Expr, max, min, mul, sub } from '../../../ir/expr.js';
import { arrangeMap } from '../../cpu/map.js';
import type { Movement, ScatterStep, Strided } from '../../device.js';
import { toWords } from '../cells.js';
import type { WebgpuBackend } from '../webgpu.js';
import { Emitter } from './emit.js';
import {
  GROUP,
  groupsFor,
  loaded,
  type Places,
  placesOf,
  type ShaderText,
  shaderText,
  startOf,
  stepsOf,
  stored,
  word,
} from './shader.js';

/** Gathering and scattering: a thread for each element of the list. Elements are one word each. */

/** What is left in a place where a scattered value meets what stands there. */
const STEPS: { readonly [S in ScatterStep]: ((old: Expr, value: Expr) => Expr) | null } = {
  update: null,
  add,
  subtract: sub,
  multiply: mul,
  maximum: max,
  minimum: min,
};

const INT = byName.int32 as DType;

interface Form {
  readonly d: DType;
  readonly rank: number;
  /** How many operands name places; table and list come before and after them. */
  readonly count: number;
  readonly places: Places;
  readonly step: ScatterStep | null;
}

/** Words: elements, inner lengths; for each of table, places and list start and steps; for each place length and step. */
function textOf({ d, rank, count, places, step }: Form): ShaderText {
  const lines = [`let i = gid.x + gid.y * (nw.x * ${GROUP}u);`, `if (i >= ${word(0)}) { return; }`];
  const names: string[] = [];
  let rest = 'i';
  for (let a = rank - 1; a > 0; a--) {
    lines.push(`let q${a} = ${rest} / ${word(a)};`, `let i${a} = ${rest} - q${a} * ${word(a)};`);
    names[a] = `i${a}`;
    rest = `q${a}`;
  }
  names[0] = rest;
  const base = (o: number): number => rank + o * (1 + rank);
  const walk = (o: number): string =>
    [word(base(o)), ...names.map((n, a) => `${n} * ${word(base(o) + 1 + a)}`)].join(' + ');
  const tail = base(count + 2);
  lines.push(`var at = ${walk(0)};`, 'var inside = true;');
  for (let k = 0; k < count; k++)
    lines.push(
      '{',
      `var place = bitcast<i32>(s${places.slots[1 + k]}[${walk(1 + k)}]);`,
      `let length = bitcast<i32>(${word(tail + 2 * k)});`,
      'if (place < 0i) { place = place + length; }',
      'if (place < 0i || place >= length) { inside = false; }',
      `at = at + bitcast<u32>(place) * ${word(tail + 2 * k + 1)};`,
      '}',
    );
  const [table, list] = [places.slots[0], places.slots[count + 1]];
  if (step === null)
    lines.push(`var value = 0u;`, `if (inside) { value = s${table}[at]; }`, `s${list}[${walk(count + 1)}] = value;`);
  else {
    const combine = STEPS[step];
    lines.push('if (!inside) { return; }', `let value = s${list}[${walk(count + 1)}];`);
    if (combine === null) lines.push(`atomicStore(&s${table}[at], value);`);
    else if (combine === add && d.kind !== 'f') lines.push(`atomicAdd(&s${table}[at], value);`);
    else {
      const type = d.part;
      const e = new Emitter((x) => loaded(type, () => (x.index === 0 ? 'old' : 'value')));
      const next = e.name(cast(combine(arg(0, type), arg(1, type)), type));
      lines.push(
        `var old = atomicLoad(&s${table}[at]);`,
        'loop {',
        ...e.lines,
        `let next = ${stored(type, next)[0]};`,
        `let met = atomicCompareExchangeWeak(&s${table}[at], old, next);`,
        'if (met.exchanged) { break; }',
        'old = met.old_value;',
        '}',
      );
    }
  }
  return shaderText({
    words: tail + 2 * count,
    written: places.written,
    body: lines.join('\n'),
    atomic: step === null ? -1 : table,
  });
}

/** Gathering (no step) or scattering on a backend. */
export function moverOn(backend: WebgpuBackend): (m: Movement, step: ScatterStep | null) => void {
  const shaders = new Map<string, number>();
  return (m, step) => {
    const by = step === null ? 'gather' : 'scatter';
    const { dtype: d, shape } = m;
    const all: readonly Strided[] = [m.table, ...m.places, m.list];
    const dtypes = all.map((_, i) => (i === 0 || i === all.length - 1 ? d : INT));
    const operands = all.map((o, i) => ({ dtype: dtypes[i], buffer: o.buffer, offset: o.offset }));
    const sizes = shape.filter((n) => n !== 1);
    const walks = all.map((o, i) => stepsOf(o.strides, dtypes[i]).filter((_, a) => shape[a] !== 1));
    const start = operands.map((o, i) => startOf(o, dtypes[i]));
    // Neighbouring threads take neighbours of the list, or of the table where that is written.
    arrangeMap(sizes, walks, start, all.length - 1, all.length);
    if (sizes.length === 0) {
      sizes.push(1);
      for (const w of walks) w.push(0);
    }
    const n = sizes.reduce((a, b) => a * b, 1);
    if (n === 0) return;
    // The one that is written comes last where places are told apart.
    const found = placesOf(operands, dtypes, all.length, by);
    const target = found.slots[step === null ? all.length - 1 : 0];
    const places: Places = { ...found, written: found.written.map((_, s) => s === target) };
    const form: Form = { d, rank: sizes.length, count: m.places.length, places, step };
    const key = `${step}|${d.name}|${sizes.length}|${places.key}`;
    let shader = shaders.get(key);
    if (shader === undefined) shaders.set(key, (shader = backend.program(textOf(form))));
    const words = [n, ...sizes.slice(1)];
    walks.forEach((w, i) => {
      words.push(start[i], ...w);
    });
    for (const p of m.places) words.push(p.length, toWords(p.step, d));
    const groups = groupsFor(Math.ceil(n / GROUP), backend.info.limits.maxComputeWorkgroupsPerDimension);
    backend.dispatch(shader, groups, places.ids, Int32Array.from(words));
  };
}
