import { catchProcessEnd } from './process-end.js';
import { type RunOptions, runModule } from './run-module.js';
import type { Item, ModuleOptions } from './session.js';

/** A playbook module: the items that the platform can start, by command. */
export class Module<Account> {
  readonly options: ModuleOptions<Account>;
  readonly #items = new Map<string, Item<Account>>();

  constructor(options: ModuleOptions<Account>) {
    this.options = options;
  }

  /** Names an item: by the `docker_parameters` of its manifest, and by the names that older versions of it had. */
  register(
    command: string,
    item: Item<Account>,
    { aliases = [] }: { readonly aliases?: readonly string[] } = {},
  ): this {
    for (const name of [command, ...aliases]) {
      if (this.#items.has(name)) throw new Error(`The command ${name} is registered twice.`);
      this.#items.set(name, item);
    }
    return this;
  }

  /** The item of a command, if there is one. */
  find(command: string | undefined): Item<Account> | undefined {
    return command === undefined ? undefined : this.#items.get(command);
  }

  /** All commands, in the order of their registration. */
  get commands(): readonly string[] {
    return [...this.#items.keys()];
  }

  /**
   * Runs the item that the container's argument names, or `command`, until it is done or SIGTERM or SIGINT comes; answers
   * the exit code.
   */
  async run({
    command = process.argv[2],
    ...options
  }: Pick<RunOptions, 'environment'> & { command?: string } = {}): Promise<number> {
    const end = catchProcessEnd(process);
    try {
      const code = await runModule(this, { ...options, command, signal: end.stop, crashed: end.crashed });
      return end.crashed.aborted ? 1 : code;
    } finally {
      end.release();
    }
  }
}
