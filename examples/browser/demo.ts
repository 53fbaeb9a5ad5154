import { interop, tf } from 'numbridge';
import { type Outcome, type Program, PROGRAMS } from './programs.js';

/**
 * The page: each program on the cpu and on the gpu, with timings, the ledger and how far the results are apart. Without a GPU it says why, and the
 * cpu's half works.
 */

type Device = 'cpu:0' | 'gpu:0';
interface Run {
  readonly outcome: Outcome;
  readonly first: number;
  readonly again: number;
  readonly copies: readonly (readonly [string, number, number])[];
}

const one = <E extends Element = HTMLElement>(selector: string, within: ParentNode = document): E => {
  const found = within.querySelector<E>(selector);
  if (found === null) throw new Error(`the page has no ${selector}`);
  return found;
};
const stamp = (id: string): HTMLElement => {
  const copy = one<HTMLTemplateElement>(`template#${id}`).content.cloneNode(true) as DocumentFragment;
  return copy.firstElementChild as HTMLElement;
};

// --- the gpu

/** How it is reached, as the address asks for it; null is the best there is. */
const asked = new URLSearchParams(location.search).get('gpu');
let noGpu: string | null = null;

async function openGpu(): Promise<string> {
  if (asked === 'none') throw new Error('The address asks for the cpu alone.');
  await interop.load('gpu.js', () => import('gpu.js'), { mode: asked });
  const [gpu] = tf.config.list_physical_devices('GPU');
  const { backend, device_name } = tf.config.get_device_details(gpu);
  return `${backend === 'webgpu' ? 'WebGPU' : 'WebGL2'} · ${device_name}`;
}

// --- running

const bytes = (n: number): string =>
  n < 1024 ? `${n} B` : n < 2 ** 20 ? `${(n / 1024).toFixed(1)} KiB` : `${(n / 2 ** 20).toFixed(1)} MiB`;
