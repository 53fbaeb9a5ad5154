import { describe, expect, test } from '@jest/globals';
import { np } from '../../src/index.js';
import { loadPairs, run } from '../golden/pairs.js';

const fields = (): any =>
  np.ones(3, [
    ['a', 'i4'],
    ['b', 'f4'],
    ['c', 'u4'],
  ] as any);

const names: Record<string, unknown> = {
  np,
  i: (x: any) => np.array(x, 'int64'),
  f: (x: any) => np.array(x, 'float64'),
  part: (change: (v: any) => void) => {
    const s = fields();
    change(s.at(['a', 'c']));
    return s;
  },
  tag: (d: string) => (np.dtype as any)(d, { metadata: { by: d } }),
  by: (d: any) => (d.metadata === null ? null : d.metadata.by),
  setting: (a: any, index: any, value: any) => {
    a.set([index], value);
    return a;
  },
  matmul: (a: any, b: any) => {
    a.imatmul(b);
    return a;
  },
  as_strided: np.lib.stride_tricks.as_strided,
};

const GROUPS: readonly [string, RegExp][] = [
  ['arrays over memory', /^np\.ndarray/],
  ['strides of any byte', /as_strided/],
  ['views of some fields', /^part|'i8,i8'/],
  ['lone values that become elements', /^setting|np\.array\(\[np\./],
  ['the most axes', /ndmax/],
  ['metadata and equality of dtypes', /tag|equals/],
  ['methods of scalars', /is_integer|bit_count|as_integer_ratio/],
  ['casts of structures', /can_cast/],
];
const groups = new Map<string, ReturnType<typeof loadPairs>>();
for (const c of loadPairs('arrays')) {
  const name = GROUPS.find(([, form]) => form.test(c.text))?.[0] ?? 'the rest';
  groups.set(name, [...(groups.get(name) ?? []), c]);
}

describe('edges of the array core, as in NumPy', () => {
  for (const [name, cases] of groups) {
    test(`${name}: ${cases.length} expressions agree with NumPy`, () => {
      expect(cases.map((c) => run(c, names)).filter((d) => d !== null)).toEqual([]);
    });
  }
});

describe('objects', () => {
  test('are elements below the most axes that are asked for', () => {
    const data = [
      [1, 2],
      [3, 4],
    ];
    expect(np.array(data as any, { dtype: 'object', ndmax: 1 }).tolist()).toEqual(data);
    expect(np.array(data as any, { dtype: 'object', ndmax: 1 }).shape).toEqual([2]);
    expect(np.array(data as any, { dtype: 'object', ndmax: 0 }).shape).toEqual([]);
    expect(() => np.array(np.ones([2, 2]), { dtype: 'object', ndmax: 1 })).toThrow('object too deep for desired array');
  });
  test('null is a value where np.where asks for two', () => {
    expect((np.where as any)(true, null, null).dtype).toBe(np.dtype('object'));
    expect((np.where as any)([true, false], null, 5).tolist()).toEqual([null, 5n]);
  });
});

describe('np.ndarray', () => {
  test('is the class of arrays, and shares the memory it is given', () => {
    const memory = np.arange(4n as any) as any;
    const a = np.ndarray([2], 'int64', memory, 8);
    expect(a instanceof np.ndarray && a instanceof np.NDArray).toBe(true);
    expect(a.base).toBe(memory);
    a.set([0], 9);
    expect(memory.tolist()).toEqual([0, 9, 2, 3]);
    expect(memory.view(np.ndarray as any).tolist()).toEqual([0, 9, 2, 3]);
  });
  test('np.frombuffer of an array is a view of it, whatever is written later', () => {
    const memory = np.zeros(2, 'int32');
    const bytes = np.frombuffer(memory as any, 'uint8');
    memory.set([1], 1);
    expect(bytes.base).toBe(memory);
    expect(bytes.tolist()).toEqual([0, 0, 0, 0, 1, 0, 0, 0]);
  });
  test('more memory than the engine reaches is refused by a MemoryError', () => {
    expect(() => np.ones(2 ** 40)).toThrow(/^Unable to allocate/);
    expect(() => np.array([np.broadcast_to(np.array(0, 'uint8'), [2 ** 60])])).toThrow(/^Unable to allocate/);
  });
  test('elements of bytes are written as they are read', () => {
    const a = np.array(['one', 'two'], 'S3');
    a.set([0], a.item(1));
    expect(String(a)).toBe("[b'two' b'two']");
  });
});
