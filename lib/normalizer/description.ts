import { firstCount, lastCount } from './count.js';
import { readHead } from './description-head.js';
import { isIpAddress } from './ip-address.js';
import { findLastPhrase, findPhrase, isSpace, skipSpaces, wordEnd } from './phrases.js';
import { identify, isEmail, isUuid, leadingPrincipal, type Person, splitAccount } from './principal.js';
import type { Profile } from './profiles.js';

/** What a description says. */
export interface DescriptionFacts extends Person {
  readonly accountName?: string | undefined;
  readonly companyName?: string | undefined;
  readonly serviceName?: string;
  readonly sourceIp?: string;
  /** How many times it was seen. */
  readonly sight: number;
}

interface BodyFacts extends Person {
  /** The account named before a principal. */
  readonly account?: string | undefined;
  readonly serviceName?: string;
  readonly sourceIp?: string;
  readonly sight: number;
}

/** Reads a description: a head, perhaps, and a body of one of four shapes; in a time proportional to its length. */
export function readDescription(description: string, profile: Profile): DescriptionFacts {
  const head = readHead(description);
  const { account, ...facts } = readBody(description.slice(head.end), profile);
  return { ...facts, accountName: head.accountName ?? account, companyName: head.companyName };
}

function readBody(body: string, profile: Profile): BodyFacts {
  return (
    readAddress(body) ?? readNewService(body) ?? readUserAtEnd(body, profile) ?? readFirstSight(body) ?? { sight: 1 }
  );
}

/** PRINCIPAL … `from an IP address IP` … (`first time` or `N times`) */
function readAddress(body: string): BodyFacts | undefined {
  const principal = leadingPrincipal(body);
  if (principal === undefined) return undefined;
  const phrase = ['from', 'an', 'IP', 'address'] as const;
  for (let found = findPhrase(body, phrase, principal.end); found; found = findPhrase(body, phrase, found.end)) {
    const start = skipSpaces(body, found.end);
    const end = wordEnd(body, start);
    const sourceIp = addressIn(body.slice(start, end));
    if (sourceIp === undefined) continue;
    const count = firstCount(body, end);
    if (count === undefined && findPhrase(body, ['first', 'time'], end) === undefined) return undefined;
    return { ...principal.person, account: principal.account, sourceIp, sight: count ?? 1 };
  }
  return undefined;
}

/** … `A new service SERVICE` … `(by user PRINCIPAL)` */
function readNewService(body: string): BodyFacts | undefined {
  const found = findPhrase(body, ['A', 'new', 'service'], 0);
  if (found === undefined) return undefined;
  const start = skipSpaces(body, found.end);
  const end = wordEnd(body, start);
  const user = findEnclosedUser(body, end);
  if (user === undefined || body[start] === '(') return undefined;
  const { account, name } = splitAccount(user);
  return { ...identify(name), account, serviceName: body.slice(start, end), sight: lastCount(body, body.length) ?? 1 };
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
function readUserAtEnd(body: string, profile: Profile): BodyFacts | undefined {
  const found = findLastPhrase(body, ['by', 'user']);
  if (found === undefined || !isSpace(body.charCodeAt(found.end))) return undefined;
  const start = skipSpaces(body, found.end);
  const word = body.slice(start, wordEnd(body, start));
  const close = isAfterParenthesis(body, found.start) ? word.indexOf(')') : -1;
  const user = close === -1 ? word : word.slice(0, close);
  if (user === '') return undefined;
  return { ...readUserAndSession(splitAccount(user).name, profile), sight: lastCount(body, found.start) ?? 1 };
}

function readUserAndSession(text: string, profile: Profile): Person {
  const colon = text.indexOf(':');
  const name = colon === -1 ? text : text.slice(0, colon);
  const session = colon === -1 ? '' : text.slice(colon + 1);
  // A UUID is an id only as a session or a principal; here it is the name that the user goes by.
  const { userId, ...rest } = identify(name);
  const person: Person = userId === undefined ? rest : { userName: userId };
  if (session === '') return person;
  if (profile === '2024-02') return { userName: text };
  if (isEmail(session)) return { userEmail: session, ...person };
  return isUuid(session) ? { ...person, userId: session } : person;
}

/** PRINCIPAL … `first time` … */
function readFirstSight(body: string): BodyFacts | undefined {
  const principal = leadingPrincipal(body);
  if (principal === undefined || findPhrase(body, ['first', 'time'], principal.end) === undefined) return undefined;
  return { ...principal.person, account: principal.account, sight: lastCount(body, body.length) ?? 1 };
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
