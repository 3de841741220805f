import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** The protocol gives a trigger 10 s. */
const STOP_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 50;

/** Where a trigger of this console reads its values. */
export function symphonyDirectoryOf(directory: string): string {
  return join(directory, 'symphony');
}

/** Writes down which process the trigger is, for a console that starts after this one was killed. */
export async function recordTrigger(directory: string, pid: number): Promise<void> {
  await writeFile(pidFile(directory), String(pid), { mode: 0o600 });
}

/** Forgets the process, which has ended. */
export async function forgetTrigger(directory: string): Promise<void> {
  await rm(pidFile(directory), { force: true });
}

/**
 * Stops the trigger that an earlier console of this directory has left running, and answers its process ID; undefined when
 * there is none. Only Linux says whether a process is ours: elsewhere nothing is stopped.
 */
export async function stopLeftTrigger(directory: string): Promise<number | undefined> {
  const pid = Number(await readFile(pidFile(directory), 'utf8').catch(() => ''));
  const isLeft = pid > 0 && (await isTriggerOf(directory, pid));
  if (isLeft) {
    process.kill(pid, 'SIGTERM');
    const deadline = performance.now() + STOP_WITHIN_MS;
    while ((await isTriggerOf(directory, pid)) && performance.now() < deadline) await delay(LOOK_EVERY_MS);
    if (await isTriggerOf(directory, pid)) process.kill(pid, 'SIGKILL');
    while (await isTriggerOf(directory, pid)) await delay(LOOK_EVERY_MS);
  }
  await forgetTrigger(directory);
  return isLeft ? pid : undefined;
}

/** Whether the process runs with this directory's values; its ID may be another's by now, and a dead one has no environment. */
async function isTriggerOf(directory: string, pid: number): Promise<boolean> {
  const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
  return environment.split('\0').includes(`SYMPHONY_DIR=${symphonyDirectoryOf(directory)}`);
}

function pidFile(directory: string): string {
  return join(directory, 'trigger.pid');
}
