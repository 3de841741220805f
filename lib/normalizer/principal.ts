import { isSpace, phraseEnd, skipSpaces, wordEnd } from './phrases.js';

/** Who a text names, by an e-mail address, a UUID or a plain name. */
export interface Person {
  readonly email: string | undefined;
  readonly id: string | undefined;
  readonly name: string | undefined;
}

/** Nobody whom a text names. */
export const NOBODY: Person = { email: undefined, id: undefined, name: undefined };

/** Who stands at the start of a text, and the account that stands before the name. */
export interface Principal {
  readonly person: Person;
  readonly account: string | undefined;
  readonly end: number;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
// Each class stops where the next part must begin, so that no backtracking multiplies.
const TYPE_AND_ACCOUNT = /[A-Za-z][A-Za-z0-9_-]*\/([A-Za-z0-9._-]+):/y;
const LONGEST_EMAIL = 254;

/** Whom `name` stands for; the name `unknown` stands for nobody. */
export function identify(name: string): Person {
  if (isEmail(name)) return { email: name, id: undefined, name: undefined };
  if (isUuid(name)) return { email: undefined, id: name, name: undefined };
  return name === '' || isUnknown(name) ? NOBODY : { email: undefined, id: undefined, name };
}

/** Parts `TYPE/ACCOUNT:NAME`; a text that does not begin so is all name. */
export function splitAccount(text: string): { account: string | undefined; name: string } {
  TYPE_AND_ACCOUNT.lastIndex = 0;
  const match = TYPE_AND_ACCOUNT.exec(text);
  return match === null
    ? { account: undefined, name: text }
    : { account: match[1], name: text.slice(TYPE_AND_ACCOUNT.lastIndex).trim() };
}

/** The principal at the start of a body, perhaps in parentheses: a plain name counts only after `User`, `A user` or `TYPE/ACCOUNT:`. */
export function leadingPrincipal(body: string): Principal | undefined {
  const outer = skipParenthesis(body, skipSpaces(body, 0));
  const afterUser = userWordEnd(body, outer.at);
  const inner = afterUser === -1 ? outer : skipParenthesis(body, skipSpaces(body, afterUser));
  const isEnclosed = outer.isOpen || inner.isOpen;
  const end = isEnclosed ? body.indexOf(')', inner.at) : wordEnd(body, accountEnd(body, inner.at));
  if (end <= inner.at) return undefined;
  const { account, name } = splitAccount(body.slice(inner.at, end).trim());
  const person = identify(withoutPunctuation(name));
  if (afterUser === -1 && account === undefined && person.email === undefined && person.id === undefined) {
    return undefined;
  }
  return { person, account, end };
}

/** Whether the whole text is an e-mail address. */
export function isEmail(text: string): boolean {
  const at = text.indexOf('@');
  if (at < 1 || text.length > LONGEST_EMAIL) return false;
  return /^[^\s"(),:;<>@[\\\]]+$/.test(text.slice(0, at)) && isDomain(text.slice(at + 1));
}

/** Whether the whole text is a UUID. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

function isDomain(text: string): boolean {
  const labels = text.split('.');
  return (
    labels.length > 1 &&
    labels.every((label) => /^[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?$/u.test(label)) &&
    /\p{L}/u.test(labels.at(-1) as string)
  );
}

function isUnknown(name: string): boolean {
  return name.length === 'unknown'.length && name.toLowerCase() === 'unknown';
}

/** Where `User` or `A user` ends, when one of them stands at `from` with a name to follow; otherwise -1. */
function userWordEnd(body: string, from: number): number {
  const end = Math.max(phraseEnd(body, ['User'], from), phraseEnd(body, ['A', 'user'], from));
  return isSpace(body.charCodeAt(end)) || body[end] === '(' ? end : -1;
}

/** Where `TYPE/ACCOUNT:` and the white space behind it end, when it stands at `from`; otherwise `from`. */
function accountEnd(text: string, from: number): number {
  TYPE_AND_ACCOUNT.lastIndex = from;
  return TYPE_AND_ACCOUNT.test(text) ? skipSpaces(text, TYPE_AND_ACCOUNT.lastIndex) : from;
}

function skipParenthesis(text: string, at: number): { at: number; isOpen: boolean } {
  return text[at] === '(' ? { at: skipSpaces(text, at + 1), isOpen: true } : { at, isOpen: false };
}

function withoutPunctuation(name: string): string {
  let end = name.length;
  while (end > 0 && ',;:.'.includes(name.charAt(end - 1))) end--;
  return name.slice(0, end);
}
