import { InvalidArgumentError, shapeText, ValueError } from '../../core/errors.js';
import { runAs } from '../../core/transfers.js';
import * as np from '../../ndarray/index.js';
import { cast, type TensorLike } from '../convert.js';
import type { Tensor } from '../tensor.js';
import { log_softmax } from './activations.js';
import { asTensor, floating, named, tensor } from './frame.js';

/** Connectionist temporal classification: how likely a row of labels is, whenever its labels are said. */

/** The logarithm of what cannot be: finite, so that differences of two of them are numbers. */
const NEVER = -1e30;

interface Options {
  label_length: TensorLike;
  logit_length: TensorLike;
  logits_time_major: boolean;
  unique: unknown;
  blank_index: number | null;
}
const whole = (x: TensorLike): Tensor => cast(asTensor(x), 'int32') as Tensor;

/**
 * Minus the logarithm of the probability of each row of labels: the sum over all ways to say them, in their order, over the times of the logits, with
 * blanks anywhere and labels as long as they like (Graves and others 2006).
 *
 * @param labels dense, of shape [batch, length], integers
 * @param logits of shape [time, batch, classes], or [batch, time, classes] with `logits_time_major: false`
 * @param rest label_length and logit_length (of each row), logits_time_major (true), unique (not needed), blank_index (0; below zero from behind)
 * @returns a loss for each row; inf where the labels need more time than there is
 * @throws ValueError for lengths that are not given, InvalidArgumentError for shapes that do not go together
 * @example tf.nn.ctc_loss([[1]], [[[0, 0]], [[0, 0]]], [1], [2]).numpy() // → array([0.2876821], dtype=float32)
 */
export function ctc_loss(labels: TensorLike, logits: TensorLike, ...rest: any[]): Tensor {
  const fn = 'ctc_loss';
  const o = named<Options>(fn, ['label_length', 'logit_length', 'logits_time_major', 'unique', 'blank_index'], rest);
  return runAs('tf.nn.ctc_loss', () => {
    if (o.label_length === undefined || o.logit_length === undefined)
      throw new ValueError('tf.nn.ctc_loss: dense labels need label_length and logit_length');
    const given = floating(fn, logits);
    const y = whole(labels);
    if (given.ndim !== 3 || y.ndim !== 2)
      throw new InvalidArgumentError(
        `tf.nn.ctc_loss: labels must have 2 axes and logits 3, got shapes ${shapeText(y.shape)} and ${shapeText(given.shape)}`,
      );
    const logp = log_softmax((o.logits_time_major ?? true) ? given : tensor(np.transpose(given, [1, 0, 2] as never)));
    const [times, batch, classes] = logp.shape;
    if (y.shape[0] !== batch)
      throw new InvalidArgumentError(
        `tf.nn.ctc_loss: batch_size is not the same in labels and logits: ${y.shape[0]} vs. ${batch}`,
      );
    const asked = o.blank_index ?? 0;
    const blank = asked < 0 ? asked + classes : asked;
    const [labelled, timed] = [whole(o.label_length), whole(o.logit_length)];
    // Blanks before, between and behind the labels.
    const length = y.shape[1];
    const blanks = np.full([batch, length], blank, { dtype: 'int32' } as never);
    const pairs = np.reshape(np.stack([blanks, y] as never, 2 as never) as never, [batch, 2 * length]);
    const behind = np.full([batch, 1], blank, { dtype: 'int32' } as never);
    const states = np.concatenate([pairs, behind] as never, 1 as never);
    const count = 2 * length + 1;
    const places = np.arange(count);
    const two = np.less(places, 2);
    // A blank between two labels may be left out unless they are the same one.
    const before = shifted(tensor(states), 2, -1);
    const skips = np.logical_and(np.equal(np.remainder(places, 2), 1), np.not_equal(states as never, before as never));
    const emitted = np.take_along_axis(
      logp as never,
      np.broadcast_to(np.expand_dims(states as never, { axis: 0 }) as never, [times, batch, count]) as never,
      { axis: 2 } as never,
    );
    const at = (t: number): Tensor => tensor(np.take(emitted as never, t as never, { axis: 0 } as never));
    let alpha = tensor(np.where(two as never, at(0) as never, NEVER as never));
    for (let t = 1; t < times; t++) {
      const one = np.logaddexp(alpha as never, shifted(alpha, 1, NEVER) as never);
      const skipped = np.where(skips as never, shifted(alpha, 2, NEVER) as never, NEVER as never);
      const next = np.add(np.logaddexp(one as never, skipped as never), at(t) as never);
      const going = np.expand_dims(np.less(t, timed as never) as never, { axis: 1 });
      alpha = tensor(np.where(going as never, next as never, alpha as never));
    }
    // Over with the last label, or the blank behind it.
    const end = np.expand_dims(np.multiply(labelled, 2) as never, { axis: 1 });
    const last = np.logical_or(np.equal(places, end as never), np.equal(places, np.subtract(end as never, 1)));
    const total = np.logaddexp.reduce(
      np.where(last as never, alpha as never, NEVER as never) as never,
      {
        axis: 1,
      } as never,
    );
    return tensor(
      np.where(np.less(total as never, NEVER / 2), Infinity as never, np.negative(total as never) as never),
    );
  });
}

/** Entries of the last axis moved up by some places, with a value where none was. */
function shifted(t: Tensor, by: number, value: number): Tensor {
  const n = t.shape[t.ndim - 1];
  const front = np.full([...t.shape.slice(0, -1), Math.min(by, n)], value, { dtype: t.dtype } as never);
  if (n <= by) return tensor(front);
  return tensor(np.concatenate([front, t.at(['...', `:${n - by}`] as never)] as never, -1 as never));
}
