/** A line of a JSON text that is written out, one member a line. */
export interface JsonLine {
  readonly depth: number;
  /** Where it stands: `user.name`, `related.ip[0]`; empty for the whole. */
  readonly path: string;
  readonly key: string | undefined;
  /** The value's exact token, or a bracket. */
  readonly token: string;
  readonly kind: 'string' | 'number' | 'literal' | 'open' | 'close';
  readonly hasComma: boolean;
}

const TOKEN = /\s*("(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|[{}[\],:])/y;
/** Deeper than anything that Lacework sends; what is deeper is shown as it is. */
const MAX_DEPTH = 64;

interface Reader {
  readonly tokens: readonly string[];
  at: number;
  readonly lines: JsonLine[];
}

/**
 * Writes a JSON text out line by line without parsing its values: a number beyond what JavaScript can hold, and every escape,
 * stay as they were sent. Undefined for what is not JSON.
 */
export function jsonLines(text: string): JsonLine[] | undefined {
  const tokens = tokensOf(text);
  if (!tokens) return undefined;
  const reader: Reader = { tokens, at: 0, lines: [] };
  return readValue(reader, { depth: 0, path: '', key: undefined }) && reader.at === tokens.length
    ? reader.lines
    : undefined;
}

/** The values at the ends of the branches, by their paths. */
export function leavesOf(lines: readonly JsonLine[]): Map<string, string> {
  const leaves = lines.filter(({ kind, token }) => (kind !== 'open' || token.length > 1) && kind !== 'close');
  return new Map(leaves.map(({ path, token }) => [path, token]));
}

/** The text of a token, without quotes and escapes. */
export function plain(token: string): string {
  return token.startsWith('"') ? String(JSON.parse(token)) : token;
}

type Place = Pick<JsonLine, 'depth' | 'path' | 'key'>;

function tokensOf(text: string): string[] | undefined {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const before = TOKEN.lastIndex;
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) return text.slice(before).trim() === '' ? tokens : undefined;
    tokens.push(token);
  }
  return tokens;
}

function readValue(reader: Reader, place: Place): boolean {
  const token = reader.tokens[reader.at];
  if (token === undefined || place.depth > MAX_DEPTH) return false;
  if (token === '{' || token === '[') return readBranch(reader, place, token);
  if (/^[}\],:]$/.test(token)) return false;
  reader.at += 1;
  const kind = token.startsWith('"') ? 'string' : /^[-\d]/.test(token) ? 'number' : 'literal';
  reader.lines.push({ ...place, token, kind, hasComma: reader.tokens[reader.at] === ',' });
  return true;
}

function readBranch(reader: Reader, place: Place, open: '{' | '['): boolean {
  const close = open === '{' ? '}' : ']';
  reader.at += 1;
  if (reader.tokens[reader.at] === close) {
    reader.at += 1;
    reader.lines.push({ ...place, token: open + close, kind: 'open', hasComma: reader.tokens[reader.at] === ',' });
    return true;
  }
  reader.lines.push({ ...place, token: open, kind: 'open', hasComma: false });
  for (let index = 0; ; index += 1) {
    if (!readMember(reader, place, open, index)) return false;
    const next = reader.tokens[reader.at];
    reader.at += 1;
    if (next === close) break;
    if (next !== ',') return false;
  }
  const hasComma = reader.tokens[reader.at] === ',';
  reader.lines.push({ depth: place.depth, path: place.path, key: undefined, token: close, kind: 'close', hasComma });
  return true;
}

function readMember(reader: Reader, { depth, path }: Place, open: '{' | '[', index: number): boolean {
  if (open === '[') return readValue(reader, { depth: depth + 1, path: `${path}[${index}]`, key: undefined });
  const token = reader.tokens[reader.at];
  if (!token?.startsWith('"') || reader.tokens[reader.at + 1] !== ':') return false;
  reader.at += 2;
  const key = plain(token);
  return readValue(reader, { depth: depth + 1, path: path === '' ? key : `${path}.${key}`, key });
}
