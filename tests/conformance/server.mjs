// Answers requests of the Python side over stdin and stdout: see README.md for the form of a frame.
// Reads block, so that a Python callable can be called from inside of a function of the library.
import { readSync, writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const { np } = await import(pathToFileURL(process.argv[2]).href);
const NDArray = np.NDArray;
const DType = np.dtype('f8').constructor;

// ---- frames ------------------------------------------------------------------------------------------------------------

function readExactly(n) {
  const out = Buffer.allocUnsafe(n);
  for (let at = 0; at < n; ) {
    let got = 0;
    try {
      got = readSync(0, out, at, n - at, null);
    } catch (e) {
      if (e.code === 'EAGAIN') continue;
      throw e;
    }
    if (got === 0) process.exit(0);
    at += got;
  }
  return out;
}

function readFrame() {
  const head = readExactly(8);
  const body = readExactly(head.readUInt32LE(0));
  const text = head.readUInt32LE(4);
  const message = JSON.parse(body.toString('utf8', 0, text));
  let at = text;
  message.buffers = (message.sizes ?? []).map((n) => body.subarray(at, (at += n)));
  return message;
}

function writeFrame(message, buffers) {
  message.sizes = buffers.map((b) => b.byteLength);
  const text = Buffer.from(JSON.stringify(message));
  const head = Buffer.alloc(8);
  head.writeUInt32LE(text.length + message.sizes.reduce((a, b) => a + b, 0), 0);
  head.writeUInt32LE(text.length, 4);
  const all = Buffer.concat([head, text, ...buffers.map((b) => Buffer.from(b.buffer, b.byteOffset, b.byteLength))]);
  for (let at = 0; at < all.length; ) {
    try {
      at += writeSync(1, all, at);
    } catch (e) {
      if (e.code !== 'EAGAIN') throw e;
    }
  }
}

// ---- handles -------------------------------------------------------------------------------------------------------------

const objects = new Map(); // id -> { value, sent }
const ids = new WeakMap();
let nextId = 1;

function idOf(value) {
  let id = ids.get(value);
  if (id === undefined || !objects.has(id)) {
    id = nextId++;
    ids.set(value, id);
    objects.set(id, { value, sent: 0 });
  }
  objects.get(id).sent++;
  return id;
}

// Every reference that was sent is given back once: an object that was sent again in the meantime stays.
function release(pairs) {
  for (const [id, n] of pairs) {
    const o = objects.get(id);
    if (o && (o.sent -= n) <= 0) objects.delete(id);
  }
}

function held(id) {
  const o = objects.get(id);
  if (!o) throw new Error(`stale handle ${id}`);
  return o.value;
}

// ---- values from Python --------------------------------------------------------------------------------------------------

/** An object of Python that the library can only carry. */
class PythonObject {
  constructor(id, type) {
    this.id = id;
    this.type = type;
  }
}

/** A file of Python. */
class PythonFile {
  constructor(methods, name) {
    this.path = name;
    for (const [k, id] of Object.entries(methods)) this[k] = callback(id, k);
  }
}
/** Functions that want a file by its path. */
const BY_PATH = new Set(['memmap', 'open_memmap']);

const resolve = (path) => path.reduce((o, k) => (o === undefined || o === null ? undefined : o[k]), np);
const SPECIAL = { nan: Number.NaN, inf: Number.POSITIVE_INFINITY, '-inf': Number.NEGATIVE_INFINITY, '-0': -0 };

function load(x, buffers) {
  if (typeof x !== 'object' || x === null) return x;
  if (Array.isArray(x)) return x.map((e) => load(e, buffers));
  switch (x.t) {
    case 'b':
      return BigInt(x.v);
    case 'bl':
      return x.v.map(BigInt);
    case 'x':
      return SPECIAL[x.v];
    case 'c':
      return np.complex(load(x.re, buffers), load(x.im, buffers));
    case 'h':
      return held(x.id);
    case 'a': {
      const bytes = new Uint8Array(buffers[x.buf]);
      const dtype = np.dtype(load(x.dtype, buffers));
      const a = np.frombuffer(bytes.length === 0 ? new Uint8Array(dtype.itemsize) : bytes, dtype);
      return np.copy(bytes.length === 0 ? np.zeros(x.shape, { dtype }) : np.reshape(a, x.shape));
    }
    case 'O': {
      const a = np.empty([x.v.length], 'O');
      x.v.forEach((e, i) => a.set([i], load(e, buffers)));
      return np.reshape(a, x.shape);
    }
    case 'u8':
      return new Uint8Array(buffers[x.buf]);
    case 'date':
      return new Date(x.v);
    case 's':
      return new np.Slice(load(x.v[0], buffers), load(x.v[1], buffers), load(x.v[2], buffers));
    case 'l':
      return np.array(load(x.v, buffers), x.empty ? 'int64' : null);
    case 'gen':
      return load(x.v, buffers)[Symbol.iterator]();
    case 'e':
      return '...';
    case 'undef':
      return undefined;
    case 'p':
      return resolve(x.v);
    case 'f':
      return callback(x.id, x.name);
    case 'o':
      return Object.fromEntries(x.v.map(([k, v]) => [k, load(v, buffers)]));
    case 'file':
      return new PythonFile(x.methods, x.name);
    case 'py':
      return Object.assign(new PythonObject(x.id, x.type), 'dtype' in x ? { dtype: load(x.dtype, buffers) } : {});
  }
  throw new Error(`unknown value ${JSON.stringify(x)}`);
}

// Whether the request at hand computes with floats: what it hands to callables are such, then.
let floats = false;

const callbacks = new Map(); // a function of Python is one function here
const pythonIds = new Map();
function callback(id, name) {
  let f = callbacks.get(id);
  if (f === undefined) {
    f = Object.defineProperty(caller(id), 'name', { value: name });
    callbacks.set(id, f);
    pythonIds.set(f, id);
  }
  return f;
}

const caller = (id) => (...args) => {
  const buffers = [];
  writeFrame({ call: id, args: args.map((a) => dump(a, buffers, floats)) }, buffers);
  for (;;) {
    const m = readFrame();
    if (m.op !== 'return') {
      serve(m);
      continue;
    }
    release(m.released ?? []);
    if (m.error !== undefined) throw pythonError(m);
    return load(m.value, m.buffers);
  }
};

/** An exception of a Python callable on its way through the library: the Python side keeps the exception itself. */
class PythonError extends Error {
  constructor(id) {
    super(`exception ${id} of a Python callable`);
    this.exception = id;
  }
}

/** The same as the library's own error of that kind, so that it does with it what NumPy does. */
function pythonError({ error, kinds, text }) {
  const Kind = kinds.map((k) => np.exceptions[k]).find((k) => typeof k === 'function');
  const e = Kind === undefined ? new PythonError(error) : new Kind(text);
  e.exception = error;
  return e;
}

// ---- values to Python ----------------------------------------------------------------------------------------------------

function number(x, float) {
  if (Number.isNaN(x)) return { t: 'x', v: 'nan' };
  if (!Number.isFinite(x)) return { t: 'x', v: x > 0 ? 'inf' : '-inf' };
  if (Object.is(x, -0)) return { t: 'x', v: '-0' };
  return float ? { t: 'F', v: x } : x;
}

function dump(x, buffers, float = false) {
  switch (typeof x) {
    case 'number':
      return number(x, float);
    case 'bigint':
      return { t: 'b', v: String(x) };
    case 'boolean':
    case 'string':
      return x;
    case 'undefined':
      return null;
    case 'symbol':
      return { t: 'symbol', v: String(x) };
  }
  if (x === null) return null;
  if (x === np) return { t: 'np' };
  if (x instanceof PythonObject) return { t: 'py', id: x.id };
  if (Array.isArray(x)) {
    const names = Object.getOwnPropertyNames(x).filter((k) => k !== 'length' && !/^\d+$/.test(k));
    const v = x.map((e) => dump(e, buffers, float));
    return names.length > 0 ? { t: 'tuple', v, names } : v;
  }
  if (x instanceof Date) return { t: 'date', v: x.getTime() };
  if (x instanceof NDArray) {
    const out = { t: 'h', id: idOf(x), c: 'NDArray', d: dump(x.dtype, buffers), shape: x.shape, cls: x.constructor.name };
    if (x.shape.length === 0 && 'biufcUSmM'.includes(x.dtype.kind)) out.v = scalar(x, buffers);
    return out;
  }
  if (x instanceof DType) {
    const id = idOf(x);
    return { t: 'h', id, c: 'DType', name: x.name, kind: x.kind, str: x.str, itemsize: x.itemsize };
  }
  if (typeof x.re === 'number' && typeof x.im === 'number') return { t: 'c', re: number(x.re), im: number(x.im) };
  if (ArrayBuffer.isView(x)) {
    buffers.push(x);
    return { t: 'u8', buf: buffers.length - 1, c: x.constructor.name };
  }
  if (pythonIds.has(x)) return { t: 'callable', id: pythonIds.get(x) };
  if (typeof x === 'function' && (x instanceof np.polynomial.polynomial.ABCPolyBase || x instanceof np.poly1d)) {
    return { t: 'h', id: idOf(x), c: x.constructor.name, series: true };
  }
  if (typeof x === 'function') {
    const at = Object.keys(np).find((k) => np[k] === x);
    return { t: 'h', id: idOf(x), c: 'function', name: x.name, at, ufunc: x instanceof np.ufunc };
  }
  const proto = Object.getPrototypeOf(x);
  if (Object.getOwnPropertySymbols(x).length > 0) return { t: 'h', id: idOf(x), c: 'Context' };
  if (proto === Object.prototype || (proto === null && x[Symbol.toStringTag] !== 'Module')) {
    return { t: 'o', v: Object.entries(x).map(([k, v]) => [k, dump(v, buffers)]) };
  }
  return { t: 'h', id: idOf(x), c: x.constructor?.name ?? 'Object' };
}

/** Numbers that are floats, however integral; in arrays of objects ints are bigints. */
const isFloat = (dtype) => dtype?.kind === 'f' || dtype?.kind === 'O';

/** An element as Python is to see it. */
function scalar(a, buffers) {
  try {
    return dump(a.item({ bigint: true }), buffers, a.dtype.kind === 'f');
  } catch {
    return null;
  }
}

// ---- requests ------------------------------------------------------------------------------------------------------------

let warnings = [];
np.exceptions.setWarningHandler((category, message) => warnings.push([category, message]));

/** Parameters whose dicts have columns by number or name. */
const BY_COLUMN = new Set(['converters', 'missing_values', 'filling_values']);
const byColumn = (x, buffers) =>
  new Map(x.v.map(([k, v]) => [k.startsWith('\0') ? Number(k.slice(1)) : k, load(v, buffers)]));
const valueOf = (k, v, buffers) => (BY_COLUMN.has(k) && v?.t === 'o' ? byColumn(v, buffers) : load(v, buffers));
const kwargs = (m) =>
  m.kw && (m.plain || m.kw.length > 0)
    ? [Object.fromEntries(m.kw.map(([k, v]) => [k, valueOf(k, v, m.buffers)]))]
    : [];
const argsOf = (m) => [...m.args.map((x) => load(x, m.buffers)), ...kwargs(m)];
const CONSTRUCTED = new Set(['Slice', 'FlatIterator', 'flatiter', 'NDArray', 'ndarray', 'matrix', 'poly1d']);

function memberOf(o, name) {
  if (o === null || o === undefined || !(name in Object(o))) return undefined;
  return o[name];
}

/** A module, or what stands for one: a plain object with functions below the top level. */
const isNamespace = (v, depth) =>
  v[Symbol.toStringTag] === 'Module' ||
  (depth > 0 && Object.getPrototypeOf(v) === Object.prototype && Object.keys(v).some((k) => typeof v[k] === 'function'));

const PERFORM = {
  describe() {
    const out = {};
    const walk = (space, path, depth) => {
      for (const k of Object.keys(space)) {
        const v = space[k];
        if (v === null || v === undefined) continue;
        const at = [...path, k].join('.');
        if (typeof v === 'function') {
          out[at] = {
            same: v instanceof np.ufunc && k !== v.name && np[v.name] === v ? v.name : null,
            kind: v instanceof np.ufunc ? 'ufunc' : /^class\b/.test(String(v)) ? 'class' : 'function',
            signature: typeof v.signature === 'string' ? v.signature : null,
            dtype: v.dtype instanceof DType ? v.dtype.name : null,
          };
        } else if (typeof v === 'object' && depth < 3 && isNamespace(v, depth)) {
          out[at] = { kind: 'namespace' };
          walk(v, [...path, k], depth + 1);
        } else if (v?.constructor?.name === 'AbstractScalarType') out[at] = { kind: 'abstract' };
        else out[at] = { kind: 'value' };
      }
    };
    walk(np, [], 0);
    return { raw: out };
  },
  call(m, buffers) {
    const f = resolve(m.path);
    let args = argsOf(m);
    if (BY_PATH.has(m.path.at(-1)) || args.at(-1)?.mmap_mode)
      args = args.map((x) => (x instanceof PythonFile && x.path !== null ? x.path : x));
    const isClass = CONSTRUCTED.has(m.path.at(-1)) && /^class\b/.test(String(f));
    return { value: dump(isClass ? new f(...args) : f(...args), buffers) };
  },
  value: (m, buffers) => ({ value: dump(resolve(m.path), buffers) }),
  method(m, buffers) {
    const o = m.path ? resolve(m.path) : held(m.h);
    const f = memberOf(o, m.name);
    if (f === undefined) return { missing: true };
    if (m.name === 'tolist' || m.name === 'item') {
      const args = argsOf(m);
      return { value: dump(f.call(o, ...args, { bigint: true }), buffers, isFloat(o.dtype)) };
    }
    return { value: dump(f.apply(o, argsOf(m)), buffers) };
  },
  invoke: (m, buffers) => ({ value: dump(held(m.h)(...argsOf(m)), buffers) }),
  get(m, buffers) {
    const o = m.path ? resolve(m.path) : held(m.h);
    const v = memberOf(o, m.name);
    if (v === undefined) return { missing: true };
    return typeof v === 'function' ? { method: true } : { value: dump(v, buffers) };
  },
  put(m) {
    const o = held(m.h);
    if (!(m.name in o)) return { missing: true };
    o[m.name] = load(m.value, m.buffers);
    return { value: null };
  },
  primitive(m, buffers) {
    const a = held(m.h);
    return { value: dump(a[Symbol.toPrimitive]('number'), buffers, a.dtype.kind === 'f') };
  },
  text(m) {
    const o = held(m.h);
    floats = o.dtype?.kind === 'f'; // for a formatter of Python's
    return { value: m.repr && o.repr ? o.repr() : String(o) };
  },
  // No address, but aligned as the memory is: tests ask how elements lie.
  address: (m) => ({ value: 4096 + held(m.h).offset }),
  bytes(m, buffers) {
    const a = held(m.h);
    const kind = a.dtype.kind;
    if (a.dtype.hasobject) return { objects: dump(np.ravel(a).tolist(), buffers, true), shape: a.shape };
    buffers.push(a.tobytes());
    return { buf: buffers.length - 1, shape: a.shape };
  },
  iterate(m, buffers) {
    const it = held(m.h);
    const f = memberOf(it, Symbol.iterator);
    if (f === undefined) return { missing: true };
    return { value: dump(f.call(it), buffers) };
  },
  next(m, buffers) {
    const r = held(m.h).next();
    return r.done ? { done: true } : { value: dump(r.value, buffers, m.float) };
  },
  dispose(m) {
    const o = held(m.h);
    if (typeof o[Symbol.dispose] === 'function') o[Symbol.dispose]();
    return { value: null };
  },
  release: () => ({ value: null }),
};

function serve(m) {
  let reply;
  const buffers = [];
  const outer = [warnings, floats];
  warnings = [];
  floats = m.floats === true;
  try {
    reply = PERFORM[m.op](m, buffers);
  } catch (e) {
    buffers.length = 0;
    if (typeof e?.exception === 'number') reply = { exception: e.exception };
    else {
      const known = typeof e?.constructor?.pyName === 'string' || np.exceptions.PyError.prototype.isPrototypeOf(e);
      reply = {
        error: known ? e.name : 'JavaScriptError',
        message: known ? e.message : `${e?.name}: ${e?.message}`,
        axis: e?.axis,
        ndim: e?.ndim,
        stack: known ? undefined : String(e?.stack).split('\n').slice(0, 6).join('\n'),
      };
    }
  }
  if (warnings.length > 0) reply.warnings = warnings;
  [warnings, floats] = outer;
  release(m.released ?? []);
  writeFrame(reply, buffers);
}

for (;;) serve(readFrame());
