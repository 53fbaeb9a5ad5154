// Serves the example page of examples/browser: `npm run demo:browser`. Its program is bundled when it is asked for; the library comes from
// dist, or with --source from src. --port picks another port (0: any that is free), --host another address.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = join(root, 'examples', 'browser');
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8080' },
    host: { type: 'string', default: '127.0.0.1' },
    source: { type: 'boolean', default: false },
  },
});

const TYPES = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript' };

/** The page's modules by name: the program, and gpu.js by itself, which is loaded when a GPU is looked for. */
async function bundled() {
  const { outputFiles } = await build({
    entryPoints: { demo: join(page, 'demo.ts') },
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    outdir: page,
    write: false,
    logLevel: 'error',
    ...(values.source ? { alias: { numbridge: join(root, 'src', 'index.ts') }, ignoreAnnotations: true } : {}),
  });
  return new Map(outputFiles.map((f) => [f.path.slice(page.length + 1), f.text]));
}

let modules = null;
const server = createServer(async (request, response) => {
  const name = new URL(request.url, 'http://page').pathname.slice(1) || 'index.html';
  const type = TYPES[extname(name)];
  try {
    let text;
    if (type === TYPES['.js']) text = (await (modules ??= bundled())).get(name);
    else if (name === 'index.html' || name === 'style.css') text = readFileSync(join(page, name), 'utf8');
    response.writeHead(text === undefined ? 404 : 200, { 'content-type': `${type ?? 'text/plain'}; charset=utf-8` });
    response.end(text ?? `there is no ${name}`);
  } catch (error) {
    modules = null;
    response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(String(error.stack ?? error));
  }
});
server.listen(Number(values.port), values.host, () => {
  const { address, port } = server.address();
  console.log(`the page is at http://${address === '127.0.0.1' ? 'localhost' : address}:${port}/ (ctrl-c ends it)`);
});
