import { join } from 'node:path';
import { FETCH_NEW_LOGS } from '../../manifests.js';
import type { Place } from '../platform/platform.js';
import { type ProcessExit, startTrigger } from '../platform/start-trigger.js';
import type { ChosenForms } from './chosen-forms.js';
import { lineReader, type ProcessLine } from './process-line.js';
import type { TriggerGround } from './trigger-ground.js';

/** The protocol gives a trigger 10 s. */
const STOP_WITHIN_MS = 15_000;

/** What a trigger runs with. */
export interface TriggerRun {
  readonly ground: TriggerGround;
  /** Where its log and its playbook runs arrive. */
  readonly place: Place;
  readonly chosen: ChosenForms;
  /** Has the process stopped, and killed when it does not. */
  readonly stop: AbortSignal;
  readonly onLine: (line: ProcessLine | string) => void;
}

/** Where a trigger with this configuration keeps its data. */
export function dataDirectoryOf(directory: string, configurationId: string): string {
  return join(directory, 'data', configurationId);
}

/** Runs the trigger as a process, until that ends. */
export async function runTrigger({ ground, place, chosen, stop, onLine }: TriggerRun): Promise<ProcessExit> {
  const { account, configuration } = chosen;
  const process = await startTrigger({
    entryPoint: ground.entryPoint,
    command: FETCH_NEW_LOGS,
    values: {
      place,
      account: account.values,
      configuration: { ...configuration.values, ...configuration.hidden },
      intakeUrl: ground.intake.url,
      livenessPort: 0,
      metricsPort: 0,
      // The platform's own name for the configuration: it stays the same over restarts.
      more: { trigger_configuration_uuid: configuration.id },
    },
    symphonyDirectory: join(ground.directory, 'symphony'),
    dataDirectory: dataDirectoryOf(ground.directory, configuration.id),
    env: ground.environment,
    onOutput: lineReader(onLine),
  });
  let patience: NodeJS.Timeout | undefined;
  const end = () => {
    void process.stop();
    patience = setTimeout(() => void process.kill(), STOP_WITHIN_MS);
  };
  if (stop.aborted) end();
  else stop.addEventListener('abort', end, { once: true });
  const ended = await process.exit;
  stop.removeEventListener('abort', end);
  clearTimeout(patience);
  return ended;
}
