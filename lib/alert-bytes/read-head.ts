import type { ByteWindow } from './byte-window.js';
import { compiled, memory } from './instance.js';
import { readLatin1 } from './native-text.js';

const START = compiled.headStart.value;
const startTime = new Float64Array(memory.buffer, START, 1);
const words = new Uint32Array(memory.buffer, START, 32);

/** Where what was read lies, in words: the same in assembly/head.ts. */
const ID_HIGH = 2;
const ID_LOW = 3;
const FINGERPRINT = 4;
const STATUS = 5;
const SEVERITY = 7;
const END_TIME = 9;
const ALERT_NAME = 11;
const SUBJECT = 13;
const DESCRIPTION = 15;
const ALERT_TYPE = 17;
const START_TIME = 19;
const CATEGORY = 21;
const SUB_CATEGORY = 23;
const SOURCE = 25;
const ID = 27;
const IS_WHOLE = 29;

let heads = 0;

/**
 * What an alert is known by, and says. Its texts lie where they were read: good until other bytes are looked at, so not across an
 * await.
 */
export class AlertHead {
  readonly #number = ++heads;
  /** The 64 bits of alertId. */
  readonly high = words[ID_HIGH] as number;
  readonly low = words[ID_LOW] as number;
  readonly fingerprint = words[FINGERPRINT] as number;
  /** startTime, in milliseconds since 1970. */
  readonly startMs = startTime[0] as number;

  /** The digits of alertId. */
  get id(): string {
    return textAt(ID);
  }

  get status(): string {
    return textAt(STATUS);
  }

  get severity(): string {
    return textAt(SEVERITY);
  }

  /** `YYYY-MM-DDTHH:MM:SSZ`, with or without a fraction. */
  get startTime(): string {
    return textAt(START_TIME);
  }

  get endTime(): string {
    return textAt(END_TIME);
  }

  get alertName(): string {
    return textAt(ALERT_NAME);
  }

  get alertType(): string {
    return textAt(ALERT_TYPE);
  }

  /** Of alertInfo. */
  get subject(): string {
    return textAt(SUBJECT);
  }

  get description(): string {
    return textAt(DESCRIPTION);
  }

  /** Of derivedFields, and empty where it is not there. */
  get category(): string {
    return textAt(CATEGORY);
  }

  get subCategory(): string {
    return textAt(SUB_CATEGORY);
  }

  get source(): string {
    return textAt(SOURCE);
  }

  /**
   * Whether it has all that an event is made of: the alert has derivedFields, and no entityMap. False once another head was read.
   */
  get isWhole(): boolean {
    return this.#number === heads && words[IS_WHOLE] === 1;
  }
}

/**
 * What the alert from `start` to `end` is known by, and its event made of, when it is written as nearly all are; its text is JSON then. Any other is
 * undefined here, and for JSON.parse to read.
 */
export function readHead(window: ByteWindow, start: number, end: number): AlertHead | undefined {
  const address = window.addressOf(start, end);
  return address + end - start <= window.endAddress && compiled.readHead(address, end - start)
    ? new AlertHead()
    : undefined;
}

function textAt(word: number): string {
  const address = words[word] as number;
  return readLatin1(memory, address, address + (words[word + 1] as number));
}
