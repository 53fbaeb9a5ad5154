import { createRequire } from 'node:module';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { interop, np, tf } from '../../src/index.js';

const load = createRequire(__filename);
let tfjs: any;
const scijs: any = load('ndarray');
const ort: any = load('onnxruntime-common');

/** The copies that a call makes, and its result. */
const quietly = <T>(f: () => T): T => {
  const p = interop.profile(f);
  expect(p.records).toEqual([]);
  return p.result;
};
const reasons = (f: () => unknown): string[] => interop.profile(f).records.map((r) => `${r.by} ${r.reason} ${r.bytes}`);
afterEach(() => {
  interop.policy('allow');
});

describe('TensorFlow.js', () => {
  beforeAll(async () => {
    const { warn } = console;
    console.warn = () => {};
    tfjs = load('@tensorflow/tfjs-core');
    load('@tensorflow/tfjs-backend-cpu');
    await tfjs.ready();
    console.warn = warn;
  });
  test('tensors are read over their own memory, and cannot be written', () => {
    const t = tfjs.tensor([
      [1, 2],
      [3, 4],
    ]);
    const a = quietly(() => interop.to_array(t));
    expect([a.dtype.name, a.tolist(), a.flags.writeable]).toEqual([
      'float32',
      [
        [1, 2],
        [3, 4],
      ],
      false,
    ]);
    t.dataSync()[0] = 9;
    expect(a.item(0, 0)).toBe(9);
    expect(quietly(() => np.asarray(t, { copy: false })).item(0, 0)).toBe(9);
    expect(quietly(() => interop.to_tensor(t)).tolist()).toEqual([
      [9, 2],
      [3, 4],
    ]);
  });
  test('whoever writes what came from it has a copy first', () => {
    const t = tfjs.tensor([1, 2]);
    const b = interop.to_tensor(t).numpy();
    expect(reasons(() => b.set([0], 7))).toEqual(['assignment copy-on-write 8']);
    expect([b.tolist(), [...t.dataSync()]]).toEqual([
      [7, 2],
      [1, 2],
    ]);
  });
  test('every dtype is known, both ways', () => {
    for (const [values, dtype, ours] of [
      [[1.5, 2], 'float32', 'float32'],
      [[1, -2], 'int32', 'int32'],
      [[true, false], 'bool', 'bool'],
      [['a', 'bc'], 'string', 'str'],
    ] as [any, string, string][]) {
      const a = interop.to_array(tfjs.tensor(values, [2], dtype));
      expect([a.dtype.kind === 'U' ? 'str' : a.dtype.name, a.tolist()]).toEqual([ours, values]);
      const back = interop.to_tfjs(a, tfjs);
      expect([back.dtype, back.shape]).toEqual([dtype, [2]]);
      expect(interop.to_array(back).tolist()).toEqual(values);
    }
    const c = tfjs.complex([1, 2], [3, 4]);
    expect(String(interop.to_array(c))).toBe('[1.+3.j 2.+4.j]');
    const back = interop.to_tfjs(np.array([np.complex(1, 2), np.complex(3, 4)]), tfjs);
    expect([back.dtype, [...back.dataSync()]]).toEqual(['complex64', [1, 2, 3, 4]]);
    expect(interop.to_array(tfjs.scalar(3)).shape).toEqual([]);
    expect(interop.to_array(tfjs.zeros([0, 2])).shape).toEqual([0, 2]);
  });
  test('arrays are given without a copy, and keep what they gave when they are written', () => {
    const a = np.arange(6, { dtype: 'float32' }).reshape(2, 3);
    const t = quietly(() => interop.to_tfjs(a, tfjs));
    expect(np.shares_memory(np.asarray(t.dataSync()), a)).toBe(true);
    expect(np.shares_memory(np.asarray(t), a)).toBe(true);
    const b = np.ones(3, 'int32');
    const s = interop.to_tfjs(b, tfjs);
    expect(reasons(() => b.set([0], 5))).toEqual(['assignment copy-on-write 12']);
    expect([...s.dataSync()]).toEqual([1, 1, 1]);
    expect(tfjs.add(s, s).arraySync()).toEqual([2, 2, 2]);
  });
  test('other dtypes and orders cost a copy that is seen, and what does not fit is refused', () => {
    expect(reasons(() => interop.to_tfjs(np.ones(2), tfjs))).toEqual(['interop.to_tfjs dtype 16']);
    expect(reasons(() => interop.to_tfjs(np.ones([2, 3], 'float32').T, tfjs))).toEqual(['interop.to_tfjs order 24']);
    expect(interop.to_tfjs(np.ones([2, 3], 'float32').T, tfjs).shape).toEqual([3, 2]);
    expect([...interop.to_tfjs(np.array([2n ** 31n - 1n]), tfjs).dataSync()]).toEqual([2 ** 31 - 1]);
    expect(() => interop.to_tfjs(np.array([2n ** 31n]), tfjs)).toThrow('2147483648 is out of bounds for int32');
    expect(() => interop.to_tfjs(np.array(['2020-01-01'], 'M8[D]'), tfjs)).toThrow('to_tfjs: there is no dtype for');
    expect(() => interop.to_tfjs(np.ones(1), {} as never)).toThrow('the module of TensorFlow.js');
    expect(() => interop.policy('forbid', () => interop.to_tfjs(np.ones(2), tfjs))).toThrow(
      'interop.to_tfjs: needs an implicit copy',
    );
  });
  test('tensors are taken by functions of np and tf, and can be waited for', async () => {
    const t = tfjs.tensor([1, 2, 3]);
    expect(np.add(t, 1 as never).tolist()).toEqual([2, 3, 4]);
    expect(Number(np.sum(t))).toBe(6);
    expect(tf.add(tf.ones([3]), t).tolist()).toEqual([2, 3, 4]);
    expect((await interop.to_array_async(t)).tolist()).toEqual([1, 2, 3]);
    expect(np.array(t).flags.writeable).toBe(true);
    expect(np.array([1, t] as never, 'object').item(1)).toBe(t);
  });
});

