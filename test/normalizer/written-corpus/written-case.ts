/** Fields by their dotted names, as in the tables of the rules page; `undefined` takes a field away. */
export type WrittenEvent = Readonly<Record<string, unknown>>;

/** One alert and the event that the rules page says it becomes, written by hand. `message` always is the alert's text and is left out. */
export interface WrittenCase {
  readonly name: string;
  /** The part of shared/reference/normalization.md that decides it. */
  readonly rule: string;
  /** The alert's exact source text. */
  readonly alert: string;
  readonly collectedAt?: string;
  /** The whole event under `2024-02`. */
  readonly event: WrittenEvent;
  /** What is different under `2025-08`. */
  readonly in2025?: WrittenEvent;
}

/** The three fields that every alert's event has. */
export const always: WrittenEvent = {
  'event.kind': 'alert',
  'observer.vendor': 'Lacework',
  'observer.product': 'Lacework Cloud Security',
};
