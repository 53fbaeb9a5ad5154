import { canonical, deviceNames, getDevice } from '../core/device/registry.js';
import { NotImplementedError, ValueError } from '../core/errors.js';

/** Devices, as TensorFlow names them. */

export interface PhysicalDevice {
  readonly name: string;
  readonly device_type: string;
}

/** The devices there are, all or of one type. @example tf.config.list_physical_devices('CPU').length // → 1 */
export function list_physical_devices(device_type: string | null = null): PhysicalDevice[] {
  return deviceNames()
    .filter((n) => n !== 'reference:0')
    .map((n) => ({ name: `/physical_device:${n.toUpperCase()}`, device_type: n.split(':')[0].toUpperCase() }))
    .filter((d) => device_type === null || d.device_type === device_type.toUpperCase());
}

/**
 * Runs `f` with results placed on a device.
 * @throws ValueError for a device that does not exist
 * @example tf.device('/CPU:0', () => tf.add(1, 2).item()) // → 3
 */
export function device<T>(name: string, f: () => T): T {
  const d = getDevice(name);
  if (!d.sync) throw new NotImplementedError(`tf.device: ${canonical(name)} cannot compute yet`);
  if (canonical(name) !== 'cpu:0') throw new ValueError(`tf.device: tensors are placed on cpu:0; got '${name}'`);
  return f();
}

export { functions_run_eagerly, run_functions_eagerly } from './graph/function.js';
