import { CLOSE_BRACE, COMMA, LOWER_CASE, LOWER_E, OPEN_BRACE, POINT, QUOTE, ZERO } from './characters';
import { NONE, skipColon, skipDigits, skipPlainString, skipSpace, skipValue } from './json';
import { headStart } from './memory';
import { NO_TIME, readTime } from './time';

/**
 * Reads what an alert is known by, and what its event is made of, and proves on the way that its text is JSON. Only of an alert as
 * nearly all are: its members there once, of the usual types, its names and the texts that are read of ASCII without escapes. Any
 * other is left to JSON.parse.
 */

const LARGEST_ID: u64 = 9_007_199_254_740_991;
const FNV_OFFSET: u32 = 0x811c_9dc5;
const FNV_PRIME: u32 = 0x0100_0193;
/** What a text counts as in the fingerprint, which knows other values too. */
const TEXT_KIND: u32 = 2;

/**
 * What is written at `headStart`: the milliseconds of startTime as f64, then words: these, each text's address and length, and
 * whether that is all that an event is made of.
 */
const ID_HIGH = 2;
const ID_LOW = 3;
const FINGERPRINT = 4;
const FIRST_TEXT = 5;

/** The members: first those whose texts the fingerprint is made of, in its order, then the other texts. */
const STATUS = 0;
const SEVERITY = 1;
const END_TIME = 2;
const ALERT_NAME = 3;
const SUBJECT = 4;
const DESCRIPTION = 5;
const FINGERPRINTED = 6;
const ALERT_TYPE = 6;
const START_TIME = 7;
const CATEGORY = 8;
const SUB_CATEGORY = 9;
const SOURCE = 10;
/** Its digits. */
const ID = 11;
const TEXTS = 12;
const INFO = 12;
const DERIVED = 13;
const ENTITY_MAP = 14;
const OTHER = 15;
/** All but derivedFields, what is in it, and entityMap. */
const NEEDED: i32 = (1 << CATEGORY) - 1 + (1 << ID) + (1 << INFO);
const IS_WHOLE = FIRST_TEXT + TEXTS * 2;

/** A bit for each member that was found. */
let found: i32 = 0;

/** Whether the bytes are an alert as nearly all are; then what was read of it lies at `headStart`. */
export function readHead(from: usize, length: i32): bool {
  found = 0;
  storeText(CATEGORY, 0, 0);
  storeText(SUB_CATEGORY, 0, 0);
  storeText(SOURCE, 0, 0);
  if (readObject(from, OTHER) !== from + length || (found & NEEDED) !== NEEDED) return false;
  storeWord(FINGERPRINT, fingerprint());
  storeWord(IS_WHOLE, <u32>((found & ((1 << DERIVED) | (1 << ENTITY_MAP))) === 1 << DERIVED));
  return true;
}

/** The alert, or one of its objects that is read. Like all that reads, it answers the address behind, or NONE. */
function readObject(from: usize, object: i32): usize {
  if (load<u8>(from) !== OPEN_BRACE) return NONE;
  let at = skipSpace(from + 1);
  while (true) {
    if (load<u8>(at) !== QUOTE) return NONE;
    const name = at + 1;
    at = skipPlainString(at);
    if (at === NONE) return NONE;
    const member = memberNamed(object, name, <i32>(at - 1 - name));
    at = skipColon(at);
    if (at === NONE) return NONE;
    at = member === OTHER ? skipValue(at) : readMember(at, member);
    if (at === NONE) return NONE;
    at = skipSpace(at);
    if (load<u8>(at) !== COMMA) return load<u8>(at) === CLOSE_BRACE ? at + 1 : NONE;
    at = skipSpace(at + 1);
  }
}

