import { type ArrayValue, faceOf } from '../array.js';
import { fromScalar } from '../coerce.js';
import { isHost } from '../device/access.js';
import { type Device, type DeviceBuffer, Immediate, type MatrixProduct } from '../device/device.js';
import { objectProduct, plainProduct } from '../device/product.js';
import { bind1, type Primitive, primitive } from '../dispatch.js';
import { type DType, isText } from '../dtype.js';
import { NotImplementedError, UFuncNoLoopError, ValueError } from '../errors.js';
import { reportFlags } from '../errstate.js';
import { promote } from '../promote.js';
import { announce, caller } from '../transfers.js';
import { sizeOf } from '../view.js';
import { castKernelOn } from './casts.js';
import { copyAs } from './copy.js';
import { productFlags } from './flags/product.js';
import { deviceOf, release } from './operand.js';

/** The matrix product as a primitive, and what it shares with the other contractions. */

export interface MatmulAttrs {
  readonly [key: string]: unknown;
  /** dtype of the computation and the result; null: the operands' common one. */
  readonly dtype: DType | null;
  /** Memory for the result: contiguous or not, of the right shape and dtype, apart from the operands. */
  readonly into?: ArrayValue | null;
}

/** Fills memory with zeros, on any device. */
export function zeroFill(
  out: { readonly buffer: DeviceBuffer; readonly offset: number; readonly dtype: DType },
  shape: readonly number[],
  strides: readonly number[],
): void {
  if (sizeOf(shape) === 0) return;
  const d = out.dtype;
  if (d.kind === 'O')
    castKernelOn(out.buffer.device, d, d).run(shape, [fromScalar(0n, d), out], [shape.map(() => 0), strides]);
  else if (isHost(out.buffer) && out.offset === 0 && out.buffer.nbytes === sizeOf(shape) * d.itemsize)
    out.buffer.bytes.fill(0);
  else {
    const zero = new Immediate(d, d.itemsize === 8 && d.kind !== 'f' && d.kind !== 'c' ? 0n : 0);
    castKernelOn(out.buffer.device, d, d).run(shape, [zero, out], [[], strides]);
  }
}

/** Under which name the products of a public function report floating-point errors; `einsum` and `vdot` report none, as in NumPy. */
const PRODUCTS: Readonly<Record<string, string | null>> = {
  matmul: 'matmul',
  matvec: 'matvec',
  vecmat: 'vecmat',
  vecdot: 'vecdot',
  einsum: null,
  vdot: null,
};

/** Runs a product on the device that has its operands. */
export function runProduct(device: Device, p: MatrixProduct): void {
  if (p.dtype.kind === 'O') {
    objectProduct(p);
    return;
  }
  if (p.dtype.part === undefined)
    throw new UFuncNoLoopError(
      `ufunc 'matmul' did not contain a loop with signature matching types (${p.dtype.repr()}, ${p.dtype.repr()}) -> None`,
    );
  const reported = caller.name !== null && caller.name in PRODUCTS ? PRODUCTS[caller.name] : 'dot';
  const flags = reported === null ? 0 : productFlags(device, p);
  const routine = device.routines?.matmul;
  if (routine !== undefined) routine(p);
  else if (isHost(p.out.buffer)) plainProduct(p);
  else
    throw new NotImplementedError(
      `matmul: ${device.name} has no matrix product; move the operands with t.to('cpu') first`,
    );
  if (reported !== null) reportFlags(flags, reported);
}

/** The operand in the dtype of a computation: itself, or a temporary that `done` releases. */
export function inDtype(a: ArrayValue, d: DType, temporaries: ArrayValue[]): ArrayValue {
  if (isText(d))
    throw new UFuncNoLoopError(
      `ufunc 'matmul' did not contain a loop with signature matching types (${a.dtype.repr()}, ${d.repr()}) -> None`,
    );
  if (a.dtype === d) return a;
  announce('dtype', a.size * d.itemsize, a.dtype.name, d.name);
  const cast = copyAs(a, d);
  temporaries.push(cast);
  return cast;
}

const remapped = (shapes: readonly (readonly number[])[], cores: readonly number[], added: number): string =>
  shapes
    .map((s, i) => {
      const core = s.length - cores[i];
      const list = [...s.slice(0, core), ...new Array<string>(added).fill('newaxis')];
      return `(${s.join(',')})->(${list.join(',')}${list.length === 1 ? ',' : ''})`;
    })
    .join(' ');

/**
 * Common loop shape of the operands of a generalised ufunc.
 * @param cores how many core dimensions each operand has at its end
 * @param result core dimensions of the result, for the message
 */
