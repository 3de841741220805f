import type { Level } from '@sekoia/automation-sdk-ts';

/** The severities as the events write them in lower case, the gravest first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

/** A JSON Schema, as it stands in a manifest file. */
export type FormSchema = Readonly<Record<string, unknown>>;

/** What the manifest files say of the module and its forms. */
export interface ModuleView {
  readonly name: string;
  readonly version: string;
  readonly account: FormSchema;
  readonly trigger: { readonly name: string; readonly description: string; readonly configuration: FormSchema };
}

/** An intake, without its key. */
export interface IntakeView {
  readonly id: string;
  readonly name: string;
  readonly format: string;
  /** Milliseconds. */
  readonly createdAt: number;
  /** How many of its events are kept. */
  readonly events: number;
}

/** A saved form: what may be shown of it, and the names of the fields that are kept but never shown. */
export interface SavedForm {
  readonly id: string;
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly hidden: readonly string[];
}

/** What the trigger is doing; all times in milliseconds. */
export type PlaybookState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting' | 'polling' | 'stopping'; readonly since: number }
  | { readonly kind: 'waiting'; readonly since: number; readonly until: number }
  | { readonly kind: 'restarting'; readonly since: number; readonly until: number; readonly why: string }
  | { readonly kind: 'failed'; readonly since: number; readonly why: string };

/** The last poll that was complete. */
export interface LastPoll {
  readonly at: number;
  readonly seen: number;
  readonly fresh: number;
  /** How long before the poll the newest alert began, as the log says it. */
  readonly lag: string | undefined;
}

/** What goes wrong at the moment, in the trigger's own words. */
export interface Trouble {
  readonly at: number;
  readonly level: Level;
  readonly text: string;
}

/** The playbook as the page shows it. */
export interface PlaybookView {
  readonly accountId: string | undefined;
  readonly configurationId: string | undefined;
  /** Whether the account or the configuration was edited since the trigger's process was started with it. */
  readonly changedSinceStart: boolean;
  readonly state: PlaybookState;
  readonly lastPoll: LastPoll | undefined;
  readonly trouble: Trouble | undefined;
}

/** How many events there are. */
export interface EventCounts {
  readonly kept: number;
  /** Older ones that made room. */
  readonly dropped: number;
  /** The number that the next event will have. */
  readonly next: number;
  /** At most this many are kept. */
  readonly limit: number;
}

/** What can be filled in of the emulated Lacework account. */
export interface DemoView {
  readonly account: Readonly<Record<string, string>>;
}

/** Everything but events and logs. */
export interface ConsoleView {
  readonly module: ModuleView;
  readonly demo: DemoView | undefined;
  readonly intakes: readonly IntakeView[];
  readonly accounts: readonly SavedForm[];
  readonly configurations: readonly SavedForm[];
  readonly playbook: PlaybookView;
  readonly events: EventCounts;
}

/** A line of the trigger log. */
export interface LogLine {
  readonly number: number;
  readonly at: number;
  readonly level: Level;
  readonly message: string;
  /** Whether the trigger said it, or the console about it. */
  readonly from: 'trigger' | 'console';
}

/** A row of the events table. */
export interface EventRow {
  readonly number: number;
  /** When the alert began; the arrival where that can't be read. */
  readonly time: number;
  readonly receivedAt: number;
  readonly severity: string;
  readonly type: string;
  readonly user: string;
  readonly account: string;
  readonly address: string;
  readonly sight: string;
  readonly reason: string;
}

/** Events over time: for each bucket from `from` on, `stepMs` wide, one count for each of SEVERITIES. */
export interface EventChart {
  readonly from: number;
  readonly stepMs: number;
  readonly buckets: readonly (readonly number[])[];
}

/** What a search has found. */
export interface EventsFound {
  /** Events from this number on came later and are not among the found. */
  readonly until: number;
  readonly total: number;
  readonly rows: readonly EventRow[];
  /** For each of SEVERITIES, whatever severities were asked for. */
  readonly bySeverity: readonly number[];
  readonly chart: EventChart;
  /** Half of the events arrived within this time of the alert's start. */
  readonly medianLagMs: number | undefined;
  /** How many events of any kind arrived in each of the last 60 minutes, the oldest minute first. */
  readonly arrivals: readonly number[];
  readonly tookMs: number;
}

/** An event as it arrived. */
export interface EventText {
  readonly number: number;
  readonly receivedAt: number;
  /** The event's exact text. */
  readonly text: string;
}

/** An event with what belongs to it. */
export interface EventDetail extends EventText {
  readonly id: string;
  readonly intake: string;
  readonly row: EventRow;
  /** The version of the same alert that arrived before this one. */
  readonly previous: EventText | undefined;
}

/** A switch of the Faults page. */
export interface FaultView {
  readonly board: 'lacework' | 'intake' | 'platform';
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly description: string;
  readonly on: boolean;
  /** Strikes when it is pressed, and is over. */
  readonly momentary: boolean;
}

/** Something wrong with one field of a form; without a field, with the form as a whole. */
export interface FormProblem {
  readonly field: string | undefined;
  readonly message: string;
}

/** The body of every answer that is an error. */
export interface ApiProblem {
  readonly message: string;
  readonly problems?: readonly FormProblem[];
}

/** What an account check has found. */
export interface CheckVerdict {
  readonly success: boolean;
  readonly error: string | undefined;
}
