import { jest } from '@jest/globals';
import { onGpu } from './adapter.js';

jest.setTimeout(120_000);
onGpu('laws', () => {
  jest.requireActual('../core/remote/laws.test');
});
