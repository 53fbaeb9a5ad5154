// Brings a fresh clone to a working state: installs when the lockfile is newer than what is installed,
// and with --build compiles src to dist when a source is newer than the last build.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...p) => join(root, ...p);
const mtime = (p) => (existsSync(p) ? statSync(p).mtimeMs : 0);
// Folders count too: their time changes when a file in them is deleted or renamed.
const newest = (dir) =>
  Math.max(
    mtime(dir),
    ...readdirSync(dir, { withFileTypes: true }).map((e) =>
      e.isDirectory() ? newest(join(dir, e.name)) : mtime(join(dir, e.name)),
    ),
  );

function step(what, command, args, options = {}) {
  console.error(`${what} ...`);
  try {
    execFileSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options });
  } catch (error) {
    console.error(`${what} failed: ${command} ${args.join(' ')} (status ${error.status ?? error.code})`);
    process.exit(1);
  }
}

const stamp = at('node_modules', '.ready');
if (mtime(stamp) < mtime(at('package-lock.json'))) {
  // `npm ci` refuses lockfiles that leave out other platforms' binaries; `install --no-save` keeps to the lockfile and takes those.
  // Install scripts are not needed (the native parts of gpu.js and webgpu are optional) and not run.
  step('installing packages', 'npm', ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'], {
    shell: process.platform === 'win32',
  });
  writeFileSync(stamp, '');
}

// One compiled tree for each TypeScript project: made again when a source is newer than the last build.
const compile = (project, sources, out, then) => {
  const built = at(out, '.built');
  const changed = Math.max(...sources.map((p) => (statSync(at(p)).isDirectory() ? newest(at(p)) : mtime(at(p)))));
  if (mtime(built) >= changed) return;
  rmSync(at(out), { recursive: true, force: true });
  step(`compiling ${project}`, process.execPath, [at('node_modules', 'typescript', 'bin', 'tsc'), '-p', at(project)]);
  if (then) step(`running ${then}`, process.execPath, [at(then)]);
  writeFileSync(built, '');
};
if (process.argv.includes('--build')) {
  compile(
    'tsconfig.build.json',
    ['src', 'tsconfig.json', 'tsconfig.build.json', 'scripts/bundle.mjs', 'scripts/loader.mjs', 'scripts/usual.mjs'],
    'dist',
    'scripts/bundle.mjs',
  );
  compile('tsconfig.examples.json', ['dist', 'examples', 'tsconfig.json', 'tsconfig.examples.json'], 'build/examples');
}
