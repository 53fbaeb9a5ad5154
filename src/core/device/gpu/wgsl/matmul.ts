import type { DType } from '../../../dtype.js';
import type { MatrixOperand, MatrixProduct } from '../../device.js';
import { wordsOf } from '../cells.js';
import type { WebgpuBackend } from '../webgpu.js';
import { heldAs, literal } from './basis.js';
import { component, placesOf, type ShaderText, shaderText, startOf, stepsOf, storing, word } from './shader.js';

/**
 * Matrix products: a group of 256 threads makes 64 x 64 elements of the result, 4 x 4 a thread, from strips of both matrices that are 16 wide.
 * A thread adds the products of an element up in order.
 */

const TILE = 64;
const STRIP = 16;
const OWN = 4;
/** Groups along z, over which the matrices of a batch are dealt out. */
const BATCHES = 16_384;

/** Axes of a group that several operands walk over. */
interface Walk {
  readonly sizes: number[];
  readonly steps: number[][];
}
function joined(sizes: readonly number[], strides: readonly (readonly number[])[], d: DType): Walk {
  const axes = sizes.flatMap((n, i) => (n === 1 ? [] : [i]));
  const out = {
    sizes: axes.map((i) => sizes[i]),
    steps: strides.map((s) => {
      const words = stepsOf(s, d);
      return axes.map((i) => words[i]);
    }),
  };
  for (let i = out.sizes.length - 1; i > 0; i--) {
    if (!out.steps.every((s) => s[i - 1] === s[i] * out.sizes[i])) continue;
    out.sizes[i - 1] *= out.sizes[i];
    out.sizes.splice(i, 1);
    for (const s of out.steps) {
      s[i - 1] = s[i];
      s.splice(i, 1);
    }
  }
  return out;
}
const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

/** Words before those of the groups: matrices, rows, columns, length of a sum, starts of left, right and out. */
const HEAD = 7;

/** A function from an index into a group to the offsets there, one for each operand; words begin at `at`. */
function offsets(name: string, rank: number, operands: number, at: number): string {
  const lines: string[] = [];
  const names: string[] = [];
  let rest = 'i';
  for (let d = rank - 1; d > 0; d--) {
    lines.push(`let q${d} = ${rest} / ${word(at + d)};`, `let i${d} = ${rest} - q${d} * ${word(at + d)};`);
    names[d] = `i${d}`;
    rest = `q${d}`;
  }
  if (rank > 0) names[0] = rest;
  const sums = Array.from({ length: operands }, (_, o) =>
    rank === 0 ? '0u' : names.map((n, d) => `${n} * ${word(at + rank * (1 + o) + d)}`).join(' + '),
  );
  const type = `vec${operands}<u32>`;
  return `fn ${name}(i: u32) -> ${type} {\n${lines.join('\n')}\nreturn ${type}(${sums.join(', ')});\n}`;
}

interface Variant {
  readonly d: DType;
  readonly ranks: readonly [number, number, number, number];
  readonly slots: readonly number[];
  readonly written: readonly boolean[];
  /** Whether neighbours in memory of the left matrix are neighbours along k, and those of the right one along n. */
  readonly leftAlongK: boolean;
  readonly rightAlongN: boolean;
}

