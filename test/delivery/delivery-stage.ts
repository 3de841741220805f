import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  IntakeClient,
  type Lease,
  LeaseLostError,
  type Message,
  type PlaybookEvent,
  Secret,
  type Storage,
} from '@sekoia/automation-sdk-ts';
import { closeHttpSettings, createHttpSettings } from '../../lib/automation-sdk-ts/src/http.js';
import { PrometheusMetrics } from '../../lib/automation-sdk-ts/src/prometheus-metrics.js';
import { openStorage } from '../../lib/automation-sdk-ts/src/storage/open-storage.js';
import { DeadLetters } from '../../lib/collector/dead-letters.js';
import { Delivery } from '../../lib/collector/delivery.js';
import type { DeliveryCounts } from '../../lib/collector/delivery-counts.js';
import { IntakeOutage } from '../../lib/collector/intake-outage.js';
import { type Persisting, StoreOutage } from '../../lib/collector/persist.js';
import { PlaybookRuns } from '../../lib/collector/playbook-runs.js';
import { SeenAlerts } from '../../lib/collector/seen-alerts.js';
import { type Intake, type IntakeOptions, startIntake } from '../../lib/console/platform/intake.js';
import { watchIdle } from '../helpers/idle-process.js';
import { SteppedClock } from '../helpers/stepped-clock.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';

const intakeKey = 'marker-intake-key';
const HOUR_MS = 3_600_000;

export interface DeliveryOptions {
  readonly chunkSize?: number;
  readonly concurrency?: number;
  readonly compress?: boolean;
  /** The longest one call to the intake may last. */
  readonly deadlineMs?: number;
  readonly deadLettersMaxMb?: number;
  readonly intake?: IntakeOptions;
  /** Where state and dead letters are kept; a directory of its own when not given. */
  readonly directory?: string;
  readonly sendEvent?: (event: PlaybookEvent) => Promise<void>;
  /** Of the alerts' state; 0 when not given. */
  readonly fingerprint?: number;
}

/** A dead letter as it is stored. */
export interface StoredLetter {
  readonly kind: string;
  readonly reason: string;
  readonly alertId: string | null;
  readonly text: string;
  readonly time: string;
}

/** Everything between taken alerts and an intake: a real intake, a real directory, a clock that the test steps. */
export interface DeliveryStage {
  readonly intake: Intake;
  readonly clock: SteppedClock;
  readonly stop: AbortController;
  readonly said: Message[];
  readonly counts: DeliveryCounts;
  readonly lease: Lease & { isLost: boolean };
  readonly runs: PlaybookRuns;
  /** What a wait, a dead letter and a run need. */
  readonly parts: Persisting & { readonly deadLetters: DeadLetters };
  readonly storage: Storage;
  readonly directory: string;
  delivery(): Delivery;
  /** Delivers the events, one for each text, with the ids 0, 1, …; resolves when all are settled. */
  deliver(events: readonly string[], to?: Delivery): Promise<void>;
  /** How many alerts a new start would remember. */
  recorded(): Promise<number>;
  letters(): Promise<StoredLetter[]>;
  /** The value of a metric, by the end of its name. */
  metric(name: string): Promise<number>;
  close(): Promise<void>;
}

/** Opens a stage. */
export async function openDeliveryStage(options: DeliveryOptions = {}): Promise<DeliveryStage> {
  const temporary = await temporaryDirectory();
  const directory = options.directory ?? temporary.path;
  const intake = await startIntake({ keys: [intakeKey], ...options.intake });
  const http = await createHttpSettings({});
  const { idle, release } = watchIdle();
  const clock = new SteppedClock(undefined, idle);
  const stop = new AbortController();
  const said: Message[] = [];
  const monitor = { report: (message: Message) => void said.push(message), heartbeat: () => {}, hide: () => {} };
  const { storage, files } = await openStorage({
    dataPath: { kind: 'directory', path: directory },
    identity: 'test',
    clock,
    host: { root: '/', env: {} },
  });
  const lease = {
    isLost: false,
    assertHeld() {
      if (lease.isLost) throw new LeaseLostError('lease_lost', 'The lease is lost.');
    },
  };
  const counts: DeliveryCounts = { forwarded: 0, unrecorded: 0, deadLetters: 0, newestStart: clock.now() };
  const metrics = new PrometheusMetrics('lacework', () => {});
  const sendEvent = options.sendEvent ?? (() => Promise.resolve());
  const parts = {
    clock,
    monitor,
    signal: stop.signal,
    storeOutage: new StoreOutage(clock, monitor),
    deadLetters: new DeadLetters(files, options.deadLettersMaxMb ?? 256),
  };
  const settling = {
    ...parts,
    intake: new IntakeClient({
      url: intake.url,
      key: new Secret(intakeKey),
      http,
      userAgent: 'test',
      compress: options.compress ?? true,
      deadlineMs: options.deadlineMs ?? 10_000,
    }),
    outage: new IntakeOutage(clock, monitor),
    lease,
    seen: new SeenAlerts(storage),
    runs: new PlaybookRuns({ storage, clock, monitor, sendEvent, toEvent: (json) => json }),
    metrics,
    counts,
    now: () => clock.now(),
  };
  const batching = { chunkSize: options.chunkSize ?? 1000, concurrency: options.concurrency ?? 4 };
  const delivery = () => new Delivery(settling, batching);
  let taken = 0;
  return {
    intake,
    clock,
    stop,
    said,
    counts,
    lease,
    runs: settling.runs,
    parts,
    storage,
    directory,
    delivery,
    async deliver(events, to = delivery()) {
      try {
        for (const event of events) {
          const id = taken++;
          const fingerprint = options.fingerprint ?? 0;
          const entry = { high: 0, low: id, fingerprint, hour: Math.floor(clock.now() / HOUR_MS) };
          await to.add(event, { entry, unusualId: undefined, startsRun: event.includes('"run"') });
        }
      } finally {
        await to.settle();
      }
    },
    async recorded() {
      const seen = new SeenAlerts(storage);
      await seen.load();
      return seen.size;
    },
    letters: () => readLetters(directory),
    async metric(name) {
      const line = (await metrics.text()).split('\n').find((each) => new RegExp(`^\\w*${name}(\\{.*\\})? `).test(each));
      return Number(line?.split(' ').at(-1));
    },
    async close() {
      stop.abort();
      await intake.close();
      closeHttpSettings(http);
      release();
      await temporary.remove();
    },
  };
}

/** The dead letters of a data path, oldest first. */
export async function readLetters(directory: string): Promise<StoredLetter[]> {
  const folder = join(directory, 'dead-letters');
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.map((text) => JSON.parse(text).value);
}

/** Numbered events; those whose number is among `marked` contain the word "refuse". */
export function events(count: number, marked: readonly number[] = []): string[] {
  return Array.from({ length: count }, (_, n) =>
    JSON.stringify({ n, ...(marked.includes(n) ? { refuse: true } : {}) }),
  );
}
