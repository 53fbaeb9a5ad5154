import { MemoryError, RuntimeError, TypeError } from '../../../errors.js';
import type { AdapterInfo } from '../commands.js';
import type { Functions, ValueType } from './scalar.js';

/**
 * gpu.js in its WebGL2 mode: textures of floats under numbers, and kernels that make new ones. Nothing waits but reading.
 */

/** A texture as gpu.js hands it out. */
export interface Handle {
  readonly texture: unknown;
  readonly size: readonly [number, number];
  /** One float each, or two. */
  readonly type: 'ArrayTexture(1)' | 'ArrayTexture(2)';
  framebuffer(): unknown;
  delete(): void;
}
interface GpuKernel {
  (...args: unknown[]): Handle;
  setOutput(output: readonly number[]): unknown;
  readonly kernel?: unknown;
}
interface Gpu {
  readonly mode: string;
  readonly context: any;
  createKernel(source: string, settings: unknown): GpuKernel;
  destroy(): Promise<void> | void;
}
/** What is used of the package gpu.js. */
export interface GpuJs {
  readonly GPU: (new (settings: { mode: string }) => Gpu) & { readonly isWebGL2Supported?: boolean };
}

/** Words lie in textures as one float each, or (integers) as two halves. */
export type Kind = 1 | 2;
export type ArgumentType = 'ArrayTexture(1)' | 'ArrayTexture(2)' | 'Integer' | 'Float';

/** What a kernel is made of. */
export interface Source {
  /** The text of a gpu.js kernel, `function kernel(…) { … }`. */
  readonly text: string;
  readonly types: readonly ArgumentType[];
  /** Functions of the shading language that it calls. */
  readonly functions: Functions;
  /** Their names, with the types of what they take and give. */
  readonly natives: readonly Native[];
}
export interface Native {
  readonly name: string;
  readonly takes: readonly ValueType[];
  readonly gives: ValueType;
}

/** More turns than any loop takes. */
const FOREVER = 2147483647;

/** Words of one buffer, and what they are: a texture once something was written. */
interface Cell {
  handle: Handle | null;
  readonly words: number;
}

/** Bytes of a word. */
const sizeIn = (h: Handle): number => (h.type === 'ArrayTexture(1)' ? 4 : 8);

export class Machine {
  private readonly gpu: Gpu;
  private readonly cells = new Map<number, Cell>();
  private readonly uploads = new Map<string, GpuKernel>();
  private next = 1;
  private bytes = 0;
  lost: string | null = null;
  readonly info: AdapterInfo;
  /** Words that a buffer can have. */
  readonly most: number;

  /** @throws RuntimeError where there is no WebGL2 */
  constructor(package_: GpuJs) {
    if (package_.GPU.isWebGL2Supported === false) throw new RuntimeError('gpu:0: this browser has no WebGL2');
    this.gpu = new package_.GPU({ mode: 'webgl2' });
    // gpu.js takes another way silently where the one asked for does not work.
    if (this.gpu.mode !== 'webgl2')
      throw new RuntimeError(`gpu:0: WebGL2 was asked for, and gpu.js took ${this.gpu.mode}`);
    // The context is made with the first kernel.
    const first = this.create({ text: 'function kernel() { return 1; }', types: [] });
    first.setOutput([1]);
    first().delete();
    const gl = this.gpu.context;
    if (gl === null || gl === undefined || typeof gl.texStorage2D !== 'function')
      throw new RuntimeError('gpu:0: gpu.js has no context of WebGL2');
    const names = gl.getExtension('WEBGL_debug_renderer_info');
    const side = gl.getParameter(gl.MAX_TEXTURE_SIZE) as number;
    this.most = side * side;
    gl.canvas?.addEventListener?.('webglcontextlost', () => {
      this.lost ??= 'the browser took the context of WebGL2 away';
    });
    this.info = {
      backend: 'webgl2',
      vendor: String(names === null ? '' : gl.getParameter(names.UNMASKED_VENDOR_WEBGL)),
      architecture: '',
      description: String(gl.getParameter(names === null ? gl.RENDERER : names.UNMASKED_RENDERER_WEBGL)),
      limits: {
        maxBufferSize: this.most * 4,
        maxStorageBufferBindingSize: this.most * 4,
        maxStorageBuffersPerShaderStage: gl.getParameter(gl.MAX_TEXTURE_IMAGE_UNITS),
        maxComputeInvocationsPerWorkgroup: 1,
        maxComputeWorkgroupStorageSize: 0,
        maxComputeWorkgroupsPerDimension: this.most,
      },
    };
  }

  private create(s: Pick<Source, 'text' | 'types'> & Partial<Source>, more: object = {}): GpuKernel {
    const [first, ...others] = s.natives ?? [];
    const native = (n: Native, source: string): object => ({
      name: n.name,
      source,
      argumentTypes: Object.fromEntries(n.takes.map((t, i) => [`a${i}`, t])),
      returnType: n.gives,
    });
    return this.gpu.createKernel(s.text, {
      output: [1],
      precision: 'single',
      tactic: 'precision',
      pipeline: true,
      immutable: true,
      dynamicOutput: true,
      dynamicArguments: true,
      strictIntegers: true,
      loopMaxIterations: FOREVER,
      argumentTypes: [...s.types],
      injectedNative: s.functions?.text ?? '',
      // The texts stand in what is injected; here are names and types only.
      nativeFunctions: first === undefined ? [] : [first, ...others].map((n) => native(n, '')),
      ...more,
    });
  }

