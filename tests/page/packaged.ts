import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Plugin } from 'esbuild';

export const root: string = join(__dirname, '..', '..');

/** Modules with side effects by the package's own list, as a bundler sees them: the others may be dropped. */
const { sideEffects } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { sideEffects: string[] };
export const asPackaged: Plugin = {
  name: 'as packaged',
  setup: (b) => {
    b.onResolve({ filter: /^\..*\.js$/ }, ({ path, resolveDir }) => {
      const file = join(resolveDir, path).replace(/\.js$/, '.ts');
      const packaged = `./${relative(root, file).replace(/\\/g, '/').replace(/^src/, 'dist').replace(/\.ts$/, '.js')}`;
      return { path: file, sideEffects: sideEffects.includes(packaged) };
    });
  },
};
