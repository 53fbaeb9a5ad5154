/** What letters, digits, spaces and cases are: for text as Unicode says, for bytes as ASCII does. Characters are single code points. */

export interface Rules {
  readonly isalpha: (c: string) => boolean;
  readonly isdecimal: (c: string) => boolean;
  readonly isdigit: (c: string) => boolean;
  readonly isnumeric: (c: string) => boolean;
  readonly isspace: (c: string) => boolean;
  readonly islower: (c: string) => boolean;
  readonly isupper: (c: string) => boolean;
  /** Letters in title case, such as U+01C5. */
  readonly istitle: (c: string) => boolean;
  readonly endsLine: (c: string) => boolean;
  readonly upper: (s: string) => string;
  readonly lower: (s: string) => string;
  readonly title: (s: string) => string;
  readonly capitalize: (s: string) => string;
  readonly swapcase: (s: string) => string;
}

const is =
  (pattern: RegExp) =>
  (c: string): boolean =>
    pattern.test(c);

/** Digits that are no decimals (superscripts, circled and dotted digits), which have no property of their own in JavaScript. */
const DIGITS =
  /^[\p{Nd}\xb2\xb3\xb9\u1369-\u1371\u19da\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468\u2474-\u247c\u2488-\u2490\u24ea\u24f5-\u24fd\u24ff\u2776-\u277e\u2780-\u2788\u278a-\u2792\u{10a40}-\u{10a43}\u{10e60}-\u{10e68}\u{11052}-\u{1105a}\u{1f100}-\u{1f10a}]$/u;
/** Numbers; beside those of the category, ideographs that mean numbers. */
const NUMERIC =
  /^[\p{N}㐅㒃㠪㭍一七万三九二五亖亿什仟仨伍佰億兆兩八六十千-卅卌叁-叄四壱壹幺廾-廿弌-弎弐拾捌柒漆玖百肆萬貮貳贰阡陆陌陸零\uf96b\uf973\uf978\uf9b2\uf9d1\uf9d3\uf9fd\u{20001}\u{20064}\u{200e2}\u{20121}\u{2092a}\u{20983}\u{2098c}\u{2099c}\u{20aea}\u{20afd}\u{20b19}\u{22390}\u{22998}\u{23b1b}\u{2626d}\u{2f890}\u5341\u53c1-\u53c4]$/u;
