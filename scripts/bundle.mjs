// Joins the compiled modules into a few scripts for Node, whose module loader spends half a millisecond on each of some hundreds, and whose
// engine spends most of an import on reading source text. What every program needs is one script; namespaces beside it (LAZY) are
// loaded when something is first taken from them, synchronously. Beside each script lies V8's code for it, as compiled while the library
// was loaded, which V8 takes where its version and flags are the same; elsewhere the text is compiled.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { createHash } from 'node:crypto';
import * as complex from 'complex.js';
import { build } from 'esbuild';
import { loader } from './loader.mjs';
import { usual } from './usual.mjs';

/** The folder of the compiled modules: the first argument, or dist. */
const dist = resolve(process.argv[2] ?? fileURLToPath(new URL('../dist', import.meta.url)));
const at = (p) => join(dist, p);
const bundle = join(dist, 'bundle', '/');

/** Namespaces that are loaded when they are first used: from what they are a member, and their module. */
const LAZY = {
  tf: 'tensor/index.js',
  interop: 'interop/index.js',
  'np.random': 'ndarray/random/index.js',
  'np.fft': 'ndarray/fft/index.js',
  'np.polynomial': 'ndarray/polynomial/index.js',
  'np.strings': 'ndarray/strings/index.js',
  'np.char': 'ndarray/char/index.js',
};
/** Modules that announce themselves to the core where all are loaded: as scripts they are loaded when they are first asked. */
const ASKED = { neighbours: 'interop/neighbours/index.js' };
const CORE = (np) => [
  `export * from ${JSON.stringify(`${np}?eager`)};`,
  `import { setNamespace } from ${JSON.stringify(at('ndarray/array-api.js'))};`,
  `import { setNeighbours } from ${JSON.stringify(at('core/neighbours.js'))};`,
  `__hooks.setNamespace = setNamespace;`,
  `setNeighbours((...given) => __load('neighbours').readNeighbour(...given));`,
  ...members.map((name) => `export const ${name.slice(3)} = __lazily(${JSON.stringify(name)});`),
];
const members = Object.keys(LAZY).filter((name) => name.startsWith('np.'));
const nameOf = (entry) => entry.replace('.', '-');

/** Packages that are loaded when one of their functions is called; `complex.js` is imported, since all share its class. */
const PACKAGES = { fflate: 'fflate/browser' };

/** One copy of everything: what `core` reaches is in the first script, since all entries import it. */
const entries = {
  name: 'entries',
  setup(b) {
    b.onResolve({ filter: /^entry:/ }, ({ path }) => ({ path, namespace: 'entry' }));
    b.onLoad({ filter: /.*/, namespace: 'entry' }, ({ path }) => {
      const entry = path.slice('entry:'.length);
      const contents =
        entry === 'core'
          ? CORE(at('ndarray/index.js')).join('\n')
          : `import 'entry:core'; export * from ${JSON.stringify(at(LAZY[entry] ?? ASKED[entry]))};`;
      return { contents, resolveDir: dist };
    });
    // The np namespace without the members that come later; modules that import it see all of it.
    b.onResolve({ filter: /\?eager$/ }, ({ path }) => ({ path: path.replace('?eager', ''), suffix: '?eager' }));
    b.onLoad({ filter: /ndarray[\\/]index\.js$/ }, ({ path, suffix }) => {
      const contents = readFileSync(path, 'utf8');
      if (suffix === '?eager')
        return {
          contents: contents.replace(/^export \* as (\w+) .*$/gm, (line, name) => (LAZY[`np.${name}`] ? '' : line)),
        };
      const lazily = contents.match(/^export \* as (\w+) .*$/gm).filter((line) => LAZY[`np.${line.split(' ')[3]}`]);
      return { contents: `export * from ${JSON.stringify(`${path}?eager`)};\n${lazily.join('\n')}\n` };
    });
    b.onResolve({ filter: /^(fflate)$/ }, ({ path }) => ({ path, namespace: 'package' }));
    b.onLoad({ filter: /.*/, namespace: 'package' }, async ({ path }) => ({
      contents: Object.entries(await import(PACKAGES[path]))
        .filter(([, value]) => typeof value === 'function')
        .map(
          ([name]) => `export function ${name}(...a) {
            const f = __load(${JSON.stringify(PACKAGES[path])}).${name};
            return new.target ? Reflect.construct(f, a) : f.apply(this, a);
          }`,
        )
        .join('\n'),
    }));
    // Only modules may import: scripts are handed the means.
    b.onLoad({ filter: /interop[\\/]load\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(/await import\(/, 'await __import('),
    }));
  },
};

rmSync(bundle, { recursive: true, force: true });
mkdirSync(bundle);
const { outputFiles, metafile } = await build({
  entryPoints: Object.fromEntries(
    ['core', ...Object.keys(LAZY), ...Object.keys(ASKED)].map((e) => [nameOf(e), `entry:${e}`]),
  ),
  outdir: bundle,
  absWorkingDir: dist,
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  external: ['complex.js'],
  minify: true,
  // Node shows the line of an error that nobody catches.
  lineLimit: 160,
  metafile: true,
  write: false,
  logLevel: 'warning',
  // A module that another one of its own users makes known is imported for its effect by several.
  logOverride: { 'ignored-bare-import': 'silent' },
  plugins: [entries],
});

/** What esbuild wrote, by the name of the file without its ending. */
const parts = new Map(
  Object.entries(metafile.outputs).map(([path, { imports, exports }]) => {
    const name = /([^/]+)\.js$/.exec(path)[1];
    const needs = imports.map((i) => (i.external ? i.path : /([^/]+)\.js$/.exec(i.path)[1]));
    return [name, { needs, exports, text: outputFiles.find((f) => f.path.endsWith(`/${name}.js`)).text }];
  }),
);

