import { ImportError, RuntimeError, ValueError } from '../../errors.js';
import type { GpuBackend } from './backend.js';
import type { AdapterInfo } from './commands.js';
import { type GpuPackages, makeExecutor } from './executor.js';
import type { GpuJs } from './gl/machine.js';
import { webgl2Backend } from './gl/index.js';
import { provideBackend } from './open.js';
import { pageTransport } from './page.js';
import { noWebThread, startWebThread } from './web-thread.js';
import { webgpuBackend } from './webgpu.js';

/** Making the gpu device ready where a program cannot wait for it: in a browser's page, before it is first named. */

export const MODES = ['webgpu', 'webgl2'] as const;
export type Mode = (typeof MODES)[number];

/** The backends, each with what it takes to make it; they throw where it is not to be had. */
const MAKE: { readonly [M in Mode]: (gpujs: GpuPackages & GpuJs, url: string | null) => Promise<GpuBackend> } = {
  webgpu: async (gpujs, url) => {
    if ((globalThis as { navigator?: { gpu?: unknown } }).navigator?.gpu === undefined)
      throw new RuntimeError('this browser has no WebGPU, or not for this page (it takes https or localhost)');
    return webgpuBackend(url === null ? pageTransport(await makeExecutor(gpujs)) : await startWebThread(url));
  },
  webgl2: async (gpujs) => webgl2Backend(gpujs),
};

/**
 * Opens a backend and makes it that of gpu:0: the one that is asked for, or WebGPU where it is to be had and WebGL2 else. No mode of gpu.js that computes
 * on the cpu is ever taken.
 * @param url where gpu.js lies, for a thread of its own that WebGPU runs in, so that values can be read at once
 * @throws ValueError for a mode that there is not, RuntimeError with the reasons where none is to be had
 */
export async function makeReady(
  gpujs: GpuPackages & GpuJs,
  mode: string | null = null,
  url: string | null = null,
): Promise<AdapterInfo> {
  if (mode !== null && !(MODES as readonly string[]).includes(mode))
    throw new ValueError(`load: no mode '${mode}' of gpu.js is used; there are: ${MODES.join(', ')}`);
  const sleepless = url === null ? null : noWebThread();
  if (sleepless !== null) throw new RuntimeError(`load: values cannot be read at once: ${sleepless}`);
  const reasons: string[] = [];
  for (const m of MODES) {
    if (mode !== null && m !== mode) continue;
    try {
      const backend = await MAKE[m](gpujs, url);
      if (backend.info.backend !== m) throw new RuntimeError(`asked for ${m}, got ${backend.info.backend}`);
      provideBackend(backend);
      return backend.info;
    } catch (e) {
      // Not a reason to take the next one: the file's name is wrong.
      if (e instanceof ImportError) throw e;
      reasons.push(`${m}: ${e instanceof Error ? e.message : String(e)}`);
    }
  }
  throw new RuntimeError(`gpu:0: no GPU is to be had in this page (${reasons.join('; ')})`);
}
