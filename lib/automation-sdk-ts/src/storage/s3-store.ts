import { fileNameOf, folderOf, freeAsideName, keyOf } from './key-names.js';
import { type S3Client, S3Error } from './s3-client.js';
import type { Store } from './store.js';

/** A bucket with one object a key, named as the files of a directory are: the one can be copied to the other. */
export class S3Store implements Store {
  readonly concurrency = 16;
  readonly description: string;
  readonly #client: S3Client;
  readonly #folder: string;

  /** `folder` is the beginning of every object's name: empty, or with a slash at its end. */
  constructor(client: S3Client, folder: string) {
    this.#client = client;
    this.#folder = folder;
    this.description = client.urlOf(folder);
  }

  async get(key: string): Promise<string | undefined> {
    try {
      const { text } = await this.#client.call({ method: 'GET', name: this.#nameOf(key) });
      return text;
    } catch (error) {
      if (error instanceof S3Error && error.code === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  async set(key: string, text: string): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    await this.#client.call({ method: 'PUT', name: this.#nameOf(key), headers, body: text });
  }

  async deleteMany(keys: readonly string[]): Promise<void> {
    for (let start = 0; start < keys.length; start += this.concurrency) {
      const some = keys.slice(start, start + this.concurrency);
      await Promise.all(some.map((key) => this.#client.call({ method: 'DELETE', name: this.#nameOf(key) })));
    }
  }

  async keys(prefix: string): Promise<string[]> {
    const names = await this.#list(this.#folder + folderOf(prefix));
    const keys = names.map((name) => keyOf(name.slice(this.#folder.length)));
    return keys.filter((key): key is string => key?.startsWith(prefix) ?? false);
  }

  async setAside(key: string): Promise<string> {
    const name = this.#nameOf(key);
    const aside = await freeAsideName(name, (candidate) => this.#exists(candidate));
    const headers = { 'x-amz-copy-source': new URL(this.#client.urlOf(name)).pathname };
    const { text } = await this.#client.call({ method: 'PUT', name: aside, headers });
    // The service may say 200 first, and then that the copy failed.
    if (!text.includes('<CopyObjectResult')) throw new S3Error(200, 'copy incomplete');
    await this.#client.call({ method: 'DELETE', name });
    return aside;
  }

  async close(): Promise<void> {}

  async #exists(name: string): Promise<boolean> {
    try {
      await this.#client.call({ method: 'HEAD', name });
      return true;
    } catch (error) {
      if (error instanceof S3Error && error.status === 404) return false;
      throw error;
    }
  }

  async #list(prefix: string): Promise<string[]> {
    const names: string[] = [];
    let token: string | undefined;
    do {
      const query = {
        'list-type': '2',
        'encoding-type': 'url',
        prefix,
        ...(token === undefined ? {} : { 'continuation-token': token }),
      };
      const { text } = await this.#client.call({ method: 'GET', name: '', query });
      for (const [, name = ''] of text.matchAll(/<Key>([^<]*)<\/Key>/g)) names.push(decodeName(name));
      token = /<NextContinuationToken>([^<]*)<\/NextContinuationToken>/.exec(text)?.[1];
    } while (token !== undefined);
    return names;
  }

  #nameOf(key: string): string {
    return this.#folder + fileNameOf(key);
  }
}

/** With `encoding-type=url` a space comes as `+`. */
function decodeName(name: string): string {
  return decodeURIComponent(name.replaceAll('+', ' '));
}
