import { test } from '@jest/globals';
import { np as namespace, tf as tensors } from '../../src/index.js';
import { remote, peek } from '../remote.js';
import { drawnOn } from '../../src/core/random/counted.js';
import { Philox } from '../../src/tensor/random/philox.js';
import { uniforms, normals, integers, bounded } from '../../src/tensor/random/fill.js';
import { tensorFace } from '../../src/tensor/tensor.js';
import { byName } from '../../src/core/dtype.js';
import { uploaded } from '../../src/core/ops/place.js';
const np: any = namespace; const tf: any = tensors;
test('x', () => {
  const key = Uint32Array.of(123456789, 987654321), counter = Uint32Array.of(0xfffffffe, 0xffffffff, 7, 9);
  const n = 37;
  for (const [kind, dt, make] of [['uniform', 'float32', (s: any, o: any) => uniforms(s, 'float32', o)], ['normal', 'float32', (s: any, o: any) => normals(s, 'float32', o)], ['integers', 'int32', (s: any, o: any) => integers(s, o)], ['bounded', 'int32', (s: any, o: any) => bounded(s, -5n, 9n, o)]] as any[]) {
    const out = dt === 'float32' ? new Float32Array(n) : new Int32Array(n);
    make(new Philox(counter.slice(), key), out);
    const t = drawnOn(remote, kind, [n], (byName as any)[dt], key, counter, tensorFace, kind === 'bounded' ? [-5, 14] : []);
    const b = peek(t.buffer);
    const got = dt === 'float32' ? new Float32Array(b.buffer, b.byteOffset, n) : new Int32Array(b.buffer, b.byteOffset, n);
    let worst = 0; for (let i = 0; i < n; i++) worst = Math.max(worst, Math.abs(got[i] - out[i]));
    console.log(kind, worst, [...got.slice(0, 5)], [...out.slice(0, 5)]);
  }
  const x = uploaded(tf.ones([1000]), remote, 'to');
  const d = tf.nn.dropout(x, 0.3, { seed: 4 });
  console.log(d.device, np.mean(np.frombuffer(peek(d.buffer), 'float32')).item());
});
