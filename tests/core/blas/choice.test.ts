import { expect, test } from '@jest/globals';
import { np } from '../../../src/index.js';

test('show_config names what computes, and says why where that is the library itself', () => {
  const { blas } = np.show_config('dicts')['Build Dependencies'];
  if (blas.found) expect(blas.name).not.toBe('numbridge');
  else expect([blas.name, (blas.reason ?? '').length > 0]).toEqual(['numbridge', true]);
  if (process.env.NUMBRIDGE_BLAS === 'off') expect(blas.reason).toBe('turned off by NUMBRIDGE_BLAS');
});
