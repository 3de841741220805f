import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import type { ConsoleView } from '../api.js';
import { ApiError, act, read, wordsOf } from './api-client.js';
import { LiveStream, type StreamEvents } from './live-stream.js';

/** What every page knows. */
export interface ConsoleData {
  /** Undefined until it was read for the first time. */
  readonly view: ConsoleView | undefined;
  readonly isConnected: boolean;
  /** Grows when everything is to be read anew. */
  readonly epoch: number;
  readonly problem: string | undefined;
  readonly stream: LiveStream;
}

const Context = createContext<ConsoleData | undefined>(undefined);

/** Reads the console's state, and keeps it up to date for everything inside. */
export function ConsoleProvider({ children }: { readonly children: ReactNode }) {
  const [stream] = useState(() => new LiveStream());
  const [view, setView] = useState<ConsoleView>();
  const [isConnected, setConnected] = useState(true);
  const [epoch, setEpoch] = useState(0);
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    const patch = (changes: Partial<ConsoleView>) => setView((before) => before && { ...before, ...changes });
    const refresh = async () => {
      try {
        setView(await read<ConsoleView>('/api/console'));
        setProblem(undefined);
        setEpoch((before) => before + 1);
      } catch (error) {
        setProblem(wordsOf(error));
      }
    };
    const offs = [
      stream.on('fresh', () => void refresh()),
      stream.on('connection', (connected) => {
        setConnected(connected);
        if (!connected) void tellWhyRefused(setProblem);
      }),
      stream.on('playbook', (playbook) => patch({ playbook })),
      stream.on('records', patch),
      stream.on('events', (events) => patch({ events })),
    ];
    let isGone = false;
    void bringToken().then(() => {
      if (!isGone) stream.open();
    });
    return () => {
      isGone = true;
      stream.close();
      for (const off of offs) off();
    };
  }, [stream]);

  return <Context value={{ view, isConnected, epoch, problem, stream }}>{children}</Context>;
}

/** What the console has told. */
export function useConsole(): ConsoleData {
  const data = useContext(Context);
  if (!data) throw new Error('The console data is used outside of its provider.');
  return data;
}

/** What the console has told, where it is there for sure. */
export function useView(): ConsoleView {
  const { view } = useConsole();
  if (!view) throw new Error('The console data is used before it was read.');
  return view;
}

/** Calls back for everything of that name that the live stream brings. */
export function useLive<Name extends keyof StreamEvents>(name: Name, take: (value: StreamEvents[Name]) => void): void {
  const { stream } = useConsole();
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => stream.on(name, (value) => latest.current(value)), [stream, name]);
}

/** Trades the token in the address for a cookie, and takes it out of the address. */
async function bringToken(): Promise<void> {
  const token = /^#token=(.+)$/.exec(location.hash)?.[1];
  if (token === undefined) return;
  history.replaceState(null, '', location.pathname + location.search);
  await act('POST', '/api/session', { token: decodeURIComponent(token) }).catch(() => undefined);
}

async function tellWhyRefused(tell: (problem: string) => void): Promise<void> {
  await read('/api/console').catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 401) tell(error.message);
  });
}