describe('scijs', () => {
  test('strided arrays share their memory both ways', () => {
    const data = new Float64Array([0, 1, 2, 3, 4, 5]);
    const x = scijs(data, [2, 3]);
    for (const view of [
      x,
      x.transpose(1, 0),
      x.step(-1, 2),
      x.hi(1, 2),
      x.lo(1, 1),
      x.pick(1, null),
      x.transpose(1, 0).step(-1, -1),
    ]) {
      const a = quietly(() => interop.to_array(view));
      expect(a.shape).toEqual(view.shape);
      for (const [i, v] of np.ndenumerate(a) as Iterable<[number[], any]>) expect(Number(v)).toBe(view.get(...i));
    }
    const a = np.asarray(x.step(1, -1), { copy: false });
    a.set([0, 0], 50);
    expect(data[2]).toBe(50);
  });
  test('arrays are given without a copy, whatever their strides', () => {
    const a = np.arange(12, { dtype: 'float64' }).reshape(3, 4);
    for (const view of [a, a.T, a.at('::-1, ::2'), a.at(1), a.at('1:, 1'), np.asarray(3.5)]) {
      const x = quietly(() => interop.to_scijs(view, scijs));
      expect(x.shape).toEqual(view.shape);
      for (const [i, v] of np.ndenumerate(view as np.NDArray) as Iterable<[number[], any]>)
        expect(x.get(...i)).toBe(Number(v));
    }
    interop.to_scijs(a.T, scijs).set(1, 2, 77);
    expect(a.item(2, 1)).toBe(77);
  });
  test('64-bit integers, lists, stores with get and set, empty arrays', () => {
    expect(interop.to_array(scijs(new BigInt64Array([1n, 2n]))).dtype.name).toBe('int64');
    expect(interop.to_scijs(np.arange(2), scijs).dtype).toBe('bigint64');
    expect(interop.to_array(scijs([1, 2, 3, 4], [2, 2]).transpose(1, 0)).tolist()).toEqual([
      [1, 3],
      [2, 4],
    ]);
    const store = { get: (i: number) => i * 10, set: () => {}, length: 4 };
    expect(interop.to_array(scijs(store, [2, 2])).tolist()).toEqual([
      [0, 10],
      [20, 30],
    ]);
    expect(interop.to_array(scijs(new Float32Array(0), [0, 3])).shape).toEqual([0, 3]);
    expect(interop.to_scijs(np.zeros([2, 0]), scijs).shape).toEqual([2, 0]);
  });
  test('tensors are copied, and what must not be written is refused', () => {
    const t = tf.constant([1, 2]);
    let x: any;
    expect(reasons(() => (x = interop.to_scijs(t, scijs)))).toEqual(['interop.to_scijs external 8']);
    x.set(0, 9);
    expect(t.tolist()).toEqual([1, 2]);
    const a = np.ones(2);
    a.setflags({ write: false });
    expect(() => interop.to_scijs(a, scijs)).toThrow('read-only');
    expect(() => interop.to_scijs(np.ones(2, 'complex64'), scijs)).toThrow('there is no dtype for complex64');
    expect(() => interop.to_scijs(np.array(['a']), scijs)).toThrow('lie in no typed array');
    expect(() => interop.to_scijs(np.ones(2), null as never)).toThrow('the function of the package ndarray');
  });
});

