import type { Message, Monitor, Storage } from '@sekoia/automation-sdk-ts';
import type { Configuration } from '../configuration.js';
import { messages } from '../messages.js';
import { type Checkpoint, CheckpointStore } from './checkpoint.js';
import { readOlderState } from './older-state.js';
import { type LostRecord, SeenAlerts } from './seen-alerts.js';

const HOUR_MS = 3_600_000;

/** What a run of the trigger begins with. */
export interface StartState {
  readonly checkpoints: CheckpointStore;
  readonly seen: SeenAlerts;
  /** The checkpoint to begin with where none could be read, saved at once; `now` is the server's time. */
  readonly begin: (now: number) => Promise<Checkpoint>;
}

/** Where collection begins, and what is said of it. */
interface FirstFloor {
  readonly floor: number;
  readonly message: Message;
}

type Beginning = Pick<Configuration, 'start_time' | 'history_after_damage_hours'>;

/** Reads what an earlier run left, and says what was found; in `files` an older module may have left its own state. */
export async function readStartState(
  storage: Storage,
  files: Storage,
  monitor: Monitor,
  { start_time, history_after_damage_hours }: Beginning,
): Promise<StartState> {
  const checkpoints = new CheckpointStore(storage);
  const seen = new SeenAlerts(storage);
  const [{ checkpoint, damaged }, lost] = await Promise.all([checkpoints.load(), seen.load()]);
  reportLost(lost, monitor);
  const setAside = damaged.map(({ setAsideAs }) => setAsideAs).join(', ');
  const isDamaged = damaged.length > 0;
  if (checkpoint !== undefined) {
    if (isDamaged) monitor.report(messages.generationDamaged({ setAside }));
    monitor.report(messages.resumed({ checkpoint: checkpoint.sweptAt ?? checkpoint.floor, remembered: seen.size }));
  }
  const begin = async (now: number): Promise<Checkpoint> => {
    const { floor, message } = isDamaged
      ? afterDamage(now - history_after_damage_hours * HOUR_MS, setAside)
      : await firstBeginning(files, startTimeMs(start_time, now));
    // Saved before anything is collected: a start that is interrupted must not move the beginning.
    await checkpoints.save({ floor });
    monitor.report(message);
    return { floor };
  };
  return { checkpoints, seen, begin };
}

/** Says which records of delivered alerts could not be read. */
export function reportLost(lost: readonly LostRecord[], monitor: Monitor): void {
  for (const { oldestHour, newestHour, setAsideAs } of lost) {
    const range = { from: oldestHour * HOUR_MS, to: (newestHour + 1) * HOUR_MS };
    monitor.report(messages.recordDamaged({ range, setAside: setAsideAs }));
  }
}

function afterDamage(floor: number, setAside: string): FirstFloor {
  return { floor, message: messages.stateDamaged({ setAside, from: floor }) };
}

/** The older module's state counts once, as long as there is none of our own. */
async function firstBeginning(files: Storage, startTime: number): Promise<FirstFloor> {
  const older = await readOlderState(files);
  switch (older.kind) {
    case 'found':
      return { floor: older.newestStart, message: messages.olderStateTaken({ from: older.newestStart }) };
    case 'unreadable':
      return { floor: startTime, message: messages.olderStateUnreadable({ from: startTime }) };
    case 'none':
      return { floor: startTime, message: messages.firstStart({ from: startTime }) };
  }
}

/** The start time of the form, a whole number of hours back or a time, in milliseconds since 1970. */
function startTimeMs(startTime: string, now: number): number {
  return /^\d+$/.test(startTime) ? now - Number(startTime) * HOUR_MS : Date.parse(startTime);
}
