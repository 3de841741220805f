import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setImmediate as turn } from 'node:timers/promises';

/** Knows when nothing in this process waits for a server or the disk any more: only the clock can move it then. */
export interface IdleWatch {
  idle(): Promise<void>;
  release(): void;
}

const BEGIN = 'got:request:create';
const END = ['got:response:end', 'got:request:error'];

/** Requests to the disk, the closing of a file among them. */
const DISK = /^(FSReq|CloseReq|FileHandleCloseReq)/;

/** Watches the calls that got makes, and the disk. */
export function watchIdle(): IdleWatch {
  const underway = new Set<string>();
  const onBegin = (message: unknown) => void underway.add((message as { requestId: string }).requestId);
  const onEnd = (message: unknown) => void underway.delete((message as { requestId: string }).requestId);
  const isBusy = () => underway.size > 0 || process.getActiveResourcesInfo().some((name) => DISK.test(name));
  subscribe(BEGIN, onBegin);
  for (const channel of END) subscribe(channel, onEnd);
  return {
    async idle() {
      // What has been woken may begin its next call some turns later.
      for (let quiet = 0; quiet < 4; quiet = isBusy() ? 0 : quiet + 1) await turn();
    },
    release() {
      unsubscribe(BEGIN, onBegin);
      for (const channel of END) unsubscribe(channel, onEnd);
    },
  };
}
