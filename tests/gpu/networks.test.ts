import { jest } from '@jest/globals';
import { onGpu } from './adapter.js';

jest.setTimeout(120_000);
onGpu('networks', () => {
  jest.requireActual('../core/remote/networks.test');
});
