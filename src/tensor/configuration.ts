import { ValueError } from '../core/errors.js';
import { list_physical_devices, type PhysicalDevice } from './config.js';
import { graphsAreOptimized, optimizeGraphs } from './graph/callable.js';

/** tf.config: which devices a program sees, whether graphs are optimized, and how many threads there are. */

export * from './config.js';
export {
  functions_run_eagerly as experimental_functions_run_eagerly,
  run_functions_eagerly as experimental_run_functions_eagerly,
} from './graph/function.js';

export interface LogicalDevice {
  readonly name: string;
  readonly device_type: string;
}

/** Names of devices that a program said it does not want to see. */
const unseen = new Set<string>();
const ofType = (d: PhysicalDevice, type: string | null): boolean =>
  type === null || d.device_type === type.toUpperCase();

/** The devices that are not left out, all or of one type. @example tf.config.get_visible_devices('CPU').length // → 1 */
export const get_visible_devices = (device_type: string | null = null): PhysicalDevice[] =>
  list_physical_devices(device_type).filter((d) => !unseen.has(d.name));
/**
 * Says which devices `list_logical_devices` names: these of their type, or of all types.
 * @throws ValueError for what is no device of this type
 * @example
 * tf.config.set_visible_devices(tf.config.list_physical_devices());
 * tf.config.list_logical_devices('CPU').length // → 1
 */
export function set_visible_devices(
  devices: PhysicalDevice | readonly PhysicalDevice[],
  device_type: string | null = null,
): void {
  const list = Array.isArray(devices) ? (devices as readonly PhysicalDevice[]) : [devices as PhysicalDevice];
  const all = list_physical_devices();
  for (const d of list) {
    if (!all.some((a) => a.name === d.name)) throw new ValueError(`Unrecognized device: ${String(d.name ?? d)}`);
    if (!ofType(d, device_type)) throw new ValueError(`Unrecognized device: ${d.name}`);
  }
  for (const a of all.filter((d) => ofType(d, device_type)))
    if (list.some((d) => d.name === a.name)) unseen.delete(a.name);
    else unseen.add(a.name);
}
/** The visible devices by the names that `tf.device` takes. @example tf.config.list_logical_devices('CPU')[0].name // → '/device:CPU:0' */
export const list_logical_devices = (device_type: string | null = null): LogicalDevice[] =>
  get_visible_devices(device_type).map((d) => ({
    name: d.name.replace('/physical_device:', '/device:'),
    device_type: d.device_type,
  }));

/** Whether graphs are simplified and fused before they run. */
export const optimizer: {
  get_experimental_options(): { disable_meta_optimizer: boolean };
  set_experimental_options(options: { disable_meta_optimizer?: boolean }): void;
  get_jit(): string;
} = {
  get_experimental_options: () => ({ disable_meta_optimizer: !graphsAreOptimized() }),
  /** With `disable_meta_optimizer` graphs run operation by operation, with the same results. */
  set_experimental_options: (options) => {
    if (options.disable_meta_optimizer !== undefined) optimizeGraphs(!options.disable_meta_optimizer);
  },
  /** Kernels are compiled when they are first needed, whatever is set. */
  get_jit: () => 'autoclustering',
};

/** @throws ValueError for more threads than the one there is */
function onlyOne(name: string): (num_threads: number) => void {
  return (n) => {
    if (n !== 0 && n !== 1)
      throw new ValueError(`tf.config.threading.${name}: kernels run in one thread; got ${String(n)}`);
  };
}
/** Threads: kernels run in one. */
export const threading: {
  get_inter_op_parallelism_threads(): number;
  get_intra_op_parallelism_threads(): number;
  set_inter_op_parallelism_threads(num_threads: number): void;
  set_intra_op_parallelism_threads(num_threads: number): void;
} = {
  get_inter_op_parallelism_threads: () => 1,
  get_intra_op_parallelism_threads: () => 1,
  set_inter_op_parallelism_threads: onlyOne('set_inter_op_parallelism_threads'),
  set_intra_op_parallelism_threads: onlyOne('set_intra_op_parallelism_threads'),
};

/** Names that are no longer new in TensorFlow. */
export const experimental: {
  readonly list_physical_devices: typeof list_physical_devices;
  readonly list_logical_devices: typeof list_logical_devices;
  readonly get_visible_devices: typeof get_visible_devices;
  readonly set_visible_devices: typeof set_visible_devices;
  /** Operations give the same bits in every run. */
  enable_op_determinism(): void;
  get_synchronous_execution(): boolean;
} = {
  list_physical_devices,
  list_logical_devices,
  get_visible_devices,
  set_visible_devices,
  enable_op_determinism: () => {},
  get_synchronous_execution: () => true,
};
