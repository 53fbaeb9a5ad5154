import { describe, expect, test } from '@jest/globals';
import { reference } from '../../../src/core/device/reference/index.js';
import { withHostDevice } from '../../../src/core/device/registry.js';
import { np as numpy, tf as tensors } from '../../../src/index.js';

const np: any = numpy;
const tf: any = tensors;

let state = 7;
const random = (): number => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 31 - 1;
};
const real = (shape: readonly number[]): any =>
  np.array(Float64Array.from({ length: shape.reduce((n, m) => n * m, 1) }, random)).reshape([...shape]);
const complex = (shape: readonly number[]): any => np.add(real(shape), np.multiply(real(shape), np.complex(0, 1)));

/** The largest difference next to the largest value. */
function apart(x: any, y: any): number {
  const largest = Math.max(1e-300, Number(np.max(np.abs(y))));
  return Number(np.max(np.abs(np.subtract(x, y)))) / largest;
}

const WAYS: Record<
  string,
  { run: (f: () => void) => void; make: (a: any) => any; read: (a: any) => any; most: number }
> = {
  'reference arrays': { run: (f) => withHostDevice(reference, f), make: (a) => a, read: (a) => a, most: 200 },
  'cpu arrays': { run: (f) => f(), make: (a) => a, read: (a) => a, most: 1e9 },
  'cpu tensors': {
    run: (f) => f(),
    make: (a) => tf.convert_to_tensor(a),
    read: (a) => {
      expect(a).toBeInstanceOf(tf.Tensor);
      return a.numpy();
    },
    most: 1e9,
  },
};

const LENGTHS = [1, 2, 3, 4, 5, 6, 7, 8, 11, 13, 15, 16, 17, 30, 34, 49, 97, 128, 169, 346, 1021, 1155, 4096, 4102];
const CLOSE = 4e-15;

for (const [name, way] of Object.entries(WAYS)) {
  const lengths = LENGTHS.filter((n) => n <= way.most);
  const law = (title: string, body: (n: number) => void): void =>
    test(title, () =>
      way.run(() => {
        for (const n of lengths) body(n);
      }),
    );
  const f = (which: string, a: any, ...rest: unknown[]): any => way.read(np.fft[which](way.make(a), ...rest));

  describe(`Fourier transforms of ${name}`, () => {
    law('the inverse undoes the transform, for every norm', (n) => {
      for (const norm of ['backward', 'ortho', 'forward']) {
        const [z, x] = [complex([n]), real([n])];
        expect(apart(f('ifft', f('fft', z, { norm }), { norm }), z)).toBeLessThan(CLOSE);
        expect(apart(f('irfft', f('rfft', x, { norm }), n, { norm }), x)).toBeLessThan(CLOSE);
        expect(apart(f('hfft', f('ihfft', x, { norm }), n, { norm }), x)).toBeLessThan(CLOSE);
      }
    });
    law('an impulse has powers of one root as its transform', (n) => {
      const x = np.zeros(n);
      x.set([1 % n], 1);
      const k = np.arange(n);
      const want = np.exp(np.multiply(np.complex(0, (-2 * Math.PI * (1 % n)) / n), k));
      expect(apart(f('fft', x), want)).toBeLessThan(CLOSE);
    });
    law('energy is kept (Parseval)', (n) => {
      const z = complex([n]);
      const energy = (a: any): any => np.sum(np.square(np.abs(a)));
      expect(apart(np.divide(energy(f('fft', z)), n), energy(z))).toBeLessThan(CLOSE);
    });
    law('the transform is linear', (n) => {
      const [x, y] = [complex([n]), complex([n])];
      const sum = np.add(f('fft', x), np.multiply(2.5, f('fft', y)));
      expect(apart(f('fft', np.add(x, np.multiply(2.5, y))), sum)).toBeLessThan(CLOSE);
    });
    law('a shift turns the transform', (n) => {
      const x = complex([n]);
      const turns = np.exp(
        np.multiply(np.complex(0, -2 * Math.PI), np.divide(np.remainder(np.multiply(np.arange(n), 3), n), n)),
      );
      expect(apart(f('fft', np.roll(x, 3)), np.multiply(f('fft', x), turns))).toBeLessThan(CLOSE);
    });
    law('real input has the first half of the complex transform, and the other half are its conjugates', (n) => {
      const x = real([n]);
      const whole = f('fft', x.astype('complex128'));
      expect(apart(f('fft', x), whole)).toBeLessThan(CLOSE);
      expect(apart(f('rfft', x), whole.at(`:${Math.floor(n / 2) + 1}`))).toBeLessThan(CLOSE);
      expect(apart(f('ifft', x), f('ifft', x.astype('complex128')))).toBeLessThan(CLOSE);
    });
    law('lines of every layout have the transform that they have alone', (n) => {
      if (n > 200) return;
      for (const make of [real, complex]) {
        const a = make([3, n, 2]);
        for (const b of [a, np.asfortranarray(a), a.at('::-1'), a.transpose([2, 1, 0]), a.astype('complex64')]) {
          const y = f('fft', b, { axis: 1 });
          for (const i of [0, b.shape[0] - 1])
            for (const j of [0, 1])
              expect(apart(y.at(i, ':', j), f('fft', np.ascontiguousarray(b.at(i, ':', j))))).toBeLessThan(
                b.dtype.name === 'complex64' ? 1e-6 : CLOSE,
              );
        }
      }
    });
    law('lines are cut, or filled up with zeros', (n) => {
      const z = complex([n]);
      const m = n + 5;
      expect(apart(f('fft', z, m), f('fft', np.concatenate([z, np.zeros(5)])))).toBeLessThan(CLOSE);
      const k = Math.max(1, n - 2);
      expect(apart(f('fft', z, k), f('fft', z.at(`:${k}`)))).toBeLessThan(CLOSE);
      expect(apart(f('irfft', z, 2 * n + 3), f('irfft', np.concatenate([z, np.zeros(2)]), 2 * n + 3))).toBeLessThan(
        CLOSE,
      );
    });
    test('several axes are one axis after the other', () =>
      way.run(() => {
        const a = complex([4, 6, 5]);
        const one = (x: any, axis: number): any => f('fft', x, { axis });
        expect(apart(f('fftn', a), one(one(one(a, 2), 1), 0))).toBeLessThan(CLOSE);
        expect(apart(f('fft2', a), one(one(a, 2), 1))).toBeLessThan(CLOSE);
        const x = real([4, 6, 5]);
        expect(apart(f('rfftn', x), f('fftn', x).at('..., :3'))).toBeLessThan(CLOSE);
        expect(apart(f('irfftn', f('rfftn', x), { s: [4, 6, 5], axes: [0, 1, 2] }), x)).toBeLessThan(CLOSE);
        expect(apart(f('ifftn', f('fftn', a)), a)).toBeLessThan(CLOSE);
      }));
    test('shifts undo each other', () =>
      way.run(() => {
        for (const shape of [[5], [4], [3, 4], [2, 1, 7]]) {
          const x = real(shape);
          expect(f('ifftshift', f('fftshift', x)).tolist()).toEqual(x.tolist());
        }
      }));
  });
}
