import { readFile, readlink } from 'node:fs/promises';
import { z } from 'zod';
import { errorCode } from '../storage/error-code.js';

/** A process, told apart from all others of its machine, even from a later one with the same number. */
export const processMark = z.object({
  /** Changes with every start of the machine. */
  boot: z.string(),
  /** A container has process numbers of its own. */
  pidNamespace: z.string(),
  pid: z.int().positive(),
  /** In clock ticks since the machine's start. */
  started: z.string(),
});

type ProcessMark = z.infer<typeof processMark>;

/** The mark of this process; undefined where the system has no `/proc`. */
export async function markThisProcess(): Promise<ProcessMark | undefined> {
  const place = await readPlace();
  const life = await readLife(process.pid);
  return place && life ? { ...place, pid: process.pid, started: life.started } : undefined;
}

/** Whether the marked process is certainly dead; false when it lives, or when it can't be seen from here. */
export async function isCertainlyDead(mark: ProcessMark): Promise<boolean> {
  const place = await readPlace();
  if (place?.boot !== mark.boot || place.pidNamespace !== mark.pidNamespace) return false;
  if (!isThere(mark.pid)) return true;
  const life = await readLife(mark.pid);
  return life !== undefined && (life.started !== mark.started || life.isDead);
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, as another user's; `/proc` may hide those.
    return errorCode(error) !== 'ESRCH';
  }
}

async function readPlace(): Promise<{ boot: string; pidNamespace: string } | undefined> {
  try {
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
    return { boot, pidNamespace: await readlink('/proc/self/ns/pid') };
  } catch {
    return undefined;
  }
}

async function readLife(pid: number): Promise<{ started: string; isDead: boolean } | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The second field is the program's name in brackets and may hold spaces and brackets itself.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, started] = [fields?.[0], fields?.[19]];
  if (state === undefined || started === undefined) return undefined;
  return { started, isDead: state === 'Z' || state === 'X' };
}
