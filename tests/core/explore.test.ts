import { test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { np as namespace, tf as tensors } from '../../src/index.js';
import { CASES } from '../laws/cases.js';
import { operands, describeResult } from '../laws/laws.js';
import { uploaded } from '../../src/core/ops/place.js';
import { remote, peek } from './remote/device.js';
const np: any = namespace;
const tf: any = tensors;
const NARROW: any = { float64: 'float32', float16: 'float32', int64: 'int32', uint64: 'uint32', int8: 'int32', uint8: 'int32' };
const plain = (v: any, d: string, s: any): any => np.array([...v], NARROW[d] ?? d).reshape([...s]);
const make = (v: any, d: string, s: any): any => {
  const a = plain(v, d, s);
  if (d.startsWith('complex')) return null;
  return uploaded(tf.convert_to_tensor(a), remote, 'to');
};
const read = (x: any): any => {
  if (x instanceof tf.Tensor && x.device === 'remote:0') {
    const b = peek(x.buffer);
    const whole = np.frombuffer(b, x.dtype);
    const m = np.lib.stride_tricks.as_strided(whole.at(`${x.offset / x.dtype.itemsize}:`), { shape: x.shape, strides: x.strides });
    return np.array(m);
  }
  return x instanceof tf.Tensor ? x.numpy() : x;
};
test('explore', () => {
  const lines: string[] = [];
  for (const [title, call] of Object.entries(CASES)) {
    try {
      const got: any = call(np, operands(make));
      const want = call(np, operands(plain));
      const where = (Array.isArray(got) ? got : [got]).map((g: any) => g?.device ?? typeof g).join();
      const [a, b] = [describeResult(got, read), describeResult(want, read)].map((x) => JSON.stringify(x));
      lines.push(`${a === b ? 'same' : 'DIFFERENT'} ${where}: ${title}${a === b ? '' : `\n   ${a}\n   ${b}`}`);
    } catch (e: any) {
      lines.push(`${title}: ${e.constructor.name} ${e.message.split('\n')[0]}${/reading|undefined|null/.test(e.message) ? e.stack.split('\n').slice(1, 4).join('|') : ''}`);
    }
  }
  writeFileSync('/tmp/explore.txt', lines.join('\n'));
});