/** Arrays as stdlib documents them: strides in elements, an offset, `iget`, and classes of its own for complex numbers. */
class StdlibArray {
  readonly flags = {};
  readonly length: number;
  readonly ndims: number;
  constructor(
    readonly dtype: string,
    readonly data: any,
    readonly shape: number[],
    readonly strides: number[],
    readonly offset: number,
    readonly order: string,
  ) {
    this.ndims = shape.length;
    this.length = shape.reduce((n, m) => n * m, 1);
  }
  get(...i: number[]): unknown {
    return this.data[i.reduce((at, k, d) => at + k * this.strides[d], this.offset)];
  }
  iget(): unknown {
    return this.data[this.offset];
  }
}
class Complex128Array {
  readonly buffer: ArrayBuffer;
  readonly byteOffset = 0;
  readonly byteLength: number;
  readonly length: number;
  constructor(parts: Float64Array) {
    this.buffer = parts.buffer as ArrayBuffer;
    this.byteLength = parts.byteLength;
    this.length = parts.length / 2;
  }
  get(i: number): unknown {
    return i;
  }
}

describe('stdlib', () => {
  test('arrays share their memory both ways, complex numbers included', () => {
    const data = new Float32Array([1, 2, 3, 4]);
    const a = quietly(() => interop.to_array(new StdlibArray('float32', data, [2, 2], [1, 2], 0, 'column-major')));
    expect(a.tolist()).toEqual([
      [1, 3],
      [2, 4],
    ]);
    a.set([0, 1], 30);
    expect(data[2]).toBe(30);
    const parts = new Float64Array([1, 2, 3, 4]);
    const c = interop.to_array(new StdlibArray('complex128', new Complex128Array(parts), [2], [-1], 1, 'row-major'));
    expect(String(c)).toBe('[3.+4.j 1.+2.j]');
    parts[0] = 9;
    expect(String(c)).toBe('[3.+4.j 9.+2.j]');
    const b = np.arange(6, { dtype: 'float64' }).reshape(2, 3);
    const x = quietly(() => interop.to_stdlib(b.T, StdlibArray as never));
    expect([x.dtype, x.shape, x.strides, x.offset, x.order]).toEqual(['float64', [3, 2], [1, 3], 0, 'column-major']);
    expect(x.get(2, 1)).toBe(5);
    expect(interop.to_array(new StdlibArray('float64', new Float64Array([7]), [], [0], 0, 'row-major')).item()).toBe(7);
    expect(interop.to_array(new StdlibArray('generic', [1, 2], [2], [1], 0, 'row-major')).tolist()).toEqual([1, 2]);
    expect(() => interop.to_stdlib(np.arange(2), StdlibArray as never)).toThrow('there is no dtype for int64');
  });
});

