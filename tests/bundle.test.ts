import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';

// Each test starts processes of its own.
jest.setTimeout(60_000);

/** The form of the package that Node loads: a few scripts with V8's code beside them, made here from the source as it is. */
const root = join(__dirname, '..');
mkdirSync(join(root, 'build'), { recursive: true });
const made = mkdtempSync(join(root, 'build', 'bundle-'));
const run = (args: string[]): string => execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' });

/** Runs a program that has imported the bundle in `folder`, and gives what it hands to `show`. */
function program(folder: string, code: string, flags: string[] = []): unknown {
  const entry = (name: string): string => JSON.stringify(pathToFileURL(join(folder, `bundle/${name}.js`)).href);
  const head = `const show = (x) => console.log(JSON.stringify(x)); const { np, tf, interop } = await import(${entry('index')});
    const np_ = () => import(${entry('np')}), tf_ = () => import(${entry('tf')}), interop_ = () => import(${entry('interop')});`;
  return JSON.parse(run([...flags, '--input-type=module', '-e', `${head}\n${code}`]));
}

/** A program that touches every script. */
const EVERYWHERE = `show([
  String(np.add([1, 2, 3], 10)), np.linalg.solve([[2, 0], [0, 4]], [1, 1]).repr(), np.fft.fft([1, 2]).repr(),
  np.random.default_rng(1).random(), np.strings.upper(['a']).repr(), np.char.upper(['b']).repr(),
  new np.polynomial.Polynomial([1, 2]).repr(), tf.matmul([[1, 2]], [[3], [4]]).toString(), interop.to_tensor(np.arange(2)).toString(),
]);`;
const ANSWERS = [
  '[11. 12. 13.]',
  'array([0.5 , 0.25])',
  'array([ 3.+0.j, -1.+0.j])',
  0.5118216247002567,
  "array(['A'], dtype='<U1')",
  "array(['B'], dtype='<U1')",
  "Polynomial([1., 2.], domain=[-1.,  1.], window=[-1.,  1.], symbol='x')",
  'tf.Tensor([[11.]], shape=(1, 1), dtype=float32)',
  'tf.Tensor([0 1], shape=(2,), dtype=int64)',
];

/** A copy whose files of one kind are changed. */
function changed(name: string, ending: string, change: (file: string) => void): string {
  const folder = join(made, name);
  cpSync(join(made, 'dist/bundle'), join(folder, 'bundle'), { recursive: true });
  for (const file of readdirSync(join(folder, 'bundle')))
    if (file.endsWith(ending)) change(join(folder, 'bundle', file));
  return folder;
}

