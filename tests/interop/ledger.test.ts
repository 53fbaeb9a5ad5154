import { afterEach, describe, expect, test } from '@jest/globals';
import { withoutFollowing } from '../../src/core/transfers.js';
import { interop, np, tf } from '../../src/index.js';

afterEach(() => {
  interop.policy('allow');
});

describe('the ledger', () => {
  test('counts copies by reason and the function that caused them', () => {
    interop.reset_ledger();
    const a = np.arange(4).astype('float64');
    a.copy();
    np.asarray(a, 'float32');
    const l = interop.ledger();
    expect(l.byReason.requested.copies).toBe(2);
    expect(l.byReason.dtype).toEqual({ copies: 1, bytes: 16 });
    expect(String(l)).toMatch(/^reason +copies +size\n/);
    expect(l.copies).toBe(3);
  });
  test('a profile names each copy with its call site', () => {
    const a = np.arange(6).reshape(2, 3);
    const p = interop.profile(() => np.reshape(a.T, [6]));
    expect(p.records.length).toBe(1);
    expect(p.records[0]).toMatchObject({ reason: 'order', by: 'reshape', bytes: 48 });
    expect(p.records[0].site).toContain('ledger.test');
    expect(String(p)).toContain('reshape');
  });
  test('a profile of asynchronous code waits for it', async () => {
    const p = await interop.profile(async () => {
      await Promise.resolve();
      return np.zeros(3).copy();
    });
    expect(p.copies).toBe(1);
  });
});

describe('the policy', () => {
  test('forbids implicit copies before they are made, and leaves explicit ones alone', () => {
    const a = np.arange(6).reshape(2, 3);
    expect(() => interop.policy('forbid', () => np.ravel(a.T))).toThrow(
      /ravel: needs an implicit copy of 48 bytes .*order/,
    );
    expect(interop.policy('forbid', () => a.T.copy()).shape).toEqual([3, 2]);
    expect(interop.policy()).toBe('allow');
  });
  test('a forbidden copy-on-write leaves array and tensor as they were', () => {
    const a = np.array([1, 2]);
    const t = tf.constant(a);
    expect(() => interop.policy('forbid', () => a.set([0], 5))).toThrow('copy-on-write');
    expect(a.tolist()).toEqual([1, 2]);
    expect(t.tolist()).toEqual([1, 2]);
  });
  test('an unknown policy is refused by name', () => {
    expect(() => interop.policy('never' as never)).toThrow("policy: must be 'allow', 'log' or 'forbid' (got 'never')");
  });
});

const pause = (ms = 1): Promise<void> => new Promise((go) => setTimeout(go, ms));

describe('scopes', () => {
  test('a policy holds across awaits, and only for the code that it was set for', async () => {
    const strict = interop.policy('forbid', async () => {
      await pause();
      expect(interop.policy()).toBe('forbid');
      return np.ravel(np.ones([2, 3]).T);
    });
    expect(interop.policy()).toBe('allow');
    expect(np.ravel(np.ones([2, 3]).T).size).toBe(6);
    await expect(strict).rejects.toThrow('ravel: needs an implicit copy');
    expect(interop.policy()).toBe('allow');
  });
  test('an inner policy overrides the one around it, until it ends', () => {
    const seen: string[] = [];
    interop.policy('forbid', () => {
      seen.push(interop.policy());
      interop.policy('allow', () => {
        seen.push(interop.policy());
        np.ravel(np.ones([2, 3]).T);
      });
      seen.push(interop.policy());
    });
    expect([...seen, interop.policy()]).toEqual(['forbid', 'allow', 'forbid', 'allow']);
    interop.policy('forbid');
    expect(interop.profile(() => interop.policy()).result).toBe('forbid');
    expect(interop.policy('allow', () => interop.policy())).toBe('allow');
  });
  test('profiles of code that runs at the same time do not mix, and outer ones see what inner ones see', async () => {
    const copies = async (n: number, size: number): Promise<void> => {
      for (let i = 0; i < n; i++) {
        await pause();
        np.ones(size).copy();
      }
    };
    const outer = await interop.profile(async () =>
      Promise.all([interop.profile(() => copies(3, 1)), interop.profile(() => copies(2, 10))]),
    );
    const [a, b] = outer.result;
    expect([a.copies, a.bytes]).toEqual([3, 24]);
    expect([b.copies, b.bytes]).toEqual([2, 160]);
    expect([outer.copies, outer.bytes]).toEqual([5, 184]);
  });
  test('an error ends a profile, asynchronous ones, too', async () => {
    expect(() =>
      interop.profile(() => {
        throw new Error('mine');
      }),
    ).toThrow('mine');
    await expect(
      interop.profile(async () => {
        await pause();
        throw new Error('later');
      }),
    ).rejects.toThrow('later');
    expect(interop.profile(() => 1).copies).toBe(0);
  });
  test('where nothing follows asynchronous code, a scope is entered again by hand', async () => {
    const scope = interop.scope({ policy: 'forbid' });
    const [first, later] = withoutFollowing(() => {
      const work = scope.wrap(() => interop.policy());
      expect(scope.run(() => interop.policy())).toBe('forbid');
      expect(interop.policy()).toBe('allow');
      expect(scope.run(() => interop.policy('allow', () => interop.policy()))).toBe('allow');
      expect(() => scope.run(() => np.ravel(np.ones([2, 2]).T))).toThrow('implicit copy');
      scope.run(() => np.ones(3).copy());
      const p = interop.profile(() => np.ones(2).copy());
      return [p.copies, work];
    });
    expect(first).toBe(1);
    await pause();
    expect((later as () => string)()).toBe('forbid');
    expect(scope.records.map((r) => [r.reason, r.bytes])).toEqual([['requested', 24]]);
    expect(scope.profile().copies).toBe(1);
    expect(() => interop.scope({ policy: 'x' as never })).toThrow("got 'x'");
  });
});

