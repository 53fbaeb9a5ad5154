import { describe, expect, test } from '@jest/globals';
import { np as namespace } from '../../../src/index.js';

/** What holds of random numbers whatever their bits: states, ways to draw, moments. */
const np: any = namespace;
const GENERATORS = ['PCG64', 'PCG64DXSM', 'MT19937', 'Philox', 'SFC64'];
const make = (name: string, seed = 7): any => np.random.Generator(np.random[name](seed));

describe('states', () => {
  test.each(GENERATORS)('a state that is set again gives the same draws, however they are made (%s)', (name) => {
    const g = make(name);
    const draws = (): unknown[] => [
      g.random(),
      g.integers(0, 10, { size: 3, dtype: 'uint32' }).tolist(),
      g.random({ dtype: 'float32' }),
      g.standard_normal(50).tolist(),
      g.gamma(2.5),
      g.shuffle([1, 2, 3]),
      g.integers(0, 1000, { size: 7, dtype: 'uint16' }).tolist(),
      g.poisson(30),
    ];
    g.integers(0, 10, { dtype: 'uint32' });
    const state = g.bit_generator.state;
    const first = draws();
    const after = g.bit_generator.state;
    g.bit_generator.state = state;
    expect(draws()).toEqual(first);
    expect(
      String(JSON.stringify(after, (_, v) => (typeof v === 'bigint' ? `${v}` : (v?.tolist?.().map(String) ?? v)))),
    ).toBe(
      JSON.stringify(g.bit_generator.state, (_, v) =>
        typeof v === 'bigint' ? `${v}` : (v?.tolist?.().map(String) ?? v),
      ),
    );
  });

  test.each(GENERATORS)('values drawn one by one are those of an array (%s)', (name) => {
    const [one, many] = [make(name), make(name)];
    const n = 1100;
    expect(Array.from({ length: n }, () => one.random())).toEqual(many.random(n).tolist());
    expect(Array.from({ length: n }, () => one.random({ dtype: 'float32' }))).toEqual(
      many.random(n, 'float32').tolist(),
    );
    expect(Array.from({ length: n }, () => one.standard_normal())).toEqual(many.standard_normal(n).tolist());
    expect(Array.from({ length: n }, () => Number(one.integers(0, 10n ** 15n)))).toEqual(
      many.integers(0, 10n ** 15n, n).tolist(),
    );
    expect(one.random()).toBe(many.random());
  });

  test('generators of one algorithm do not disturb each other, whatever draws in between', () => {
    const [a, b, alone] = [make('PCG64', 1), make('PCG64', 2), make('PCG64', 1)];
    const mixed: number[] = [];
    for (let i = 0; i < 300; i++) {
      mixed.push(a.random());
      if (i % 3 === 0) b.random();
      if (i % 7 === 0) b.standard_normal(5);
      if (i % 11 === 0) mixed.push(...a.random(3).tolist());
      if (i % 13 === 0) mixed.push(Number(a.integers(0, 5, { dtype: 'uint32' })));
    }
    const expected: number[] = [];
    for (let i = 0; i < 300; i++) {
      expected.push(alone.random());
      if (i % 11 === 0) expected.push(...alone.random(3).tolist());
      if (i % 13 === 0) expected.push(Number(alone.integers(0, 5, { dtype: 'uint32' })));
    }
    expect(mixed).toEqual(expected);
  });

  test('a program that draws while its list is shuffled gets draws of the same stream, and the state stays whole', () => {
    const g = make('PCG64');
    const seen: number[] = [];
    const list: any = new (class {
      length = 20;
    })();
    for (let i = 0; i < 20; i++) {
      let v = i;
      Object.defineProperty(list, i, {
        get: () => {
          seen.push(g.random());
          return v;
        },
        set: (x) => {
          v = x;
        },
      });
    }
    g.shuffle(list);
    expect(seen.length).toBeGreaterThan(0);
    const state = g.bit_generator.state;
    const next = g.random();
    g.bit_generator.state = state;
    expect(g.random()).toBe(next);
  });

  test('a RandomState keeps the second value of the polar method in its state', () => {
    const r = np.random.RandomState(3);
    r.randn();
    const state = r.get_state();
    expect(state[3]).toBe(1);
    const x = r.randn(4).tolist();
    r.set_state(state);
    expect(r.randn(4).tolist()).toEqual(x);
    r.seed(3);
    expect(r.get_state()[3]).toBe(0);
  });
});

