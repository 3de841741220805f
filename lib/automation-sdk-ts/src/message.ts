import type { Secret } from './secret.js';

/** The levels that the platform's trigger log knows. */
export type Level = 'debug' | 'info' | 'warning' | 'error' | 'critical';

/** One line for the trigger log. */
export interface Message {
  /** Stable name of the kind of message, listed in the documentation. */
  readonly code: string;
  readonly level: Level;
  /** The sentence that a person reads; never a secret, never a payload. */
  readonly text: string;
}

/** A kind of message: how it is written, and what the documentation says of it. */
export interface MessageKind<Facts> {
  readonly code: string;
  readonly level: Level;
  /** What it means, for the person who runs the module. */
  readonly means: string;
  /** What that person does next; "Nothing." where nothing is to be done. */
  readonly todo: string;
  /** Facts from which the documentation's example line is written. */
  readonly example: Facts;
  readonly text: (facts: Facts) => string;
}

/** A kind of message that can be called with its facts to make the line. */
export type MessageMaker<Facts> = ((facts: Facts) => Message) & { readonly kind: MessageKind<Facts> };

/** Declares a kind of message; keep all of a package's kinds in one file, from which the documentation is generated. */
export function defineMessage<Facts>(kind: MessageKind<Facts>): MessageMaker<Facts> {
  const make = (facts: Facts): Message => ({ code: kind.code, level: kind.level, text: kind.text(facts) });
  return Object.assign(make, { kind });
}

/** The one door for what a person should know. */
export interface Monitor {
  /** Writes the line to the console, counts it, and queues it for the platform's trigger log; never throws, never waits. */
  report(message: Message): void;
  /** Says that the work goes on; without it for 300 s the health check answers 500. */
  heartbeat(): void;
  /** From now on the credential reads `[secret]` in every line, whoever wrote it into a message. */
  hide(secret: Secret): void;
}
