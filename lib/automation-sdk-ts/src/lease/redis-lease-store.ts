import { encodeFolder } from '../storage/key-names.js';
import type { RedisClient, RedisConnection } from '../storage/redis-connection.js';
import { storageFailure } from '../storage/storage-failure.js';
import type { LeaseStore } from './lease-store.js';

const RENEW = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0`;
const RELEASE = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`;

/** Leases as keys `IDENTITY:lease` that hold the holder's name and expire by the server's clock. */
export class RedisLeaseStore implements LeaseStore {
  readonly #connection: RedisConnection;
  readonly #description: string;

  constructor(connection: RedisConnection, description: string) {
    this.#connection = connection;
    this.#description = description;
  }

  async acquire(identity: string, holder: string, ttlMs: number): Promise<boolean> {
    const key = keyOf(identity);
    const expiration = { type: 'PX', value: ttlMs } as const;
    const answer = await this.#run('acquiring', (client) => client.set(key, holder, { condition: 'NX', expiration }));
    return answer === 'OK' || (await this.renew(identity, holder, ttlMs));
  }

  async renew(identity: string, holder: string, ttlMs: number): Promise<boolean> {
    const call = { keys: [keyOf(identity)], arguments: [holder, String(ttlMs)] };
    return (await this.#run('renewing', (client) => client.eval(RENEW, call))) === 1;
  }

  async release(identity: string, holder: string): Promise<void> {
    const call = { keys: [keyOf(identity)], arguments: [holder] };
    await this.#run('releasing', (client) => client.eval(RELEASE, call));
  }

  async #run<T>(doing: string, command: (client: RedisClient) => Promise<T>): Promise<T> {
    try {
      return await this.#connection.run(command);
    } catch (error) {
      throw storageFailure(this.#description, `${doing} the lease`, error);
    }
  }
}

function keyOf(identity: string): string {
  return `lease:${encodeFolder(identity)}`;
}
