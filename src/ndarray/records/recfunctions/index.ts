/** `np.lib.recfunctions`: arrays of structures taken apart and put together. */
export { flatten_descr, get_fieldstructure, get_names, get_names_flat } from './descr.js';
export {
  assign_fields_by_name,
  drop_fields,
  rec_drop_fields,
  recursive_fill_fields,
  rename_fields,
  repack_fields,
  require_fields,
} from './fields.js';
export { find_duplicates, join_by, rec_join } from './join.js';
export { append_fields, merge_arrays, rec_append_fields, stack_arrays } from './merge.js';
export { apply_along_fields, structured_to_unstructured, unstructured_to_structured } from './unstructured.js';