describe('the scripts that Node loads', () => {
  const dist = join(made, 'dist');
  beforeAll(() => {
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    // It says which modules have side effects.
    cpSync(join(root, 'package.json'), join(made, 'package.json'));
    run([tsc, '-p', 'tsconfig.build.json', '--noCheck', '--outDir', dist]);
    run([join(root, 'scripts/bundle.mjs'), dist]);
    // Two compilations take seconds where the machine is busy.
  }, 120_000);
  afterAll(() => rmSync(made, { recursive: true, force: true }));

  test('compute what the modules compute, in every namespace', () => {
    expect(program(dist, EVERYWHERE)).toEqual(ANSWERS);
  });

  test('hold one copy of everything, whichever entry it is taken from', () => {
    const same = `const all = [[np, await np_()], [tf, await tf_()], [interop, await interop_()]];
      show(all.map(([a, b]) => [Object.keys(a).every((k) => Object.is(a[k], b[k])), Object.keys(a).join() === Object.keys(b).join()]));`;
    expect(program(dist, same)).toEqual([
      [true, true],
      [true, true],
      [true, true],
    ]);
  });

  test('know the namespace, and the arrays of other libraries, without anything of interop having been asked for', () => {
    const code = `const scijs = Object.assign(new (class View {})(), { data: new Float64Array([1, 2, 3, 4]), shape: [2, 2], stride: [2, 1], offset: 0, size: 4, get() {} });
      show([np.ones(2).__array_namespace__() === np, np.asarray(scijs).tolist(), tf.constant(1).shape.length]);`;
    expect(program(dist, code)).toEqual([
      true,
      [
        [1, 2],
        [3, 4],
      ],
      0,
    ]);
  });

  test('keep their namespaces as modules do: nothing can be added or replaced, before they are loaded and afterwards', () => {
    const code = `const fails = (f) => { try { f(); return false; } catch (e) { return e instanceof TypeError; } };
      const tries = () => [np, tf, np.random].flatMap((o) => [fails(() => { o[Object.keys(o)[0]] = 1; }), fails(() => { o.other = 1; })]);
      const before = tries(); np.random.rand; tf.add; show([...before, ...tries()]);`;
    expect(program(dist, code)).toEqual(new Array(12).fill(true));
  });

  test('give back what tapes recorded inside of the loop that trains', () => {
    // A gigabyte, were the old values kept until the loop ends.
    const code = `const v = new tf.Variable(tf.ones([1 << 18]));
      for (let i = 0; i < 1000; i++) {
        const tape = tf.GradientTape();
        const loss = tape.with(() => tf.reduce_sum(tf.square(v)));
        v.assign_sub(tf.multiply(tape.gradient(loss, v), 0.01));
      }
      show(process.resourceUsage().maxRSS / 1024 < 800);`;
    expect(program(dist, code)).toBe(true);
  });

  test('are read when something is first taken from them', () => {
    const bare = changed('bare', '.cjs', (file) => {
      if (!file.endsWith('core.cjs')) rmSync(file);
    });
    const code = `const codes = [() => tf.add, () => np.random.rand].map((f) => { try { f(); } catch (e) { return e.code; } });
      show([np.sum([1, 2]).item(), Object.keys(tf).includes('matmul'), ...codes]);`;
    expect(program(bare, code)).toEqual([3, true, 'ENOENT', 'ENOENT']);
  });

  test('do without the code of V8 where there is none, where it is broken, and where flags make it another', () => {
    const without = changed('without', '.cache', (file) => rmSync(file));
    expect(program(without, EVERYWHERE)).toEqual(ANSWERS);
    const broken = changed('broken', '.cache', (file) => {
      const bytes = readFileSync(file);
      writeFileSync(file, bytes.subarray(0, bytes.length / 2));
    });
    expect(program(broken, EVERYWHERE)).toEqual(ANSWERS);
    expect(program(dist, EVERYWHERE, ['--stack-size=900'])).toEqual(ANSWERS);
  });

  test('do not take code that was made of another text of the same length', () => {
    const edited = changed('edited', 'core.cjs', (file) => {
      const text = readFileSync(file, 'latin1');
      const sum = /^\/\*([0-9a-f]+)\*\//.exec(text)?.[1] as string;
      // A text that says another sum, as one that is built anew does.
      const other = [...sum].reverse().join('');
      writeFileSync(file, text.replace(sum, other).replace('"ValueError"', '"ValueErrox"'), 'latin1');
    });
    const code = `let name; try { np.reshape(np.arange(3), [2]); } catch (e) { name = e.name; } show(name);`;
    expect(program(dist, code)).toBe('ValueError');
    expect(program(edited, code)).toBe('ValueErrox');
  });

  test("live in the program's realm where that is not the main one, as under a test runner", () => {
    const code = `
      import vm from 'node:vm';
      import { readFileSync } from 'node:fs';
      const world = vm.createContext({ process, console, URL });
      const url = ${JSON.stringify(pathToFileURL(join(dist, 'bundle/index.js')).href)};
      const module = new vm.SourceTextModule(readFileSync(new URL(url), 'utf8'), { context: world, initializeImportMeta: (m) => { m.url = url; } });
      await module.link(async (name) => {
        const m = await import(name);
        return new vm.SyntheticModule(Object.keys(m), function () { for (const k in m) this.setExport(k, m[k]); }, { context: world });
      });
      await module.evaluate();
      world.np = module.namespace.np;
      world.tf = module.namespace.tf;
      console.log(JSON.stringify(vm.runInContext('[np.array([1, 2]).tolist() instanceof Array, tf.constant([1]).numpy().tolist() instanceof Array, np.sum instanceof Function]', world)));`;
    const out = run(['--experimental-vm-modules', '--no-warnings', '--input-type=module', '-e', code]);
    expect(JSON.parse(out)).toEqual([true, true, true]);
  });
});
