import { phraseEnd, skipSpaces } from './phrases.js';

/** What stands before the body of a description: `For account: ACCOUNT (COMPANY) :`. */
export interface Head {
  readonly account: string | undefined;
  readonly company: string | undefined;
  /** Where the body starts. */
  readonly end: number;
}

const NO_HEAD: Head = { account: undefined, company: undefined, end: 0 };
const ACCOUNT = /[A-Za-z0-9._-]+/y;
const PROJECT = /[^:()]+/y;

/** Reads the head; a head for a project is read over, and a description without head starts with its body. */
export function readHead(description: string): Head {
  const start = skipSpaces(description, 0);
  const account = readParts(description, phraseEnd(description, ['For', 'account'], start), ACCOUNT);
  if (account !== undefined) return account;
  const project = readParts(description, phraseEnd(description, ['For', 'project'], start), PROJECT);
  return project === undefined ? NO_HEAD : { ...NO_HEAD, end: project.end };
}

/** Reads `: NAME (TEXT) :`, the parenthesis optional. */
function readParts(text: string, from: number, namePattern: RegExp): Head | undefined {
  const colon = from === -1 ? -1 : skipSpaces(text, from);
  if (text[colon] !== ':') return undefined;
  const start = skipSpaces(text, colon + 1);
  namePattern.lastIndex = start;
  if (!namePattern.test(text)) return undefined;
  const name = text.slice(start, namePattern.lastIndex);
  const open = skipSpaces(text, namePattern.lastIndex);
  const close = text[open] === '(' ? closingParenthesis(text, open) : open;
  const end = skipSpaces(text, close);
  if (text[end] !== ':') return undefined;
  return { account: name, company: text.slice(open + 1, close - 1).trim() || undefined, end: end + 1 };
}

/** The position after the parenthesis that closes the one at `open`; the text's end when none does. */
function closingParenthesis(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')') depth--;
    if (depth === 0) return at + 1;
  }
  return text.length;
}
