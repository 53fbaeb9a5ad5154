import { NotImplementedError, RuntimeError } from '../../errors.js';
import type { DType, NumericName } from '../../dtype.js';
import type { Program } from '../../ir/expr.js';
import type { AnyOperand, Kernel, Operand, Routines } from '../device.js';
import type { GpuBackend } from './backend.js';
import { arithmeticIn } from '../types.js';
import { GpuBuffer, gpuBuffer } from './buffer.js';
import { ratioOf } from './cells.js';
import { type AdapterInfo, CODE, type KernelArgument, type Transport, Writer } from './commands.js';
import { WgslFold } from './wgsl/fold.js';
import { WgslMap } from './wgsl/map.js';
import { matmulOn } from './wgsl/matmul.js';
import { moverOn } from './wgsl/movement.js';
import type { ShaderText } from './wgsl/shader.js';

/** The backend over WebGPU: commands are gathered and sent to an executor in batches. */

/** Commands, and bytes in them, that are gathered before they are sent. */
const GATHERED = 64;
const GATHERED_BYTES = 4 * 1024 * 1024;
/** Bytes that may be on their way before the sender waits, and commands. */
const UNDERWAY_BYTES = 256 * 1024 * 1024;
const UNDERWAY = 20_000;

/** Operations in float64 of one program: each is some hundred of integers, and compilers take minutes for more, or die. */
const IMITATED = 48;

/** What kernels write to. */
export class WebgpuBackend implements GpuBackend {
  readonly dtypes: ReadonlySet<NumericName> = new Set<NumericName>(['bool', 'int32', 'uint32', 'float32']);
  readonly routines: Routines;
  private readonly writer = new Writer();
  private nextId = 1;
  private nextProgram = 1;
  private scheduled = false;
  private sent = 0;
  private sentBytes = 0;
  private readonly programs = new Map<string, number>();
  private readonly plains = new Map<string, number>();
  readonly readNow?: (id: number, first: number, count: number) => ArrayBuffer;
  readonly syncNow?: () => void;

  constructor(private readonly transport: Transport) {
    const move = moverOn(this);
    this.routines = {
      matmul: matmulOn(this),
      gather: (m) => move(m, null),
      scatter: (m) => move(m, m.step),
    };
    const { now } = transport;
    if (now === undefined) return;
    this.readNow = (id, first, count) => {
      this.flush();
      this.sent = this.sentBytes = 0;
      return now.read(id, first * 4, count * 4);
    };
    this.syncNow = () => {
      this.flush();
      this.sent = this.sentBytes = 0;
      now.sync();
    };
  }

  get info(): AdapterInfo {
    return this.transport.info;
  }
  get lost(): string | null {
    return this.transport.lost;
  }

  /** Called after each command. */
  private wrote(): void {
    const { writer } = this;
    if (writer.count >= GATHERED || writer.bytes >= GATHERED_BYTES) this.flush();
    else if (!this.scheduled) {
      this.scheduled = true;
      queueMicrotask(() => {
        this.scheduled = false;
        this.flush();
      });
    }
  }
  flush(): void {
    const { writer } = this;
    if (writer.count === 0) return;
    this.sent += writer.count;
    this.sentBytes += writer.bytes;
    this.transport.post(writer.take());
    if (this.syncNow !== undefined && (this.sent > UNDERWAY || this.sentBytes > UNDERWAY_BYTES)) this.syncNow();
  }

  allocate(words: number): number {
    const { maxBufferSize, maxStorageBufferBindingSize } = this.info.limits;
    const most = Math.min(maxBufferSize, maxStorageBufferBindingSize);
    if (words * 4 > most)
      throw new RuntimeError(`gpu: a buffer of ${words * 4} bytes is larger than the device allows (${most} bytes)`);
    const id = this.nextId++;
    this.writer.put(CODE.allocate, id, words * 4);
    this.wrote();
    return id;
  }
  free(id: number): void {
    this.writer.put(CODE.free, id);
    this.wrote();
  }
  write(id: number, words: Uint8Array): void {
    // The caller's memory may change before the command is carried out.
    this.writer.write(id, 0, words.slice());
    this.wrote();
  }
  copy(to: number, toWord: number, from: number, fromWord: number, words: number): void {
    this.writer.put(CODE.copy, to, toWord * 4, from, fromWord * 4, words * 4);
    this.wrote();
  }
  /** The number of a program with this text. */
  program({ text: wgsl, written }: ShaderText): number {
    let id = this.programs.get(wgsl);
    if (id === undefined) {
      id = this.nextProgram++;
      this.programs.set(wgsl, id);
      this.writer.pipeline(id, wgsl, written);
      this.wrote();
    }
    return id;
  }
  dispatch(
    program: number,
    groups: readonly [number, number, number],
    buffers: readonly number[],
    words: Int32Array,
  ): void {
    this.writer.dispatch(program, groups, buffers, words);
    this.wrote();
  }

