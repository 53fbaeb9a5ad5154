import type { ArrayLike } from '../../core/coerce.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { deliver, deliverLater, type Path, type Sink, told } from '../../core/files.js';
import { castTo } from '../../core/ops/move.js';
import type { Progress } from '../../core/source.js';
import { runAs } from '../../core/transfers.js';
import type { LateSink } from '../../ndarray/files/arrays.js';
import { rawPieces } from '../../ndarray/files/npy.js';
import type { NDArray } from '../../ndarray/ndarray.js';
import type { Variable } from '../../tensor/variable.js';
import { to_array } from '../convert.js';
import { codeOf } from './header.js';

/** Writing safetensors: as the format's own library does, byte for byte. */

export interface SaveSafetensorsKeywords {
  /** Text to keep beside the tensors. */
  metadata?: Readonly<Record<string, string>> | null;
  /** Told how many bytes were written, and of how many. */
  progress?: Progress | null;
}
export type NamedArrays = Readonly<Record<string, ArrayLike | Variable>> | ReadonlyMap<string, ArrayLike | Variable>;

/** A header is filled up so that what follows lies at a multiple of this. */
const ALIGN = 8;

function* filePieces(arrays: NamedArrays, kw: SaveSafetensorsKeywords | undefined): Generator<Uint8Array> {
  const metadata = kw?.metadata ?? null;
  const all = (arrays instanceof Map ? [...arrays] : Object.entries(arrays)).map(([name, x]) => {
    if (name === '__metadata__')
      throw new ValueError("'__metadata__' is no name for a tensor; give metadata as a keyword");
    const a = to_array(x as ArrayLike);
    const code = codeOf(a.dtype.isnative ? a.dtype : a.dtype.newbyteorder('='));
    if (code === null)
      throw new TypeError(
        `the array ${JSON.stringify(name)} has the dtype ${a.dtype.name}, which safetensors does not have`,
      );
    return { name, a, ...code };
  });
  // Wide dtypes first, and names in the order of their code points.
  all.sort((x, y) => y.rank - x.rank || compare(x.name, y.name));
  const entries: string[] = [];
  if (metadata !== null) {
    for (const [k, v] of Object.entries(metadata))
      if (typeof v !== 'string') throw new TypeError(`metadata holds text only: ${JSON.stringify(k)} is a ${typeof v}`);
    entries.push(`"__metadata__":${JSON.stringify(metadata)}`);
  }
  let at = 0;
  for (const { name, a, code } of all) {
    const end = at + a.nbytes;
    entries.push(`${JSON.stringify(name)}:${JSON.stringify({ dtype: code, shape: a.shape, data_offsets: [at, end] })}`);
    at = end;
  }
  const text = new TextEncoder().encode(`{${entries.join(',')}}`);
  const length = Math.ceil(text.length / ALIGN) * ALIGN;
  const head = new Uint8Array(8 + length).fill(0x20);
  new DataView(head.buffer).setBigUint64(0, BigInt(length), true);
  head.set(text, 8);
  yield* told(
    (function* () {
      yield head;
      for (const { a } of all)
        yield* rawPieces((a.dtype.isnative ? a : castTo(a, a.dtype.newbyteorder('='), 'C')) as NDArray);
    })(),
    head.length + at,
    kw?.progress,
  );
}

/** Order by code points, which is that of UTF-8. */
function compare(a: string, b: string): number {
  const [x, y] = [[...a], [...b]];
  for (let i = 0; i < Math.min(x.length, y.length); i++)
    if (x[i] !== y[i]) return (x[i].codePointAt(0) as number) - (y[i].codePointAt(0) as number);
  return x.length - y.length;
}

/**
 * Writes arrays and tensors by name into a safetensors file: to a path, or to something with a method `write`.
 * @throws TypeError for dtypes that the format does not have (text, dates, complex128, objects), and metadata that are no text; OSError
 * @example
 * const file = new interop.BytesIO();
 * interop.save_safetensors(file, { w: tf.constant([1, 2]), b: np.zeros(1, 'int8') }, { metadata: { format: 'np' } });
 * interop.open_safetensors(file.getvalue()).metadata.format // → 'np'
 */
export function save_safetensors(file: Path | Sink, arrays: NamedArrays, kw?: SaveSafetensorsKeywords): void {
  runAs('save_safetensors', () => deliver(file, '', filePieces(arrays, kw), 'save_safetensors'));
}

/**
 * The same as {@link save_safetensors}, also to a WritableStream, a FileHandle or a stream of Node's.
 * @throws as save_safetensors, by the promise
 * @example
 * const file = new interop.BytesIO();
 * await interop.save_safetensors_async(file, { w: np.ones(2) });
 * interop.load_safetensors(file.getvalue()).w // → array([1., 1.])
 */
export const save_safetensors_async = async (
  file: LateSink | Promise<unknown>,
  arrays: NamedArrays,
  kw?: SaveSafetensorsKeywords,
): Promise<void> => deliverLater(file, '', filePieces(arrays, kw), 'save_safetensors_async');