const SPACE = /^[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/;
const CASED = /^\p{Cased}$/u;
const ONE_LOWER = /^\p{Lowercase}$/u;
const ONE_UPPER = /^\p{Uppercase}$/u;
const LOWER_FINAL = /\u03a3/;
const IGNORED = /^\p{Case_Ignorable}$/u;

/** Ligatures whose title case is a capital followed by small letters. */
const LIGATURE = /^[\xdf\u0587\ufb00-\ufb06\ufb13-\ufb17]$/;
/** Letters that are their own title case though they have capitals (or are in title case already). */
const OWN_TITLE = /^[\p{Lt}\u10d0-\u10fa\u10fd-\u10ff]$/u;

/** The title case of one character: its capital, but for letters that are two in one. */
function titleOf(c: string): string {
  if (c < '\x80') return c.toUpperCase();
  if (OWN_TITLE.test(c)) return c;
  const n = c.codePointAt(0) as number;
  if ((n >= 0x1c4 && n <= 0x1cc) || (n >= 0x1f1 && n <= 0x1f3))
    return n >= 0x1f1 ? '\u01f2' : String.fromCharCode(n < 0x1c7 ? 0x1c5 : n < 0x1ca ? 0x1c8 : 0x1cb);
  const up = c.toUpperCase();
  if (LIGATURE.test(c)) return up[0] + up.slice(1).toLowerCase();
  if (n >= 0x1f80 && n <= 0x1fff && up.length > 1 && up.endsWith('\u0399')) {
    if (n < 0x1fb0) return String.fromCharCode(n + 8);
    if (n === 0x1fb3 || n === 0x1fc3 || n === 0x1ff3) return String.fromCharCode(n + 9);
    return up.slice(0, -1) + '\u0345';
  }
  return up;
}

/** A capital sigma's small letter: the form of a word's end where a cased letter stands before it and none behind. */
function lowerAt(s: string, at: number, c: string): string {
  if (c !== '\u03a3') return c.toLowerCase();
  const before = [...s.slice(0, at)].reverse().find((e) => !IGNORED.test(e));
  if (before === undefined || !CASED.test(before)) return '\u03c3';
  const after = [...s.slice(at + 1)].find((e) => !IGNORED.test(e));
  return after === undefined || !CASED.test(after) ? '\u03c2' : '\u03c3';
}

function title(s: string): string {
  let out = '';
  let at = 0;
  let cased = false;
  for (const c of s) {
    out += cased ? lowerAt(s, at, c) : titleOf(c);
    cased = CASED.test(c);
    at += c.length;
  }
  return out;
}

function capitalize(s: string): string {
  if (s === '') return s;
  const first = String.fromCodePoint(s.codePointAt(0) as number);
  const rest = s.slice(first.length);
  if (!LOWER_FINAL.test(rest)) return titleOf(first) + rest.toLowerCase();
  let out = titleOf(first);
  let at = first.length;
  for (const c of rest) {
    out += lowerAt(s, at, c);
    at += c.length;
  }
  return out;
}

function swapcase(s: string): string {
  let out = '';
  let at = 0;
  for (const c of s) {
    out += ONE_UPPER.test(c) ? lowerAt(s, at, c) : ONE_LOWER.test(c) ? c.toUpperCase() : c;
    at += c.length;
  }
  return out;
}

export const UNICODE: Rules = {
  isalpha: is(/^\p{L}$/u),
  isdecimal: is(/^\p{Nd}$/u),
  isdigit: is(DIGITS),
  isnumeric: is(NUMERIC),
  isspace: is(SPACE),
  islower: is(ONE_LOWER),
  isupper: is(ONE_UPPER),
  istitle: is(/^\p{Lt}$/u),
  endsLine: is(/^[\n-\r\x1c-\x1e\x85\u2028\u2029]$/),
  upper: (s) => s.toUpperCase(),
  lower: (s) => s.toLowerCase(),
  title,
  capitalize,
  swapcase,
};

const asciiUpper = (s: string): string => s.replace(/[a-z]+/g, (c) => c.toUpperCase());
const asciiLower = (s: string): string => s.replace(/[A-Z]+/g, (c) => c.toLowerCase());
const DECIMAL = is(/^[0-9]$/);

export const ASCII: Rules = {
  isalpha: is(/^[A-Za-z]$/),
  isdecimal: DECIMAL,
  isdigit: DECIMAL,
  isnumeric: DECIMAL,
  isspace: is(/^[\t-\r ]$/),
  islower: is(/^[a-z]$/),
  isupper: is(/^[A-Z]$/),
  istitle: () => false,
  endsLine: is(/^[\n\r]$/),
  upper: asciiUpper,
  lower: asciiLower,
  title: (s) => s.replace(/[A-Za-z]+/g, (w) => asciiUpper(w[0]) + asciiLower(w.slice(1))),
  capitalize: (s) => asciiUpper(s.slice(0, 1)) + asciiLower(s.slice(1)),
  swapcase: (s) => s.replace(/[A-Za-z]/g, (c) => (c < 'a' ? c.toLowerCase() : c.toUpperCase())),
};

/** Whether a text is not empty and all of its characters are of a kind. */
const all = (s: string, test: (c: string) => boolean): boolean => {
  if (s === '') return false;
  for (const c of s) if (!test(c)) return false;
  return true;
};

/** Whether there are cased letters and all of them are of one case. */
const oneCase = (s: string, yes: (c: string) => boolean, no: (c: string) => boolean): boolean => {
  let some = false;
  for (const c of s) {
    if (no(c)) return false;
    some ||= yes(c);
  }
  return some;
};

/** Questions about whole texts, by NumPy's names. */
export const PREDICATES: Readonly<Record<string, (r: Rules, s: string) => boolean>> = {
  isalpha: (r, s) => all(s, r.isalpha),
  isdigit: (r, s) => all(s, r.isdigit),
  isdecimal: (r, s) => all(s, r.isdecimal),
  isnumeric: (r, s) => all(s, r.isnumeric),
  isspace: (r, s) => all(s, r.isspace),
  isalnum: (r, s) => all(s, (c) => r.isalpha(c) || r.isnumeric(c) || r.isdigit(c)),
  islower: (r, s) => oneCase(s, r.islower, (c) => r.isupper(c) || r.istitle(c)),
  isupper: (r, s) => oneCase(s, r.isupper, (c) => r.islower(c) || r.istitle(c)),
  istitle: (r, s) => {
    let inWord = false;
    let some = false;
    for (const c of s) {
      if (r.isupper(c) || r.istitle(c)) {
        if (inWord) return false;
        inWord = some = true;
      } else if (r.islower(c)) {
        if (!inWord) return false;
        some = true;
      } else inWord = false;
    }
    return some;
  },
};
