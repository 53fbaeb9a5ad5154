import { np } from '../../src/index.js';

/** Arrays of objects: their elements are of any type. */

const nothing: np.NDArray = np.array([null]);
const mixed: np.NDArray = np.array([null, 1n, 'a']);
const held: np.NDArray<'object'> = np.array([{ a: 1 }, [1, 2]] as never, { dtype: 'object' });
const item: { a: number } = held.item(0);
const empty = np.empty(3, 'object');
const same: np.NDArray<'object'> = empty;
empty.item(0).anything.at.all;

export { held, item, mixed, nothing, same };
