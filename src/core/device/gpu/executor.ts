import type { AdapterInfo, Batch, Executor } from './commands.js';

/** The packages that an executor works with: exports of gpu.js. */
export interface GpuPackages {
  readonly WebGPUContext: { acquire(): Promise<any>; destroy(): Promise<void> };
  readonly WebGPUBufferResult: new (settings: any) => any;
  readonly GPU: new (settings: any) => any;
}

/**
 * An executor over gpu.js's WebGPU device. The function must be complete in itself, since its text is run in a worker: nothing from
 * outside of it may be named but types and what every WebGPU environment has.
 */
export async function makeExecutor(packages: GpuPackages): Promise<Executor> {
  const context = await packages.WebGPUContext.acquire();
  const device = context.device as any;
  const { limits } = device;
  const given = context.adapter.info ?? {};
  const STORAGE = 0x80 | 0x04 | 0x08;
  const RING = 4 * 1024 * 1024;
  /** Bytes of freed buffers that are kept for others. */
  const KEEP = 256 * 1024 * 1024;

  const buffers = new Map<number, any>();
  const programs = new Map<number, any>();
  const kernels = new Map<number, any>();
  const pool = new Map<number, any[]>();
  let live = 0;
  let kept = 0;
  let failed: string | null = null;
  let gpu: any = null;

  const fail = (e: unknown): void => {
    failed ??= e instanceof Error ? e.message : String(e);
  };
  device.onuncapturederror = (e: any): void => fail(e.error.message);
  device.addEventListener?.('uncapturederror', (e: any) => e.preventDefault?.());

  // Words of dispatches lie one after the other in a ring of their own, a stretch of it for each submission.
  const align = limits.minUniformBufferOffsetAlignment;
  const ring = device.createBuffer({ size: RING, usage: 0x40 | 0x08 });
  const staged = new Int32Array(RING / 4);
  let used = 0;
  let encoder: any = null;
  let pass: any = null;
  let recorded = 0;

  const endPass = (): void => {
    pass?.end();
    pass = null;
  };
  const submit = (): void => {
    if (encoder === null) return;
    endPass();
    if (used > 0) device.queue.writeBuffer(ring, 0, staged.buffer, 0, used);
    device.queue.submit([encoder.finish()]);
    encoder = null;
    used = 0;
    recorded = 0;
  };
  const recording = (): any => (encoder ??= device.createCommandEncoder());

  /** Sizes that buffers come in, so that freed ones fit later ones: four steps from one power of two to the next. */
  const sizeClass = (n: number): number => {
    if (n <= 256) return 256;
    const step = 2 ** (Math.floor(Math.log2(n - 1)) - 2);
    return Math.ceil(n / step) * step;
  };
  const allocate = (id: number, bytes: number): void => {
    const size = Math.min(sizeClass(bytes), Math.max(limits.maxBufferSize, bytes));
    const free = pool.get(size);
    let b = free?.pop();
    if (b !== undefined) kept -= size;
    else b = device.createBuffer({ size, usage: STORAGE });
    live += size;
    buffers.set(id, { buffer: b, size, bind: Math.max(4, Math.ceil(bytes / 4) * 4) });
  };
  const free = (id: number): void => {
    const e = buffers.get(id);
    if (e === undefined) return;
    buffers.delete(id);
    if (e.result !== undefined) {
      submit();
      e.result.delete();
      return;
    }
    live -= e.size;
    if (kept + e.size > KEEP) {
      submit();
      e.buffer.destroy();
      return;
    }
    kept += e.size;
    const list = pool.get(e.size);
    if (list === undefined) pool.set(e.size, [e.buffer]);
    else list.push(e.buffer);
  };
  const drop = (): void => {
    submit();
    for (const list of pool.values()) for (const b of list) b.destroy();
    pool.clear();
    kept = 0;
  };
  const buffer = (id: number): any => {
    const e = buffers.get(id);
    if (e === undefined) throw new Error(`buffer ${id} is not there`);
    return e;
  };

  const layouts = new Map<string, { group: any; pipeline: any }>();
  const layoutOf = (count: number, written: number): { group: any; pipeline: any } => {
    const key = `${count} ${written}`;
    let l = layouts.get(key);
    if (l === undefined) {
      const entries: any[] = [{ binding: 0, visibility: 4, buffer: { type: 'uniform' } }];
      for (let i = 0; i < count; i++) {
        const type = (written >> i) & 1 ? 'storage' : 'read-only-storage';
        entries.push({ binding: i + 1, visibility: 4, buffer: { type } });
      }
      const group = device.createBindGroupLayout({ entries });
      l = { group, pipeline: device.createPipelineLayout({ bindGroupLayouts: [group] }) };
      layouts.set(key, l);
    }
    return l;
  };
  const pipeline = (id: number, code: string, count: number, written: number): void => {
    const module = device.createShaderModule({ code });
    const layout = layoutOf(count, written);
    const made = device.createComputePipeline({ layout: layout.pipeline, compute: { module, entryPoint: 'main' } });
    programs.set(id, { made, group: layout.group });
  };
  const dispatch = (w: Int32Array, at: number): void => {
    const program = programs.get(w[at + 1]);
    const n = w[at + 5];
    const count = w[at + 6 + n];
    const end = at + 7 + n + count;
    if (program === undefined) throw new Error(`program ${w[at + 1]} is not there`);
    const size = Math.max(16, Math.ceil(count / 4) * 16);
    if (used + size > RING || recorded >= 512) submit();
    staged.set(w.subarray(at + 7 + n, end), used / 4);
    const entries: any[] = [{ binding: 0, resource: { buffer: ring, offset: used, size } }];
    for (let i = 0; i < n; i++) {
      const e = buffer(w[at + 6 + i]);
      entries.push({ binding: i + 1, resource: { buffer: e.buffer, offset: 0, size: e.bind } });
    }
    used += Math.ceil(size / align) * align;
    pass ??= recording().beginComputePass();
    pass.setPipeline(program.made);
    pass.setBindGroup(0, device.createBindGroup({ layout: program.group, entries }));
    pass.dispatchWorkgroups(w[at + 2], w[at + 3], w[at + 4]);
    recorded++;
  };

  const kernel = (id: number, text: string): void => {
    gpu ??= new packages.GPU({ mode: 'webgpu' });
    const { source, settings } = JSON.parse(text);
    kernels.set(id, gpu.createKernel(source, settings));
  };
  /** A gpu.js kernel writes into a buffer of its own, which takes the place of the one under that number. */
  const call = async (w: Int32Array, at: number): Promise<void> => {
    submit();
    const k = kernels.get(w[at + 1]);
    if (k === undefined) throw new Error(`kernel ${w[at + 1]} is not there`);
    const [id, length, n] = w.subarray(at + 2, at + 5);
    const float = new Float32Array(w.buffer, w.byteOffset, w.length);
    const args = Array.from({ length: n }, (_, i) => {
      const place = at + 6 + 2 * i;
      if (w[place - 1] !== 0) return w[place - 1] === 1 ? w[place] : float[place];
      const e = buffer(w[place]);
      const settings = { buffer: e.buffer, output: [e.bind / 4], componentCount: 1, context, kernel: k };
      return e.result ?? new packages.WebGPUBufferResult(settings);
    });
    k.setOutput([length]);
    const result = await k(...args);
    free(id);
    buffers.set(id, { buffer: result.buffer, size: 0, bind: length * 4, result });
  };

  const one = (b: Batch, at: number): void => {
    const w = b.words;
    if (w[at] === 1) allocate(w[at + 1], w[at + 2] >>> 0);
    else if (w[at] === 2) free(w[at + 1]);
    else if (w[at] === 3) {
      submit();
      const bytes = b.blobs[w[at + 3]];
      device.queue.writeBuffer(buffer(w[at + 1]).buffer, w[at + 2] >>> 0, bytes, 0, bytes.byteLength);
    } else if (w[at] === 4) {
      endPass();
      const [to, from] = [buffer(w[at + 1]).buffer, buffer(w[at + 3]).buffer];
      recording().copyBufferToBuffer(from, w[at + 4] >>> 0, to, w[at + 2] >>> 0, w[at + 5] >>> 0);
    } else if (w[at] === 5) pipeline(w[at + 1], b.texts[w[at + 2]], w[at + 3], w[at + 4]);
    else if (w[at] === 6) dispatch(w, at);
    else if (w[at] === 7) kernel(w[at + 1], b.texts[w[at + 2]]);
    else throw new Error(`no command ${w[at]}`);
  };
  /** How many words a command has. */
  const lengthOf = (w: Int32Array, at: number): number => {
    if (w[at] === 6) return 7 + w[at + 5] + w[at + 6 + w[at + 5]];
    if (w[at] === 8) return 5 + 2 * w[at + 4];
    return [1, 3, 2, 4, 6, 5, 1, 3][w[at]] ?? w.length;
  };
  /** While a gpu.js kernel is being called everything behind it waits. */
  let busy: Promise<void> | null = null;
  const waiting: Batch[] = [];
  const go = (b: Batch, from: number): void => {
    let at = from;
    while (at < b.words.length) {
      const next = at + lengthOf(b.words, at);
      if (b.words[at] === 8) {
        busy = call(b.words, at)
          .catch(fail)
          .then(() => {
            busy = null;
            go(b, next);
            while (busy === null && waiting.length > 0) go(waiting.shift() as Batch, 0);
          });
        return;
      }
      try {
        one(b, at);
      } catch (e) {
        fail(e);
      }
      at = next;
    }
    submit();
  };
  const run = (b: Batch): void => {
    if (busy === null) go(b, 0);
    else waiting.push(b);
  };
  const settled = async (): Promise<void> => {
    while (busy !== null) await busy;
  };
  const report = (): void => {
    if (failed === null) return;
    const text = failed;
    failed = null;
    throw new Error(text);
  };

  const info: AdapterInfo = {
    backend: 'webgpu',
    vendor: String(given.vendor ?? ''),
    architecture: String(given.architecture ?? ''),
    description: String(given.description ?? given.device ?? ''),
    limits: {
      maxBufferSize: limits.maxBufferSize,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxStorageBuffersPerShaderStage: limits.maxStorageBuffersPerShaderStage,
      maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
    },
  };
  return {
    info,
    run,
    async read(id, offset, nbytes) {
      await settled();
      const e = buffer(id);
      const size = Math.ceil(nbytes / 4) * 4;
      const target = device.createBuffer({ size: Math.max(4, size), usage: 0x01 | 0x08 });
      const copy = device.createCommandEncoder();
      copy.copyBufferToBuffer(e.buffer, offset, target, 0, size);
      device.queue.submit([copy.finish()]);
      try {
        await target.mapAsync(1);
      } catch (error) {
        report();
        throw error;
      }
      const bytes = target.getMappedRange().slice(0, nbytes);
      target.destroy();
      report();
      return bytes;
    },
    async sync() {
      await settled();
      await device.queue.onSubmittedWorkDone();
      report();
    },
    usage: () => ({ live, kept }),
    lost: device.lost.then((l: any) => `${l.reason ?? ''} ${l.message ?? ''}`.trim()),
    destroy() {
      drop();
      device.destroy();
    },
  };
}