  /**
   * Runs a kernel of gpu.js among the others, for what has no shader of its own.
   * @param result the number of the buffer that its results take the place of
   */
  plain(source: string, result: number, elements: number, given: readonly KernelArgument[]): void {
    const settings = {
      output: [elements],
      pipeline: true,
      immutable: true,
      precision: 'single',
      dynamicOutput: true,
      dynamicArguments: true,
      loopMaxIterations: 2 ** 30,
      argumentTypes: given.map((a) => ('integer' in a ? 'Integer' : 'float' in a ? 'Float' : 'Array')),
    };
    const key = `${source}|${settings.argumentTypes}`;
    let id = this.plains.get(key);
    if (id === undefined) {
      id = this.nextProgram++;
      this.plains.set(key, id);
      const { argumentTypes, ...others } = settings;
      const types = given.every((a) => 'buffer' in a) ? {} : { argumentTypes };
      this.writer.kernel(id, JSON.stringify({ source, settings: { ...others, ...types } }));
    }
    this.writer.call(id, result, elements, given);
    this.wrote();
  }

  read(id: number, first: number, count: number): Promise<ArrayBuffer> {
    this.flush();
    return this.transport.read(id, first * 4, count * 4);
  }
  sync(): Promise<void> {
    this.flush();
    return this.transport.sync();
  }
  usage(): { readonly live: number; readonly kept: number } {
    this.flush();
    return this.transport.usage();
  }
  prepare(program: Program): Kernel {
    const imitated = arithmeticIn(program, 'float64');
    if (imitated > IMITATED)
      throw new NotImplementedError(
        `${program.name}: it takes ${imitated} operations in float64, which gpu:0 does not have and imitates up to ${IMITATED} of; move the operands with t.to('cpu') first`,
      );
    if (program.kind !== 'map') return new WgslFold(this, program);
    return new WgslMap(this, program);
  }
  /**
   * Operands in as few buffers as a shader may have: where there are more, the smallest of those that are only read are copied together into one.
   * @throws NotImplementedError where even that is too much
   */
  fitted(operands: readonly AnyOperand[], dtypes: readonly DType[], inputs: number, by: string): readonly AnyOperand[] {
    // A fold may need memory of its own beside these.
    const most = this.info.limits.maxStorageBuffersPerShaderStage - 1;
    if (operands.length <= most) return operands;
    const written = new Set<unknown>(operands.slice(inputs).map((o) => o.buffer));
    const buffers = new Map<GpuBuffer, DType>();
    operands.forEach((o, i) => {
      if (o.buffer !== null) buffers.set(gpuBuffer(o.buffer, by), dtypes[i]);
    });
    if (buffers.size <= most) return operands;
    const read = [...buffers].filter(([b]) => !written.has(b)).sort(([a], [b]) => a.nbytes - b.nbytes);
    let result = operands;
    let count = buffers.size;
    // Truth values have a ratio of bytes to words of their own.
    for (const ratio of new Set(read.map(([, d]) => ratioOf(d)))) {
      const group = read.filter(([, d]) => ratioOf(d) === ratio).slice(0, count - most + 1);
      if (count <= most || group.length < 2) continue;
      result = this.packed(result, group, ratio, by);
      count -= group.length - 1;
    }
    if (count > most)
      throw new NotImplementedError(`${by}: ${count} buffers at a time are more than the gpu takes (${most})`);
    return result;
  }
  /** Copies buffers into one, and says where their operands are in it. */
  private packed(
    operands: readonly AnyOperand[],
    group: readonly (readonly [GpuBuffer, DType])[],
    ratio: number,
    by: string,
  ): readonly AnyOperand[] {
    const whole = new GpuBuffer(
      group[0][0].device,
      group.reduce((n, [b]) => n + Math.ceil(b.nbytes / 4) * 4, 0),
    );
    const id = whole.words(group[0][1], by);
    const at = new Map<unknown, number>();
    let next = 0;
    for (const [b, d] of group) {
      const bytes = Math.ceil(b.nbytes / 4) * 4;
      this.copy(id, next / ratio, b.words(d, by), 0, Math.ceil(b.nbytes / ratio));
      at.set(b, next);
      next += bytes;
    }
    return operands.map((o) => {
      const first = at.get(o.buffer);
      return first === undefined || o.buffer === null
        ? o
        : { ...(o as Operand), dtype: o.dtype, buffer: whole, offset: o.offset + first, size: (o as Operand).size };
    });
  }
  close(): void {
    this.transport.close();
  }
}

export const webgpuBackend = (transport: Transport): GpuBackend => new WebgpuBackend(transport);
