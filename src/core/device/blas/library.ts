import { optional } from '../../optional.js';
import { allocateTable, heap } from '../cpu/heap.js';

/**
 * The system's BLAS and LAPACK: OpenBLAS or Accelerate, called through the optional package koffi where both are found (Node only).
 *
 * `NUMBRIDGE_BLAS` says what is taken: `off` nothing, a path that library (the copy that comes with a NumPy, say), nothing or `on` the
 * first of the usual ones. It is looked for once, when something first asks for it.
 */

/** A function of the library: all arguments are addresses, which are ordinary numbers. */
export type Foreign = (...addresses: number[]) => void;
/** One that returns a number. */
export type ForeignNumber = (...addresses: number[]) => number;

export interface SystemLibrary {
  /** 'OpenBLAS', 'Accelerate', or 'BLAS' where it does not say what it is. */
  readonly name: string;
  /** What was loaded: a name that the system's loader knew, or a path. */
  readonly file: string;
  /** What the library says about itself. */
  readonly configuration: string;
  /** Threads that it computes with; 0 where it does not say. */
  readonly threads: number;
  /** Whether its integers have 64 bits. */
  readonly wide: boolean;
  /** A routine by its Fortran name, such as 'dgesv', or null where it has none. `letters` of its `count` arguments are characters. */
  routine(name: string, count: number, letters: number): Foreign | null;
  /** One of its functions, such as 'ddot', which returns a real number. */
  number(name: string, count: number, result: 'double' | 'float'): ForeignNumber | null;
}

interface Koffi {
  load(file: string): { func(name: string, result: string, args: readonly string[]): (...args: unknown[]) => unknown };
  address?(memory: ArrayBufferView): bigint;
  config?(settings?: Record<string, number>): Record<string, number>;
}

interface Host {
  readonly env?: Record<string, string | undefined>;
  readonly platform?: string;
}

const host = (): Host => (globalThis as { process?: Host }).process ?? {};

/** Where the library usually is: names for the system's loader, then paths. */
function candidates(platform: string): string[] {
  if (platform === 'darwin')
    return [
      '/System/Library/Frameworks/Accelerate.framework/Accelerate',
      '/opt/homebrew/opt/openblas/lib/libopenblas.dylib',
      '/usr/local/opt/openblas/lib/libopenblas.dylib',
    ];
  if (platform === 'win32') return ['libopenblas.dll', 'openblas.dll', 'libopenblas64_.dll'];
  const names = [
    'libopenblas.so.0',
    'libopenblas.so',
    'libopenblasp.so.0',
    'libopenblas64.so.0',
    'libopenblas64_.so.0',
  ];
  // A LAPACK by its plain name is OpenBLAS where the system was told so; the loader finds what it is linked to by itself.
  names.push('liblapack.so.3');
  const folders = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].flatMap((f) =>
    ['pthread', 'openmp', 'serial'].map((kind) => `/usr/lib/${f}/openblas-${kind}/libopenblas.so.0`),
  );
  return [
    ...names,
    ...folders,
    '/usr/lib64/libopenblas.so.0',
    '/usr/local/lib/libopenblas.so',
    '/opt/OpenBLAS/lib/libopenblas.so',
  ];
}

/** How builds spell the names of routines: prefix, suffix. */
const SPELLINGS: readonly (readonly [string, string])[] = [
  ['', '_'],
  ['', '$NEWLAPACK'],
  ['', '_64_'],
  ['', '64_'],
  ['scipy_', '_'],
  ['scipy_', '_64_'],
  ['scipy_', '64_'],
  ['', ''],
];

type Loaded = ReturnType<Koffi['load']>;

function lookUp(lib: Loaded, name: string, count: number, result = 'void'): ((...args: unknown[]) => unknown) | null {
  try {
    return lib.func(name, result, new Array<string>(count).fill('uintptr_t'));
  } catch {
    return null;
  }
}

/** What the library says about itself, through functions that only OpenBLAS has. */
function about(lib: Loaded): { configuration: string; threads: number } {
  const ask = (name: string, result: string): unknown => {
    for (const [prefix, suffix] of [
      ['', ''],
      ['', '64_'],
      ['', '_64_'],
      ['scipy_', ''],
      ['scipy_', '64_'],
      ['scipy_', '_64_'],
    ])
      try {
        return lib.func(`${prefix}${name}${suffix}`, result, [])();
      } catch {
        // Spelled otherwise, or not there.
      }
    return null;
  };
  return {
    configuration: String(ask('openblas_get_config', 'str') ?? ''),
    threads: Number(ask('openblas_get_num_threads', 'int') ?? 0),
  };
}

