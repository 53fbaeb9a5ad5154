// Joins the compiled modules into a few files: a module loader spends half a millisecond on each of some two hundred.
// Errors and classes carry the names they show themselves, so shorter identifiers do no harm; parsing is most of an import's time.
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
  minifyIdentifiers: true,
  sourcemap: true,
  logLevel: 'warning',
});
