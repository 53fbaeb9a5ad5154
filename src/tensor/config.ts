import { gpuInfo } from '../core/device/gpu/index.js';
import { canonical, deviceNames, getDevice, hostDevice, withPlacement } from '../core/device/registry.js';
import { ImportError, RuntimeError } from '../core/errors.js';

/** Devices, as TensorFlow names them. */

export interface PhysicalDevice {
  readonly name: string;
  readonly device_type: string;
}

/** Devices that can be used: the gpu where there is a driver and its packages are installed. */
const usable = (): string[] =>
  deviceNames().filter((n) => /^(cpu|gpu):/.test(n) && (n !== 'gpu:0' || gpuInfo() !== null));

const listed = (prefix: string, type: string | null): PhysicalDevice[] =>
  usable()
    .map((n) => ({ name: `/${prefix}:${n.toUpperCase()}`, device_type: n.split(':')[0].toUpperCase() }))
    .filter((d) => type === null || d.device_type === type.toUpperCase());

/**
 * The devices there are, all or of one type. To find a gpu it is opened.
 * @example tf.config.list_physical_devices('CPU').length // → 1
 */
export const list_physical_devices = (device_type: string | null = null): PhysicalDevice[] =>
  listed('physical_device', device_type);
/** The same devices by the names that tf.device takes. @example tf.config.list_logical_devices('CPU')[0].name // → '/device:CPU:0' */
export const list_logical_devices = (device_type: string | null = null): PhysicalDevice[] =>
  listed('device', device_type);

/**
 * What is known of a device: of a gpu its name, how it is reached (`webgpu`, `webgl2`) and its limits; of the cpu nothing.
 * @example tf.config.get_device_details(tf.config.list_physical_devices('CPU')[0]) // → {}
 */
export function get_device_details(device: PhysicalDevice): Record<string, unknown> {
  const info = device.device_type === 'GPU' ? gpuInfo() : null;
  if (info === null) return {};
  const { vendor, architecture, description, backend, limits } = info;
  return { device_name: description || architecture, vendor, architecture, backend, limits: { ...limits } };
}

let soft = false;
/** Whether a gpu that is not to be had is replaced by the cpu. @example tf.config.get_soft_device_placement() // → false */
export const get_soft_device_placement = (): boolean => soft;
/**
 * Says that the cpu may take the place of a gpu that is not to be had; TensorFlow starts with this on, numbridge with it off.
 * @example
 * tf.config.set_soft_device_placement(false);
 * tf.config.get_soft_device_placement(); // → false
 */
export function set_soft_device_placement(enabled: boolean): void {
  soft = enabled;
}

/**
 * Runs `f` with what is made there (constants, zeros, random numbers, variables) placed on a device; operations run where their operands are.
 * @throws ValueError for a device that does not exist, ImportError or RuntimeError where there is no gpu, TypeError for a constant of a dtype that the device does not have
 * @example tf.device('/CPU:0', () => tf.add(1, 2).item()) // → 3
 */
export function device<T>(name: string, f: () => T): T {
  let d = hostDevice();
  try {
    d = getDevice(name);
  } catch (e) {
    if (!soft || canonical(name) !== 'gpu:0' || !(e instanceof ImportError || e instanceof RuntimeError)) throw e;
  }
  return withPlacement(d === hostDevice() ? null : d, f);
}

export { functions_run_eagerly, run_functions_eagerly } from './graph/function.js';
