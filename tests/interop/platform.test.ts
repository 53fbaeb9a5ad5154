import { describe, expect, test } from '@jest/globals';
import { interop, np, tf } from '../../src/index.js';

describe('Buffers', () => {
  test('memory is shared both ways, wherever a Buffer begins', () => {
    for (const skip of [0, 1, 3]) {
      const buffer = Buffer.from(new Uint8Array(50)).subarray(skip, skip + 16);
      const { result: a, copies } = interop.profile(() => interop.from_buffer(buffer, 'int32', [2, 2]));
      expect([copies, a.shape, a.dtype.name]).toEqual([0, [2, 2], 'int32']);
      a.set([1, 1], 258);
      expect([buffer[12], buffer[13]]).toEqual([2, 1]);
      buffer.writeInt32LE(-5, 0);
      expect(a.item(0, 0)).toBe(-5);
      expect(np.add(a, 1).tolist()).toEqual([
        [-4, 1],
        [1, 259],
      ]);
    }
  });
  test('an array in C order is handed out as it lies, others as a copy that the ledger shows', () => {
    const a = np.arange(6, { dtype: 'float32' } as never).reshape(2, 3);
    const p = interop.profile(() => interop.to_buffer(a));
    expect([p.copies, p.result.length, p.result instanceof Buffer]).toEqual([0, 24, true]);
    (p.result as Buffer).writeFloatLE(42, 4);
    expect(a.item(0, 1)).toBe(42);
    const t = interop.profile(() => interop.to_buffer(a.T));
    expect([t.count('order'), (t.result as Buffer).readFloatLE(4)]).toEqual([1, 3]);
    expect(interop.from_buffer(interop.to_buffer(a.at('1')), 'float32').tolist()).toEqual([3, 4, 5]);
    expect(interop.to_buffer(np.zeros([0, 3])).length).toBe(0);
  });
  test('a tensor made before keeps what it had', () => {
    const a = np.arange(3, { dtype: 'int32' } as never);
    const t = tf.convert_to_tensor(a);
    interop.to_buffer(a)[0] = 9;
    expect([a.item(0), t.numpy().item(0)]).toEqual([9, 0]);
  });
  test('what does not fit is named', () => {
    expect(() => interop.from_buffer([1] as never)).toThrow('expected a Buffer');
    expect(() => interop.from_buffer(Buffer.from([1, 2, 3]), 'int16')).toThrow(
      'buffer size must be a multiple of element size',
    );
    expect(() => interop.to_buffer(np.array([null], 'object'))).toThrow('objects have no bytes');
  });
});

describe('Blobs', () => {
  test('bytes go there and back', async () => {
    const a = np.asfortranarray(np.arange(6).reshape(2, 3));
    const blob = interop.to_blob(a, 'text/x');
    expect([blob.size, blob.type]).toEqual([48, 'text/x']);
    expect((await interop.from_blob(blob, 'int64', [2, 3])).tolist()).toEqual(a.tolist());
    await expect(interop.from_blob(blob, 'int64', [5])).rejects.toMatchObject({ name: 'ValueError' });
    await expect(interop.from_blob(5 as never)).rejects.toMatchObject({ name: 'TypeError' });
    expect(() => interop.to_blob(np.array([null], 'object'))).toThrow('objects have no bytes');
  });
});

describe('ImageData', () => {
  const image = (width: number, height: number): { data: Uint8ClampedArray; width: number; height: number } => ({
    data: Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => i),
    width,
    height,
  });
  test("pixels are the image's own memory, rows first", () => {
    const i = image(3, 2);
    const { result: a, copies } = interop.profile(() => interop.from_image_data(i));
    expect([copies, a.shape, a.item(1, 2, 3)]).toEqual([0, [2, 3, 4], 23]);
    a.set([0, 1, 2], 99);
    expect(i.data[6]).toBe(99);
    const back = interop.profile(() => interop.to_image_data(a));
    expect([back.copies, back.result.width, back.result.height, back.result.data.buffer]).toEqual([
      0,
      3,
      2,
      i.data.buffer,
    ]);
  });
  test('gray and coloured pixels become opaque ones, as a copy that the ledger shows', () => {
    const p = interop.profile(() => interop.to_image_data(np.array([[1, 2]], 'uint8')));
    expect([[...p.result.data], p.bytes]).toEqual([[1, 1, 1, 255, 2, 2, 2, 255], 8]);
    expect([...interop.to_image_data(np.array([[[1], [2]]], 'uint8')).data]).toEqual([1, 1, 1, 255, 2, 2, 2, 255]);
    expect([...interop.to_image_data(np.array([[[1, 2, 3]]], 'uint8')).data]).toEqual([1, 2, 3, 255]);
    const turned = interop.from_image_data(image(2, 2)).at(':, ::-1');
    expect([...interop.to_image_data(turned).data].slice(0, 5)).toEqual([4, 5, 6, 7, 0]);
    expect(interop.to_image_data(np.zeros([0, 5, 4], 'uint8' as never)).data.length).toBe(0);
  });
  test('a class ImageData is used where there is one', () => {
    class Image {
      constructor(
        readonly data: Uint8ClampedArray,
        readonly width: number,
        readonly height: number,
      ) {}
    }
    (globalThis as any).ImageData = Image;
    try {
      expect(interop.to_image_data(interop.from_image_data(image(2, 1))) instanceof Image).toBe(true);
    } finally {
      delete (globalThis as any).ImageData;
    }
  });
  test('what is no image is named', () => {
    expect(() => interop.from_image_data({ width: 1 } as never)).toThrow('expected an ImageData');
    expect(() => interop.from_image_data({ ...image(2, 2), width: 3 })).toThrow(
      '3 times 2 pixels have 24 bytes, there are 16',
    );
    expect(() => interop.to_image_data([[0.5]])).toThrow('pixels are uint8, not float64');
    expect(() => interop.to_image_data(np.zeros([2, 2, 2], 'uint8' as never))).toThrow(
      'with 1, 3 or 4 channels, got (2, 2, 2)',
    );
    expect(() => interop.to_image_data(np.zeros([2], 'uint8' as never))).toThrow('expected the shape');
  });
});
