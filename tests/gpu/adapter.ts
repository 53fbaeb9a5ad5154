import { describe, expect, test } from '@jest/globals';
import { gpuInfo } from '../../src/core/device/gpu/index.js';
import '../../src/index.js';

/** Whether there is a gpu to test with. Where one is promised (NUMBRIDGE_TESTS_GPU=1) and none is there, tests fail. */
export const adapter: ReturnType<typeof gpuInfo> = gpuInfo();
const promised = process.env.NUMBRIDGE_TESTS_GPU === '1';

// Tests of devices that the host does not reach (tests/core/remote) are then about this one.
(globalThis as { deviceUnderTest?: string }).deviceUnderTest = 'gpu:0';

/** Tests that need a gpu. */
export function onGpu(title: string, body: () => void): void {
  if (adapter !== null) body();
  else if (promised)
    test(`${title}: a gpu was promised`, () => {
      expect(adapter).not.toBeNull();
    });
  else
    describe.skip(title, () =>
      test.skip('no gpu is to be had here: no driver, or gpu.js and webgpu are missing', () => {}),
    );
}
