import { HttpProblem } from '../http/http-problem.js';
import { searchableFields, unsearchedFields } from './read-event.js';

/** One condition of a search. */
export interface SearchTerm {
  /** Any of these fields; undefined for all. */
  readonly fields: readonly string[] | undefined;
  readonly isNegated: boolean;
  /** Whether a value, in lower case, fulfils it. */
  readonly fits: (value: string) => boolean;
}

const ALERT = 'lacework.cloud_security.alert';

/** Short names for what the table shows. */
const shortNames: Readonly<Record<string, readonly string[]>> = {
  severity: [`${ALERT}.severity`],
  status: [`${ALERT}.status`],
  sight: [`${ALERT}.sight`],
  id: [`${ALERT}.id`],
  type: ['event.code'],
  reason: ['event.reason'],
  description: [`${ALERT}.info.description`],
  category: ['event.category'],
  user: ['user.name', 'user.email', 'user.id', 'related.user'],
  account: ['lacework.cloud_security.account.name', 'cloud.account.id', 'cloud.account.name'],
  address: ['source.ip', 'source.address', 'related.ip', 'host.ip'],
  ip: ['source.ip', 'related.ip', 'host.ip'],
  host: ['host.hostname'],
  rule: ['rule.name', 'rule.id'],
};

/** Values that contain another one without meaning it: compared as a whole. */
const exact = new Set([`${ALERT}.id`, `${ALERT}.sight`, 'process.pid']);

const TERM = /(-?)(?:([\w@][\w.@]*):)?(?:"((?:[^"\\]|\\.)*)"?|[“”]((?:[^"“”\\]|\\.)*)["“”]?|(\S+))/g;

/**
 * Reads a search such as `user.name:jane severity:High -type:"UsageOfRootAccount" "root account"`: every term must hold, a
 * `-` in front means that it must not, a word without a field may stand in any. Throws HttpProblem for an unknown field.
 */
export function readQuery(text: string): SearchTerm[] {
  return [...text.matchAll(TERM)].flatMap(([whole, minus, name, straight, curly, bare]): SearchTerm[] => {
    const isNegated = minus === '-';
    const quoted = straight ?? curly;
    const value = (quoted?.replace(/\\(.)/g, unescaped) ?? bare ?? '').toLowerCase();
    // A field whose value is still being typed asks for nothing.
    if (value === '' || (name === undefined && value.endsWith(':') && fieldsOf(value.slice(0, -1)))) return [];
    const fields = name === undefined ? undefined : fieldsOf(name);
    if (fields) return [{ fields, isNegated, fits: comparison(value, fields) }];
    if (name !== undefined && isUnsearched(name)) throw fieldProblem(`The field ${name} is not searched.`);
    // An address, a time, an ARN and a path have colons too: only what looks like a name must be one.
    const isContinued = bare !== undefined && /[:/\\]/.test(bare);
    if (name !== undefined && /^[a-z_.@]+$/i.test(name) && !isContinued) {
      throw fieldProblem(`There is no field ${name}.`);
    }
    const words = quoted === undefined ? whole.slice(minus?.length).toLowerCase() : value;
    return [{ fields: undefined, isNegated, fits: (text) => text.includes(words) }];
  });
}

function comparison(value: string, fields: readonly string[]): SearchTerm['fits'] {
  if (value === '*') return () => true;
  if (fields.some((field) => exact.has(field))) return (text) => text === value;
  return (text) => text.includes(value);
}

function fieldsOf(name: string): readonly string[] | undefined {
  const lower = name.toLowerCase();
  return shortNames[lower] ?? (searchableFields.includes(lower) ? [lower] : undefined);
}

function isUnsearched(name: string): boolean {
  const lower = name.toLowerCase();
  return unsearchedFields.includes(lower) || lower.startsWith('observer.');
}

/** What a backslash and this character stand for in quotes. */
function unescaped(_: string, character: string): string {
  if (character === 'n') return '\n';
  return character === 't' ? '\t' : character;
}

function fieldProblem(sentence: string): HttpProblem {
  const short = Object.keys(shortNames).join(', ');
  return new HttpProblem(400, `${sentence} Search in ${short}, or in an ECS field such as user.name.`);
}
