/** Arrays of structures whose fields are attributes. */
export * as rec from './rec.js';
export { recarray } from './rec.js';
export type { RecArray } from './recarray.js';
export { record, type RecordType } from './record.js';
