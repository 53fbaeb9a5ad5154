import { jest } from '@jest/globals';
import { onGpu } from './adapter.js';

jest.setTimeout(120_000);
onGpu('training', () => {
  jest.requireActual('../core/remote/training.test');
});
