import { row, type UfuncRow } from '../row.js';

/** ufuncs over text only: each export is a row. Their loops are in loops/text.ts; of numbers they have none. */

const textRow = (name: string, nin: number, doc: string, nout = 1): UfuncRow =>
  row(name, nin, nout, {
    types: [],
    real: () => {
      throw new Error(`${name} has no loop over numbers`);
    },
    doc,
  });

export const isalpha: UfuncRow = textRow('isalpha', 1, 'Whether all characters are letters, and there is one.');
export const isdigit: UfuncRow = textRow('isdigit', 1, 'Whether all characters are digits, and there is one.');
export const isspace: UfuncRow = textRow('isspace', 1, 'Whether all characters are white space, and there is one.');
export const isalnum: UfuncRow = textRow(
  'isalnum',
  1,
  'Whether all characters are letters or numbers, and there is one.',
);
export const islower: UfuncRow = textRow('islower', 1, 'Whether all cased letters are small, and there is one.');
export const isupper: UfuncRow = textRow('isupper', 1, 'Whether all cased letters are capitals, and there is one.');
export const istitle: UfuncRow = textRow(
  'istitle',
  1,
  'Whether words begin with capitals and go on with small letters.',
);
export const isdecimal: UfuncRow = textRow(
  'isdecimal',
  1,
  'Whether all characters are decimal digits, and there is one.',
);
export const isnumeric: UfuncRow = textRow('isnumeric', 1, 'Whether all characters are numbers, and there is one.');
export const str_len: UfuncRow = textRow('str_len', 1, 'The number of characters.');
export const find: UfuncRow = textRow('find', 4, 'Where a text first lies within another.');
export const rfind: UfuncRow = textRow('rfind', 4, 'Where a text last lies within another.');
export const index: UfuncRow = textRow('index', 4, 'Where a text first lies within another, or an error.');
export const rindex: UfuncRow = textRow('rindex', 4, 'Where a text last lies within another, or an error.');
export const count: UfuncRow = textRow('count', 4, 'How often a text lies within another.');
export const startswith: UfuncRow = textRow('startswith', 4, 'Whether a text begins with another.');
export const endswith: UfuncRow = textRow('endswith', 4, 'Whether a text ends with another.');
export const stripSpace: UfuncRow = textRow('_strip_whitespace', 1, 'Without white space at both ends.');
export const lstripSpace: UfuncRow = textRow('_lstrip_whitespace', 1, 'Without white space at the start.');
export const rstripSpace: UfuncRow = textRow('_rstrip_whitespace', 1, 'Without white space at the end.');
export const stripChars: UfuncRow = textRow('_strip_chars', 2, 'Without the given characters at both ends.');
export const lstripChars: UfuncRow = textRow('_lstrip_chars', 2, 'Without the given characters at the start.');
export const rstripChars: UfuncRow = textRow('_rstrip_chars', 2, 'Without the given characters at the end.');
export const replace: UfuncRow = textRow('_replace', 4, 'With a text in the place of another.');
export const expandtabsLength: UfuncRow = textRow('_expandtabs_length', 2, 'The length with tabs as blanks.');
export const expandtabs: UfuncRow = textRow('_expandtabs', 2, 'With tabs as blanks.');
export const center: UfuncRow = textRow('_center', 3, 'In the middle of so many places.');
export const ljust: UfuncRow = textRow('_ljust', 3, 'At the left of so many places.');
export const rjust: UfuncRow = textRow('_rjust', 3, 'At the right of so many places.');
export const zfill: UfuncRow = textRow('_zfill', 2, 'With zeros in front.');
export const partitionAt: UfuncRow = textRow('_partition_index', 3, 'The parts before, of and after a separator.', 3);
export const rpartitionAt: UfuncRow = textRow('_rpartition_index', 3, 'The same with the last separator.', 3);
export const slice: UfuncRow = textRow('_slice', 4, 'From one place up to another.');
