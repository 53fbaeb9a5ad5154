export type { SortingMethods } from './methods.js';
export { type SearchKeywords, type SearchSorted, searchsorted, type Side } from './search.js';
export {
  type Intersect,
  intersect1d,
  type IntersectKeywords,
  isin,
  type IsIn,
  type IsInKeywords,
  setdiff1d,
  type SetOperation,
  setxor1d,
  union1d,
} from './sets.js';
export {
  type ArgSort,
  argpartition,
  argsort,
  lexsort,
  type LexSort,
  type Partition,
  partition,
  type PartitionKeywords,
  type Sort,
  sort,
  sort_complex,
  type SortKeywords,
  type SortKind,
} from './sort.js';
export {
  unique,
  type Unique,
  unique_all,
  unique_counts,
  unique_inverse,
  unique_values,
  type UniqueAllResult,
  type UniqueCountsResult,
  type UniqueInverseResult,
  type UniqueKeywords,
} from './unique.js';
