import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** CPU time that a process has used so far on all its threads, in milliseconds (Linux). */
export async function cpuMs(pid: number): Promise<number> {
  const threads = await readdir(`/proc/${pid}/task`);
  // Nanoseconds on a CPU: /proc/PID/stat only counts in hundredths of a second.
  const times = threads.map(async (thread) => {
    const text = await readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').catch(() => '0');
    return Number(text.split(' ')[0]) / 1e6;
  });
  return (await Promise.all(times)).reduce((sum, ms) => sum + ms, 0);
}

/** The most memory that a process has ever had resident, in megabytes (Linux). */
export async function peakMemoryMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

/** How many bytes of memory more each of the further things took; peaks in megabytes. */
export function bytesForEach(few: number, fewMb: number, many: number, manyMb: number): number {
  return ((manyMb - fewMb) * 2 ** 20) / (many - few);
}

/** The bytes of all files below a directory. */
export async function bytesBelow(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const sizes = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => stat(join(parentPath, name)));
  return (await Promise.all(sizes)).reduce((sum, { size }) => sum + size, 0);
}
