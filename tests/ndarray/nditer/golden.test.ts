import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type NditerCase, runNditer } from '../../golden/nditer-cases.js';

test('iterators over views of every layout step, write and fail as in NumPy', () => {
  const file = process.env.NDITER_CASES ?? join(__dirname, '..', '..', 'golden', 'nditer.json');
  const cases = JSON.parse(readFileSync(file, 'utf8')) as NditerCase[];
  const wrong = cases.map(runNditer).filter((d) => d !== null);
  expect(wrong.slice(0, 6)).toEqual([]);
  expect(wrong.length).toBe(0);
});