function textOf(v: Variant): ShaderText {
  const { d, ranks, slots } = v;
  const T = heldAs(d.part);
  let at = HEAD;
  const place = (rank: number, operands: number): number => {
    const here = at;
    at += rank * (1 + operands);
    return here;
  };
  const [batch, m, k, n] = [place(ranks[0], 3), place(ranks[1], 2), place(ranks[2], 2), place(ranks[3], 2)];
  const zero = literal(d.part, d.part.endsWith('64') && d.kind !== 'f' ? 0n : 0);
  const step = (sum: string, x: string, y: string): string =>
    d.kind === 'b' ? `${sum} = ${sum} || (${x} && ${y});` : `${sum} = ${sum} + ${x} * ${y};`;
  const global = `
${offsets('at_batch', ranks[0], 3, batch)}
${offsets('at_m', ranks[1], 2, m)}
${offsets('at_k', ranks[2], 2, k)}
${offsets('at_n', ranks[3], 2, n)}
var<workgroup> left: array<${T}, ${TILE * STRIP}>;
var<workgroup> right: array<${T}, ${TILE * STRIP}>;`;
  const load = (side: 'left' | 'right', slot: number): string => {
    const along = side === 'left' ? v.leftAlongK : v.rightAlongN;
    // Neighbouring threads read neighbours in memory.
    const [fast, slow] = side === 'left' ? (along ? ['kk', 'mm'] : ['mm', 'kk']) : along ? ['nn', 'kk'] : ['kk', 'nn'];
    const width = fast === 'kk' ? STRIP : TILE;
    const [other, size, first] = side === 'left' ? ['mm', word(1), 'row0'] : ['nn', word(2), 'column0'];
    const offset =
      side === 'left'
        ? `b.x + at_m(${first} + mm).x + at_k(k0 + kk).x`
        : `b.y + at_n(${first} + nn).x + at_k(k0 + kk).y`;
    return `
for (var e = lid; e < ${TILE * STRIP}u; e = e + 256u) {
let ${fast} = e % ${width}u;
let ${slow} = e / ${width}u;
var value = ${zero};
if (k0 + kk < ${word(3)} && ${first} + ${other} < ${size}) {
let source = ${word(side === 'left' ? 4 : 5)} + ${offset};
value = ${component(d, 0, slot, 'source')};
}
${side}[kk * ${TILE}u + ${other}] = value;
}`;
  };
  const own = Array.from({ length: OWN }, (_, i) => i);
  const body = `
let row0 = wid.y * ${TILE}u;
let column0 = wid.x * ${TILE}u;
let ty = lid / 16u;
let tx = lid % 16u;
for (var matrix = wid.z; matrix < ${word(0)}; matrix = matrix + nw.z) {
let b = at_batch(matrix);
${own.flatMap((i) => own.map((j) => `var c${i}${j} = ${zero};`)).join('\n')}
for (var k0 = 0u; k0 < ${word(3)}; k0 = k0 + ${STRIP}u) {
${load('left', slots[0])}
${load('right', slots[1])}
workgroupBarrier();
for (var kk = 0u; kk < ${STRIP}u; kk = kk + 1u) {
${own.map((i) => `let x${i} = left[kk * ${TILE}u + ty * ${OWN}u + ${i}u];\nlet y${i} = right[kk * ${TILE}u + tx + ${i * 16}u];`).join('\n')}
${own.flatMap((i) => own.map((j) => step(`c${i}${j}`, `x${i}`, `y${j}`))).join('\n')}
}
workgroupBarrier();
}
${own
  .map(
    (i) => `{
let row = row0 + ty * ${OWN}u + ${i}u;
if (row < ${word(1)}) {
let start = ${word(6)} + b.z + at_m(row).y;
${own
  .map(
    (j) => `{
let column = column0 + tx + ${j * 16}u;
if (column < ${word(2)}) {
let to = start + at_n(column).y;
${storing(d, [`c${i}${j}`], slots[2], 'to').join('\n')}
}
}`,
  )
  .join('\n')}
}
}`,
  )
  .join('\n')}
}`;
  return shaderText({ words: at, written: v.written, global, body });
}

/** The matrix product on a backend. */
export function matmulOn(backend: WebgpuBackend): (p: MatrixProduct) => void {
  const shaders = new Map<string, number>();
  return (p) => {
    const d = p.dtype;
    const operand = (o: MatrixOperand) => ({ dtype: d, buffer: o.buffer, offset: o.offset });
    const operands = [operand(p.left), operand(p.right), operand(p.out)];
    const places = placesOf(operands, [d, d, d], 2, 'matmul');
    const batch = joined(p.batch, [p.left.batch, p.right.batch, p.out.batch], d);
    const m = joined(p.m, [p.left.rows, p.out.rows], d);
    const k = joined(p.k, [p.left.columns, p.right.rows], d);
    const n = joined(p.n, [p.right.columns, p.out.columns], d);
    const last = (steps: readonly number[]): number => Math.abs(steps.at(-1) ?? 0);
    const v: Variant = {
      d,
      ranks: [batch.sizes.length, m.sizes.length, k.sizes.length, n.sizes.length],
      slots: places.slots,
      written: places.written,
      leftAlongK: last(k.steps[0]) === wordsOf(d) || last(m.steps[0]) !== wordsOf(d),
      rightAlongN: last(n.steps[0]) === wordsOf(d) || last(k.steps[1]) !== wordsOf(d),
    };
    const key = `${d.name}|${v.ranks}|${places.key}|${v.leftAlongK}|${v.rightAlongN}`;
    let shader = shaders.get(key);
    if (shader === undefined) shaders.set(key, (shader = backend.program(textOf(v))));
    const [rows, columns, matrices] = [product(m.sizes), product(n.sizes), product(batch.sizes)];
    const words = [matrices, rows, columns, product(k.sizes), ...operands.map((o) => startOf(o, d))];
    for (const w of [batch, m, k, n]) words.push(...w.sizes, ...w.steps.flat());
    const groups: [number, number, number] = [
      Math.ceil(columns / TILE),
      Math.ceil(rows / TILE),
      Math.min(matrices, BATCHES),
    ];
    backend.dispatch(shader, groups, places.ids, Int32Array.from(words));
  };
}
