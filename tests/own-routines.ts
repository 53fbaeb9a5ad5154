// The tests run with this library's own routines, so that they say the same on every machine; the project `system` of jest.config.mjs runs
// those of products and of linear algebra once more with the system's library.
process.env.NUMBRIDGE_BLAS = 'off';
