/** Sources are TypeScript ES modules; swc turns them into CommonJS for the test runner only. */
const common = {
  testEnvironment: 'node',
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/build/', '<rootDir>/build-check/'],
};

export default {
  projects: [
    {
      ...common,
      displayName: 'own',
      testMatch: ['<rootDir>/tests/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/tests/core/blas/system'],
      setupFiles: ['<rootDir>/tests/quiet.ts', '<rootDir>/tests/own-routines.ts'],
    },
    {
      // What can be computed by a system's BLAS and LAPACK, with the one that is installed.
      ...common,
      displayName: 'system',
      testMatch: ['core/linalg', 'core/blas/**/*', 'ndarray/linalg/*', 'ndarray/contraction/*'].map(
        (path) => `<rootDir>/tests/${path}.test.ts`,
      ),
      setupFiles: ['<rootDir>/tests/quiet.ts'],
    },
  ],
  maxWorkers: 2,
  reporters: ['default', '<rootDir>/scripts/counts-reporter.mjs'],
};
