import { type Accessor, accessor } from '../device/access.js';
import type { FourierOperand, FourierTransform, HostBuffer } from '../device/device.js';
import { groupOffsets } from '../device/product.js';
import { Roots } from './roots.js';

/**
 * Fourier transforms by their definition, over host memory: what the devices' own routines are tested against, and what a
 * host device without such a routine runs.
 */
export function plainFourier(t: FourierTransform): void {
  const { n, kind, backward, factor } = t;
  const roots = new Float64Array(2 * n);
  const table = new Roots(n);
  for (let k = 0; k < n; k++) table.put(k, roots, 2 * k);
  const open = (o: FourierOperand): Accessor => accessor(o.buffer as HostBuffer, o.dtype.part);
  const [x, y] = [open(t.from), open(t.to)];
  const unit = (o: FourierOperand): number => o.dtype.itemsize / o.dtype.parts;
  const half = Math.floor(n / 2) + 1;
  const starts = groupOffsets(t.batch, t.from.batch, 1);
  const targets = groupOffsets(t.batch, t.to.batch, 1);
  const points = new Float64Array(2 * n);
  for (let line = 0; line < starts.length; line++) {
    points.fill(0);
    const given = Math.min(t.length, kind === 'hermitian' ? half : n);
    for (let j = 0; j < given; j++) {
      const at = t.from.offset + starts[line] + j * t.from.step;
      const re = Number(x.get(at));
      const im = t.from.dtype.parts === 2 ? Number(x.get(at + unit(t.from))) : 0;
      points[2 * j] = re;
      points[2 * j + 1] = im;
      if (kind !== 'hermitian') continue;
      if (2 * j === n || j === 0) points[2 * j + 1] = 0;
      else {
        points[2 * (n - j)] = re;
        points[2 * (n - j) + 1] = -im;
      }
    }
    for (let k = 0; k < (kind === 'real' ? half : n); k++) {
      let re = 0;
      let im = 0;
      for (let j = 0, r = 0; j < n; j++, r = (r + k) % n) {
        const c = roots[2 * r];
        const s = backward ? -roots[2 * r + 1] : roots[2 * r + 1];
        re += points[2 * j] * c - points[2 * j + 1] * s;
        im += points[2 * j] * s + points[2 * j + 1] * c;
      }
      const at = t.to.offset + targets[line] + k * t.to.step;
      y.set(at, re * factor);
      if (t.to.dtype.parts === 2) y.set(at + unit(t.to), im * factor);
    }
  }
}