describe('arguments', () => {
  test('keywords, positions and defaults mean the same', () => {
    const x = make('PCG64').normal(1, 2, 3).tolist();
    expect(make('PCG64').normal({ loc: 1, scale: 2, size: 3 }).tolist()).toEqual(x);
    expect(
      make('PCG64')
        .normal(1, { scale: 2, size: [3] })
        .tolist(),
    ).toEqual(x);
    expect(() => make('PCG64').normal({ lok: 1 })).toThrow('unexpected keyword argument');
  });

  test('results are written into memory of the program', () => {
    const mine = new Float64Array(4);
    const a = np.asarray(mine);
    expect(make('PCG64').random({ out: a })).toBe(a);
    expect([...mine]).toEqual(make('PCG64').random(4).tolist());
    expect(() => make('PCG64').random({ out: np.zeros([4, 4]).at('::2') })).toThrow(
      'Supplied output array must be contiguous',
    );
  });

  test('typed arrays are shuffled where they are', () => {
    const t = Int32Array.from({ length: 50 }, (_, i) => i);
    make('SFC64').shuffle(t);
    expect([...t]).not.toEqual([...t].sort((a, b) => a - b));
    expect([...t].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  test('without a seed no two generators are alike', () => {
    expect(np.random.default_rng().random()).not.toBe(np.random.default_rng().random());
    expect(np.random.RandomState().rand()).not.toBe(np.random.RandomState().rand());
  });

  test('spawned generators are unrelated, and children are numbered on', () => {
    const g = make('PCG64');
    const [a, b] = g.spawn(2);
    const [c] = g.spawn(1);
    expect(new Set([a, b, c, g].map((x: any) => x.random())).size).toBe(4);
    expect(c.bit_generator.seed_seq.spawn_key).toEqual([2]);
  });
});

describe('moments', () => {
  const rows: [name: string, args: number[], mean: number, variance: number][] = [
    ['uniform', [-1, 3], 1, 16 / 12],
    ['normal', [2, 3], 2, 9],
    ['exponential', [2], 2, 4],
    ['gamma', [3, 2], 6, 12],
    ['beta', [2, 3], 0.4, 0.04],
    ['binomial', [20, 0.3], 6, 4.2],
    ['poisson', [12], 12, 12],
    ['geometric', [0.25], 4, 12],
    ['hypergeometric', [30, 20, 10], 6, (10 * 0.6 * 0.4 * 40) / 49],
    ['chisquare', [4], 4, 8],
    ['laplace', [1, 2], 1, 8],
    ['logistic', [1, 2], 1, (4 * Math.PI ** 2) / 3],
    ['triangular', [0, 1, 2], 1, 1 / 6],
    ['negative_binomial', [5, 0.5], 5, 10],
  ];
  test.each(rows)('%s%j has its mean and variance, by both families of algorithms', (name, args, mean, variance) => {
    const n = 20000;
    for (const g of [make('PCG64', 11), np.random.RandomState(11)]) {
      const x = g[name](...args, n);
      const error = Math.sqrt(variance / n);
      expect(Math.abs(Number(np.mean(x)) - mean)).toBeLessThan(5 * error);
      expect(Math.abs(Number(np.var(x)) / variance - 1)).toBeLessThan(0.15);
    }
  });

  test.each(['integers', 'randint'])('%s is even over its range', (name) => {
    const g = name === 'integers' ? make('Philox') : np.random.RandomState(4);
    for (const dtype of ['int64', 'uint32', 'int16', 'uint8']) {
      const counts = np.bincount(g[name](0, 7, { size: 14000, dtype })).tolist();
      expect(counts.length).toBe(7);
      for (const c of counts) expect(Math.abs(c - 2000)).toBeLessThan(250);
    }
  });
});
