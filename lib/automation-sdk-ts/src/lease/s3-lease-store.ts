import type { Clock } from '../clock.js';
import { encodeFolder } from '../storage/key-names.js';
import { type S3Client, S3Error } from '../storage/s3-client.js';
import { storageFailure } from '../storage/storage-failure.js';
import { type LeaseRecord, LeaseWatch, parseLeaseRecord } from './lease-record.js';
import type { LeaseStore } from './lease-store.js';
import { markThisProcess } from './process-life.js';

interface Held {
  readonly etag: string;
  readonly record: LeaseRecord;
}

/**
 * Leases as objects `IDENTITY.lease`, written on the condition that the object is still the version that was read. The
 * service must know If-Match and If-None-Match on PUT, as AWS, MinIO, Ceph and R2 do.
 */
export class S3LeaseStore implements LeaseStore {
  readonly #client: S3Client;
  readonly #folder: string;
  readonly #watch: LeaseWatch;
  readonly #held = new Map<string, Held>();

  /** `folder` is the beginning of every object's name: empty, or with a slash at its end. */
  constructor(client: S3Client, folder: string, clock: Clock) {
    this.#client = client;
    this.#folder = folder;
    this.#watch = new LeaseWatch(clock);
  }

  async acquire(identity: string, holder: string, ttlMs: number): Promise<boolean> {
    return await this.#attempt('acquiring', async () => {
      const current = await this.#read(identity);
      if (current && !(await this.#watch.isFree(identity, current.text, holder, ttlMs))) return false;
      const process = await markThisProcess();
      const record = { holder, ttlMs, renewals: 0, isReleased: false, ...(process && { process }) };
      return await this.#write(identity, record, current?.etag);
    });
  }

  async renew(identity: string, holder: string): Promise<boolean> {
    return await this.#attempt('renewing', () => this.#rewrite(identity, holder, { isReleased: false }));
  }

  async release(identity: string, holder: string): Promise<void> {
    await this.#attempt('releasing', () => this.#rewrite(identity, holder, { isReleased: true }));
    this.#held.delete(identity);
  }

  async #rewrite(identity: string, holder: string, change: Pick<LeaseRecord, 'isReleased'>): Promise<boolean> {
    const held = this.#held.get(identity);
    if (held?.record.holder !== holder) return false;
    const record = { ...held.record, ...change, renewals: held.record.renewals + 1 };
    if (await this.#write(identity, record, held.etag)) return true;
    // A write whose answer was lost has given the object a version that is not known here.
    const current = await this.#read(identity);
    if (current === undefined || parseLeaseRecord(current.text)?.holder !== holder) return false;
    return await this.#write(identity, record, current.etag);
  }

  async #read(identity: string): Promise<{ text: string; etag: string } | undefined> {
    try {
      return await this.#client.call({ method: 'GET', name: this.#nameOf(identity) });
    } catch (error) {
      if (error instanceof S3Error && error.code === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  /** Writes the record over the version `etag`, or as a new object; false when another has written meanwhile. */
  async #write(identity: string, record: LeaseRecord, etag: string | undefined): Promise<boolean> {
    const headers = etag === undefined ? { 'if-none-match': '*' } : { 'if-match': etag };
    try {
      const call = { method: 'PUT', name: this.#nameOf(identity), headers, body: JSON.stringify(record) } as const;
      const answer = await this.#client.callOnce(call);
      this.#held.set(identity, { etag: answer.etag, record });
      return true;
    } catch (error) {
      // 404: removed meanwhile; 409: written by two at the same moment; 412: another version.
      if (error instanceof S3Error && [404, 409, 412].includes(error.status) && error.code !== 'NoSuchBucket')
        return false;
      throw error;
    }
  }

  #nameOf(identity: string): string {
    return `${this.#folder}${encodeFolder(identity)}.lease`;
  }

  async #attempt<T>(doing: string, task: () => Promise<T>): Promise<T> {
    try {
      return await task();
    } catch (error) {
      throw storageFailure(this.#client.urlOf(this.#folder), `${doing} the lease`, error);
    }
  }
}