/** A module as a function of the loader: imports are taken from it first, exports are what it returns. What this misses does not compile. */
function asFunction(text) {
  const pairs = (list) =>
    list
      .split(',')
      .filter(Boolean)
      .map((p) => p.trim().split(/\s+as\s+/));
  let head = '';
  let result = '';
  const body = text
    .trimEnd()
    .replace(/(^|[;}\n])import\s*(?:\{([^}]*)\}\s*from\s*)?"([^"]*)"(?=;)/g, (_, before, list, from) => {
      const names = pairs(list ?? '').map(([name, local = name]) => `${name}:${local}`);
      head += `const{${names.join(',')}}=__load(${JSON.stringify(from.replace(/^\.\/(.*)\.js$/, '$1'))});`;
      return before;
    })
    .replace(/export\s*\{([^}]*)\};?$/, (_, list) => {
      result = pairs(list)
        .map(([local, name = local]) => `${name}:${local}`)
        .join(',');
      return '';
    });
  return `(function(__load,__lazily,__import,__hooks){"use strict";${head}${body};return{${result}}})`;
}

// A script holds an entry and what only that entry needs; what several need is a script of its own.
const reach = (name, seen = new Set()) => {
  if (parts.has(name) && !seen.has(name)) {
    seen.add(name);
    for (const n of parts.get(name).needs) reach(n, seen);
  }
  return seen;
};
const names = ['core', ...[...Object.keys(LAZY), ...Object.keys(ASKED)].map(nameOf)];
const core = reach('core');
const scripts = new Map(names.map((n) => [n, []]));
/** In which script a part lies. */
const home = {};
for (const name of parts.keys()) {
  const owners = core.has(name) ? ['core'] : names.filter((n) => reach(n).has(name));
  const script = owners.length === 1 ? owners[0] : name;
  scripts.set(script, [...(scripts.get(script) ?? []), name]);
  if (script !== name) home[name] = script;
}

const texts = new Map();
for (const [script, inside] of scripts) {
  const text = `({${inside.map((n) => `${JSON.stringify(n)}:${asFunction(parts.get(n).text)}`).join(',\n')}})`;
  // V8 compares the length of the text only.
  const sum = createHash('sha256').update(text).digest('hex').slice(0, 32);
  texts.set(script, { text: `/*${sum}*/${text}\n`, sum });
  writeFileSync(`${bundle}${script}.cjs`, texts.get(script).text);
}

const shown = Object.fromEntries(Object.keys(LAZY).map((e) => [e, parts.get(nameOf(e)).exports.sort()]));
const list = (o) => JSON.stringify(o);
writeFileSync(
  `${bundle}index.js`,
  `import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import * as complex from 'complex.js';
const files = {
${[...scripts.keys()].map((s) => `  ${list(s)}: [new URL('./${s}.cjs', import.meta.url), new URL('./${s}.cache', import.meta.url)],`).join('\n')}
};
const home = ${list(home)};
const lazy = {
${Object.entries(shown)
  .map(([e, exported]) => `  ${list(e)}: ${list(exported.join(' '))},`)
  .join('\n')}
};
const read = (url, encoding) => {
  try {
    return readFileSync(fileURLToPath(url), encoding);
  } catch (error) {
    if (encoding) throw error;
  }
};
const outside = (name) => (name === 'complex.js' ? complex : createRequire(import.meta.url)(name));
const { np, tf, interop } = (${loader.toString()})({ files, home, lazy, read, outside, Script, bring: (name) => import(name), place: fileURLToPath });
export { np, tf, interop };
`,
);

/** An entry that names what the first one holds. */
const named = (entry, exported) => {
  const values = exported.map((name, i) => `${name}: v${i}`).join(', ');
  const out = exported.map((name, i) => `v${i} as ${name}`).join(', ');
  writeFileSync(
    `${bundle}${entry}.js`,
    `import { ${entry} } from './index.js';\nconst { ${values} } = ${entry};\nexport { ${out} };\n`,
  );
};
named('np', parts.get('core').exports.sort());
named('tf', shown.tf);
named('interop', shown.interop);

// The library is loaded here as index.js loads it, and what V8 compiled on the way is kept.
const compiled = new Map();
class Kept extends Script {
  constructor(text, options) {
    super(text, options);
    compiled.set(options.filename, this);
  }
}
const files = Object.fromEntries([...scripts.keys()].map((s) => [s, [`${bundle}${s}.cjs`, '']]));
const all = loader({
  files,
  home,
  lazy: Object.fromEntries(Object.entries(shown).map(([e, x]) => [e, x.join(' ')])),
  read: (path, encoding) => (encoding ? readFileSync(path, encoding) : undefined),
  outside: (name) => (name === 'complex.js' ? complex : createRequire(import.meta.url)(name)),
  Script: Kept,
  bring: (name) => import(name),
  place: (path) => path,
});
for (const name of Object.keys(LAZY)) {
  const namespace = name.split('.').reduce((o, key) => o[key], all);
  namespace[Object.keys(namespace)[0]];
}
usual(all);
for (const [script, { sum }] of texts) {
  const cached = compiled.get(`${bundle}${script}.cjs`)?.createCachedData();
  // Small ones that nothing has asked for do without.
  if (cached === undefined) continue;
  writeFileSync(`${bundle}${script}.cache`, Buffer.concat([Buffer.from(sum, 'latin1'), cached]));
}
