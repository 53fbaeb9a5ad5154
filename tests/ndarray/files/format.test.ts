import { describe, expect, test } from '@jest/globals';
import { interop, np } from '../../../src/index.js';

const { format } = np.lib;
const { BytesIO } = interop;
const parts = (write: (f: InstanceType<typeof BytesIO>) => void): InstanceType<typeof BytesIO> => {
  const f = new BytesIO();
  write(f);
  f.seek(0);
  return f;
};

describe('np.lib.format', () => {
  test('its constants are those of NumPy', () => {
    expect(String.fromCharCode(...format.MAGIC_PREFIX)).toBe('\x93NUMPY');
    expect([
      format.MAGIC_LEN,
      format.ARRAY_ALIGN,
      format.BUFFER_SIZE,
      format.GROWTH_AXIS_MAX_DIGITS,
      [...format.EXPECTED_KEYS].sort(),
    ]).toEqual([8, 64, 262144, 21, ['descr', 'fortran_order', 'shape']]);
  });
  test('a file is read part by part', () => {
    for (const version of [
      [1, 0],
      [2, 0],
    ] as const) {
      const a = np.asfortranarray(np.arange(6).reshape(2, 3));
      const f = parts((x) => format.write_array(x, a, version as never));
      expect(format.read_magic(f)).toEqual(version);
      const read = version[0] === 1 ? format.read_array_header_1_0 : format.read_array_header_2_0;
      expect(read(f)).toEqual([[2, 3], true, np.dtype('int64')]);
      expect(f.tell()).toBe(128);
      expect(f.read(8).length).toBe(8);
    }
  });
  test('the other byte order stays, whatever writes the array', async () => {
    const a = np.arange(4).astype('>i4');
    const want = parts((x) => np.save(x, a)).getvalue();
    expect(np.load(want).dtype.str).toBe('>i4');
    const late = new BytesIO();
    await np.save_async(late, a);
    const archive = new BytesIO();
    await np.savez_async(archive, { a });
    expect(Buffer.compare(parts((x) => format.write_array(x, a)).getvalue(), want)).toBe(0);
    expect(Buffer.compare(late.getvalue(), want)).toBe(0);
    expect(np.load(archive.getvalue()).at('a').dtype.str).toBe('>i4');
    expect(format.header_data_from_array_1_0(a).descr).toBe('>i4');
  });
  test('headers are written from what an array is', () => {
    const d = format.header_data_from_array_1_0(np.zeros([2, 3], 'f4' as never));
    expect(d).toEqual({ descr: '<f4', fortran_order: false, shape: [2, 3] });
    for (const [write, size] of [
      [format.write_array_header_1_0, 128],
      [format.write_array_header_2_0, 128],
    ] as const) {
      const f = parts((x) => write(x, d));
      expect(f.getvalue().length).toBe(size);
      expect(format.read_magic(f)[0]).toBe(write === format.write_array_header_1_0 ? 1 : 2);
    }
    expect(() =>
      format.write_array_header_1_0(new BytesIO(), {
        descr: Array.from({ length: 9000 }, (_, i) => [`f${i}`, '<f8']),
        fortran_order: false,
        shape: [1],
      }),
    ).toThrow('too big for version=(1, 0)');
  });
  test('versions that there are not, and files that are none, are refused', () => {
    expect(() => format.write_array(new BytesIO(), [1], [1, 1] as never)).toThrow(
      'we only support format version (1,0), (2,0), and (3,0), not (1, 1)',
    );
    expect(() => format.read_magic(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8))).toThrow(
      "the magic string is not correct; expected b'\\x93NUMPY', got b'\\x01\\x02\\x03\\x04\\x05\\x06'",
    );
    expect(() => format.read_magic(new Uint8Array(3))).toThrow('EOF: reading magic string, expected 8 bytes got 3');
    expect(() => format.read_array(parts((x) => x.write(format.magic(9, 9))))).toThrow('not (9, 9)');
    expect(() => format.magic(256, 0)).toThrow('major version must be 0 <= major < 256');
    expect(() => format.magic(1, -1)).toThrow('minor version must be 0 <= minor < 256');
    expect(() => format.write_array(new BytesIO(), np.array([null], 'object'))).toThrow(
      'Object arrays cannot be saved',
    );
  });
  test('a cut file says how far it goes', () => {
    const f = new BytesIO();
    format.write_array(f, np.zeros(100));
    const cut = new BytesIO(f.getvalue().slice(0, 300));
    expect(() => format.read_array(cut)).toThrow('EOF: reading array data, expected 800 bytes got 172');
  });
  test('dtypes and their descriptions stand for each other', () => {
    const dtypes = [
      '<f8',
      '>i4',
      '|b1',
      '<U3',
      '|S2',
      '<M8[D]',
      '|V5',
      [
        ['a', '<i4'],
        ['b', '<f8', [2, 3]],
      ],
      [
        [
          'x',
          [
            ['y', '|u1'],
            ['z', '>f4'],
          ],
        ],
      ],
      { names: ['a', 'b'], formats: ['i4', 'i1'], offsets: [4, 10], itemsize: 16 },
    ];
    for (const d of dtypes) {
      const dtype = np.dtype(d as never);
      expect(format.descr_to_dtype(format.dtype_to_descr(dtype))).toBe(dtype);
      expect(format.drop_metadata(dtype)).toBe(dtype);
    }
    expect(() => format.descr_to_dtype([['a']])).toThrow();
    expect(() => format.descr_to_dtype(5)).toThrow();
  });
});

describe('interop.BytesIO', () => {
  test('reads and writes where it stands, as Python’s', () => {
    const f = new BytesIO(Uint8Array.of(1, 2, 3, 4));
    expect([...f.read(2)]).toEqual([1, 2]);
    expect([f.tell(), [...f.read()], [...f.read()], f.tell()]).toEqual([2, [3, 4], [], 4]);
    expect([f.seek(-1, 2), [...f.read(5)], f.seek(1), f.seek(1, 1)]).toEqual([3, [4], 1, 2]);
    expect([f.write(Uint8Array.of(9, 9, 9)), [...f.getvalue()], f.tell()]).toEqual([3, [1, 2, 9, 9, 9], 5]);
    f.seek(7);
    f.write(Uint8Array.of(5));
    expect([...f.getvalue()]).toEqual([1, 2, 9, 9, 9, 0, 0, 5]);
    expect([f.truncate(3), [...f.getvalue()]]).toEqual([3, [1, 2, 9]]);
    expect(() => f.seek(-1)).toThrow('negative seek value -1');
    expect(() => f.write('text' as never)).toThrow("a bytes-like object is required, not 'str'");
    f.close();
    expect(f.closed).toBe(true);
    expect(() => f.read()).toThrow('I/O operation on closed file.');
  });
  test('has a copy of what it is given, and gives copies and Blobs', async () => {
    const b = Uint8Array.of(1, 2);
    const f = new BytesIO(b.buffer);
    b[0] = 9;
    f.getvalue()[1] = 9;
    expect([...f.getvalue()]).toEqual([1, 2]);
    const blob = f.blob('text/plain');
    expect([blob.type, [...new Uint8Array(await blob.arrayBuffer())]]).toEqual(['text/plain', [1, 2]]);
  });
});
