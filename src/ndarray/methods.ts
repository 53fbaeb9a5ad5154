import { hidden } from '../core/inspect.js';
import { type AttributeMethods, attributeMethods } from './attributes.js';
import { type ContractionMethods, contractionMethods } from './contraction/methods.js';
import { completeDtypes } from './dtype-class.js';
import { type IndexingMethods, indexingMethods } from './indexing/methods.js';
import { type ManipulationMethods, manipulationMethods } from './manipulation/methods.js';
import { NDArray } from './ndarray.js';
import { type InPlaceOperators, installOperators, type Operators } from './operators.js';
import { type ScalarMethods, scalarMethods } from './scalar-methods.js';
import { type SortingMethods, sortingMethods } from './sorting/methods.js';
import { type StatisticsMethods, statisticsMethods } from './statistics/methods.js';
import type { DTypeName } from '../core/dtype.js';

/** Puts the methods of every area on the class: each is the np function with the array in front. */

declare module './ndarray.js' {
  interface NDArray<N extends DTypeName = any>
    extends Operators<NDArray>,
      InPlaceOperators<NDArray<N>>,
      IndexingMethods,
      ManipulationMethods<N>,
      StatisticsMethods,
      SortingMethods,
      ContractionMethods,
      AttributeMethods,
      ScalarMethods {}
}

/** Copies getters as getters. */
function install(methods: object): void {
  for (const key of Reflect.ownKeys(methods)) {
    const d = Object.getOwnPropertyDescriptor(methods, key) as PropertyDescriptor;
    if (d.get || d.set) Object.defineProperty(NDArray.prototype, key, { ...d, enumerable: false, configurable: true });
    else hidden(NDArray.prototype, key, d.value);
  }
}

completeDtypes();
installOperators(NDArray.prototype, true);
for (const m of [
  indexingMethods,
  manipulationMethods,
  statisticsMethods,
  sortingMethods,
  contractionMethods,
  attributeMethods,
  scalarMethods,
])
  install(m);
