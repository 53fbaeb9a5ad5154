/** Sources are TypeScript ES modules; swc turns them into CommonJS for the test runner only. */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/tests/**/*.test.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/build/', '<rootDir>/build-check/'],
  setupFiles: ['<rootDir>/tests/quiet.ts'],
  maxWorkers: 2,
  reporters: ['default', '<rootDir>/scripts/counts-reporter.mjs'],
};
