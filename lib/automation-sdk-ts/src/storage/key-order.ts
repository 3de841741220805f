/** Runs tasks that share a key one after the other, in the order of the calls; others run side by side. */
export class KeyOrder {
  readonly #last = new Map<string, Promise<unknown>>();

  async run<T>(keys: readonly string[], task: () => Promise<T>): Promise<T> {
    const before = keys.map((key) => this.#last.get(key));
    const result = Promise.all(before).then(task);
    const settled = result.catch(() => undefined);
    for (const key of keys) this.#last.set(key, settled);
    try {
      return await result;
    } finally {
      for (const key of keys) if (this.#last.get(key) === settled) this.#last.delete(key);
    }
  }
}
