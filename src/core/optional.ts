import { ImportError } from './errors.js';

/**
 * Packages that are used where they are installed. In Node they are looked up when they are first needed; elsewhere somebody has to
 * load them beforehand, since nothing can be imported from within synchronous code.
 */

/** What was loaded, by name. */
const loaded = new Map<string, unknown>();

interface NodeModule {
  createRequire(from: string): ((name: string) => unknown) & { resolve(name: string): string };
}

/** Files from which a package may be found: this library's own, the program's, and the working directory. */
function places(p: { argv?: readonly string[]; cwd?: () => string }): string[] {
  const own = /\(?((?:file:\/\/)?\/[^\s()]*?|[A-Za-z]:[\\/][^()]*?):\d+:\d+\)?$/m.exec(
    (new Error().stack ?? '').split('\n').slice(1).join('\n'),
  );
  const list = own === null ? [] : [own[1]];
  if (p.argv?.[1] !== undefined) list.push(p.argv[1]);
  if (p.cwd !== undefined) list.push(`${p.cwd()}/`);
  return list;
}

function fromNode(name: string): unknown {
  const p = (
    globalThis as {
      process?: { getBuiltinModule?: (n: string) => unknown; argv?: readonly string[]; cwd?: () => string };
    }
  ).process;
  const node = p?.getBuiltinModule?.('node:module') as NodeModule | undefined;
  if (p === undefined || node === undefined) return undefined;
  for (const from of places(p)) {
    try {
      return node.createRequire(from)(name);
    } catch {
      // Not to be found from there.
    }
  }
  return undefined;
}

/** Where a package lies, as a path or an address that Node loads it from, or null where it cannot be found. */
export function located(name: string): string | null {
  const p = (
    globalThis as {
      process?: { getBuiltinModule?: (n: string) => unknown; argv?: readonly string[]; cwd?: () => string };
    }
  ).process;
  const node = p?.getBuiltinModule?.('node:module') as NodeModule | undefined;
  if (p === undefined || node === undefined) return null;
  for (const from of places(p)) {
    try {
      return node.createRequire(from).resolve(name);
    } catch {
      // Not to be found from there.
    }
  }
  return null;
}

/** Makes a package known, which is then used by this name. */
export function provide(name: string, module: unknown): void {
  loaded.set(name, module);
}

/** What stands in for packages that cannot be looked up. */
const spare = new Map<string, unknown>();

/** Offers an object that has what a package has, for where that cannot be looked up. */
export function offer(name: string, module: unknown): void {
  if (!spare.has(name)) spare.set(name, module);
}

/** A package, or undefined where it cannot be had. */
export function optional(name: string): any {
  if (!loaded.has(name)) {
    const found = fromNode(name);
    if (found !== undefined) loaded.set(name, found);
    return found ?? spare.get(name);
  }
  return loaded.get(name);
}

/** A package that is in use already, or undefined. */
export const inUse = (name: string): any => loaded.get(name);

/** A package that something cannot do without. @throws ImportError telling how to get it */
export function required(name: string, by: string): any {
  const found = optional(name);
  if (found === undefined)
    throw new ImportError(
      `${by} needs the package ${name}: install it beside numbridge (npm install ${name}), ` +
        `or, where packages cannot be looked up (browsers), load it first with await interop.load('${name}')`,
    );
  return found;
}
