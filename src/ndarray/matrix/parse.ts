import { SyntaxError, ValueError } from '../../core/errors.js';

/** Matrices written as text, `'1 2; 3 4'`. */

const INTEGER = /^[+-]?\d+$/;
const FLOAT = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const COMPLEX = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?=[+-]))?([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)[jJ]$/;

function value(word: string): unknown {
  if (INTEGER.test(word)) return BigInt(word);
  if (FLOAT.test(word)) return Number(word);
  if (word === 'True' || word === 'False') return word === 'True';
  const c = COMPLEX.exec(word);
  if (c !== null) return { re: Number(c[1] ?? 0), im: Number(c[2]) };
  if (/^[A-Za-z_]/.test(word)) throw new ValueError(`malformed node or string: ${word}`);
  throw new SyntaxError('invalid syntax');
}

/**
 * The rows of a matrix in text: semicolons between rows, commas or spaces between columns. Integers are bigints.
 * @throws ValueError `Rows not the same size.`
 */
export function rowsOfText(text: string): unknown[][] {
  const rows = text
    .replace(/[[\]]/g, '')
    .split(';')
    .map((row) => (row.match(/[^\s,]+/g) ?? []).map(value));
  if (rows.some((r) => r.length !== rows[0].length)) throw new ValueError('Rows not the same size.');
  return rows;
}
