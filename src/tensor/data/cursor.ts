import { TypeError } from '../../core/errors.js';

/**
 * How datasets run: a stage is a generator that pulls from the stages before it. Where a source (or a mapped function) is asynchronous the same
 * generator waits for it; where everything is at hand nothing does. So every transformation is written once, for `for…of` and `for await…of`.
 */

export type Result<T> = IteratorResult<T, undefined>;
export type Maybe<T> = T | PromiseLike<T>;

/** What a stage gives: an element, or a promise to wait for. */
export type Event<T> = { readonly value: T } | { readonly wait: PromiseLike<unknown> };
export type Stage<T> = Generator<Event<T>, void, any>;

export const isPromise = (x: unknown): x is PromiseLike<unknown> =>
  typeof x === 'object' && x !== null && typeof (x as { then?: unknown }).then === 'function';

export interface Cursor<T> {
  next(): Maybe<Result<T>>;
  close(): void;
}

export const END: Result<never> = { done: true, value: undefined };

/** Runs a stage, element by element. Calls that come while one is waiting have their turn after it. */
export function run<T>(stage: Stage<T>): Cursor<T> {
  let pending: Promise<unknown> | null = null;
  let done = false;
  const advance = (send: unknown, failed: boolean): Maybe<Result<T>> => {
    for (;;) {
      const r = failed ? stage.throw(send) : stage.next(send);
      if (r.done === true) {
        done = true;
        return END;
      }
      if ('value' in r.value) return { done: false, value: r.value.value };
      return Promise.resolve(r.value.wait).then(
        (v) => advance(v, false),
        (e) => advance(e, true),
      );
    }
  };
  return {
    next() {
      if (done) return END;
      if (pending !== null) {
        const turn: Promise<Result<T>> = pending.then(() => advance(undefined, false));
        return track(turn);
      }
      const r = advance(undefined, false);
      return isPromise(r) ? track(r as Promise<Result<T>>) : r;
    },
    close() {
      if (done) return;
      done = true;
      // A stage that waits is closed when it has its answer.
      if (pending === null) stage.return();
      else
        void pending.then(
          () => stage.return(),
          () => {},
        );
    },
  };
  function track(p: Promise<Result<T>>): Promise<Result<T>> {
    const settled = p.then(
      () => {},
      () => {},
    );
    pending = settled;
    void settled.then(() => {
      if (pending === settled) pending = null;
    });
    return p;
  }
}

/** The next element of a cursor, inside of a stage. */
export function* pull<T>(c: Cursor<T>): Generator<Event<never>, Result<T>, any> {
  const r = c.next();
  return isPromise(r) ? ((yield { wait: r }) as Result<T>) : r;
}
/** What a function gave, waited for where it is a promise. */
export function* settle<T>(x: Maybe<T>): Generator<Event<never>, T, any> {
  return isPromise(x) ? ((yield { wait: x }) as T) : (x as T);
}

/** A stage made of the elements of another, which is closed with it. */
export function* over<T>(open: () => Cursor<T>, body: (c: Cursor<T>) => Stage<any>): Stage<any> {
  const c = open();
  try {
    yield* body(c);
  } finally {
    c.close();
  }
}

/** A cursor over anything that can be iterated. */
export function cursorOf(x: unknown): Cursor<unknown> {
  const o = x as Partial<Iterable<unknown> & AsyncIterable<unknown>>;
  const it = (o[Symbol.asyncIterator]?.() ?? o[Symbol.iterator]?.()) as
    | (Iterator<unknown> | AsyncIterator<unknown>)
    | undefined;
  if (it === undefined) throw new TypeError('tf.data: a generator must give something that can be iterated');
  return {
    next: () => it.next() as Maybe<Result<unknown>>,
    close: () => {
      void it.return?.();
    },
  };
}
