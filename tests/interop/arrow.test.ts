import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import { interop, np } from '../../src/index.js';

const arrow: any = createRequire(__filename)('apache-arrow');
const reasons = (f: () => unknown): string[] => interop.profile(f).records.map((r) => `${r.reason} ${r.bytes}`);
const quietly = <T>(f: () => T): T => {
  const p = interop.profile(f);
  expect(p.records).toEqual([]);
  return p.result;
};
const NUMBERS = 'Int8 Int16 Int32 Int64 Uint8 Uint16 Uint32 Uint64 Float16 Float32 Float64'.split(' ');

describe('vectors of Apache Arrow', () => {
  test.each(NUMBERS)('of %s share their memory both ways', (name) => {
    const a = np.arange(5).astype(name.toLowerCase() as 'int8');
    const v = quietly(() => interop.to_arrow(a, arrow));
    expect([String(v.type), v.length, v.nullCount]).toEqual([name, 5, 0]);
    expect([...v].map(Number)).toEqual([0, 1, 2, 3, 4]);
    const b = quietly(() => np.asarray(v, { copy: false }));
    expect([b.dtype, np.shares_memory(a, b), b.flags.writeable]).toEqual([a.dtype, true, false]);
    const c = quietly(() => interop.to_array(v.slice(1, 4).slice(1)));
    expect([c.tolist(), np.shares_memory(a, c)]).toEqual([[2, 3], true]);
    expect(interop.to_array(v.data[0]).tolist()).toEqual([0, 1, 2, 3, 4]);
  });
  test('are not changed by writing the array that they were made of', () => {
    const a = np.ones(3);
    const v = interop.to_arrow(a, arrow);
    expect(reasons(() => a.set([0], 9))).toEqual(['copy-on-write 24']);
    expect([...v]).toEqual([1, 1, 1]);
    expect(interop.to_tensor(v).tolist()).toEqual([1, 1, 1]);
  });
  test('keep the memory of their array, their slices, too', () => {
    let v = interop.to_arrow(np.arange(20000), arrow).slice(100, 200);
    v = v.slice(10);
    for (let i = 0; i < 200; i++) np.ones(20000);
    expect(Number(v.get(0))).toBe(110);
  });
  test('of dates, times and durations are datetime64 and timedelta64', () => {
    const dates = [new Date(0), new Date(86400000)];
    for (const [type, dtype] of [
      ['TimestampSecond', 'M8[s]'],
      ['TimestampMillisecond', 'M8[ms]'],
      ['TimestampMicrosecond', 'M8[us]'],
      ['TimestampNanosecond', 'M8[ns]'],
      ['DateMillisecond', 'M8[ms]'],
    ]) {
      const v = arrow.vectorFromArray(dates, new arrow[type]());
      const a = quietly(() => interop.to_array(v));
      expect([a.dtype.str, np.datetime_as_string(a.astype('M8[D]')).tolist()]).toEqual([
        `<${dtype}`,
        ['1970-01-01', '1970-01-02'],
      ]);
      if (type.startsWith('Time')) expect([...interop.to_arrow(a, arrow)]).toEqual([...v]);
    }
    const days = arrow.vectorFromArray(dates, new arrow.DateDay());
    expect(reasons(() => interop.to_array(days))).toEqual(['dtype 16']);
    expect(interop.to_array(days).repr()).toBe("array(['1970-01-01', '1970-01-02'], dtype='datetime64[D]')");
    expect(String(interop.to_arrow(interop.to_array(days), arrow).type)).toBe('Date32<DAY>');
    expect([...interop.to_arrow(interop.to_array(days), arrow)]).toEqual([...days]);
    const span = arrow.vectorFromArray([5n], new arrow.DurationMillisecond());
    expect(quietly(() => interop.to_array(span)).repr()).toBe("array([5], dtype='timedelta64[ms]')");
    expect(String(interop.to_arrow(interop.to_array(span), arrow).type)).toBe('Duration<MILLISECOND>');
    const time = arrow.vectorFromArray([61], new arrow.TimeSecond());
    expect(interop.to_array(time).repr()).toBe("array([61], dtype='timedelta64[s]')");
    expect(() => interop.to_arrow(np.array(['2020'], 'M8[Y]'), arrow)).toThrow('there is no type for datetime64[Y]');
    expect(() => interop.to_arrow(np.array([2n ** 40n]).view('M8[D]'), arrow)).toThrow('too far away');
  });
  test('of booleans are bits, which are copied', () => {
    const v = arrow.vectorFromArray([true, false, true, true, false, false, true, false, true], new arrow.Bool());
    expect(reasons(() => interop.to_array(v))).toEqual(['dtype 9']);
    expect(interop.to_array(v).tolist()).toEqual([true, false, true, true, false, false, true, false, true]);
    expect(interop.to_array(v.slice(2, 9)).tolist()).toEqual([true, true, false, false, true, false, true]);
    expect(interop.to_array(v.slice(2, 9).slice(1, 3)).tolist()).toEqual([true, false]);
    expect(() => np.asarray(v, { copy: false })).toThrow('Unable to avoid copy');
    expect([...interop.to_arrow(np.array([true, false, true]).at('::-1'), arrow)]).toEqual([true, false, true]);
  });
  test('of text are str, dictionaries included', () => {
    const words = ['a', 'bcd', '', 'éß', '😀'];
    const v = arrow.vectorFromArray(words, new arrow.Utf8());
    expect(interop.to_array(v).tolist()).toEqual(words);
    expect(interop.to_array(v.slice(1, 4)).tolist()).toEqual(words.slice(1, 4));
    const d = arrow.vectorFromArray(['x', 'y', 'x', 'zz']);
    expect(String(d.type)).toBe('Dictionary<Int32, Utf8>');
    expect([interop.to_array(d).tolist(), interop.to_array(d).dtype.str]).toEqual([['x', 'y', 'x', 'zz'], '<U2']);
    expect(interop.to_array(d.slice(2)).tolist()).toEqual(['x', 'zz']);
    expect([...interop.to_arrow(np.array(words), arrow)]).toEqual(words);
    const holes = arrow.vectorFromArray(['x', null, 'y']);
    expect(interop.to_array(holes, { nulls: '?!' }).tolist()).toEqual(['x', '?!', 'y']);
  });
  test('of lists of a fixed size have more axes', () => {
    const a = np.arange(12, { dtype: 'float32' }).reshape(2, 3, 2);
    const v = quietly(() => interop.to_arrow(a, arrow));
    expect(String(v.type)).toBe('FixedSizeList[3]<FixedSizeList[2]<Float32>>');
    expect([...v.get(1).get(2)]).toEqual([10, 11]);
    const b = quietly(() => interop.to_array(v));
    expect([b.shape, np.array_equal(a, b), np.shares_memory(a, b)]).toEqual([[2, 3, 2], true, true]);
    expect(interop.to_array(v.slice(1)).tolist()).toEqual([
      [
        [6, 7],
        [8, 9],
        [10, 11],
      ],
    ]);
    expect(reasons(() => interop.to_arrow(np.ones([2, 3]).T, arrow))).toEqual(['order 48']);
    expect([...interop.to_arrow(np.arange(4).reshape(2, 2).T, arrow).get(0)]).toEqual([0n, 2n]);
  });
  test('of several chunks are joined, which is a copy', () => {
    const v = arrow
      .vectorFromArray([1, 2], new arrow.Float32())
      .concat(arrow.vectorFromArray([3], new arrow.Float32()));
    expect(v.data.length).toBe(2);
    expect(reasons(() => interop.to_array(v))).toEqual(['order 12']);
    expect(interop.to_array(v).tolist()).toEqual([1, 2, 3]);
    const none = new arrow.Vector([arrow.makeData({ type: new arrow.Int16(), length: 0, data: new Int16Array(0) })]);
    expect([interop.to_array(none).shape, interop.to_array(none).dtype.name]).toEqual([[0], 'int16']);
    expect(interop.to_arrow(np.zeros(0, 'int16'), arrow).length).toBe(0);
  });
  test('of other types are refused by name', () => {
    const lists = arrow.vectorFromArray([[1], [2, 3]], new arrow.List(new arrow.Field('x', new arrow.Int32())));
    expect(() => interop.to_array(lists)).toThrow("Arrow's type List<Int32> has no dtype here");
    expect(() => interop.to_arrow(np.ones(2, 'complex64'), arrow)).toThrow('there is no type for complex64');
    expect(() => interop.to_arrow(np.asarray(1), arrow)).toThrow('a vector has an axis');
    expect(() => interop.to_arrow(np.ones(1), {} as never)).toThrow('the module apache-arrow');
  });
});