  kernel(s: Source): GpuKernel {
    return this.create(s);
  }

  /** Runs a kernel for n threads, whose results are a texture of the caller's. */
  run(kernel: GpuKernel, n: number, args: readonly unknown[]): Handle {
    this.check();
    kernel.setOutput([n]);
    return kernel(...args);
  }

  private check(): void {
    if (this.lost === null && this.gpu.context.isContextLost?.()) this.lost = 'the context of WebGL2 was lost';
    if (this.lost !== null) throw new RuntimeError(`gpu:0 was lost (${this.lost})`);
  }

  allocate(words: number): number {
    if (words > this.most)
      throw new MemoryError(
        `Unable to allocate ${words * 4} bytes on gpu:0, whose textures have at most ${this.most * 4} bytes`,
      );
    const id = this.next++;
    this.cells.set(id, { handle: null, words });
    return id;
  }
  private cell(id: number): Cell {
    const c = this.cells.get(id);
    if (c === undefined) throw new RuntimeError(`gpu:0: buffer ${id} was given back`);
    return c;
  }
  words(id: number): number {
    return this.cell(id).words;
  }
  /** What a buffer holds; null before anything was written. */
  handle(id: number): Handle | null {
    return this.cell(id).handle;
  }
  /** The same before a part of it is written: zeros where nothing was yet. */
  before(id: number, kind: Kind): Handle {
    const c = this.cell(id);
    if (c.handle === null) this.write(id, new Float32Array(c.words), kind === 1 ? null : new Float32Array(c.words));
    const h = this.cell(id).handle as Handle;
    this.checkKind(h, kind);
    return h;
  }
  /** Puts a texture in the place of what a buffer held. */
  store(id: number, handle: Handle): void {
    const c = this.cell(id);
    if (c.handle !== null) {
      this.bytes -= c.words * sizeIn(c.handle);
      c.handle.delete();
    }
    c.handle = handle;
    this.bytes += c.words * sizeIn(handle);
  }
  free(id: number): void {
    const c = this.cells.get(id);
    if (c === undefined) return;
    this.cells.delete(id);
    if (c.handle === null) return;
    this.bytes -= c.words * sizeIn(c.handle);
    c.handle.delete();
  }

  /** Numbers for all words of a buffer, or the halves of integers. */
  write(id: number, values: Float32Array, low: Float32Array | null = null): void {
    this.check();
    const text =
      low === null
        ? 'function kernel(a) { return a[this.thread.x]; }'
        : 'function kernel(a, b) { return [a[this.thread.x], b[this.thread.x]]; }';
    let k = this.uploads.get(text);
    if (k === undefined) {
      k = this.create({ text, types: [] }, { argumentTypes: low === null ? ['Array'] : ['Array', 'Array'] });
      this.uploads.set(text, k);
    }
    this.store(id, this.run(k, values.length, low === null ? [values] : [values, low]));
  }
  /** `count` words of a buffer from `first` on, of the type that they are asked for as. */
  read(id: number, first: number, count: number, kind: Kind): Float32Array | Uint32Array {
    this.check();
    const out = kind === 1 ? new Float32Array(count) : new Uint32Array(count);
    const { handle } = this.cell(id);
    if (handle === null) return out;
    this.checkKind(handle, kind);
    const { values, step } = this.pixels(handle, kind);
    this.check();
    if (kind === 1 && step === 1) return values.slice(first, first + count);
    if (kind === 1) for (let i = 0, k = step * first; i < count; i++, k += step) out[i] = values[k];
    else for (let i = 0, k = step * first; i < count; i++, k += step) out[i] = values[k] * 65536 + values[k + 1];
    return out;
  }
  /** All of a texture: as many floats for each word as it has, where the driver reads those, or else four. */
  private pixels(h: Handle, kind: Kind): { readonly values: Float32Array; readonly step: number } {
    const gl = this.gpu.context;
    const [width, height] = h.size;
    gl.bindFramebuffer(gl.FRAMEBUFFER, h.framebuffer());
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, h.texture, 0);
    const wanted = kind === 1 ? gl.RED : gl.RG;
    const tight =
      gl.getParameter(gl.IMPLEMENTATION_COLOR_READ_FORMAT) === wanted &&
      gl.getParameter(gl.IMPLEMENTATION_COLOR_READ_TYPE) === gl.FLOAT;
    const step = tight ? kind : 4;
    const values = new Float32Array(width * height * step);
    gl.readPixels(0, 0, width, height, tight ? wanted : gl.RGBA, gl.FLOAT, values);
    return { values, step };
  }
  /** @throws TypeError where floats are to be read as integers or the other way round */
  checkKind(h: Handle, kind: Kind): void {
    if (h.type !== `ArrayTexture(${kind})`)
      throw new TypeError(
        "gpu:0: the bits of floats and integers cannot be read as one another on WebGL2; move it with t.to('cpu') first",
      );
  }
  /** Waits until everything is done. */
  finish(): void {
    this.gpu.context.finish();
  }
  usage(): { readonly live: number; readonly kept: number } {
    return { live: this.bytes, kept: 0 };
  }
  close(): void {
    if (this.lost !== null) return;
    for (const id of [...this.cells.keys()]) this.free(id);
    this.lost = 'it was closed';
    void this.gpu.destroy();
  }
}
