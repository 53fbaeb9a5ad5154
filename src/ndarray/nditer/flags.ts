import { TypeError, ValueError } from '../../core/errors.js';

/** The words that steer an iterator: for the whole of it, and for each operand. */

/** Flags of the whole iterator. */
export type NditerFlag =
  | 'buffered'
  | 'c_index'
  | 'copy_if_overlap'
  | 'common_dtype'
  | 'delay_bufalloc'
  | 'external_loop'
  | 'f_index'
  | 'grow_inner'
  | 'growinner'
  | 'multi_index'
  | 'ranged'
  | 'refs_ok'
  | 'reduce_ok'
  | 'zerosize_ok';

/** Flags of one operand. */
export type NditerOpFlag =
  | 'aligned'
  | 'allocate'
  | 'arraymask'
  | 'contig'
  | 'copy'
  | 'nbo'
  | 'no_broadcast'
  | 'no_subtype'
  | 'overlap_assume_elementwise'
  | 'readonly'
  | 'readwrite'
  | 'updateifcopy'
  | 'virtual'
  | 'writemasked'
  | 'writeonly';

export type Flags = ReadonlySet<string>;

const GLOBAL: Flags = new Set<NditerFlag>([
  'buffered',
  'c_index',
  'copy_if_overlap',
  'common_dtype',
  'delay_bufalloc',
  'external_loop',
  'f_index',
  'grow_inner',
  'growinner',
  'multi_index',
  'ranged',
  'refs_ok',
  'reduce_ok',
  'zerosize_ok',
]);
const PER_OPERAND: Flags = new Set<NditerOpFlag>([
  'aligned',
  'allocate',
  'arraymask',
  'contig',
  'copy',
  'nbo',
  'no_broadcast',
  'no_subtype',
  'overlap_assume_elementwise',
  'readonly',
  'readwrite',
  'updateifcopy',
  'virtual',
  'writemasked',
  'writeonly',
]);

/** The flags of the whole iterator. @throws ValueError `Unexpected iterator global flag "x"`, and for flags that exclude each other */
export function readGlobalFlags(given: unknown): Set<string> {
  const out = new Set<string>();
  if (given === null || given === undefined) return out;
  if (!Array.isArray(given)) throw new ValueError('Iterator global flags must be a list or tuple of strings');
  for (const f of given) {
    if (typeof f !== 'string') throw new TypeError(`expected bytes, ${typeof f === 'number' ? 'int' : typeof f} found`);
    if (!GLOBAL.has(f)) throw new ValueError(`Unexpected iterator global flag "${f}"`);
    out.add(f === 'growinner' ? 'grow_inner' : f);
  }
  return out;
}

/** @throws ValueError for flags of the whole iterator that exclude each other */
export function checkGlobalFlags(flags: Flags): void {
  if (flags.has('c_index') && flags.has('f_index'))
    throw new ValueError('Iterator flags C_INDEX and F_INDEX cannot both be specified');
  if (flags.has('external_loop') && (flags.has('c_index') || flags.has('f_index') || flags.has('multi_index')))
    throw new ValueError('Iterator flag EXTERNAL_LOOP cannot be used if an index or multi-index is being tracked');
  if (flags.has('ranged') && flags.has('external_loop') && !flags.has('buffered'))
    throw new ValueError(
      'Iterator flag RANGED cannot be used with the flag EXTERNAL_LOOP unless BUFFERED is also enabled',
    );
}

const BAD_OP_FLAGS = 'op_flags must be a tuple or array of per-op flag-tuples';

function readOne(given: unknown): Set<string> {
  if (!Array.isArray(given)) throw new ValueError(BAD_OP_FLAGS);
  const out = new Set<string>();
  for (const f of given) {
    if (typeof f !== 'string') throw new ValueError(BAD_OP_FLAGS);
    if (!PER_OPERAND.has(f)) throw new ValueError(`Unexpected per-op iterator flag "${f}"`);
    out.add(f);
  }
  return out;
}

/** The flags of each operand, from one list for all or a list for each; what is null is to be made and written. */
export function readOpFlags(given: unknown, ops: readonly unknown[]): Set<string>[] {
  if (given === null || given === undefined)
    return ops.map((o) => new Set(o === null ? ['writeonly', 'allocate'] : ['readonly']));
  if (!Array.isArray(given)) throw new ValueError(BAD_OP_FLAGS);
  if (given.length === ops.length && typeof given[0] !== 'string') return given.map(readOne);
  const one = readOne(given);
  return ops.map(() => new Set(one));
}

/** @throws ValueError when the flags of an operand do not go together */
export function checkOpFlags(f: Flags): void {
  const ways = ['readonly', 'readwrite', 'writeonly'].filter((w) => f.has(w)).length;
  if (ways > 1)
    throw new ValueError(
      'Only one of the iterator flags READWRITE, READONLY, and WRITEONLY may be specified for an operand',
    );
  if (ways === 0)
    throw new ValueError('None of the iterator flags READWRITE, READONLY, or WRITEONLY were specified for an operand');
  const writes = !f.has('readonly');
  if (writes && f.has('copy') && !f.has('updateifcopy'))
    throw new ValueError('If an iterator operand is writeable, must use the flag UPDATEIFCOPY instead of COPY');
  if (f.has('writemasked')) {
    if (!writes) throw new ValueError('The iterator flag WRITEMASKED may only be used with READWRITE or WRITEONLY');
    if (f.has('arraymask'))
      throw new ValueError('The iterator flag WRITEMASKED may not be used together with ARRAYMASK');
  }
  if (f.has('virtual') && !f.has('readwrite'))
    throw new ValueError('The iterator flag VIRTUAL should be be used together with READWRITE');
}
