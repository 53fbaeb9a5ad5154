import type { DType, NumericName } from '../dtype.js';
import type { Program } from '../ir/expr.js';

/**
 * What a device is: opaque memory, and programs that run on it. Everything else (ufuncs, reductions, tensors) is written
 * against this interface, once.
 */

/** Bytes on a device. Contents are opaque to everything but the device (and, on the cpu, to host routines). */
export interface DeviceBuffer {
  readonly device: Device;
  readonly nbytes: number;
  /** How many owners hold it: arrays' storage cells and tensors. More than one: a write through an array must copy first. */
  owners: number;
  /** Set when memory is reachable by the user as well (a wrapped typed array, or one handed out): writes can bypass us. */
  exposed: boolean;
  /** Gives the memory back now; the owner promises that nothing reads it any more. */
  free(): void;
}

/** One operand of a run: where its elements are. Strides go beside it, because broadcasting changes them. */
export interface Operand {
  readonly dtype: DType;
  readonly buffer: DeviceBuffer;
  /** Byte offset of the first element in the buffer. */
  readonly offset: number;
  /** Number of elements, where it is known: `flat` broadcasts an operand of size 1. */
  readonly size?: number;
}

/** A lone scalar operand of a map, reduce or scan: broadcast over everything, never in memory of its own. */
export class Immediate {
  readonly buffer = null;
  readonly offset = 0;
  constructor(
    readonly dtype: DType,
    readonly re: number | bigint,
    readonly im: number = 0,
  ) {}
}

export type AnyOperand = Operand | Immediate;

/** A program made ready on one device. Layout-specific code is made lazily inside. */
export interface Kernel {
  /**
   * The fast door of a map: every operand (inputs, then outputs) is either C-contiguous with n elements or has a single
   * element (an Immediate, or a one-element array). Outputs are contiguous with n elements.
   */
  flat(n: number, operands: readonly AnyOperand[]): void;
  /**
   * The general door. `shape` is the iteration space; `strides[i]` are operand i's byte strides over it (inputs, then outputs; ignored for an Immediate).
   * For a reduction `reduced[d]` marks the axes that are reduced: outputs have stride 0 there. For a scan exactly one axis is
   * marked and outputs have their own strides along it. Outputs must not overlap inputs unless they are the same elements in the same order (the caller has copied otherwise).
   */
  run(
    shape: readonly number[],
    operands: readonly AnyOperand[],
    strides: readonly (readonly number[])[],
    reduced?: readonly boolean[],
  ): void;
}

