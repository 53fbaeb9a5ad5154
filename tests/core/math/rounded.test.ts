import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as np from '../../../src/ndarray/index.js';

/** Libraries that err by little more than half an ulp agree on nearly every result, and so do programs that print all digits. */

const golden: Record<string, string> = JSON.parse(readFileSync(join(__dirname, '../../golden/rounded.json'), 'utf8'));
const x = np.arange(1, 601).div(97);
const functions: Record<string, () => np.NDArray> = {
  exp: () => np.exp(x),
  log: () => np.log(x),
  log1p: () => np.log1p(x),
  sin: () => np.sin(x),
  cos: () => np.cos(x),
  tan: () => np.tan(x),
  tanh: () => np.tanh(x),
  power: () => np.power(x, 1.75),
};

describe('elementary functions of float64', () => {
  test.each(Object.keys(golden))('%s is correctly rounded but for two results of a hundred', (name) => {
    const right = np.frombuffer(Uint8Array.from(Buffer.from(golden[name], 'base64')), 'float64');
    const wrong = np.count_nonzero(np.not_equal(functions[name](), right));
    expect(Number(wrong)).toBeLessThan(12);
  });
});
