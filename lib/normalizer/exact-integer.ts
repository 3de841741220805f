const ID_KEY = '"alertId"';
/** The escapes of the letters of `alertId`, with which a text could spell that name once more. */
const ESCAPED_LETTER = /\\u00(?:[67]|49)/;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/** What NUMBER finds at the start of any number of a valid JSON text. */
type NumberParts = [all: string, sign: string, whole: string, fraction?: string, exponent?: string];

const NUMBER = /(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?/y;

/**
 * The exact decimal digits of the alert's `alertId`, given the alert's valid JSON text and the number that JSON.parse made of it
 * (a double, so it is exact only up to 2^53). `1.0` and `1E3` are integers; undefined for a fraction and beyond the range of a double.
 */
export function exactAlertId(text: string, parsed: number): string | undefined {
  if (!Number.isInteger(parsed)) return undefined;
  return isPlainlyWritten(text, parsed) ? String(parsed) : integerDigits(text, lastValueOf('alertId', text));
}

/** True when the only `alertId` of the text stands there in just the digits of a safe integer: nearly always, and quick to see. */
function isPlainlyWritten(text: string, parsed: number): boolean {
  if (!Number.isSafeInteger(parsed)) return false;
  const key = nextIdKey(text, 0);
  let at = skipSpace(text, key + ID_KEY.length);
  if (key === -1 || text[at] !== ':') return false;
  at = skipSpace(text, at + 1);
  const digits = String(parsed);
  const next = text[at + digits.length];
  return (
    text.startsWith(digits, at) &&
    (next === ',' || next === '}') &&
    nextIdKey(text, at) === -1 &&
    !(text.includes('\\u00') && ESCAPED_LETTER.test(text))
  );
}

/** Where the name stands next, wherever it belongs; it is looked for by its capital, the rarest of its characters. */
function nextIdKey(text: string, from: number): number {
  for (let end = text.indexOf('Id"', from); end !== -1; end = text.indexOf('Id"', end + 1)) {
    const start = end - (ID_KEY.length - 'Id"'.length);
    if (text.startsWith(ID_KEY, start)) return start;
  }
  return -1;
}

/** Where the value of the object's last member of that name starts: the one that JSON.parse takes. */
function lastValueOf(name: string, text: string): number {
  let depth = 0;
  let found = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = stringEnd(text, at);
      if (depth === 1) {
        const colon = skipSpace(text, end);
        const isNamed = text.charCodeAt(colon) === COLON && JSON.parse(text.slice(at, end)) === name;
        if (isNamed) found = skipSpace(text, colon + 1);
      }
      at = end - 1;
    } else if (isOpening(code)) depth++;
    else if (isClosing(code)) depth--;
  }
  return found;
}

/** The digits of the integer that is written at `start`. */
function integerDigits(text: string, start: number): string | undefined {
  NUMBER.lastIndex = start;
  const [, sign, whole, fraction = '', exponent = '0'] = NUMBER.exec(text) as unknown as NumberParts;
  const written = whole + fraction;
  let first = 0;
  while (written[first] === '0') first++;
  if (first === written.length) return '0';
  const point = whole.length + Number(exponent);
  for (let at = Math.max(point, first); at < written.length; at++) if (written[at] !== '0') return undefined;
  return sign + written.slice(first, point).padEnd(point - first, '0');
}

function stringEnd(text: string, quote: number): number {
  let at = quote + 1;
  for (let code = text.charCodeAt(at); code !== QUOTE; code = text.charCodeAt(at)) at += code === BACKSLASH ? 2 : 1;
  return at + 1;
}

/** Whether the code unit is `{` or `[`. */
function isOpening(code: number): boolean {
  return code === 0x7b || code === 0x5b;
}

/** Whether the code unit is `}` or `]`. */
function isClosing(code: number): boolean {
  return code === 0x7d || code === 0x5d;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at++;
  return at;
}