/** A matrix, or a batch of them, in memory: byte strides along the axes of each of its groups. */
export interface MatrixOperand {
  readonly buffer: DeviceBuffer;
  readonly offset: number;
  readonly batch: readonly number[];
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/**
 * out[b, m, n] = sum over k of left[b, m, k] * right[b, k, n], where each letter is a group of axes (their lengths are
 * given, and no length is 0). Left has rows m and columns k, right has rows k and columns n, out has rows m and columns n.
 *
 * All three have one dtype. Integers wrap; bool is or of ands; float16 computes in float32. The sum over k, in C order of its
 * axes, is made of blocks of 256: within a block products are added in order to 0, and block sums are added in order. The
 * four real products of a complex one are summed apart, and joined at the end.
 */
export interface MatrixProduct {
  readonly dtype: DType;
  readonly batch: readonly number[];
  readonly m: readonly number[];
  readonly k: readonly number[];
  readonly n: readonly number[];
  readonly left: MatrixOperand;
  readonly right: MatrixOperand;
  readonly out: MatrixOperand;
}

/** Lines of points in memory: byte steps along a line, and from line to line. */
export interface FourierOperand {
  readonly dtype: DType;
  readonly buffer: DeviceBuffer;
  readonly offset: number;
  readonly step: number;
  readonly batch: readonly number[];
}

/**
 * Discrete Fourier transforms of n points along lines: y[k] = factor · sum over j of x[j] · exp(∓2πi·jk/n), minus unless backward.
 *
 * - `complex`: n points to n points; real ones have imaginary part 0.
 * - `real`: n real points to the first n/2 + 1 of the result, whose others are their conjugates.
 * - `hermitian`: from n/2 + 1 such points n real ones. Imaginary parts of the first, and of the last for even n, do not count.
 *
 * A line of the input has `length` points: missing ones are 0, those beyond are not read. All is float64 or float32 with
 * their complex kin; no line is empty, and the memories do not overlap.
 */
export interface FourierTransform {
  readonly kind: 'complex' | 'real' | 'hermitian';
  readonly n: number;
  readonly backward: boolean;
  readonly factor: number;
  readonly batch: readonly number[];
  readonly length: number;
  readonly from: FourierOperand;
  readonly to: FourierOperand;
}

/** Elements in memory: a byte stride for each axis of what is walked over, 0 along axes that do not matter to it. */
export interface Strided {
  readonly buffer: DeviceBuffer;
  readonly offset: number;
  readonly strides: readonly number[];
}

/**
 * int32 entries that name places along one axis of a table: from -length to length - 1, where negative ones count from the end. `step`
 * is how many bytes apart places are in the table.
 */
export interface PlaceOperand extends Strided {
  readonly length: number;
  readonly step: number;
}

/**
 * Moves between a table and a list, for every index i of `shape` (no length is 0): the list's element is at its offset + i · strides, the
 * table's at its offset + i · strides + the sum over `places` of place(i) · step. Strides of all of them go with the axes of `shape`.
 *
 * Elements are moved as they are, in any of the device's dtypes. The memories of table, list and places do not overlap.
 */
export interface Movement {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly places: readonly PlaceOperand[];
  readonly table: Strided;
  readonly list: Strided;
}

/** What a scattered value does to what stands in its place; `update` replaces it. Others do not come with bool. */
export type ScatterStep = 'update' | 'add' | 'subtract' | 'multiply' | 'maximum' | 'minimum';

/** What a device does by hand rather than by programs; all of it is optional. */
export interface Routines {
  matmul?(product: MatrixProduct): void;
  fourier?(transform: FourierTransform): void;
  /** list = table. Where a place is out of range, the list's element is 0. */
  gather?(movement: Movement): void;
  /**
   * table step= list, once for every i: places may be named several times, and all of them count, in any order (of several updates one
   * remains whole). Integers wrap; maximum and minimum are those of the basis (nan wins). Where a place is out of range, nothing happens.
   */
  scatter?(movement: Movement & { readonly step: ScatterStep }): void;
}

/** Moving elements between a device's memory and the host's, of devices whose memory is not the host's. */
export interface Transfers {
  /** @throws TypeError for a dtype that the device has not, with the cast to write */
  check(dtype: DType, by: string): void;
  /** Memory on the device with these elements. */
  upload(bytes: Uint8Array, dtype: DType): DeviceBuffer;
  /** Bytes of elements, as the host holds them; `offset` and `nbytes` as the host counts. */
  download(from: DeviceBuffer, dtype: DType, offset: number, nbytes: number): Promise<Uint8Array>;
  /** The same at once; null where the device cannot be waited for. */
  downloadNow(from: DeviceBuffer, dtype: DType, offset: number, nbytes: number): Uint8Array | null;
}

export interface Device {
  /** `cpu:0`, `gpu:0`, `reference`. */
  readonly name: string;
  readonly dtypes: ReadonlySet<NumericName>;
  /** Whether memory can be read back synchronously. */
  readonly sync: boolean;
  /** Uninitialised memory. @throws MemoryError when the size cannot be had. */
  allocate(nbytes: number): DeviceBuffer;
  /** A buffer over memory that the user holds, without a copy; `exposed` is set. Devices whose memory is the host's have it. */
  wrap?(bytes: Uint8Array): HostBuffer;
  /** Makes a program ready; cheap when the same object was given before. */
  prepare(program: Program): Kernel;
  readonly routines?: Routines;
  /** How its memory is reached, where JavaScript does not see it. */
  readonly transfers?: Transfers;
}

/** Memory of the host: buffers whose bytes JavaScript can reach. The cpu and reference devices have it. */
export interface HostBuffer extends DeviceBuffer {
  /** The bytes (a view made on demand; of the heap, or of an ArrayBuffer of its own). */
  readonly bytes: Uint8Array;
  /** Address in the cpu device's heap, or -1 where the bytes are elsewhere. */
  readonly address: number;
  /** The memory that the bytes are a part of, and where they begin in it: what is needed to reach elements without a view of the bytes. */
  readonly memory?: ArrayBufferLike;
  readonly base?: number;
}
