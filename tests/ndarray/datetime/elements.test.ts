import { describe, expect, test } from '@jest/globals';
import { np } from '../../../src/index.js';

/** Dates and durations as JavaScript meets them: elements, Dates, operators, formatters. */

const days = (...texts: string[]): any => np.array(texts, 'M8[D]');

describe('elements of dates', () => {
  test('read as JavaScript dates down to milliseconds, as counts below, NaT as null', () => {
    expect(days('2020-02-29', 'NaT').tolist()).toEqual([new Date(Date.UTC(2020, 1, 29)), null]);
    expect(np.array(['2020-01-01T00:00:00.5'], 'M8[ms]').item(0)).toEqual(new Date(Date.UTC(2020, 0, 1, 0, 0, 0, 500)));
    expect(np.array([5n, 'NaT'], 'M8[ns]').tolist()).toEqual([5, null]);
    expect(np.array([2n ** 60n], 'M8[us]').item(0)).toBe(2n ** 60n);
  });

  test('beyond what a JavaScript date reaches they read as counts', () => {
    expect(np.datetime64(300000, 'Y').item()).toBe(300000);
    expect(np.datetime64(-(2n ** 62n), 's').item()).toBe(-(2n ** 62n));
  });

  test('durations read as counts', () => {
    expect(np.array([5n, 'NaT', -(2n ** 60n)], 'm8[s]').tolist()).toEqual([5, null, -(2n ** 60n)]);
  });

  test('a JavaScript date becomes milliseconds, or what the dtype counts', () => {
    const t = new Date(Date.UTC(2020, 1, 29, 12));
    expect(np.array([t]).dtype.str).toBe('<M8[ms]');
    expect(np.array([t, null], 'M8[D]').repr()).toBe("array(['2020-02-29',        'NaT'], dtype='datetime64[D]')");
    expect(String(np.datetime64(t, 'h'))).toBe('2020-02-29T12');
    expect(String(np.array(new Date(Number.NaN)))).toBe('NaT');
    expect(() => np.array([t], 'm8[s]')).toThrow('Could not convert object to NumPy timedelta');
  });

  test('dates before 1970 and before the year 1 come back as they went in', () => {
    for (const ms of [-1, -86400001, Date.UTC(-43, 2, 15), -8.64e15, 8.64e15])
      expect(np.array([new Date(ms)]).item(0)).toEqual(new Date(ms));
  });

  test('an element is an array without axes whose text is the ISO text', () => {
    const a = days('2020-01-05').at(0);
    expect(a.ndim).toBe(0);
    expect(String(a)).toBe('2020-01-05');
    expect(String(np.timedelta64(5, 'D'))).toBe('5 days');
  });

  test('elements compare with JavaScript operators by time, NaT with nothing', () => {
    const [a, b, nat] = [...days('2020-01-05', '2020-01-06', 'NaT')] as any[];
    expect(a < b).toBe(true);
    expect(a > b).toBe(false);
    expect(nat < b || nat > b).toBe(false);
    expect(+a).toBe(Date.UTC(2020, 0, 5));
  });
});

describe('writing elements', () => {
  test('texts, Dates, counts and elements of other units are converted', () => {
    const a = np.zeros(5, 'M8[D]');
    a.set(0, '2020-01-05');
    a.set(1, new Date(0));
    a.set(2, 7);
    a.set(3, np.datetime64('2021'));
    a.set(4, null);
    expect(String(a)).toBe("['2020-01-05' '1970-01-01' '1970-01-08' '2021-01-01'        'NaT']");
    const m = np.zeros(2, 'm8[ms]');
    m.set(1, np.timedelta64(5, 's'));
    expect(m.tolist()).toEqual([0, 5000]);
  });

  test('a text that is no date is refused by NumPy’s words', () => {
    const a = np.zeros(1, 'M8[D]');
    expect(() => a.set(0, '2020-13')).toThrow('Month out of range in datetime string "2020-13"');
    expect(() => a.set(0, 1.5)).toThrow('Could not convert object to NumPy datetime');
  });

  test('operators in place convert units, and refuse what NumPy refuses', () => {
    const a = days('2020-01-05');
    a.iadd(np.timedelta64(25, 'h'));
    expect(String(a)).toBe("['2020-01-06']");
    const m = np.array([5n], 'm8[s]');
    m.imul(2.5);
    expect(m.tolist()).toEqual([12]);
    expect(() => m.idiv(np.timedelta64(2, 's'))).toThrow("Cannot cast ufunc 'divide' output");
  });

  test('ufunc.at counts repeated indices', () => {
    const a = days('2020-01-01', '2020-01-01');
    np.add.at(a, np.array([0n, 0n, 1n]), np.timedelta64(48, 'h'));
    expect(String(a)).toBe("['2020-01-05' '2020-01-03']");
  });
});