export function loopShape(
  shapes: readonly (readonly number[])[],
  cores: readonly number[],
  result: readonly number[],
): number[] {
  let nd = 0;
  for (let i = 0; i < shapes.length; i++) nd = Math.max(nd, shapes[i].length - cores[i]);
  const out = new Array<number>(nd).fill(1);
  shapes.forEach((s, i) => {
    const n = s.length - cores[i];
    for (let d = 0; d < n; d++) {
      const at = nd - n + d;
      if (s[d] === 1) continue;
      if (out[at] === 1) out[at] = s[d];
      else if (out[at] !== s[d]) {
        throw new ValueError(
          `operands could not be broadcast together with remapped shapes [original->remapped]: ${remapped(shapes, cores, result.length)}  and requested shape (${result.join(',')})`,
        );
      }
    }
  });
  return out;
}

/** Strides of an operand's leading axes over a loop shape. */
export function loopStrides(a: ArrayValue, core: number, loop: readonly number[]): number[] {
  const n = a.ndim - core;
  const out = new Array<number>(loop.length).fill(0);
  for (let d = 0; d < n; d++) if (a.shape[d] !== 1) out[loop.length - n + d] = a.strides[d];
  return out;
}

const SIGNATURE = '(n?,k),(k,m?)->(n?,m?)';

/**
 * Shape of a @ b, with vectors as NumPy takes them.
 * @throws ValueError with NumPy's texts
 */
export function matmulShape(a: ArrayValue, b: ArrayValue): number[] {
  for (const [i, x] of [a, b].entries()) {
    if (x.ndim === 0)
      throw new ValueError(
        `matmul: Input operand ${i} does not have enough dimensions (has 0, gufunc core with signature ${SIGNATURE} requires 1)`,
      );
  }
  const k = a.shape[a.ndim - 1];
  const kb = b.shape[b.ndim - (b.ndim === 1 ? 1 : 2)];
  if (k !== kb)
    throw new ValueError(
      `matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature ${SIGNATURE} (size ${kb} is different from ${k})`,
    );
  const m = a.ndim > 1 ? [a.shape[a.ndim - 2]] : [];
  const n = b.ndim > 1 ? [b.shape[b.ndim - 1]] : [];
  if (a.ndim <= 2 && b.ndim <= 2) return [...m, ...n];
  return [...loopShape([a.shape, b.shape], [Math.min(2, a.ndim), Math.min(2, b.ndim)], [...m, ...n]), ...m, ...n];
}

/** Runs a @ b now. */
function runMatmul(x: ArrayValue, y: ArrayValue, attrs: MatmulAttrs): ArrayValue {
  const shape = matmulShape(x, y);
  const d = attrs.dtype ?? promote(x.dtype, y.dtype);
  const device = deviceOf([x, y], 'matmul');
  const temporaries: ArrayValue[] = [];
  const a = inDtype(x, d, temporaries);
  const b = inDtype(y, d, temporaries);
  const na = a.ndim;
  const nb = b.ndim;
  const out = attrs.into ?? faceOf([x, y]).fresh(device.allocate(sizeOf(shape) * d.itemsize), d, shape);
  const k = a.shape[na - 1];
  if (k === 0) zeroFill(out, shape, out.strides);
  else if (out.size > 0) {
    const core = (na > 1 ? 1 : 0) + (nb > 1 ? 1 : 0);
    const loop = shape.slice(0, shape.length - core);
    const strides = out.strides.slice(loop.length);
    runProduct(device, {
      dtype: d,
      batch: loop,
      m: na > 1 ? [a.shape[na - 2]] : [],
      k: [k],
      n: nb > 1 ? [b.shape[nb - 1]] : [],
      left: {
        buffer: a.buffer,
        offset: a.offset,
        batch: loopStrides(a, Math.min(2, na), loop),
        rows: na > 1 ? [a.strides[na - 2]] : [],
        columns: [a.strides[na - 1]],
      },
      right: {
        buffer: b.buffer,
        offset: b.offset,
        batch: loopStrides(b, Math.min(2, nb), loop),
        rows: [b.strides[nb > 1 ? nb - 2 : 0]],
        columns: nb > 1 ? [b.strides[nb - 1]] : [],
      },
      out: {
        buffer: out.buffer,
        offset: out.offset,
        batch: out.strides.slice(0, loop.length),
        rows: na > 1 ? strides.slice(0, 1) : [],
        columns: nb > 1 ? strides.slice(-1) : [],
      },
    });
  }
  for (const t of temporaries) release(t);
  return out;
}

/** Operands a and b of one or more dimensions, as `np.matmul` takes them. */
export const matmulPrimitive: Primitive<MatmulAttrs> = primitive('matmul', ([a, b], attrs) => runMatmul(a, b, attrs));

/** a @ b. */
export const matmulOf = (a: ArrayValue, b: ArrayValue, dtype: DType | null = null): ArrayValue =>
  bind1(matmulPrimitive, [a, b], { dtype });
