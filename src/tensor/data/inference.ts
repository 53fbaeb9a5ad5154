import { flatten, packed } from '../nest.js';
import { TensorSpec } from '../graph/signature.js';
import { Trace, whileTracing } from '../graph/trace.js';
import { Tensor } from '../tensor.js';
import { asElement, Dataset0, mapParts, parts, type Spec, specOf } from './elements.js';

/** What a function makes of elements, found without any: it is run on described tensors, for two lengths of every axis of which none is known. */

interface Source extends Iterable<unknown> {
  readonly element_spec: Spec;
}

function described(f: (...a: any[]) => unknown, spec: Spec, length: number): Spec {
  const trace = new Trace('map');
  let place = 0;
  const args = mapParts(spec, (s: TensorSpec) =>
    trace.argument(place++, { shape: (s.shape as (number | null)[]).map((n) => n ?? length), dtype: s.dtype }),
  );
  const result = whileTracing(trace, () => asElement(Array.isArray(args) ? f(...args) : f(args)));
  const leaves = flatten(result);
  if (!leaves.every((t) => t instanceof Tensor)) throw new Error('not all tensors');
  return packed(
    result,
    leaves.map((t) => TensorSpec.from_tensor(t as Tensor)),
  );
}

/** The spec of mapped elements; where the function needs values it is that of the first element. */
export function inferred(f: ((...a: any[]) => unknown) | null, from: Source, made: Iterable<unknown>): Spec {
  if (f !== null) {
    try {
      const spec = from.element_spec;
      if (parts(spec).every((s) => s instanceof TensorSpec && s.shape !== null)) {
        const [a, b] = [described(f, spec, 2), described(f, spec, 3)];
        const other = parts(b) as TensorSpec[];
        let k = 0;
        return mapParts(a, (s: TensorSpec) => {
          const t = other[k++];
          return new TensorSpec(
            (s.shape as number[]).map((n, i) => (n === t.shape?.[i] ? n : null)),
            s.dtype,
          );
        });
      }
    } catch {
      // It reads values, or gives something else than tensors.
    }
  }
  for (const e of made) return e instanceof Dataset0 ? e.element_spec : specOf(e);
  return null;
}