describe('onnxruntime', () => {
  test('tensors share their memory both ways', () => {
    const data = new Float32Array([1, 2, 3, 4, 5, 6]);
    const a = quietly(() => interop.to_array(new ort.Tensor('float32', data, [2, 3])));
    expect(a.shape).toEqual([2, 3]);
    a.set([1, 2], 60);
    expect(data[5]).toBe(60);
    const b = np.arange(4).reshape(2, 2);
    const t = quietly(() => interop.to_onnx(b, ort));
    expect([t.type, t.dims]).toEqual(['int64', [2, 2]]);
    t.data[3] = 30n;
    expect(b.item(1, 1)).toBe(30);
  });
  test('every type is known', () => {
    for (const dtype of [
      'float16',
      'float32',
      'float64',
      'int8',
      'int16',
      'int32',
      'int64',
      'uint8',
      'uint16',
      'uint32',
      'uint64',
      'bool',
    ] as const) {
      const a = np.ones([2, 2], dtype);
      const t = quietly(() => interop.to_onnx(a, ort));
      const b = quietly(() => interop.to_array(t));
      expect([t.type, b.dtype.name, np.array_equal(a, b), np.shares_memory(a, b)]).toEqual([dtype, dtype, true, true]);
    }
    const s = interop.to_onnx(np.array([['a', 'b']]), ort);
    expect([s.type, s.dims, interop.to_array(s).tolist()]).toEqual(['string', [1, 2], [['a', 'b']]]);
    expect(() => interop.to_onnx(np.ones(1, 'complex64'), ort)).toThrow('there is no dtype for complex64');
    expect(() => interop.to_onnx(np.ones(1), {} as never)).toThrow('the module of onnxruntime');
  });
  test('other orders are copied, and tensors of ours are lent', () => {
    expect(reasons(() => interop.to_onnx(np.ones([2, 3]).T, ort))).toEqual(['interop.to_onnx order 48']);
    const t = tf.constant([1, 2]);
    const o = quietly(() => interop.to_onnx(t, ort));
    expect([...o.data]).toEqual([1, 2]);
    const a = t.numpy();
    a.set([0], 5);
    expect([...o.data]).toEqual([1, 2]);
  });
  test('tensors on a device have to be waited for', async () => {
    const remote = {
      type: 'float32',
      dims: [2],
      location: 'gpu-buffer',
      getData: async () => new Float32Array([1, 2]),
    };
    class OrtTensor {}
    const t = Object.assign(new OrtTensor(), remote);
    expect(() => interop.to_array(t)).toThrow("is on 'gpu-buffer', which cannot be read synchronously");
    expect((await interop.to_array_async(t)).tolist()).toEqual([1, 2]);
  });
});

