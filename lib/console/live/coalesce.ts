/** An act that is done once for many calls. */
export interface Coalesced {
  /** Has it done within the pause, once. */
  soon(): void;
  cancel(): void;
}

/** Does `act` at most once every `everyMs`, and always after the last call. */
export function coalesce(everyMs: number, act: () => void): Coalesced {
  let timer: NodeJS.Timeout | undefined;
  return {
    soon() {
      timer ??= setTimeout(() => {
        timer = undefined;
        act();
      }, everyMs);
    },
    cancel: () => clearTimeout(timer),
  };
}
