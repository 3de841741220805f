import { readdir, readFile } from 'node:fs/promises';

/** The trigger's process: the one that reads its values from this directory. */
export async function pidOf(directory: string): Promise<number> {
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    if (environment.includes(`SYMPHONY_DIR=${directory}/symphony`)) return Number(pid);
  }
  throw new Error('There is no such process.');
}
