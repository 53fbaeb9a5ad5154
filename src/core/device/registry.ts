import { ValueError } from '../errors.js';
import type { Device } from './device.js';

/**
 * The devices there are, by name, as thunks: a device's code runs when it is first asked for. `cpu` is registered by the
 * array classes; others by whoever loads them.
 */
const thunks = new Map<string, () => Device>();
const made = new Map<string, Device>();
let host: Device | null = null;

export function registerDevice(name: string, make: () => Device): void {
  if (!thunks.has(name)) thunks.set(name, make);
}

export const deviceNames = (): string[] => [...thunks.keys()];

/** `cpu` and `cpu:0`, any capitals, and TensorFlow's `/device:CPU:0` all name the same device. */
export function canonical(name: string): string {
  const short = name
    .toLowerCase()
    .replace(/^.*device:/, '')
    .replace(/^\//, '');
  return /:\d+$/.test(short) ? short : short + ':0';
}

/** @throws ValueError naming the devices that exist */
export function getDevice(name: string): Device {
  const key = canonical(name);
  const known = made.get(key);
  if (known) return known;
  const make = thunks.get(key);
  if (!make) throw new ValueError(`device: unknown device '${name}'; available: ${deviceNames().join(', ')}`);
  const device = make();
  made.set(key, device);
  return device;
}

/** The device on which arrays live and where host memory is computed with. */
export function hostDevice(): Device {
  return host ?? (host = getDevice('cpu:0'));
}

let placement: Device | null = null;
/** The device on which what is made is to be placed; null: where it is made, on the host. */
export const placedOn = (): Device | null => placement;
/** Runs `f` with what is made there placed on a device. Of a function that waits, the part before it waits. */
export function withPlacement<T>(device: Device | null, f: () => T): T {
  const old = placement;
  placement = device;
  try {
    return f();
  } finally {
    placement = old;
  }
}

/** Runs `f` with another device in the host's place (the slow reference device, to check what the cpu device gives). */
export function withHostDevice<T>(device: Device, f: () => T): T {
  const old = hostDevice();
  host = device;
  try {
    return f();
  } finally {
    host = old;
  }
}