describe('memory of dates', () => {
  test('a view as int64 shows the counts, and the other way round', () => {
    const a = days('1970-01-02', 'NaT');
    expect(a.view('i8').tolist()).toEqual([1, -(2n ** 63n)]);
    expect(np.array([1n, 2n]).view('m8[s]').repr()).toBe("array([1, 2], dtype='timedelta64[s]')");
  });

  test('strided and reversed dates compute', () => {
    const a = np.arange('2020-01-01', '2020-01-11', { dtype: 'M8[D]' } as any).at('::-3');
    expect(a.sub(np.datetime64('2020-01-01')).tolist()).toEqual([9, 6, 3, 0]);
    expect(String(np.sort(a))).toBe("['2020-01-01' '2020-01-04' '2020-01-07' '2020-01-10']");
  });

  test('the other byte order gives the same results', () => {
    const a = days('2020-01-05', 'NaT', '1969-12-31');
    const b = a.astype('>M8[D]');
    for (const f of [
      (x: any) => x.sub(np.datetime64('2020', 'D')),
      (x: any) => x.astype('M8[M]'),
      (x: any) => np.sort(x).astype('M8[D]'),
      (x: any) => np.argsort(x),
      (x: any) => np.isnat(x),
      (x: any) => np.unique(x).astype('M8[D]'),
    ])
      expect(String(f(b))).toBe(String(f(a)));
  });
});

describe('formatters and types', () => {
  test('a formatter gets elements as arrays without axes', () => {
    const a = np.array(['2011-03-16T13:55', '1920-01-01T03:12'], 'M8');
    const datetime = (x: any): string => `'${np.datetime_as_string(x, { timezone: 'UTC' })}'`;
    expect(np.array2string(a, { separator: ', ', formatter: { datetime } } as any)).toBe(
      "['2011-03-16T13:55Z', '1920-01-01T03:12Z']",
    );
  });

  test('now and today are read from the clock', () => {
    const before = Math.floor(Date.now() / 1000) * 1000;
    const now = np.datetime64('now').item() as Date;
    expect(now.getTime()).toBeGreaterThanOrEqual(before);
    expect(now.getTime()).toBeLessThanOrEqual(Date.now());
    expect(np.datetime64('today').dtype.str).toBe('<M8[D]');
  });

  test('the scalar types stand for a dtype of any unit', () => {
    expect(np.issubdtype('M8[s]', np.datetime64)).toBe(true);
    expect(np.issubdtype('m8[s]', np.signedinteger)).toBe(true);
    expect(np.issubdtype('M8[s]', np.number)).toBe(false);
    expect(np.array(['2020'], np.datetime64).dtype.str).toBe('<M8[Y]');
  });

  test('types of loops are listed as NumPy lists them', () => {
    expect(np.add.types.slice(-4)).toEqual(['Mm->M', 'mm->m', 'mM->M', 'OO->O']);
    expect(np.negative.types.slice(-5)).toEqual(['m->m', 'F->F', 'D->D', 'G->G', 'O->O']);
    expect(np.isnat.types).toEqual(['M->?', 'm->?']);
    expect(np.equal.types).toContain('qQ->?');
    expect(np.add.ntypes).toBe(22);
  });
});

describe('the calendar', () => {
  test('every day of four centuries has the month and year that JavaScript gives it', () => {
    const first = Date.UTC(1799, 11, 25) / 86400000;
    const n = 146200;
    const a = np.arange(first, first + n).astype('M8[D]');
    const months = a.astype('M8[M]').view('i8').tolist() as number[];
    const back = a.astype('M8[M]').astype('M8[D]').view('i8').tolist() as number[];
    const years = a.astype('M8[Y]').view('i8').tolist() as number[];
    let wrong = 0;
    for (let i = 0; i < n; i++) {
      const d = new Date((first + i) * 86400000);
      const month = (d.getUTCFullYear() - 1970) * 12 + d.getUTCMonth();
      const start = Date.UTC(d.getUTCFullYear(), d.getUTCMonth(), 1) / 86400000;
      if (months[i] !== month || back[i] !== start || years[i] !== d.getUTCFullYear() - 1970) wrong++;
    }
    expect(wrong).toBe(0);
  });

  test('text of a date, read again, is the date', () => {
    for (const unit of ['Y', 'M', 'D', 'h', 'm', 's', 'ms', 'us', 'ns', 'ps', 'fs', 'as']) {
      const a = np.array([-(2n ** 40n), -1n, 0n, 1n, 12345678n, 2n ** 40n], `M8[${unit}]` as any);
      const texts = np.datetime_as_string(a).tolist() as string[];
      expect(String(np.array(texts, `M8[${unit}]` as any).view('i8'))).toBe(String(a.view('i8')));
    }
  });
});
