/** A place for texts by key, below Keyv. Each method throws the cause as it is when the place fails. */
export interface Store {
  /** Where it is, for a person; carries no credential. */
  readonly description: string;
  /** How many calls it is given at a time. */
  readonly concurrency: number;
  get(key: string): Promise<string | undefined>;
  /** Durable when it resolves; after a failure the old text is still there. */
  set(key: string, text: string): Promise<void>;
  /** Deletes the keys; those that are not there are passed over. */
  deleteMany(keys: readonly string[]): Promise<void>;
  /** The keys that begin with `prefix`, in any order; texts set aside are not among them. */
  keys(prefix: string): Promise<string[]>;
  /** Moves the key's text to a name of its own that ends in `.corrupt`, and returns that name. */
  setAside(key: string): Promise<string>;
  /** Releases connections. */
  close(): Promise<void>;
}
