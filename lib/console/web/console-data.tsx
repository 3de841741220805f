import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react';
import type { ConsoleView } from '../api.js';
import { ApiError, read, wordsOf } from './api-client.js';
import { LiveStream, type StreamEvents } from './live-stream.js';
import { openSession, takeTokenFromAddress } from './session.js';

/** What every page knows. */
export interface ConsoleData {
  /** Undefined until it was read for the first time. */
  readonly view: ConsoleView | undefined;
  readonly isConnected: boolean;
  /** Whether the console wants a token that it was not given; nothing is asked for again until it was. */
  readonly isRefused: boolean;
  /** Throws when the token is wrong. */
  readonly signIn: (token: string) => Promise<void>;
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
  const [isRefused, setRefused] = useState(false);
  const [epoch, setEpoch] = useState(0);
  const [problem, setProblem] = useState<string>();

  const fail = useCallback(
    (error: unknown) => {
      setProblem(wordsOf(error));
      if (!(error instanceof ApiError && error.status === 401)) return;
      stream.close();
      setView(undefined);
      setRefused(true);
    },
    [stream],
  );
  const signIn = useCallback(
    async (token: string) => {
      await openSession(token);
      setRefused(false);
      setProblem(undefined);
      setConnected(true);
      stream.open();
    },
    [stream],
  );

  useEffect(() => {
    const patch = (changes: Partial<ConsoleView>) => setView((before) => before && { ...before, ...changes });
    const refresh = async () => {
      try {
        setView(await read<ConsoleView>('/api/console'));
        setProblem(undefined);
        setEpoch((before) => before + 1);
      } catch (error) {
        fail(error);
      }
    };
    const offs = [
      stream.on('fresh', () => void refresh()),
      stream.on('connection', (connected) => {
        setConnected(connected);
        if (!connected) void whyRefused().then((error) => error && fail(error));
      }),
      stream.on('playbook', (playbook) => patch({ playbook })),
      stream.on('records', patch),
      stream.on('events', (events) => patch({ events })),
    ];
    return () => {
      for (const off of offs) off();
    };
  }, [stream, fail]);

  useEffect(() => {
    let isGone = false;
    const token = takeTokenFromAddress();
    const opened = token === undefined ? Promise.resolve() : openSession(token).catch(() => undefined);
    void opened.then(() => {
      if (!isGone) stream.open();
    });
    // The same page with another token in its address is not loaded anew.
    const onHash = () => {
      const given = takeTokenFromAddress();
      if (given !== undefined) void signIn(given).catch(fail);
    };
    window.addEventListener('hashchange', onHash);
    return () => {
      isGone = true;
      window.removeEventListener('hashchange', onHash);
      stream.close();
    };
  }, [stream, signIn, fail]);

  return <Context value={{ view, isConnected, isRefused, signIn, epoch, problem, stream }}>{children}</Context>;
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

/** The stream does not say why it was refused; a question of its own does. */
async function whyRefused(): Promise<ApiError | undefined> {
  return await read('/api/console').then(
    () => undefined,
    (error: unknown) => (error instanceof ApiError && error.status === 401 ? error : undefined),
  );
}
