import { jest } from '@jest/globals';
import { onGpu } from './adapter.js';

jest.setTimeout(120_000);
onGpu('functions', () => {
  jest.requireActual('../core/remote/functions.test');
});
