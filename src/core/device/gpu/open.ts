import { ImportError, RuntimeError } from '../../errors.js';
import { located } from '../../optional.js';
import type { GpuBackend } from './backend.js';
import { webgpuBackend } from './webgpu.js';
import { startNodeThread, workerThreads } from './node-thread.js';

/** Finding a gpu: in Node it is asked for when it is first needed; elsewhere somebody has to hand over one that is ready. */

/** A backend that was made ready beforehand, and how to make the next one after a loss. */
let ready: GpuBackend | null = null;

/** Hands over a backend: the only way where a program cannot wait for one (browsers). */
export function provideBackend(backend: GpuBackend): void {
  ready = backend;
}

const NEEDED = 'npm install gpu.js webgpu@0.6.2';

/** @throws ImportError where the packages are missing, RuntimeError where there is no adapter */
export function openBackend(name: string): GpuBackend {
  if (ready !== null && ready.lost === null) return ready;
  const threads = workerThreads();
  if (threads === undefined)
    throw new RuntimeError(
      ready === null
        ? `${name}: nothing was made ready; load it first with await interop.load('gpu.js')`
        : `${name}: the device was lost (${ready.lost}); load it again with await interop.load('gpu.js')`,
    );
  const gpujs = located('gpu.js');
  const webgpu = (globalThis as { navigator?: { gpu?: unknown } }).navigator?.gpu ? '' : located('webgpu');
  if (gpujs === null || webgpu === null)
    throw new ImportError(`${name} needs the packages gpu.js and webgpu: ${NEEDED}`);
  try {
    return webgpuBackend(startNodeThread(threads, { gpujs, webgpu }));
  } catch (e) {
    throw new RuntimeError(
      `${name}: no GPU is to be had (${e instanceof Error ? e.message.split('\n')[0] : String(e)}). It needs a driver for Vulkan, Metal or Direct3D 12`,
    );
  }
}
