// Joins the compiled modules into a few files: a module loader spends half a millisecond on each of some two hundred.
// Names are kept (errors and classes show theirs), pure annotations too (so that an application's bundler can drop what it does not use).
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

const at = (p) => fileURLToPath(new URL(`../${p}`, import.meta.url));
await build({
  entryPoints: {
    index: at('dist/index.js'),
    np: at('dist/ndarray/index.js'),
    tf: at('dist/tensor/index.js'),
    interop: at('dist/interop/index.js'),
  },
  outdir: at('dist/bundle'),
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  external: ['complex.js'],
  minifyWhitespace: true,
  minifySyntax: true,
  sourcemap: true,
  logLevel: 'warning',
});