describe('what is shown', () => {
  const work = (): void => {
    const a = np.ones([100, 100]);
    for (let i = 0; i < 3; i++) np.ravel(a.T);
    np.ones(4).copy();
  };
  test('one line for each place, with what it cost, and the totals', () => {
    const p = interop.profile(work);
    const text = String(p).split('\n');
    expect(text[0]).toMatch(/^function +reason +copies +size +where +called from$/);
    expect(text[1]).toMatch(/^ravel +order +3 +234\.4 KiB +cpu:0 +\S*ledger\.test\.ts:\d+:\d+$/);
    expect(text[2]).toMatch(/^copy +requested +1 +32 B +cpu:0 +\S*ledger\.test\.ts:\d+:\d+$/);
    expect(text.slice(3)).toEqual([
      '',
      'reason     copies       size',
      'order           3  234.4 KiB',
      'requested       1       32 B',
      'total           4  234.4 KiB',
    ]);
    expect(String(interop.profile(() => 1))).toBe('no copies');
  });
  test('as JSON: totals by reason, and every copy', () => {
    const p = JSON.parse(JSON.stringify(interop.profile(work)));
    expect([p.copies, p.bytes]).toEqual([4, 240032]);
    expect(p.byReason.order).toEqual({ copies: 3, bytes: 240000 });
    expect(p.records).toHaveLength(4);
    expect(Object.keys(p.records[0]).sort()).toEqual(['by', 'bytes', 'from', 'reason', 'site', 'to']);
    interop.reset_ledger();
    work();
    expect(JSON.parse(JSON.stringify(interop.ledger())).byReason.order).toEqual({ copies: 3, bytes: 240000 });
  });
  test('call sites are those of the program, where its files have names like ours', () => {
    const call = new Function('np', 'np.ones([2, 3]).copy(); //# sourceURL=/home/me/app/src/core/main.js') as (
      n: object,
    ) => void;
    const [r] = interop.profile(() => call(np)).records;
    expect(r.site).toMatch(/\/home\/me\/app\/src\/core\/main\.js:\d+:\d+$/);
  });
  test('logged copies say where they come from', () => {
    const lines: string[] = [];
    const { warn } = console;
    console.warn = (line: string) => lines.push(line);
    try {
      interop.policy('log', work);
    } finally {
      console.warn = warn;
    }
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^copy: ravel 80000 bytes cpu:0 -> cpu:0 \(order\) .*ledger\.test\.ts:\d+/);
  });
});

describe('copies that are seen', () => {
  const seen = (f: () => unknown): string[] => interop.profile(f).records.map((r) => `${r.by} ${r.reason} ${r.bytes}`);
  test('of operands in another dtype, order, or at odd bytes', () => {
    const a = np.arange(12).reshape(3, 4);
    expect(seen(() => np.take(a, np.array([0, 1], 'int32')))).toEqual(['take dtype 16']);
    expect(seen(() => np.sort(np.ones(3, '>f8')))).toEqual(['sort dtype 24']);
    const odd = np.frombuffer(new Uint8Array(25), 'float64', 3, 1);
    expect(seen(() => np.median(odd))).toEqual(['median order 24']);
    expect(seen(() => np.matmul(np.ones([2, 2], 'int32'), np.ones([2, 2])))).toEqual(['matmul dtype 32']);
    expect(seen(() => new tf.Variable(np.ones(2), { dtype: 'float32' }))).toEqual(['tf.Variable dtype 8']);
  });
  test('of memory that is shared with the program', () => {
    expect(seen(() => tf.constant(np.asarray(new Float64Array(4))))).toEqual(['tf.convert_to_tensor external 32']);
    const a = np.ones(4);
    const t = tf.constant(a);
    expect(seen(() => a.data)).toEqual(['data copy-on-write 32']);
    expect(t.tolist()).toEqual([1, 1, 1, 1]);
  });
});