describe('missing values', () => {
  const holes = (type: any, values: unknown[] = [1, null, 3]): any => arrow.vectorFromArray(values, type);
  test('are refused unless it is said how to read them', () => {
    const v = holes(new arrow.Int32());
    expect(() => interop.to_array(v)).toThrow("1 of 3 values are missing; say how to read them: {nulls: 'nan'}");
    expect(() => np.asarray(v)).toThrow('values are missing');
    expect(() => np.add(v, 1)).toThrow('values are missing');
    expect(interop.to_array(v.slice(2)).tolist()).toEqual([3]);
  });
  test('are NaN, NaT, or a value', () => {
    expect(interop.to_array(holes(new arrow.Float32()), { nulls: 'nan' }).repr()).toBe(
      'array([ 1., nan,  3.], dtype=float32)',
    );
    expect(interop.to_array(holes(new arrow.Int32()), { nulls: 'nan' }).repr()).toBe('array([ 1., nan,  3.])');
    expect(interop.to_array(holes(new arrow.Int32()), { nulls: -1 }).repr()).toBe('array([ 1, -1,  3], dtype=int32)');
    expect(interop.to_array(holes(new arrow.Bool(), [true, null, false]), { nulls: false }).tolist()).toEqual([
      true,
      false,
      false,
    ]);
    const dates = holes(new arrow.TimestampMillisecond(), [new Date(0), null]);
    expect(np.isnat(interop.to_array(dates, { nulls: 'nan' })).tolist()).toEqual([false, true]);
    expect(interop.to_array(arrow.vectorFromArray([null, null]), { nulls: 'nan' }).tolist()).toEqual([
      Number.NaN,
      Number.NaN,
    ]);
    expect(interop.to_array(holes(new arrow.Int32()).slice(1, 3).slice(0, 1), { nulls: 7 }).tolist()).toEqual([7]);
    const text = holes(new arrow.Utf8(), ['a', null]);
    expect(() => interop.to_array(text, { nulls: 'nan' })).toThrow('has no NaN');
    expect(() => interop.to_array(holes(new arrow.Int8()), { nulls: 1000 })).toThrow('out of bounds for int8');
  });
  test('are a mask', () => {
    const { data, mask } = interop.to_masked(holes(new arrow.Float64()));
    expect([mask.tolist(), data.at([0, 2] as never).tolist()]).toEqual([
      [false, true, false],
      [1, 3],
    ]);
    const back = interop.to_arrow(data, arrow, { mask });
    expect([[...back], back.nullCount]).toEqual([[1, null, 3], 1]);
    const chunks = holes(new arrow.Float64()).concat(holes(new arrow.Float64(), [null, 5]));
    expect(interop.to_masked(chunks).mask.tolist()).toEqual([false, true, false, true, false]);
    expect(interop.to_masked(interop.to_arrow(np.arange(2), arrow)).mask.tolist()).toEqual([false, false]);
    expect([...interop.to_arrow(np.array(['a', 'b']), arrow, { mask: [true, false] })]).toEqual([null, 'b']);
    expect([...interop.to_arrow(np.array([true, true]), arrow, { mask: [true, false] })]).toEqual([null, true]);
    expect(() => interop.to_arrow(np.ones(2), arrow, { mask: [true] })).toThrow('the mask must be 2 truth values');
    expect(() => interop.to_masked([1])).toThrow('to_masked: expected a vector');
  });
});

