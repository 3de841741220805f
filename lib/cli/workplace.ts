import { access } from 'node:fs/promises';
import {
  type DataPath,
  dataPathOf,
  type HeldLease,
  type HttpSettings,
  holdLease,
  type OpenedStorage,
  openStorage,
  type Storage,
  systemClock,
} from '@sekoia/automation-sdk-ts';
import type { Waiting } from '../deliberate-wait.js';
import { openConnection } from './settings/connection.js';
import type { SettingsOptions } from './settings/options.js';
import { type Needs, readSettings, readValues, type Settings } from './settings/read-settings.js';
import type { Terminal } from './terminal.js';
import { TerminalMonitor } from './terminal-monitor.js';
import { StateInUseError, UsageError } from './usage-error.js';

/** What a command that works beside the trigger works with: the trigger's own settings and its way out. */
export interface Workplace extends Waiting {
  readonly terminal: Terminal;
  readonly settings: Settings;
  readonly http: HttpSettings;
}

/** The trigger's state, opened, and the right to change it. */
export interface HeldState {
  readonly state: OpenedStorage;
  readonly lease: HeldLease;
  /** Aborted by Ctrl-C, and when the lease is lost. */
  readonly signal: AbortSignal;
}

/** Reads the settings, does the work, and closes what was opened. */
export async function inWorkplace<T>(
  terminal: Terminal,
  options: SettingsOptions,
  needs: Needs,
  work: (place: Workplace) => Promise<T>,
): Promise<T> {
  const monitor = new TerminalMonitor(terminal);
  const { signal } = terminal;
  const settings = await readSettings(options, needs, terminal, monitor);
  try {
    return await work({ terminal, settings, http: settings.connection.http, clock: systemClock, monitor, signal });
  } finally {
    settings.connection.close();
  }
}

/** Opens the trigger's state for the work, and closes it. */
export async function withState<T>(place: Workplace, work: (state: OpenedStorage) => Promise<T>): Promise<T> {
  const { settings, terminal, clock } = place;
  const { values, configuration, connection, identity } = settings;
  const dataPath = dataPathOf(values, connection.platformHttp);
  const stateStore = configuration.state_store?.reveal();
  if (stateStore === undefined) await mustExist(dataPath);
  const state = await openStorage({
    ...(stateStore === undefined ? {} : { stateStore }),
    dataPath,
    identity,
    clock,
    host: { root: '/', env: terminal.environment },
  });
  try {
    return await work(state);
  } finally {
    await close(state);
  }
}

/** Opens the state and takes its lease: while the trigger works on it, this waits when `wait` says so, and fails otherwise. */
export async function withHeldState<T>(
  place: Workplace,
  wait: boolean,
  work: (held: HeldState) => Promise<T>,
): Promise<T> {
  return withState(place, async (state) => {
    const busy = new AbortController();
    const lease = await holdLease({
      store: state.leases,
      identity: place.settings.identity,
      clock: place.clock,
      signal: AbortSignal.any([place.signal, busy.signal]),
      onWaiting() {
        if (wait)
          place.terminal.tell('info', 'state_in_use', 'Another process works on this state; waiting until it ends.');
        else busy.abort();
      },
    });
    if (lease === undefined) {
      place.signal.throwIfAborted();
      throw new StateInUseError();
    }
    try {
      return await work({ state, lease, signal: AbortSignal.any([place.signal, lease.lost]) });
    } finally {
      await lease.release();
    }
  });
}

/** Opens the data path alone, where the dead letters are, for the work, and closes it. */
export async function withDataPath<T>(
  terminal: Terminal,
  options: SettingsOptions,
  work: (files: Storage) => Promise<T>,
): Promise<T> {
  const values = await readValues(options, terminal.environment);
  const connection = await openConnection(values, terminal.environment);
  try {
    const dataPath = dataPathOf(values, connection.platformHttp);
    await mustExist(dataPath);
    const host = { root: '/', env: terminal.environment };
    const opened = await openStorage({ stateStore: 'memory:', dataPath, identity: '', clock: systemClock, host });
    try {
      return await work(opened.files);
    } finally {
      await close(opened);
    }
  } finally {
    connection.close();
  }
}

async function close({ storage, files }: OpenedStorage): Promise<void> {
  await Promise.allSettled([storage.close(), files.close()]);
}

/** A directory that is not there was written wrongly: to make one would show an empty state. */
async function mustExist(dataPath: DataPath): Promise<void> {
  if (dataPath.kind !== 'directory') return;
  try {
    await access(dataPath.path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `The data path ${dataPath.path} can't be used (${code}). Name the trigger's with --data or SYMPHONY_DATA_DIR; for a new one, make the directory.`,
    );
  }
}
