import type { Buffers } from './buffers.js';
import type { Flags } from './flags.js';
import type { Prepared } from './operands.js';

/** What an iterator knows of itself, in NumPy's form. Memory has no addresses here: the lines that show them end at the colon. */
export function dump(
  p: Prepared,
  flags: Flags,
  b: Buffers | null,
  delayed: boolean,
  [start, end, at]: readonly [number, number, number],
): string {
  const { axes, ndim, itersize, base } = p.layout;
  const list = (values: readonly unknown[]): string => values.map((v) => `${String(v)} `).join('');
  const nop = p.operands.length;
  const walked = axes.slice(0, ndim);
  const words: [string, boolean][] = [
    ['IDENTPERM', flags.has('multi_index') && walked.every((a, k) => a.axis === ndim - 1 - k && !a.flipped)],
    ['NEGPERM', walked.some((a) => a.flipped)],
    ['HASINDEX', flags.has('c_index') || flags.has('f_index')],
    ['HASMULTIINDEX', flags.has('multi_index')],
    ['EXLOOP', flags.has('external_loop')],
    ['RANGE', flags.has('ranged')],
    ['BUFFER', b !== null],
    ['GROWINNER', b !== null && flags.has('grow_inner')],
    ['ONEITERATION', b === null && itersize === (flags.has('external_loop') ? axes[0].length : 1)],
    ['DELAYBUF', delayed],
    ['REDUCE', b === null ? p.states.some((s) => s.reduce) : b.plan.reducing],
  ];
  const named = (pairs: readonly [string, boolean][]): string => list(pairs.filter(([, on]) => on).map(([w]) => w));
  const lines = [
    '------ BEGIN ITERATOR DUMP ------',
    '| Iterator Address:',
    `| ItFlags: ${named(words)}`,
    `| NDim: ${ndim}`,
    `| NOp: ${nop}`,
    ...(p.mask >= 0 ? [`| MaskOp: ${p.mask}`] : []),
    `| IterSize: ${itersize}`,
    `| IterStart: ${start}`,
    `| IterEnd: ${end}`,
    `| IterIndex: ${at}`,
    '| Iterator SizeOf:',
    '| BufferData SizeOf:',
    '| AxisData SizeOf:',
    '|',
    `| Perm: ${list(walked.map((a) => (a.flipped ? a.axis - ndim : ndim - 1 - a.axis)))}`,
    '| DTypes:',
    `| DTypes: ${list(p.dtypes.map((d) => d.repr()))}`,
    '| InitDataPtrs:',
    `| BaseOffsets: ${list(base.slice(0, nop))}`,
    '| Ptrs:',
    '| User/buffer ptrs:',
    '| Operands:',
    `| Operand DTypes: ${list(p.operands.map((o) => o.dtype.repr()))}`,
    '| OpItFlags:',
    ...p.states.map((s, i) => {
      const o = b?.plan.ops[i];
      return `|   Flags[${i}]: ${named([
        ['READ', s.read],
        ['WRITE', s.write],
        ['CAST', s.cast],
        ['BUFNEVER', o !== undefined && !o.buffered],
        ['REDUCE', o === undefined ? s.reduce : o.reduce],
        ['VIRTUAL', s.flags.has('virtual')],
        ['WRITEMASKED', s.flags.has('writemasked')],
        ['BUF_SINGLESTRIDE', o?.even === true],
      ])}`;
    }),
    '|',
  ];
  if (b !== null) {
    const { ops, size, core, reducing, outerAxis } = b.plan;
    lines.push(
      '| BufferData:',
      `|   BufferSize: ${size}`,
      `|   Size: ${b.size}`,
      `|   BufIterEnd: ${b.end}`,
      `|   BUFFER CoreSize: ${core}`,
    );
    if (reducing)
      lines.push(
        `|   REDUCE Pos: ${b.reducePos}`,
        `|   REDUCE OuterSize: ${b.outerSize}`,
        `|   REDUCE OuterDim: ${outerAxis}`,
      );
    lines.push(`|   Strides: ${list(ops.map((o) => o.inner))}`);
    if (flags.has('external_loop')) lines.push(`|   Fixed Strides: ${list(ops.map((o) => o.inner))}`);
    if (reducing) lines.push(`|   REDUCE Outer Strides: ${list(ops.map((o) => o.outer))}`, '|   REDUCE Outer Ptrs:');
    for (const what of ['ReadTransferFn', 'ReadTransferData', 'WriteTransferFn', 'WriteTransferData', 'Buffers'])
      lines.push(`|   ${what}:`);
    lines.push('|');
  }
  walked.forEach((a, k) => {
    lines.push(
      `| AxisData[${k}]:`,
      `|   Shape: ${a.length}`,
      `|   Index: ${a.index}`,
      `|   Strides: ${list(a.steps.slice(0, nop))}`,
    );
    if (a.steps.length > nop) lines.push(`|   Index Stride: ${a.steps[nop]}`);
  });
  lines.push('------- END ITERATOR DUMP -------');
  return lines.join('\n');
}
