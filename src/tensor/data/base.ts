import { TypeError } from '../../core/errors.js';
import { hidden } from '../../core/inspect.js';
import * as np from '../../ndarray/index.js';
import { convert_to_tensor } from '../convert.js';
import type { Tensor } from '../tensor.js';
import { type Cursor, isPromise } from './cursor.js';
import { Dataset0, type Element, look, mapParts, type Spec } from './elements.js';

/** What every dataset is: a way to be run, by `for…of` or `for await…of`. */

/** Numbers of elements that are not known, or not bounded. */
export const INFINITE_CARDINALITY = -1;
export const UNKNOWN_CARDINALITY = -2;

/** How a dataset is run, what its elements look like, and how many there are. */
export interface Plan {
  open(): Cursor<Element>;
  spec(): Spec;
  readonly count: number;
}

export abstract class Elements extends Dataset0 {
  declare private readonly plan: Plan;
  declare private readonly known: Spec;

  /** @internal */
  constructor(plan: Plan) {
    super();
    hidden(this, 'plan', plan);
    hidden(this, 'known', undefined);
  }

  /** What its elements look like: TensorSpecs in their form; null stands for lengths that are not known. */
  override get element_spec(): Spec {
    if (this.known === undefined) hidden(this, 'known', this.plan.spec());
    return this.known;
  }
  /** How many elements there are, as an int64 tensor; -1 for no end, -2 where it is not known. */
  cardinality(): Tensor {
    return convert_to_tensor(np.asarray(this.plan.count, 'int64') as never) as Tensor;
  }
  /** The number of elements. @throws TypeError where it is not known */
  get length(): number {
    if (this.plan.count === INFINITE_CARDINALITY) throw new TypeError('The dataset is infinite.');
    if (this.plan.count === UNKNOWN_CARDINALITY) throw new TypeError('The dataset length is unknown.');
    return this.plan.count;
  }
  /** @internal */
  get count(): number {
    return this.plan.count;
  }
  /** @internal The elements as stages see them. */
  open(): Cursor<Element> {
    return this.plan.open();
  }

  /** The elements, one by one. @throws TypeError where one of them has to be waited for */
  *[Symbol.iterator](): Generator<Element, void, undefined> {
    const c = this.open();
    try {
      for (;;) {
        const r = c.next();
        if (isPromise(r)) {
          void Promise.resolve(r).catch(() => {});
          throw new TypeError(
            'tf.data: the dataset has an asynchronous source or function; iterate it with `for await`',
          );
        }
        if (r.done === true) return;
        yield look(r.value);
      }
    } finally {
      c.close();
    }
  }
  /** The elements, one by one, waited for. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Element, void, undefined> {
    const c = this.open();
    try {
      for (;;) {
        const r = await c.next();
        if (r.done === true) return;
        yield look(r.value);
      }
    } finally {
      c.close();
    }
  }
  /** The elements with arrays in the tensors' places, without copies; `for await` works on it, too. */
  as_numpy_iterator(): Iterable<Element> & AsyncIterable<Element> {
    const arrays = (e: Element): Element =>
      mapParts(e, (t) => (t instanceof Elements ? t.as_numpy_iterator() : t.numpy()));
    const self = this;
    return {
      *[Symbol.iterator]() {
        for (const e of self) yield arrays(e);
      },
      async *[Symbol.asyncIterator]() {
        for await (const e of self) yield arrays(e);
      },
    };
  }
}
