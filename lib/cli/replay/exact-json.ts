/** A string, and the colon that makes it a name; or a number. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** As JSON.parse, but an integer that a number of JavaScript can't hold is a bigint. Throws SyntaxError. */
export function parseExactly(text: string): unknown {
  // Of what is no JSON, the failure is to be told of the text itself.
  JSON.parse(text);
  // Strings are marked too, so that none can be taken for an integer.
  const marked = text.replace(STRING_OR_NUMBER, (token, colon: string | undefined) => {
    if (colon !== undefined) return token;
    if (token.startsWith('"')) return `"s${token.slice(1)}`;
    return isInexact(token) ? `"n${token}"` : token;
  });
  return JSON.parse(marked, (_, value: unknown) => {
    if (typeof value !== 'string') return value;
    return value.startsWith('n') ? BigInt(value.slice(1)) : value.slice(1);
  });
}

/** The JSON text of a value that `parseExactly` has read and that holds no others. */
export function writeExactly(value: unknown): string {
  return typeof value === 'bigint' ? String(value) : JSON.stringify(value);
}

function isInexact(number: string): boolean {
  return /^-?\d+$/.test(number) && !Number.isSafeInteger(Number(number));
}
