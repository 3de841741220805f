import type { ConsoleView, EventCounts, FaultView, LogLine, PlaybookView } from '../api.js';

/** What the live stream tells, by the name of its message. */
export interface LiveEvents {
  /** The first message to a page that has just come. */
  readonly hello: Record<string, never>;
  readonly playbook: PlaybookView;
  readonly records: Pick<ConsoleView, 'intakes' | 'accounts' | 'configurations'>;
  readonly log: readonly LogLine[];
  readonly events: EventCounts;
  readonly faults: readonly FaultView[];
  /** More has happened than can be told again: everything is to be read anew. */
  readonly reset: Record<string, never>;
}

/** A message of the live stream; a page that was away asks for what came since the last ID that it has seen. */
export interface LiveMessage {
  readonly id: string;
  readonly name: keyof LiveEvents;
  readonly value: LiveEvents[keyof LiveEvents];
}
