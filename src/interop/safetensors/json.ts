/** JSON, read strictly: an object that names a member twice is refused, which `JSON.parse` lets pass. Objects are Maps. */

/** Deeper nesting is no honest header's. */
const DEEPEST = 16;

/** A number with a point or an exponent, which is no integer whatever its value. */
export class JsonFloat {
  constructor(readonly value: number) {}
}

/** @param fail makes the error for what is no JSON */
export function parseStrict(text: string, fail: (message: string) => Error): unknown {
  let at = 0;
  const bad = (what: string): never => {
    throw fail(`invalid JSON: ${what} at character ${at}`);
  };
  const SPACE = /[ \t\n\r]*/y;
  const space = (): void => {
    SPACE.lastIndex = at;
    SPACE.exec(text);
    at = SPACE.lastIndex;
  };
  const string = (): string => {
    let end = at;
    for (;;) {
      end = text.indexOf('"', end + 1);
      if (end < 0) return bad('a text that does not end');
      let slashes = 0;
      while (text[end - 1 - slashes] === '\\') slashes++;
      if (slashes % 2 === 0) break;
    }
    try {
      const s = JSON.parse(text.slice(at, end + 1)) as string;
      at = end + 1;
      return s;
    } catch {
      return bad('a text that is none');
    }
  };
  const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
  const value = (depth: number): unknown => {
    if (depth > DEEPEST) bad('nesting too deep');
    space();
    const c = text[at];
    if (c === '"') return string();
    if (c === '{' || c === '[') {
      at++;
      const close = c === '{' ? '}' : ']';
      const map = new Map<string, unknown>();
      const list: unknown[] = [];
      space();
      if (text[at] === close) at++;
      else
        for (;;) {
          space();
          if (c === '{') {
            if (text[at] !== '"') bad('a name is missing');
            const name = string();
            if (map.has(name)) bad(`${JSON.stringify(name.slice(0, 80))} is there twice`);
            space();
            if (text[at++] !== ':') bad('a colon is missing');
            map.set(name, value(depth + 1));
          } else list.push(value(depth + 1));
          space();
          const next = text[at++];
          if (next === close) break;
          if (next !== ',') bad('a comma is missing');
        }
      return c === '{' ? map : list;
    }
    for (const [word, meaning] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const)
      if (text.startsWith(word, at)) {
        at += word.length;
        return meaning;
      }
    NUMBER.lastIndex = at;
    const token = NUMBER.exec(text)?.[0];
    if (token === undefined) return bad(at < text.length ? 'no value' : 'the end');
    at = NUMBER.lastIndex;
    return /^-?\d+$/.test(token) ? Number(token) : new JsonFloat(Number(token));
  };
  const result = value(0);
  space();
  if (at < text.length) bad('something behind the end');
  return result;
}
