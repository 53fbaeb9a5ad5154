import { describe, expect, test } from '@jest/globals';
import { fn, nearest, parseSignature } from '../../src/core/signature.js';

const echo = fn('echo', 'a, axis=None, dtype=None, out=None, keepdims=<no value>', (...bound) => bound);

describe('binding by signature text', () => {
  test('positional arguments fill parameters in order and the rest have their defaults', () => {
    expect(echo(1)).toEqual([1, null, null, null, undefined]);
    expect(echo(1, 2)).toEqual([1, 2, null, null, undefined]);
  });
  test('keywords come in one trailing object', () => {
    expect(echo(1, { axis: 0, keepdims: true })).toEqual([1, 0, null, null, true]);
    expect(echo({ a: 1, axis: 3 })).toEqual([1, 3, null, null, undefined]);
  });
  test('an unknown keyword names the function and the nearest keyword', () => {
    expect(() => echo(1, { axes: 0 })).toThrow(
      "echo() got an unexpected keyword argument 'axes'. Did you mean 'axis'?",
    );
    expect(() => echo(1, { zzz: 0 })).toThrow("echo() got an unexpected keyword argument 'zzz'");
  });
  test('too many, missing and doubled arguments are refused in the words of Python', () => {
    expect(() => echo(1, 2, 3, 4, 5, 6)).toThrow('echo() takes from 1 to 5 positional arguments but 6 were given');
    expect(() => echo()).toThrow("echo() missing 1 required positional argument: 'a'");
    expect(() => echo(1, 0, { axis: 1 })).toThrow("echo() got multiple values for argument 'axis'");
  });
  test('an explicit undefined is an argument not given', () => {
    expect(echo(1, undefined, 'f4')).toEqual([1, null, 'f4', null, undefined]);
  });
  test('variadic parameters gather what is left and keyword-only ones follow', () => {
    const many = fn('many', "*arrays, sep=', ', flag=False", (...bound) => bound);
    expect(many(1, 2, 3, { flag: true })).toEqual([[1, 2, 3], ', ', true]);
    expect(many()).toEqual([[], ', ', false]);
  });
  test('positional-only parameters are no keywords', () => {
    const f = fn('f', 'x, /, y=2', (...bound) => bound);
    expect(f(1, { y: 5 })).toEqual([1, 5]);
    expect(() => f({ x: 1 })).toThrow("f() got an unexpected keyword argument 'x'");
  });
  test('Python literals in defaults are read', () => {
    expect(parseSignature("a=None, b=True, c=1.5, d='C', e=(0, 1), f=<no value>").map((p) => p.value)).toEqual([
      null,
      true,
      1.5,
      'C',
      [0, 1],
      undefined,
    ]);
  });
  test('suggestions stay away from words that are not near', () => {
    expect(nearest('keepdim', ['axis', 'keepdims'])).toBe('keepdims');
    expect(nearest('x', ['axis', 'keepdims'])).toBeUndefined();
  });
});
