import { test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { np as namespace, tf as tensors } from '../../src/index.js';
import { DIFFERENTIABLE, PLAIN } from '../tensor/ops/cases.js';
import { uploaded } from '../../src/core/ops/place.js';
import { remote, peek } from './remote/device.js';
const np: any = namespace;
const tf: any = tensors;
const NARROW: any = { float64: 'float32', float16: 'float32', int64: 'int32', uint64: 'uint32', int8: 'int32', uint8: 'int32', int16: 'int32' };
export const read = (x: any): any => {
  if (x instanceof tf.Tensor && x.device === 'remote:0') {
    const b = peek(x.buffer);
    const whole = np.frombuffer(b, x.dtype);
    const m = np.lib.stride_tricks.as_strided(whole.at(`${x.offset / x.dtype.itemsize}:`), { shape: x.shape, strides: x.strides });
    return np.array(m);
  }
  return x instanceof tf.Tensor ? x.numpy() : x;
};
const flat = (r: any): any[] => [r].flat(9).filter((x) => x !== null);
test('explore', () => {
  const lines: string[] = [];
  const trial = (title: string, run: () => any, want: () => any) => {
    let wanted: any;
    try { wanted = flat(want()).map(read); } catch (e: any) { lines.push(`cpu fails: ${title} ${e.message}`); return; }
    try {
      const raw = flat(run());
      const got = raw.map(read);
      const where = raw.map((g: any) => g?.device ?? typeof g).join();
      const ok = got.every((g, i) => g.dtype === wanted[i].dtype && `${g.shape}` === `${wanted[i].shape}` && np.allclose(g, wanted[i], { rtol: 1e-5, atol: 1e-6, equal_nan: true }));
      const away = raw.every((g: any) => g?.device === 'remote:0');
      lines.push(`${ok ? (away ? 'same' : `HOST(${where})`) : 'DIFFERENT'}: ${title}${ok ? '' : `\n   ${got.map((g) => g.dtype.name + JSON.stringify(g.tolist()))}\n   ${wanted.map((g) => g.dtype.name + JSON.stringify(g.tolist()))}`}`);
    } catch (e: any) {
      lines.push(`${title}: ${e.constructor.name} ${String(e.message).split('\n')[0]}${/reading|undefined|null|synchron|host's/.test(e.message) ? e.stack.split('\n').slice(1, 8).filter((l:string) => /src/.test(l)).map((l: string) => l.replace(/.*\/src\//, '').replace(')', '')).join(' < ') : ''}`);
    }
  };
  for (const [title, f, ...inputs] of [...DIFFERENTIABLE, ...PLAIN]) {
    const host = inputs.map((x: any) => {
      const t = x instanceof tf.Tensor ? x : tf.constant(x as never);
      const to = NARROW[t.dtype.name];
      return to ? tf.cast(t, to) : t;
    });
    const there = host.map((t: any) => (t.dtype.kind === 'c' ? t : uploaded(t, remote, 'to')));
    trial(title, () => f(...there), () => f(...host));
    trial(`traced ${title}`, () => tf.function(f)(...there), () => f(...host));
    const grad = (xs: any[]) => () => {
      const tape = new tf.GradientTape();
      const fl = xs.filter((x) => x.dtype.kind === 'f');
      for (const x of fl) tape.watch(x);
      const r = flat(f(...xs)).filter((t) => t.dtype.kind === 'f').map((t) => tf.reduce_sum(tf.multiply(t, t)));
      return tape.gradient(tf.add_n(r), fl);
    };
    if (DIFFERENTIABLE.some((d) => d[0] === title)) trial(`gradient ${title}`, grad(there), grad(host));
  }
  writeFileSync('/tmp/explore2.txt', lines.join('\n'));
});