describe('pictures', () => {
  class ImageData {
    constructor(
      readonly data: Uint8ClampedArray,
      readonly width: number,
      readonly height: number,
    ) {}
  }
  test('ImageData shares its memory both ways', () => {
    const picture = new ImageData(new Uint8ClampedArray(24), 3, 2);
    const a = quietly(() => np.asarray(picture as never, { copy: false }));
    expect([a.shape, a.dtype.name]).toEqual([[2, 3, 4], 'uint8']);
    a.set(['...', 3], 255);
    expect(picture.data[3]).toBe(255);
    const b = np.zeros([2, 3, 4], 'uint8');
    const made = quietly(() => interop.to_image_data(b, ImageData));
    expect([made.width, made.height]).toEqual([3, 2]);
    made.data[0] = 300;
    expect(b.item(0, 0, 0)).toBe(255);
  });
  test('grey and three colours are completed, opaque', () => {
    const grey = np.array([[1, 2]], 'uint8');
    expect([...interop.to_image_data(grey, ImageData).data]).toEqual([1, 1, 1, 255, 2, 2, 2, 255]);
    expect([...interop.to_image_data(grey.reshape(1, 2, 1), ImageData).data]).toEqual([1, 1, 1, 255, 2, 2, 2, 255]);
    const rgb = np.array([[[1, 2, 3]]], 'uint8');
    expect([...interop.to_image_data(rgb, ImageData).data]).toEqual([1, 2, 3, 255]);
    expect(reasons(() => interop.to_image_data(rgb, ImageData))).toEqual(['interop.to_image_data order 4']);
    const t = tf.constant(np.zeros([1, 1, 4], 'uint8'));
    interop.to_image_data(t, ImageData).data[0] = 9;
    expect(t.tolist()).toEqual([[[0, 0, 0, 0]]]);
  });
  test('what are no pixels is refused', () => {
    expect(() => interop.to_image_data(np.ones([2, 2]), ImageData)).toThrow('pixels are uint8, not float64');
    expect(() => interop.to_image_data(np.ones([2, 2, 2], 'uint8'), ImageData)).toThrow('not (2, 2, 2)');
    expect(() => interop.to_image_data(np.ones(4, 'uint8'), ImageData)).toThrow('not (4)');
    expect(() => interop.to_image_data(np.ones([1, 1], 'uint8'))).toThrow('there is no ImageData here');
  });
});

describe('plain memory', () => {
  test('Buffers of Node, ArrayBuffers and DataViews are read where they lie', () => {
    const pooled = Buffer.from('abcd');
    const a = quietly(() => np.asarray(pooled, { copy: false }));
    expect([a.dtype.name, a.tolist()]).toEqual(['uint8', [97, 98, 99, 100]]);
    a.set([0], 65);
    expect(pooled.toString()).toBe('Abcd');
    const memory = new Float32Array([1, 2, 3]).buffer;
    expect(quietly(() => interop.to_array(memory, { dtype: 'float32' })).tolist()).toEqual([1, 2, 3]);
    expect(interop.to_array(memory).size).toBe(12);
    expect(interop.to_array(new DataView(memory, 4, 8), { dtype: 'float32' }).tolist()).toEqual([2, 3]);
    expect(() => interop.to_array(new ArrayBuffer(3), { dtype: 'int16' })).toThrow(
      'buffer size must be a multiple of element size',
    );
    expect(interop.to_array(new SharedArrayBuffer(4)).tolist()).toEqual([0, 0, 0, 0]);
  });
  test('Blobs and Responses are waited for, and arrays become Blobs', async () => {
    const blob = interop.to_blob(np.array([1, 2], 'float32').at('::-1'), 'application/x-floats');
    expect([blob.size, blob.type]).toEqual([8, 'application/x-floats']);
    expect((await interop.to_array_async(blob, { dtype: 'float32' })).tolist()).toEqual([2, 1]);
    expect((await interop.to_array_async(new Response(blob), { dtype: 'float32' })).tolist()).toEqual([2, 1]);
    expect((await interop.to_array_async(Promise.resolve([1, 2]))).tolist()).toEqual([1, 2]);
    expect(() => interop.to_array(blob)).toThrow('a Blob cannot be read synchronously');
    expect(reasons(() => interop.to_blob(np.ones(2)))).toContain('interop.to_blob requested 16');
  });
  test('a window on an array that comes back keeps the array alive', () => {
    let a: np.NDArray | null = np.arange(20000);
    const back = np.asarray(a.data as never) as np.NDArray;
    a = null;
    for (let i = 0; i < 200; i++) np.ones(20000);
    expect(back.item(19999)).toBe(19999);
  });
});

