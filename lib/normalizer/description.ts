import { firstCount, lastCount } from './count.js';
import { readHead } from './description-head.js';
import { isIpAddress } from './ip-address.js';
import { findLastPhrase, findPhrase, isSpace, skipSpaces, wordEnd } from './phrases.js';
import { identify, isEmail, isUuid, leadingPrincipal, NOBODY, type Person, splitAccount } from './principal.js';
import type { Profile } from './profiles.js';

/** What the body of a description says. */
interface Body {
  readonly person: Person;
  /** The account named before a principal. */
  readonly account: string | undefined;
  readonly service: string | undefined;
  readonly ip: string | undefined;
  /** How many times it was seen. */
  readonly sight: number;
}

/** What a description says. */
export interface Description extends Body {
  /** The company that the account belongs to. */
  readonly company: string | undefined;
}

/** Reads a description: a head, perhaps, and a body of one of four shapes; in a time proportional to its length. */
export function readDescription(description: string, profile: Profile): Description {
  const { account, company, end } = readHead(description);
  const body = readBody(description.slice(end), profile);
  return {
    account: account ?? body.account,
    company,
    person: body.person,
    service: body.service,
    ip: body.ip,
    sight: body.sight,
  };
}

function readBody(body: string, profile: Profile): Body {
  return (
    readAddress(body) ??
    readNewService(body) ??
    readUserAtEnd(body, profile) ??
    readFirstSight(body) ?? { person: NOBODY, account: undefined, service: undefined, ip: undefined, sight: 1 }
  );
}

/** PRINCIPAL … `from an IP address IP` … (`first time` or `N times`) */
function readAddress(body: string): Body | undefined {
  const phrase = ['from', 'an', 'IP', 'address'] as const;
  // Whoever stands at the start is looked for last: that takes longest, and the phrase is rare.
  if (findPhrase(body, phrase, 0) === undefined) return undefined;
  const principal = leadingPrincipal(body);
  if (principal === undefined) return undefined;
  for (let found = findPhrase(body, phrase, principal.end); found; found = findPhrase(body, phrase, found.end)) {
    const start = skipSpaces(body, found.end);
    const end = wordEnd(body, start);
    const ip = addressIn(body.slice(start, end));
    if (ip === undefined) continue;
    const count = firstCount(body, end);
    if (count === undefined && findPhrase(body, ['first', 'time'], end) === undefined) return undefined;
    return { person: principal.person, account: principal.account, service: undefined, ip, sight: count ?? 1 };
  }
  return undefined;
}

/** … `A new service SERVICE` … `(by user PRINCIPAL)` */
function readNewService(body: string): Body | undefined {
  const found = findPhrase(body, ['A', 'new', 'service'], 0);
  if (found === undefined) return undefined;
  const start = skipSpaces(body, found.end);
  const end = wordEnd(body, start);
  const user = findEnclosedUser(body, end);
  if (user === undefined || body[start] === '(') return undefined;
  const { account, name } = splitAccount(user);
  const sight = lastCount(body, body.length) ?? 1;
  return { person: identify(name), account, service: body.slice(start, end), ip: undefined, sight };
}

/** What stands between `(by user` and the next `)`. */
function findEnclosedUser(body: string, from: number): string | undefined {
  for (let found = findPhrase(body, ['by', 'user'], from); found; found = findPhrase(body, ['by', 'user'], found.end)) {
    if (!isAfterParenthesis(body, found.start)) continue;
    const close = body.indexOf(')', found.end);
    const user = close === -1 ? '' : body.slice(found.end, close).trim();
    return user === '' ? undefined : user;
  }
  return undefined;
}

/** … [`N times`] … `by user NAME:SESSION` */
function readUserAtEnd(body: string, profile: Profile): Body | undefined {
  const found = findLastPhrase(body, ['by', 'user']);
  if (found === undefined || !isSpace(body.charCodeAt(found.end))) return undefined;
  const start = skipSpaces(body, found.end);
  const word = body.slice(start, wordEnd(body, start));
  const close = isAfterParenthesis(body, found.start) ? word.indexOf(')') : -1;
  const user = close === -1 ? word : word.slice(0, close);
  if (user === '') return undefined;
  const person = readUserAndSession(splitAccount(user).name, profile);
  return { person, account: undefined, service: undefined, ip: undefined, sight: lastCount(body, found.start) ?? 1 };
}

function readUserAndSession(text: string, profile: Profile): Person {
  const colon = text.indexOf(':');
  const named = identify(colon === -1 ? text : text.slice(0, colon));
  // A UUID is an id as a session or a principal; here it is the name that the user goes by.
  const name = named.name ?? named.id;
  const session = colon === -1 ? '' : text.slice(colon + 1);
  if (session !== '' && profile === '2024-02') return { email: undefined, id: undefined, name: text };
  const email = named.email ?? (isEmail(session) ? session : undefined);
  return { email, id: isUuid(session) ? session : undefined, name };
}

/** PRINCIPAL … `first time` … */
function readFirstSight(body: string): Body | undefined {
  const phrase = ['first', 'time'] as const;
  if (findPhrase(body, phrase, 0) === undefined) return undefined;
  const principal = leadingPrincipal(body);
  if (principal === undefined || findPhrase(body, phrase, principal.end) === undefined) return undefined;
  const sight = lastCount(body, body.length) ?? 1;
  return { person: principal.person, account: principal.account, service: undefined, ip: undefined, sight };
}

/** The IP address that a word is, punctuation around it aside. */
function addressIn(word: string): string | undefined {
  let start = 0;
  let end = word.length;
  while ('(["\'`'.includes(word.charAt(start)) && start < end) start++;
  // A colon may be the address's own end (`2001:db8::`), so it goes only when the rest is no address yet.
  while (end > start && !isIpAddress(word.slice(start, end)) && '.,;:)]"\'`'.includes(word.charAt(end - 1))) end--;
  return isIpAddress(word.slice(start, end)) ? word.slice(start, end) : undefined;
}

function isAfterParenthesis(body: string, at: number): boolean {
  let before = at - 1;
  while (isSpace(body.charCodeAt(before))) before--;
  return body[before] === '(';
}
