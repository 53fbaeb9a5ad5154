import type { DType, ScalarType } from '../../../dtype.js';
import { numberToHalf } from '../../access.js';
import type { AnyOperand, Immediate } from '../../device.js';
import { gpuBuffer } from '../buffer.js';
import { toWords, wordsOf } from '../cells.js';
import { classOf, cut, heldAs, tablesFor } from './basis.js';
import { libraryFor } from './library.js';

/** What the texts of all kernels share: words handed over with a dispatch, memory, threads. */

/** Threads of a group. */
export const GROUP = 256;

/** The text of word k of those that come with a dispatch. */
export const word = (k: number): string => `p.w[${k >> 2}].${'xyzw'[k & 3]}`;

/** A value of a type from its words. */
export function loaded(t: ScalarType, at: (k: number) => string): string {
  switch (classOf(t)) {
    case 'b':
      return `(${at(0)} != 0u)`;
    case 'i':
      return cut(t, `bitcast<i32>(${at(0)})`);
    case 'u':
      return cut(t, at(0));
    case 'f':
      return `bitcast<f32>(${at(0)})`;
    case 'h':
      return `nb_h_f(${at(0)} & 0xffffu)`;
    default:
      return `vec2<u32>(${at(0)}, ${at(1)})`;
  }
}
/** The words of a value. */
export function stored(t: ScalarType, v: string): string[] {
  switch (classOf(t)) {
    case 'b':
      return [`select(0u, 1u, ${v})`];
    case 'i':
    case 'f':
      return [`bitcast<u32>(${v})`];
    case 'u':
      return [v];
    case 'h':
      return [`nb_f_h(${v})`];
    default:
      return [`${v}.x`, `${v}.y`];
  }
}
/** Words of a value of a type. */
export const wordsOfType = (t: ScalarType): number => (heldAs(t) === 'vec2<u32>' ? 2 : 1);

const bits = new DataView(new ArrayBuffer(8));
/** The words of a lone number. */
export function immediateWords(o: Immediate): number[] {
  const out: number[] = [];
  for (const v of o.dtype.parts === 2 ? [o.re, o.im] : [o.re]) {
    switch (classOf(o.dtype.part)) {
      case 'b':
        out.push(v ? 1 : 0);
        break;
      case 'f':
        bits.setFloat32(0, Number(v));
        out.push(bits.getInt32(0));
        break;
      case 'h':
        out.push(numberToHalf(Number(v)));
        break;
      case 'D':
        bits.setFloat64(0, Number(v));
        out.push(bits.getInt32(4), bits.getInt32(0));
        break;
      case 'I':
      case 'U':
        bits.setBigInt64(0, BigInt.asIntN(64, BigInt(v)));
        out.push(bits.getInt32(4), bits.getInt32(0));
        break;
      default:
        out.push(Number(v) | 0);
    }
  }
  return out;
}

/** Where operands are: memory comes in slots, one for each buffer, however many operands it has. */
export interface Places {
  /** Slot of each operand, -1 for a lone number. */
  readonly slots: readonly number[];
  /** The backend's number of each slot's buffer. */
  readonly ids: readonly number[];
  /** Which slots are written. */
  readonly written: readonly boolean[];
  readonly key: string;
}

export function placesOf(
  operands: readonly AnyOperand[],
  dtypes: readonly DType[],
  inputs: number,
  by: string,
): Places {
  const ids: number[] = [];
  const written: boolean[] = [];
  const slots = operands.map((o, i) => {
    if (o.buffer === null) return -1;
    const id = gpuBuffer(o.buffer, by).words(dtypes[i], by);
    let at = ids.indexOf(id);
    if (at < 0) {
      at = ids.push(id) - 1;
      written.push(false);
    }
    if (i >= inputs) written[at] = true;
    return at;
  });
  return { slots, ids, written, key: `${slots.join()}|${written.map(Number).join('')}` };
}

/** The first word of an operand, in the memory of its buffer. */
export const startOf = (o: AnyOperand, d: DType): number => toWords(o.offset, d);
/** Steps in words. */
export const stepsOf = (strides: readonly number[], d: DType): number[] => strides.map((s) => toWords(s, d));

/** A component of an operand in memory: `index` is the text of the place of its first word. */
export function component(d: DType, part: number, slot: number, index: string): string {
  const first = part * (wordsOf(d) / d.parts);
  return loaded(d.part, (k) => `s${slot}[${index}${first + k === 0 ? '' : ` + ${first + k}u`}]`);
}
/** Statements that store the components of an element. */
export function storing(d: DType, values: readonly string[], slot: number, index: string): string[] {
  return values
    .flatMap((v) => stored(d.part, v))
    .map((w, k) => `s${slot}[${index}${k === 0 ? '' : ` + ${k}u`}] = ${w};`);
}

export interface Shader {
  /** How many words come with a dispatch. */
  readonly words: number;
  readonly written: readonly boolean[];
  /** Declarations outside of the entry point. */
  readonly global?: string;
  readonly group?: readonly [number, number, number];
  /** The slot whose words are changed atomically, or -1. */
  readonly atomic?: number;
  readonly body: string;
}

/** A shader as the executor takes it. */
export interface ShaderText {
  readonly text: string;
  readonly written: readonly boolean[];
}

/** The whole text of a shader. Its body finds `gid`, `lid`, `wid`, `nw` (global, local and group numbers, and how many groups there are). */
export function shaderText(s: Shader): ShaderText {
  const group = s.group ?? [GROUP, 1, 1];
  const used = `${s.global ?? ''}\n${s.body}`;
  const library = libraryFor(used);
  const text = `struct Words { w: array<vec4<u32>, ${Math.max(1, Math.ceil(s.words / 4))}> }
@group(0) @binding(0) var<uniform> p: Words;
${s.written.map((w, i) => `@group(0) @binding(${i + 1}) var<storage, ${w ? 'read_write' : 'read'}> s${i}: array<${i === s.atomic ? 'atomic<u32>' : 'u32'}>;`).join('\n')}
// Zero, as no compiler can know: there are never so many groups along z.
var<private> zero: u32;
${tablesFor(used)}${library}
${s.global ?? ''}
@compute @workgroup_size(${group.join(', ')})
fn main(@builtin(global_invocation_id) gid: vec3<u32>, @builtin(local_invocation_index) lid: u32, @builtin(workgroup_id) wid: vec3<u32>, @builtin(num_workgroups) nw: vec3<u32>) {
zero = nw.z & 0x8000u;
${s.body}
}
`;
  return { text, written: s.written };
}

/** Groups of a line of n, in two dimensions where one does not do. */
export function groupsFor(n: number, most: number): [number, number, number] {
  const x = Math.min(n, most);
  return [x, Math.ceil(n / x), 1];
}
