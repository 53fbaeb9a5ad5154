import { runRow } from '../../core/linalg/frame.js';
import * as rows from '../../core/linalg/rows.js';
import type { Tensor } from '../tensor.js';

/** LU factors in one matrix and the permutation of rows, of stacks of square matrices. @throws LinAlgError for a singular one */
export const lu = (t: Tensor): [lu: Tensor, p: Tensor] => [...runRow(rows.lu, [t])] as never;
