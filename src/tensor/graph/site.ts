/** Where in the user's program something happens. */

const linesOf = (stack: string | undefined): string[] => stack?.split('\n').slice(1) ?? [];

/** `file:line` of a line of a stack. */
const placeOf = (line: string): string | null => /\(?([^\s(]+:\d+):\d+\)?$/.exec(line.trim())?.[1] ?? null;

/** The folder (or the joined file's) that this library runs from. */
const home: string | null = (() => {
  const place = placeOf(linesOf(new Error().stack)[0] ?? '');
  return place === null ? null : place.replace(/:\d+$/, '').replace(/(?:tensor[\\/]graph[\\/])?[^\\/]*$/, '');
})();

/** How many calls of the library may lie between. */
const DEEP = 60;

let told: string | null | undefined;
/** Runs a function whose operations were written at a place that is known (or at none: null). */
export function writtenAt<T>(site: string | null, f: () => T): T {
  const before = told;
  told = site;
  try {
    return f();
  } finally {
    told = before;
  }
}

/** The line of the user's program that is running: the first outside of this library. */
export function callSite(): string | null {
  if (told !== undefined) return told;
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = DEEP;
  const lines = linesOf(new Error().stack);
  Error.stackTraceLimit = stackTraceLimit;
  const line = lines.find((l) => {
    const place = placeOf(l);
    return place !== null && !place.startsWith('node:') && (home === null || !place.startsWith(home));
  });
  return line === undefined ? null : placeOf(line);
}