describe('frames', () => {
  class DataFrame {
    constructor(
      readonly values: unknown[][],
      readonly columns: string[],
      readonly dtypes: string[],
    ) {}
    get shape(): number[] {
      return [this.values.length, this.columns.length];
    }
  }
  const frame = new DataFrame(
    [
      [1, 0.5, 'a', true],
      [2, Number.NaN, 'bc', false],
    ],
    ['i', 'f', 's', 'b'],
    ['int32', 'float32', 'string', 'boolean'],
  );
  test('columns have dtypes of their own', () => {
    const c = interop.to_columns(frame);
    expect(Object.entries(c).map(([k, v]) => [k, v.dtype.str, v.tolist()])).toEqual([
      ['i', '<i4', [1, 2]],
      ['f', '<f8', [0.5, Number.NaN]],
      ['s', '<U2', ['a', 'bc']],
      ['b', '|b1', [true, false]],
    ]);
  });
  test('a frame of one kind is an array of it, others are objects', () => {
    const numbers = new DataFrame(
      [
        [1, 0.1],
        [2, 0.2],
      ],
      ['i', 'f'],
      ['int32', 'float32'],
    );
    expect([interop.to_array(numbers).dtype.name, interop.to_array(numbers).tolist()]).toEqual([
      'float64',
      [
        [1, 0.1],
        [2, 0.2],
      ],
    ]);
    expect([np.asarray(frame as never).dtype.name, np.asarray(frame as never).shape]).toEqual(['object', [2, 4]]);
    const text = new DataFrame([['a'], ['bcd']], ['s'], ['string']);
    expect(interop.to_array(text).tolist()).toEqual([['a'], ['bcd']]);
    expect(() => np.asarray(numbers as never, { copy: false })).toThrow('Unable to avoid copy');
  });
  test('missing values are read as is said', () => {
    const gaps = new DataFrame(
      [
        [1, 'a'],
        [null, null],
      ],
      ['i', 's'],
      ['int32', 'string'],
    );
    expect(() => interop.to_columns(gaps)).toThrow("the column 'i' has missing values");
    const ints = new DataFrame([[1], [null]], ['i'], ['int32']);
    expect(interop.to_array(ints, { nulls: 'nan' }).tolist()).toEqual([[1], [Number.NaN]]);
    expect(interop.to_array(ints, { nulls: -1 }).dtype.name).toBe('int32');
    expect(() => interop.to_columns(gaps, { nulls: 'nan' })).toThrow('text has no NaN');
    expect(() => interop.to_columns(new DataFrame([[1]], ['x'], ['odd']))).toThrow('the dtype odd');
    expect(() => interop.to_columns([1])).toThrow('to_columns: expected a table');
  });
  test('arrays become frames and series', () => {
    const made: any[] = [];
    const dfd = {
      DataFrame: class {
        constructor(...args: unknown[]) {
          made.push(['frame', ...args]);
        }
      },
      Series: class {
        constructor(...args: unknown[]) {
          made.push(['series', ...args]);
        }
      },
    };
    interop.to_danfo(np.arange(4).reshape(2, 2), dfd, ['a', 'b']);
    interop.to_danfo(np.array([1.5]), dfd);
    interop.to_danfo(
      np.array(
        [[1, 2.5]].map(([x, y]) => [x, y]) as never,
        [
          ['x', 'i4'],
          ['y', 'f8'],
        ] as never,
      ),
      dfd,
    );
    expect(made).toEqual([
      [
        'frame',
        [
          [0, 1],
          [2, 3],
        ],
        { columns: ['a', 'b'] },
      ],
      ['series', [1.5], undefined],
      ['frame', { x: [1], y: [2.5] }],
    ]);
    expect(() => interop.to_danfo(np.ones([1, 1, 1]), dfd)).toThrow('frames have two axes, not 3');
  });
});
