/** np.strings: functions over arrays of text and bytes. */
export { add, equal, greater, greater_equal, less, less_equal, not_equal } from '../ufuncs.js';
export type { TextLike } from './common.js';
export {
  count,
  endswith,
  find,
  index,
  isalnum,
  isalpha,
  isdecimal,
  isdigit,
  islower,
  isnumeric,
  isspace,
  istitle,
  isupper,
  rfind,
  rindex,
  type Search,
  startswith,
  str_len,
} from './questions.js';
export {
  center,
  expandtabs,
  ljust,
  lstrip,
  multiply,
  type Pad,
  partition,
  replace,
  rjust,
  rpartition,
  rstrip,
  slice,
  strip,
  type Strip,
  zfill,
} from './shaping.js';
export { capitalize, type Code, decode, encode, lower, mod, swapcase, title, translate, type Translation, upper } from './words.js';
