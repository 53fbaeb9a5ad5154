import { test } from '@jest/globals';
import { np as namespace, tf as tensors, interop as inter } from '../../src/index.js';
import { remote, peek, counts } from '../remote.js';
import { uploaded } from '../../src/core/ops/place.js';
const np: any = namespace; const tf: any = tensors; const interop: any = inter;
test('x', () => {
  const x = uploaded(tf.ones([10]), remote, 'to');
  let n = counts.uploads;
  const show = (s: string) => { console.log(s, counts.uploads - n); n = counts.uploads; };
  tf.add(x, 1); show('add');
  tf.clip_by_value(x, 0, 1); show('clip');
  tf.nn.softmax(x); show('softmax');
  tf.maximum(x, 0.5); show('max');
  tf.where(tf.greater(x, 0), x, 0); show('where');
  console.log(JSON.stringify(interop.profile(() => tf.add(x, np.ones(10, 'float32')))));
});