const time = (ms: number): string =>
  ms < 10 ? `${ms.toFixed(2)} ms` : ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(2)} s`;

/** Copies since the ledger was set back, by reason. */
const copies = (): Run['copies'] =>
  Object.entries(interop.ledger().byReason).flatMap(([reason, t]) =>
    t.copies === 0 ? [] : [[reason, t.copies, t.bytes] as const],
  );

const breath = (): Promise<void> => new Promise((done) => setTimeout(done, 20));

async function runOn(device: Device, program: Program): Promise<Run> {
  const timed = async (): Promise<[Outcome, number]> => {
    interop.reset_ledger();
    const from = performance.now();
    const outcome = await tf.device(device, () => program.run());
    return [outcome, performance.now() - from];
  };
  const [, first] = await timed();
  await breath();
  const [outcome, again] = await timed();
  return { outcome, first, again, copies: copies() };
}

// --- showing

/** Dark violet over teal to yellow, for numbers from 0 to 1. */
function colour(t: number): [number, number, number] {
  const stops = [
    [38, 12, 66],
    [45, 68, 122],
    [24, 128, 125],
    [96, 186, 92],
    [250, 226, 70],
  ];
  const at = Math.min(0.9999, Math.max(0, t)) * (stops.length - 1);
  const k = Math.floor(at);
  return stops[k].map((c, i) => c + (stops[k + 1][i] - c) * (at - k)) as [number, number, number];
}

function draw(canvas: HTMLCanvasElement, { values, image, marks }: Outcome): void {
  if (image === null) return;
  const [rows, columns] = image;
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  const pixels = context.createImageData(columns, rows);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const v of values) {
    if (v < low) low = v;
    if (v > high) high = v;
  }
  for (let i = 0; i < rows * columns; i++) {
    const [r, g, b] = colour((values[i] - low) / (high - low || 1));
    pixels.data.set([r, g, b, 255], 4 * i);
  }
  context.putImageData(pixels, 0, 0);
  for (const [x, y, kind] of marks ?? []) {
    context.fillStyle = kind === 1 ? '#ffffff' : '#111111';
    context.fillRect(Math.round(x * columns) - 1, Math.round(y * rows) - 1, 2, 2);
  }
}

function show(panel: HTMLElement, run: Run, slowest: number): void {
  panel.dataset.state = 'done';
  one('.note', panel).textContent = run.outcome.text;
  draw(one<HTMLCanvasElement>('canvas', panel), run.outcome);
  for (const [kind, ms] of [
    ['first', run.first],
    ['again', run.again],
  ] as const) {
    one(`.${kind} i`, panel).style.width = `${Math.max(1, (100 * ms) / slowest)}%`;
    one(`.${kind} b`, panel).textContent = time(ms);
  }
  const rows =
    run.copies.length === 0
      ? [['no copies', '', '']]
      : run.copies.map(([name, n, size]) => [name, `${n}×`, bytes(size)]);
  one('tbody', panel).replaceChildren(
    ...rows.map((cells) => {
      const row = document.createElement('tr');
      row.append(...cells.map((text) => Object.assign(document.createElement('td'), { textContent: text })));
      return row;
    }),
  );
}

/** How far two results are apart, in words. */
function verdict(a: Outcome, b: Outcome): string {
  if (a.values.length !== b.values.length) return 'The results have different shapes.';
  let apart = 0;
  let differing = 0;
  for (let i = 0; i < a.values.length; i++) {
    const d = Math.abs(a.values[i] - b.values[i]);
    if (d > 0) differing++;
    if (!(d <= apart)) apart = d;
  }
  if (differing === 0) return 'Equal to the last bit.';
  return `${((100 * differing) / a.values.length).toFixed(1)} % of the numbers differ, by at most ${apart.toExponential(1)}.`;
}

function fail(panel: HTMLElement, state: 'none' | 'failed', why: string): void {
  panel.dataset.state = state;
  one('.reason', panel).textContent = why;
}

interface Card {
  run(): Promise<void>;
}

function card(program: Program): Card {
  const section = stamp('program');
  section.id = program.id;
  one('h2', section).textContent = program.title;
  one('.about', section).textContent = program.about;
  one('code', section).textContent = program.code;
  const panels = Object.fromEntries(
    (['cpu:0', 'gpu:0'] as const).map((device) => {
      const panel = stamp('result');
      panel.classList.add(device.slice(0, 3));
      one('.where', panel).textContent = device;
      if (device === 'gpu:0' && noGpu !== null) fail(panel, 'none', noGpu);
      return [device, panel];
    }),
  ) as Record<Device, HTMLElement>;
  one('.results', section).append(panels['cpu:0'], panels['gpu:0']);
  one('#programs').append(section);
  const button = one<HTMLButtonElement>('.run', section);
  const words = one<HTMLOutputElement>('.verdict', section);
  const run = async (): Promise<void> => {
    button.disabled = true;
    words.value = '';
    section.dataset.state = 'running';
    const runs: Partial<Record<Device, Run>> = {};
    for (const device of ['cpu:0', 'gpu:0'] as const) {
      if (device === 'gpu:0' && noGpu !== null) continue;
      panels[device].dataset.state = 'running';
      await breath();
      try {
        runs[device] = await runOn(device, program);
      } catch (e) {
        fail(panels[device], 'failed', e instanceof Error ? `${e.name}: ${e.message}` : String(e));
      }
      const slowest = Math.max(...Object.values(runs).flatMap((r) => [r.first, r.again]));
      for (const [d, r] of Object.entries(runs)) show(panels[d as Device], r, slowest);
    }
    const { 'cpu:0': cpu, 'gpu:0': gpu } = runs;
    words.value = cpu && gpu ? verdict(cpu.outcome, gpu.outcome) : '';
    section.dataset.state = 'done';
    button.disabled = false;
  };
  button.addEventListener('click', () => void run());
  return { run };
}

// --- the page

for (const link of document.querySelectorAll<HTMLAnchorElement>('nav a'))
  if ((link.dataset.mode || null) === asked) link.setAttribute('aria-current', 'page');
try {
  one('#gpu-name').textContent = await openGpu();
  one('#gpu').dataset.state = 'there';
} catch (e) {
  noGpu = e instanceof Error ? e.message : String(e);
  one('#gpu').dataset.state = 'none';
  one('#gpu-name').textContent = noGpu;
}
const cards = PROGRAMS.map(card);
const all = one<HTMLButtonElement>('#all');
all.addEventListener('click', async () => {
  all.disabled = true;
  for (const c of cards) await c.run();
  all.disabled = false;
});
document.body.dataset.state = 'ready';