/** A library that can factor a matrix of one element, or null. What it writes tells how wide its integers are. */
function open(koffi: Koffi, file: string, asked: boolean): SystemLibrary | null {
  let lib: Loaded;
  try {
    lib = koffi.load(file);
  } catch {
    return null;
  }
  const spelling = SPELLINGS.find(([prefix, suffix]) => lookUp(lib, `${prefix}dgetrf${suffix}`, 6) !== null);
  if (spelling === undefined) return null;
  const { configuration, threads } = about(lib);
  const accelerate = file.includes('Accelerate.framework');
  // The plain BLAS of LAPACK's authors is slower than this library's own: it is taken only where it is asked for.
  if (!asked && !accelerate && !configuration.includes('OpenBLAS')) return null;
  const routine = (name: string, count: number, letters: number): Foreign | null =>
    // Fortran passes the lengths of character arguments behind all others.
    lookUp(lib, spelling[0] + name + spelling[1], count + letters) as Foreign | null;
  const probe = routine('dgetrf', 6, 0) as Foreign;
  const at = allocateTable(64);
  const { i32, f64 } = heap();
  const base = origin(koffi) + at;
  i32.fill(-1, at / 4, at / 4 + 16);
  f64[at / 8] = 2;
  i32[at / 4 + 2] = 1;
  i32[at / 4 + 3] = 0;
  probe(base + 8, base + 8, base, base + 8, base + 16, base + 24);
  if (f64[at / 8] !== 2 || i32[at / 4 + 4] !== 1 || i32[at / 4 + 6] !== 0) return null;
  return {
    name: configuration.includes('OpenBLAS') ? 'OpenBLAS' : accelerate ? 'Accelerate' : 'BLAS',
    file,
    configuration,
    threads,
    wide: i32[at / 4 + 7] === 0,
    routine: (name, count, letters) => {
      const f = routine(name, count, letters);
      if (f === null || letters === 0) return f;
      const lengths = new Array<number>(letters).fill(1);
      return (...args) => f(...args, ...lengths);
    },
    number: (name, count, result) =>
      lookUp(lib, spelling[0] + name + spelling[1], count, result) as ForeignNumber | null,
  };
}

let start = -1;

/** Address of the heap in the process. It is reserved whole, so it stays where it is. */
function origin(koffi: Koffi): number {
  if (start < 0) start = Number((koffi.address as (m: ArrayBufferView) => bigint)(heap().u8));
  return start;
}

/** Bytes of stack that threads are expected to have: OpenBLAS keeps its queues there. koffi's own stack is smaller. */
const STACK = 8 * 1024 * 1024;

/** Gives calls a stack that is large enough; false where koffi is in use already with a smaller one, which cannot be changed any more. */
function deepStack(koffi: Koffi): boolean {
  const { config } = koffi;
  if (config === undefined) return false;
  const size = (): number => config().sync_stack_size ?? 0;
  try {
    if (size() < STACK) config({ ...config(), sync_stack_size: 2 * STACK });
  } catch {
    // A library has been loaded by somebody else.
  }
  return size() >= STACK;
}

/** Why there is no library. */
let reason = '';
/** What `show_config` says where none is used. */
export const whyNone = (): string => (systemLibrary() === null ? reason : '');

let found: SystemLibrary | null | undefined;
let loader: Koffi | null = null;
let heapStart = 0;

function find(): SystemLibrary | string {
  const { env, platform } = host();
  if (platform === undefined) return 'not in Node';
  const asked = env?.NUMBRIDGE_BLAS ?? '';
  if (/^(off|0|no|none|false)$/i.test(asked)) return 'turned off by NUMBRIDGE_BLAS';
  const koffi = optional('koffi') as Koffi | undefined;
  if (koffi?.address === undefined) return 'the package koffi (version 3) is not installed';
  if (!deepStack(koffi)) return 'koffi was in use before, with too small a stack for calls (sync_stack_size)';
  const named = asked !== '' && !/^(on|1|yes|true)$/i.test(asked);
  for (const file of named ? [asked] : candidates(platform)) {
    const lib = open(koffi, file, named);
    if (lib !== null) {
      loader = koffi;
      heapStart = origin(koffi);
      return lib;
    }
  }
  return named ? `${asked} is no library with LAPACK in it` : 'no OpenBLAS was found';
}

/** The library in use, or null. */
export function systemLibrary(): SystemLibrary | null {
  if (found === undefined) {
    const what = find();
    found = typeof what === 'string' ? null : what;
    reason = typeof what === 'string' ? what : '';
  }
  return found;
}

/** Address in the process of a place in the heap, which is given in bytes. */
export const inHeap = (place: number): number => heapStart + place;

/** Address of memory outside of the heap; it holds while the memory is in use. */
export const addressOf = (memory: ArrayBufferView): number => Number((loader as Required<Koffi>).address(memory));