describe('tables of Apache Arrow', () => {
  const table = arrow.tableFromArrays({ a: new Float64Array([1, 2]), b: new Int32Array([3, 4]) });
  test('have columns that share their memory', () => {
    const c = quietly(() => interop.to_columns(table));
    expect(Object.entries(c).map(([k, v]) => [k, v.dtype.name, v.tolist()])).toEqual([
      ['a', 'float64', [1, 2]],
      ['b', 'int32', [3, 4]],
    ]);
    expect(c.a.data ?? null).not.toBeNull();
  });
  test('are arrays of structures, and back', () => {
    const s = interop.to_array(table);
    expect(s.repr()).toBe("array([(1., 3), (2., 4)], dtype=[('a', '<f8'), ('b', '<i4')])");
    const t = interop.to_arrow(s, arrow);
    expect([t.numRows, t.schema.fields.map((f: any) => `${f.name}: ${f.type}`)]).toEqual([
      2,
      ['a: Float64', 'b: Int32'],
    ]);
    expect([...t.getChild('b')]).toEqual([3, 4]);
  });
  test('that went through bytes are read the same', () => {
    const mixed = new arrow.Table({
      x: interop.to_arrow(np.arange(3), arrow),
      s: arrow.vectorFromArray(['a', null, 'c']),
      f: interop.to_arrow(np.array([true, false, true]), arrow),
    });
    const back = arrow.tableFromIPC(arrow.tableToIPC(mixed));
    const c = interop.to_columns(back, { nulls: '-' });
    expect([c.x.tolist(), c.s.tolist(), c.f.tolist()]).toEqual([
      [0, 1, 2],
      ['a', '-', 'c'],
      [true, false, true],
    ]);
  });
});
