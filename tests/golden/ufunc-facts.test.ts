import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { np as namespace, tf } from '../../src/index.js';

const np: any = namespace;
type Facts = [string, number, number, number, unknown, string | null, string, string, string];
const facts: Record<string, Facts> = JSON.parse(readFileSync(join(__dirname, 'data', 'ufunc_facts.json'), 'utf8'));

/** Loops over numbers; those of times and objects depend on which dtypes there are. */
const numeric = (types: readonly string[]): string[] => types.filter((t) => !/[mMO]/.test(t));

describe('what ufuncs tell of themselves', () => {
  test('attributes are those of NumPy', () => {
    const wrong: string[] = [];
    for (const [name, [own, nin, nout, nargs, identity, signature, repr, doc, types]] of Object.entries(facts)) {
      const u = np[name];
      const got = [
        u.name,
        u.nin,
        u.nout,
        u.nargs,
        u.identity === Number.NEGATIVE_INFINITY ? '-inf' : u.identity,
        u.signature,
        u.repr(),
        u.doc.slice(0, u.doc.indexOf('*')),
        numeric(u.types).join(' '),
      ];
      const want = [own, nin, nout, nargs, identity, signature, repr, doc, numeric(types.split(' ')).join(' ')];
      want.forEach((w, i) => {
        if (!Object.is(w, got[i])) wrong.push(`${name}: ${String(got[i])} instead of ${String(w)}`);
      });
    }
    expect(wrong).toEqual([]);
  });

  test('every loop that is listed runs, and gives the dtype it says', () => {
    const wrong: string[] = [];
    for (const name of Object.keys(facts)) {
      const u = np[name];
      if (u.signature !== null || name === 'isnat') continue;
      for (const t of numeric(u.types)) {
        const [ins, outs] = t.split('->');
        const got = u(...[...ins].map((c) => np.ones([2], c)), { signature: t });
        const dtypes = (u.nout === 1 ? [got] : got).map((r: any) => r.dtype.name);
        const want = [...outs].map((c) => np.dtype(c).name);
        if (dtypes.join() !== want.join()) wrong.push(`${name} ${t}: ${dtypes}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('np.ufunc is the class of all ufuncs, of which it makes none', () => {
    expect(Object.keys(facts).filter((n) => !(np[n] instanceof np.ufunc))).toEqual([]);
    expect(np.sum instanceof np.ufunc).toBe(false);
    expect(() => new np.ufunc()).toThrow("cannot create 'numpy.ufunc' instances");
    expect(`${np.sin}`).toBe("<ufunc 'sin'>");
  });

  test('aliases are the same object', () => {
    expect(np.abs).toBe(np.absolute);
    expect(np.mod).toBe(np.remainder);
    expect(np.true_divide).toBe(np.divide);
  });
});

describe('calls that only JavaScript writes so', () => {
  test('an ellipsis as out asks for arrays, which is what there is', () => {
    expect(np.add(1, 2, { out: '...' }).item()).toBe(3);
    expect(np.divmod(7, 2, { out: '...' }).map(Number)).toEqual([3, 1]);
    expect(() => np.add(1, 2, '...')).toThrow('out=... is only allowed as a keyword argument.');
  });

  test('lone numbers cut off by an unsafe cast wrap as arrays do', () => {
    expect(np.add(1.5, 300.7, { dtype: 'int8', casting: 'unsafe' }).item()).toBe(45);
    expect(np.add(1, -2.5, { dtype: 'uint8', casting: 'unsafe' }).item()).toBe(255);
    expect(np.power(1.5, 2.8, { dtype: 'int64', casting: 'unsafe' }).item()).toBe(1);
  });

  test('dtypes are resolved without data', () => {
    const names = (f: any, ...dtypes: any[]): string[] =>
      f.resolve_dtypes(dtypes.map((d) => (d === null || d === 'int' ? d : np.dtype(d)))).map((d: any) => d.name);
    expect(names(np.add, 'float32', 'int', null)).toEqual(['float32', 'float32', 'float32']);
    expect(names(np.equal, 'int64', 'uint64', null)).toEqual(['int64', 'uint64', 'bool']);
  });

  test('methods are offered to other classes', () => {
    const t = tf.constant([1, 2, 3]) as any;
    for (const r of [np.add.accumulate(t), np.add.outer(t, t), np.add.reduceat(t, [0, 2]), np.add.reduce(t)])
      expect(r instanceof (tf as any).Tensor).toBe(true);
    const other = { [Symbol.for('numbridge.array_function')]: (f: any) => f.functionName };
    expect(np.add.outer(other, [1])).toBe('add.outer');
    expect(np.add.accumulate(other)).toBe('add.accumulate');
  });
});
