import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, posix, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';

/** Imports are read from the text: which file names which, and whether it asks for values or for types only. */
const root = join(__dirname, '..', 'src');
const LAYERS = ['core', 'ndarray', 'tensor', 'interop', 'cli'];
const LINE_LIMIT = 500;
/** Never imported statically: they are peers that a program may not have. */
const OPTIONAL = ['mathjs', 'gpu.js', 'webgpu', 'koffi'];

const files: string[] = (readdirSync(root, { recursive: true }) as string[])
  .map((f) => f.replaceAll('\\', '/'))
  .filter((f) => f.endsWith('.ts'))
  .sort();

interface Import {
  readonly from: string;
  readonly to: string;
  readonly types: boolean;
  readonly lazy: boolean;
}

const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[\s;,{(])\/\/.*$/gm, '$1');

/** Whether a clause like `{ type A, type B }` asks for types only. */
const typesOnly = (clause: string): boolean => {
  if (/^\s*type\s/.test(clause)) return true;
  const braces = /^\s*\{([\s\S]*)\}\s*$/.exec(clause);
  const names = braces?.[1]
    .split(',')
    .map((s) => s.trim())
    .filter(Boolean);
  return names !== undefined && names.length > 0 && names.every((n) => n.startsWith('type '));
};

function importsOf(file: string): Import[] {
  const text = withoutComments(readFileSync(join(root, file), 'utf8'));
  const out: Import[] = [];
  for (const m of text.matchAll(/^\s*(?:import|export)\s+([^'"`;=()]*?)\s*from\s*['"]([^'"]+)['"]/gm))
    out.push({ from: file, to: m[2], types: typesOnly(m[1]), lazy: false });
  for (const m of text.matchAll(/^\s*import\s*['"]([^'"]+)['"]/gm))
    out.push({ from: file, to: m[1], types: false, lazy: false });
  for (const m of text.matchAll(/\bimport\s*\(\s*['"]([^'"]+)['"]/g))
    out.push({ from: file, to: m[1], types: false, lazy: true });
  return out;
}

const all: Import[] = files.flatMap(importsOf);
const local = (i: Import): string =>
  posix.normalize(posix.join(dirname(i.from).replaceAll('\\', '/'), i.to)).replace(/\.js$/, '.ts');
const inside: Import[] = all.filter((i) => i.to.startsWith('.'));
const layer = (file: string): number => LAYERS.indexOf(file.split('/')[0]);
const show = (i: Import): string => `${i.from} -> ${i.to}`;

describe('the architecture', () => {
  test('every import of a file inside of src names a file that exists, with its .js ending', () => {
    const known = new Set(files);
    expect(inside.filter((i) => !i.to.endsWith('.js') || !known.has(local(i))).map(show)).toEqual([]);
  });

  test('arrows between folders point from right to left: core, ndarray, tensor, interop, cli', () => {
    // The root index joins the namespaces: it may import every layer but the command line, and nothing imports it except the command line.
    const wrong = inside.filter((i) => {
      const [from, to] = [layer(i.from), layer(local(i))];
      if (from < 0) return LAYERS[to] === 'cli';
      return to < 0 ? LAYERS[from] !== 'cli' : to > from;
    });
    expect(wrong.map(show)).toEqual([]);
  });

  test('no file imports itself through others', () => {
    const edges = new Map<string, string[]>();
    for (const i of inside) if (!i.types) edges.set(i.from, [...(edges.get(i.from) ?? []), local(i)]);
    const done = new Set<string>();
    const cycles: string[] = [];
    const walk = (file: string, path: readonly string[]): void => {
      const at = path.indexOf(file);
      if (at >= 0) {
        cycles.push([...path.slice(at), file].join(' -> '));
        return;
      }
      if (done.has(file)) return;
      for (const next of edges.get(file) ?? []) walk(next, [...path, file]);
      done.add(file);
    };
    for (const f of files) walk(f, []);
    expect(cycles).toEqual([]);
  });

  test('Node built-ins are imported by the command line only', () => {
    const builtin = (name: string): boolean => name.startsWith('node:') || builtinModules.includes(name);
    const wrong = all.filter((i) => builtin(i.to) && LAYERS[layer(i.from)] !== 'cli' && !i.types);
    expect(wrong.map(show)).toEqual([]);
  });

  test('packages that are optional are never imported statically', () => {
    const optional = (name: string): boolean => OPTIONAL.some((p) => name === p || name.startsWith(`${p}/`));
    expect(all.filter((i) => optional(i.to) && !i.types && !i.lazy).map(show)).toEqual([]);
  });

  test('every package that is imported statically is a dependency', () => {
    const manifest = JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8'));
    const declared = Object.keys(manifest.dependencies ?? {});
    const named = all.filter((i) => !i.to.startsWith('.') && !i.types && !i.lazy && LAYERS[layer(i.from)] !== 'cli');
    expect(named.filter((i) => !declared.some((p) => i.to === p || i.to.startsWith(`${p}/`))).map(show)).toEqual([]);
  });

  test(`no file is longer than ${LINE_LIMIT} lines`, () => {
    const long = files
      .map((f) => ({ f, n: readFileSync(join(root, f), 'utf8').trimEnd().split('\n').length }))
      .filter(({ n }) => n > LINE_LIMIT);
    expect(long.map(({ f, n }) => `${relative(root, join(root, f))}: ${n}`)).toEqual([]);
  });
});
