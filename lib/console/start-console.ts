import { join } from 'node:path';
import { sdkMessages } from '@sekoia/automation-sdk-ts';
import type { Emulator } from '../emulator/emulator.js';
import type { ConsoleView, DemoView } from './api.js';
import type { AlertMakers } from './demo/fault-desk.js';
import { FaultDesk } from './demo/fault-desk.js';
import { EventStore } from './events/event-store.js';
import { consoleRoutes } from './http/console-routes.js';
import { eventRoutes } from './http/event-routes.js';
import { readPageFiles } from './http/page-files.js';
import { recordRoutes } from './http/record-routes.js';
import { Router } from './http/router.js';
import { startWebServer } from './http/web-server.js';
import { coalesce } from './live/coalesce.js';
import { LiveFeed } from './live/live-feed.js';
import { LogStore } from './logs/log-store.js';
import { readManifests } from './manifest-files.js';
import { type AcceptedEvent, startIntake } from './platform/intake.js';
import { startPlatform } from './platform/platform.js';
import { childEnvironment } from './playbook/child-environment.js';
import { Playbook } from './playbook/playbook.js';
import { dataDirectoryOf } from './playbook/run-trigger.js';
import { ConsoleRecords } from './records/console-records.js';
import { formKinds } from './records/form-kinds.js';
import { JsonFile } from './records/json-file.js';
import { keptRecords } from './records/kept-records.js';

const LOG_LINES = 10_000;
const EVENTS_TOLD_EVERY_MS = 500;

/** How the console starts. */
export interface ConsoleOptions {
  /** Where everything is kept; this console's alone. */
  readonly directory: string;
  /** The package's root: the manifests are there, and dist with the entry point and the page. */
  readonly root: string;
  readonly host: string;
  readonly port: number;
  /** Asked of everybody who opens the page; needed when the host is not loopback. */
  readonly token: string | undefined;
  readonly keepEvents: number;
  readonly environment: NodeJS.ProcessEnv;
  readonly onError: (error: unknown) => void;
  /** An emulated Lacework API, for the Faults page. */
  readonly demo?: { readonly emulator: Emulator; readonly alerts: AlertMakers; readonly view: DemoView };
}

/** A console that runs. */
export interface RunningConsole {
  readonly port: number;
  /** Stops the trigger, and all else; a playbook that ran starts again with the next console. */
  close(): Promise<void>;
}

/** Starts the console: the platform and the intake that a trigger meets, and the page that shows them. */
export async function startConsole(options: ConsoleOptions): Promise<RunningConsole> {
  const { directory, root, demo } = options;
  const now = Date.now;
  const module = await readManifests(root);
  const page = await readPageFiles(join(root, 'dist/lib/console/web'), { isDemo: demo !== undefined });
  const kinds = formKinds(module.account, module.trigger.configuration);
  const records = new ConsoleRecords(new JsonFile(join(directory, 'console.json'), keptRecords), kinds);
  await records.load();
  const events = new EventStore(join(directory, 'events'), options.keepEvents);
  await events.load();
  const logs = new LogStore(join(directory, 'trigger-log.ndjson'), LOG_LINES);
  logs.load();

  const live = new LiveFeed();
  const tellRecords = () => live.tell('records', recordsView());
  const tellEvents = coalesce(EVENTS_TOLD_EVERY_MS, () => {
    live.tell('events', events.counts);
    tellRecords();
  });
  const platform = await startPlatform();
  const intake = await startIntake({
    keys: records.intakes.map(({ key }) => key),
    keepEvents: false,
    now,
    onEvents(accepted) {
      events.add(accepted.map(storedEvent));
      tellEvents.soon();
    },
  });
  const environment = childEnvironment(options.environment);
  const ground = { platform, intake, directory, entryPoint: join(root, 'dist/bin/main.js'), environment };
  // A demo forgets its state by intention: the warning of it, in a container, would be the first line that a visitor reads.
  const lossOfState = () => {
    const place = join(dataDirectoryOf(directory, records.playbook.configurationId ?? ''), 'state');
    return sdkMessages.stateNotOnVolume({ directory: place }).text;
  };
  const playbook = new Playbook({
    ground,
    records,
    now,
    onChange: (view) => live.tell('playbook', view),
    onLogs(entries) {
      const told = demo === undefined ? entries : entries.filter(({ message }) => message !== lossOfState());
      // The platform's dates are UTC and do not say so.
      const lines = told.map(({ date, level, message }) => ({ at: Date.parse(`${date}Z`), level, message }));
      live.tell('log', logs.add(lines, 'trigger'));
    },
    note: (level, message) => live.tell('log', logs.add([{ at: now(), level, message }], 'console')),
  });
  const faults = demo && new FaultDesk({ ...demo, intake, platform, onChange: (views) => live.tell('faults', views) });
  const view = (): ConsoleView => ({
    module,
    demo: demo?.view,
    ...recordsView(),
    playbook: playbook.view,
    events: events.counts,
  });

  const closeInner = () => Promise.all([platform.close(), intake.close()]);
  const web = await startWebServer({
    ...options,
    page,
    router: new Router({
      ...consoleRoutes({ view, live, logs, token: options.token, faults }),
      ...recordRoutes({ records, playbook, ground, now, onSaved: tellRecords }),
      ...eventRoutes(events, now),
    }),
  }).catch(async (error: unknown) => {
    await closeInner();
    throw error;
  });
  if (records.playbook.isWanted) await playbook.start().catch(options.onError);
  return {
    port: web.port,
    async close() {
      await playbook.close();
      tellEvents.cancel();
      live.close();
      await Promise.all([web.close(), closeInner()]);
      events.close();
    },
  };

  function recordsView() {
    return {
      intakes: records.intakeViews((id) => events.countOfIntake(id)),
      accounts: records.formViews('account'),
      configurations: records.formViews('configuration'),
    };
  }

  function storedEvent({ id, at, intakeKey, text }: AcceptedEvent) {
    return { id, at, text, intake: records.intakes.find(({ key }) => key === intakeKey)?.id ?? '' };
  }
}
