import type { DType } from '../core/dtype.js';
import { byName } from '../core/dtype.js';
import { ValueError } from '../core/errors.js';
import { fn } from '../core/signature.js';
import { checkDevice } from './creation/make.js';

/** What the array API standard asks of a namespace about itself. */

/** The version of the array API standard that np has. */
export const __array_api_version__ = '2024.12';
const VERSIONS: readonly string[] = ['2021.12', '2022.12', '2023.12', __array_api_version__];

const SIGNED = ['int8', 'int16', 'int32', 'int64'] as const;
const UNSIGNED = ['uint8', 'uint16', 'uint32', 'uint64'] as const;
const REAL = ['float32', 'float64'] as const;
const COMPLEX = ['complex64', 'complex128'] as const;
const KINDS: Readonly<Record<string, readonly (keyof typeof byName)[]>> = {
  bool: ['bool'],
  'signed integer': SIGNED,
  'unsigned integer': UNSIGNED,
  integral: [...SIGNED, ...UNSIGNED],
  'real floating': REAL,
  'complex floating': COMPLEX,
  numeric: [...SIGNED, ...UNSIGNED, ...REAL, ...COMPLEX],
};

/** A kind of dtypes, as the standard names it. */
export type DTypeKind =
  | 'bool'
  | 'signed integer'
  | 'unsigned integer'
  | 'integral'
  | 'real floating'
  | 'complex floating'
  | 'numeric';

type Device = { device?: 'cpu' | null };

/** What the namespace tells about itself. */
export interface ArrayNamespaceInfo {
  capabilities(): { 'boolean indexing': boolean; 'data-dependent shapes': boolean; 'max dimensions': number };
  default_device(): 'cpu';
  default_dtypes(kw?: Device): { 'real floating': DType; 'complex floating': DType; integral: DType; indexing: DType };
  devices(): 'cpu'[];
  dtypes(kw?: Device & { kind?: DTypeKind | readonly DTypeKind[] | null }): Record<string, DType>;
}

/** @throws ValueError `unsupported kind: 'x'` */
function ofKind(kind: unknown): readonly (keyof typeof byName)[] {
  if (kind === null || kind === undefined) return [...KINDS.bool, ...KINDS.numeric];
  if (Array.isArray(kind)) {
    const found = new Set(kind.flatMap(ofKind));
    return [...KINDS.bool, ...KINDS.numeric].filter((n) => found.has(n));
  }
  if (typeof kind !== 'string' || !Object.hasOwn(KINDS, kind))
    throw new ValueError(`unsupported kind: '${String(kind)}'`);
  return KINDS[kind];
}

const info: ArrayNamespaceInfo = {
  capabilities: /*@__PURE__*/ fn('capabilities', '', () => ({
    'boolean indexing': true,
    'data-dependent shapes': true,
    'max dimensions': 64,
  })),
  default_device: /*@__PURE__*/ fn('default_device', '', () => 'cpu'),
  default_dtypes: /*@__PURE__*/ fn('default_dtypes', '*, device=None', (device) => {
    checkDevice(device);
    const { float64, complex128, int64 } = byName;
    return { 'real floating': float64, 'complex floating': complex128, integral: int64, indexing: int64 };
  }),
  devices: /*@__PURE__*/ fn('devices', '', () => ['cpu']),
  dtypes: /*@__PURE__*/ fn('dtypes', '*, device=None, kind=None', (device, kind) => {
    checkDevice(device);
    return Object.fromEntries(ofKind(kind).map((n) => [n, byName[n]]));
  }),
};

/**
 * What np tells about itself to code that is written for any array library: `capabilities`, `default_device`, `default_dtypes`,
 * `devices`, and `dtypes`, of a kind where one is asked for.
 * @throws ValueError for a device other than 'cpu', and for a kind that the standard does not have
 * @example Object.keys(np.__array_namespace_info__().dtypes({ kind: 'real floating' })) // → [ 'float32', 'float64' ]
 */
export const __array_namespace_info__: () => ArrayNamespaceInfo = /*@__PURE__*/ fn(
  '__array_namespace_info__',
  '',
  () => info,
  'conversion',
);

let namespace: object | null = null;
/** Given by the namespace itself, which stands above all files. */
export function setNamespace(np: object): void {
  namespace = np;
}

/** The np namespace, for `x.__array_namespace__()`. @throws ValueError for versions of the standard that np does not have */
export function namespaceFor(kw: { api_version?: string | null } = {}): object {
  const version = kw.api_version ?? null;
  if (version !== null && typeof version !== 'string')
    throw new ValueError(
      `Only None and strings are allowed as the Array API version, but received: ${String(version)}.`,
    );
  if (version !== null && !VERSIONS.includes(version))
    throw new ValueError(`Version "${version}" of the Array API Standard is not supported.`);
  if (namespace === null)
    throw new ValueError(
      '__array_namespace__: the namespace is not loaded: import numbridge, of which numbridge/np is a part',
    );
  return namespace;
}
