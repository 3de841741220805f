import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock.js';
import { listFiles, makeDirectory } from '../storage/directory-files.js';
import { errorCode } from '../storage/error-code.js';
import { encodeFolder } from '../storage/key-names.js';
import { storageFailure } from '../storage/storage-failure.js';
import { type LeaseRecord, LeaseWatch } from './lease-record.js';
import type { LeaseStore } from './lease-store.js';
import { markThisProcess } from './process-life.js';

interface Held {
  readonly holder: string;
  readonly generation: number;
  readonly record: LeaseRecord;
}

/**
 * Leases as files `IDENTITY.GENERATION.lease`. The highest generation is the lease; it is taken by creating the next
 * one, exclusively, so of two processes that find the same lease free only one succeeds, however slow the other is.
 * Generations only rise: giving a lease up is written into its file. The file of a process that is seen to be dead is
 * free at once, that of any other when it has not been renewed for its whole time.
 */
export class FileLeaseStore implements LeaseStore {
  readonly #directory: string;
  readonly #watch: LeaseWatch;
  readonly #held = new Map<string, Held>();

  constructor(directory: string, clock: Clock) {
    this.#directory = directory;
    this.#watch = new LeaseWatch(clock);
  }

  async acquire(identity: string, holder: string, ttlMs: number): Promise<boolean> {
    return await this.#attempt('acquiring', async () => {
      await makeDirectory(this.#directory);
      const latest = Math.max(0, ...(await this.#generations(identity)));
      if (latest > 0 && !(await this.#isFree(identity, latest, holder, ttlMs))) return false;
      return await this.#take(identity, latest + 1, holder, ttlMs);
    });
  }

  async renew(identity: string, holder: string): Promise<boolean> {
    return await this.#attempt('renewing', () => this.#rewrite(identity, holder, { isReleased: false }));
  }

  async release(identity: string, holder: string): Promise<void> {
    await this.#attempt('releasing', () => this.#rewrite(identity, holder, { isReleased: true }));
    this.#held.delete(identity);
  }

  async #isFree(identity: string, generation: number, holder: string, ttlMs: number): Promise<boolean> {
    const text = await readIfThere(this.#pathOf(identity, generation));
    // Removed since it was listed: another process has just taken the next generation.
    return text !== undefined && (await this.#watch.isFree(identity, text, holder, ttlMs));
  }

  async #take(identity: string, generation: number, holder: string, ttlMs: number): Promise<boolean> {
    const process = await markThisProcess();
    const record = { holder, ttlMs, renewals: 0, isReleased: false, ...(process && { process }) };
    const path = this.#pathOf(identity, generation);
    if (!(await createExclusively(path, JSON.stringify(record)))) return false;
    const generations = await this.#generations(identity);
    // This process was so slow that others have taken and left this generation before it.
    if (Math.max(...generations) > generation) {
      await rm(path, { force: true });
      return false;
    }
    this.#held.set(identity, { holder, generation, record });
    const older = generations.filter((other) => other < generation);
    await Promise.all(older.map((other) => rm(this.#pathOf(identity, other), { force: true })));
    return true;
  }

  async #rewrite(identity: string, holder: string, change: Pick<LeaseRecord, 'isReleased'>): Promise<boolean> {
    const held = this.#held.get(identity);
    if (held?.holder !== holder) return false;
    const { generation } = held;
    const record = { ...held.record, ...change, renewals: held.record.renewals + 1 };
    if (!(await overwrite(this.#pathOf(identity, generation), JSON.stringify(record)))) return false;
    this.#held.set(identity, { holder, generation, record });
    // A process that takes the next generation after this look had found this one run out; so has its holder's own clock.
    return Math.max(...(await this.#generations(identity))) === generation;
  }

  async #generations(identity: string): Promise<number[]> {
    const start = `${encodeFolder(identity)}.`;
    const files = await listFiles(this.#directory, '');
    return files
      .filter((file) => file.startsWith(start) && file.endsWith('.lease'))
      .map((file) => Number(file.slice(start.length, -'.lease'.length)))
      .filter(Number.isSafeInteger);
  }

  #pathOf(identity: string, generation: number): string {
    return join(this.#directory, `${encodeFolder(identity)}.${generation}.lease`);
  }

  async #attempt<T>(doing: string, task: () => Promise<T>): Promise<T> {
    try {
      return await task();
    } catch (error) {
      throw storageFailure(this.#directory, `${doing} the lease`, error);
    }
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function createExclusively(path: string, text: string): Promise<boolean> {
  try {
    const handle = await open(path, 'wx', 0o600);
    try {
      await handle.writeFile(text);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Writes over a file in place, which works even on a full disk; false when the file is not there. */
async function overwrite(path: string, text: string): Promise<boolean> {
  try {
    const handle = await open(path, 'r+');
    try {
      await handle.write(text, 0);
      await handle.truncate(Buffer.byteLength(text));
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
