/**
 * Loads the scripts of the bundle. bundle.mjs writes this function into the bundle by its text, so it refers to nothing around it.
 *
 * A script is an object of functions, one for each part; a part is called once and gives what it exports.
 */
export function loader({ files, home, lazy, read, outside, Script, bring, place }) {
  /** What the core hands out to be called once all is there. */
  const hooks = {};
  const opened = {};
  const loaded = {};
  const open = (script) => {
    const [source, cache] = files[script];
    const text = read(source, 'latin1');
    const data = read(cache);
    // The cache begins with the sum that stands at the beginning of the text it was made of.
    const fits = data !== undefined && data.latin1Slice(0, 32) === text.slice(2, 34);
    const cachedData = fits ? data.subarray(32) : undefined;
    const parts = new Script(text, { filename: place(source), cachedData }).runInThisContext();
    // Where the program runs in a realm of its own (as under a test runner), the library must live there, too.
    // biome-ignore lint/security/noGlobalEval: the text of this package, in the realm at hand
    return parts instanceof Object ? parts : (0, eval)(text);
  };
  const load = (name) => {
    if (name in loaded) return loaded[name];
    const script = home[name] ?? name;
    if (!(script in files)) return outside(name);
    opened[script] ??= open(script);
    loaded[name] = opened[script][name](load, lazily, bring, hooks);
    return loaded[name];
  };
  // An object of hundreds of properties is a dictionary, until something is looked up through it as a prototype.
  const settled = (namespace) => {
    Object.freeze(namespace);
    const heir = Object.create(namespace);
    const look = () => heir.constructor;
    look();
    look();
    return namespace;
  };
  const lazily = (name) => {
    const namespace = {};
    const fill = () => {
      const all = load(name.replace('.', '-'));
      for (const key in all) Object.defineProperty(namespace, key, { value: all[key], enumerable: true });
      settled(namespace);
    };
    for (const key of lazy[name].split(' '))
      Object.defineProperty(namespace, key, {
        get() {
          fill();
          return namespace[key];
        },
        enumerable: true,
        configurable: true,
      });
    return Object.preventExtensions(namespace);
  };
  const np = settled(load('core'));
  hooks.setNamespace(np);
  return { np, tf: lazily('tf'), interop: lazily('interop') };
}
