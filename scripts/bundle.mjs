// Joins the compiled modules into one file for Node, whose loader spends half a millisecond on each of some two hundred. The other entries
// name what is in that file, so that all of them share one copy of everything. Errors and classes carry the names they show themselves,
// so shorter identifiers do no harm; parsing is most of an import's time.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const at = (p) => fileURLToPath(new URL(`../${p}`, import.meta.url));
await build({
  entryPoints: [at('dist/index.js')],
  outfile: at('dist/bundle/index.js'),
  bundle: true,
  format: 'esm',
  target: 'es2022',
  external: ['complex.js', 'fflate'],
  minify: true,
  sourcemap: true,
  logLevel: 'warning',
});

const all = await import(new URL('../dist/bundle/index.js', import.meta.url));
for (const [entry, namespace] of Object.entries(all)) {
  const names = Object.keys(namespace);
  const values = names.map((name, i) => `v${i} = ${entry}.${name}`).join(',\n  ');
  const exported = names.map((name, i) => `v${i} as ${name}`).join(', ');
  writeFileSync(
    at(`dist/bundle/${entry}.js`),
    `import { ${entry} } from './index.js';\nconst ${values};\nexport { ${exported} };\n`,
  );
}
