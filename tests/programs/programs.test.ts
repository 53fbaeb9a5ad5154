import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as np from '../../src/ndarray/index.js';

/** Whole programs, written for NumPy and ported line by line, print the same to the byte: programs.json holds what Python printed. */

const golden: Record<string, string> = JSON.parse(readFileSync(join(__dirname, 'programs.json'), 'utf8'));
const ports = readdirSync(__dirname).filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts'));

/** What Python's print makes of a value. */
function shown(x: unknown): string {
  if (typeof x === 'boolean') return x ? 'True' : 'False';
  if (Array.isArray(x)) return `(${x.map((e) => (typeof e === 'string' ? `'${e}'` : shown(e))).join(', ')})`;
  return String(x);
}

describe('ported programs', () => {
  test('there is a port of every program', () => {
    expect(ports.map((f) => f.slice(0, -3)).sort()).toEqual(Object.keys(golden).sort());
  });

  test.each(ports)('%s prints what Python printed', async (file) => {
    const { main } = (await import(join(__dirname, file))) as { main: (print: (...line: unknown[]) => void) => void };
    let printed = '';
    main((...line) => {
      printed += `${line.map(shown).join(' ')}\n`;
    });
    expect(printed).toBe(golden[file.slice(0, -3)]);
  });

  test('arrays say themselves what is printed', () => {
    expect(shown([np.arange(2), 'a', true])).toBe("([0 1], 'a', True)");
  });
});