function memberNamed(object: i32, name: usize, length: i32): i32 {
  if (object === INFO) {
    if (isNamed(name, length, 'subject')) return SUBJECT;
    return isNamed(name, length, 'description') ? DESCRIPTION : OTHER;
  }
  if (object === DERIVED) {
    if (isNamed(name, length, 'category')) return CATEGORY;
    if (isNamed(name, length, 'sub_category')) return SUB_CATEGORY;
    return isNamed(name, length, 'source') ? SOURCE : OTHER;
  }
  if (isNamed(name, length, 'alertId')) return ID;
  if (isNamed(name, length, 'startTime')) return START_TIME;
  if (isNamed(name, length, 'endTime')) return END_TIME;
  if (isNamed(name, length, 'alertName')) return ALERT_NAME;
  if (isNamed(name, length, 'alertType')) return ALERT_TYPE;
  if (isNamed(name, length, 'severity')) return SEVERITY;
  if (isNamed(name, length, 'status')) return STATUS;
  if (isNamed(name, length, 'alertInfo')) return INFO;
  if (isNamed(name, length, 'derivedFields')) return DERIVED;
  return isNamed(name, length, 'entityMap') ? ENTITY_MAP : OTHER;
}

function isNamed(start: usize, length: i32, name: string): bool {
  if (length !== name.length) return false;
  // AssemblyScript's strings are of two bytes a letter.
  const letters = changetype<usize>(name);
  for (let i = 0; i < length; i++) {
    if (<u16>load<u8>(start + i) !== load<u16>(letters + ((<usize>i) << 1))) return false;
  }
  return true;
}

function readMember(at: usize, member: i32): usize {
  const bit = 1 << member;
  // The last of several counts, which is for JSON.parse to say.
  if (found & bit) return NONE;
  found |= bit;
  if (member === ID) return readId(at);
  if (member === INFO || member === DERIVED) return readObject(at, member);
  if (member === ENTITY_MAP) return skipValue(at);
  return load<u8>(at) === QUOTE ? readText(at, member) : NONE;
}

function readText(at: usize, member: i32): usize {
  const end = skipPlainString(at);
  if (end === NONE) return NONE;
  const length = <i32>(end - at - 2);
  if (member === START_TIME || member === END_TIME) {
    const time = readTime(at + 1, length);
    if (time === NO_TIME) return NONE;
    if (member === START_TIME) store<f64>(headStart, <f64>time);
  }
  storeText(member, at + 1, length);
  return end;
}

/** A whole number up to 2^53, as JSON.stringify writes it. */
function readId(at: usize): usize {
  const end = skipDigits(at);
  if (end === NONE || end - at > 16 || (end - at > 1 && load<u8>(at) === ZERO)) return NONE;
  const next = load<u8>(end);
  if (next === POINT || (next | LOWER_CASE) === LOWER_E) return NONE;
  let value: u64 = 0;
  for (let digit = at; digit < end; digit++) value = value * 10 + (load<u8>(digit) - ZERO);
  if (value > LARGEST_ID) return NONE;
  storeWord(ID_HIGH, <u32>(value >> 32));
  storeWord(ID_LOW, <u32>value);
  storeText(ID, at, <i32>(end - at));
  return end;
}

/** FNV-1a over the texts that can change. */
function fingerprint(): u32 {
  let hash = FNV_OFFSET;
  for (let text = 0; text < FINGERPRINTED; text++) {
    const start = <usize>loadWord(FIRST_TEXT + text * 2);
    const length = loadWord(FIRST_TEXT + text * 2 + 1);
    hash = (hash ^ TEXT_KIND) * FNV_PRIME;
    hash = (hash ^ length) * FNV_PRIME;
    for (let i: u32 = 0; i < length; i++) hash = (hash ^ load<u8>(start + i)) * FNV_PRIME;
  }
  return hash;
}

function storeText(text: i32, start: usize, length: i32): void {
  storeWord(FIRST_TEXT + text * 2, <u32>start);
  storeWord(FIRST_TEXT + text * 2 + 1, <u32>length);
}

function storeWord(word: i32, value: u32): void {
  store<u32>(headStart + ((<usize>word) << 2), value);
}

function loadWord(word: i32): u32 {
  return load<u32>(headStart + ((<usize>word) << 2));
}
