import '../core/device/gpu/index.js';
import { deviceNames, getDevice, hostDevice, withPlacement } from '../core/device/registry.js';

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
 * Runs `f` with what is made there (constants, zeros, random numbers, variables) placed on a device; operations run where their operands are.
 * @throws ValueError for a device that does not exist, TypeError for a constant of a dtype that the device does not have
 * @example tf.device('/CPU:0', () => tf.add(1, 2).item()) // → 3
 */
export function device<T>(name: string, f: () => T): T {
  const d = getDevice(name);
  return withPlacement(d === hostDevice() ? null : d, f);
}

export { functions_run_eagerly, run_functions_eagerly } from './graph/function.js';
