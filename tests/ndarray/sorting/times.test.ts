import { describe, expect, test } from '@jest/globals';
import { np } from '../../../src/index.js';

/** Dates among dates: NaT stands last in order and is no member of anything. */
describe('membership of dates', () => {
  const dates = (list: string[], dtype = 'M8[D]'): any => (np as any).array(list, dtype);

  test.each(['M8[D]', '>M8[D]'])('a date is found beside NaT, NaT is not (%s)', (dtype) => {
    expect(np.isin(dates(['2020', 'NaT'], dtype), dates(['2020', 'NaT'])).tolist()).toEqual([true, false]);
    expect(np.isin(dates(['2020', '2021', 'NaT']), dates(['NaT', '2020', '2019'], dtype)).tolist()).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('structures with NaN differ from one another', () => {
    expect(np.unique((np as any).array([[Number.NaN], [Number.NaN]], [['x', 'f8']])).size).toBe(2);
  });
});
