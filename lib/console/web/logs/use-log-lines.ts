import { useCallback, useEffect, useState } from 'react';
import type { LogLine } from '../../api.js';
import { read, wordsOf } from '../api-client.js';
import { useLive } from '../console-data.js';

const SETTLED_MS = 150;

/** The lines that the page holds. */
export interface LogLines {
  /** Undefined until they were read for the first time. */
  readonly lines: readonly LogLine[] | undefined;
  /** Whether there are no older ones that fit. */
  readonly isComplete: boolean;
  readonly problem: string | undefined;
  readonly loadOlder: () => void;
}

interface LogPage {
  readonly lines: readonly LogLine[];
  readonly isComplete: boolean;
}

/** Reads the lines that fit, and adds those that come. */
export function useLogLines(levels: string, text: string, epoch: number): LogLines {
  const [page, setPage] = useState<LogPage & { readonly query: string }>();
  const [problem, setProblem] = useState<string>();
  const query = new URLSearchParams({ levels, text }).toString();

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new connection is a reason to read again.
  useEffect(() => {
    const gone = new AbortController();
    const load = async () => {
      try {
        const newest = await read<LogPage>(`/api/logs?${query}`, gone.signal);
        setPage((before) => ({ ...(before?.query === query ? joined(before, newest) : newest), query }));
        setProblem(undefined);
      } catch (error) {
        if (!gone.signal.aborted) setProblem(wordsOf(error));
      }
    };
    const timer = setTimeout(() => void load(), SETTLED_MS);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [query, epoch]);

  useLive('log', (added) => {
    const chosen = levels.split(',');
    const words = text.toLowerCase();
    const fitting = added.filter(
      ({ level, message }) => chosen.includes(level) && message.toLowerCase().includes(words),
    );
    setPage((before) => before && { ...before, lines: after(before.lines, fitting) });
  });

  const oldest = page?.lines[0]?.number;
  const loadOlder = useCallback(() => {
    if (oldest === undefined) return;
    void read<LogPage>(`/api/logs?${query}&before=${oldest}`).then(
      (older) =>
        setPage(
          (before) => before && { ...before, lines: [...older.lines, ...before.lines], isComplete: older.isComplete },
        ),
      (error) => setProblem(wordsOf(error)),
    );
  }, [query, oldest]);
  return { lines: page?.lines, isComplete: page?.isComplete ?? true, problem, loadOlder };
}

/** A line that was read and then told again stands there once. */
function after(lines: readonly LogLine[], added: readonly LogLine[]): readonly LogLine[] {
  const last = lines.at(-1)?.number ?? 0;
  return [...lines, ...added.filter(({ number }) => number > last)];
}

/** The newest lines, with the older ones that the page holds already where no line is missing between them. */
function joined(before: LogPage, newest: LogPage): LogPage {
  const first = newest.lines[0]?.number ?? 0;
  const older = before.lines.filter(({ number }) => number < first);
  const meets = (before.lines.at(-1)?.number ?? -1) >= first;
  return meets && older.length > 0 ? { lines: [...older, ...newest.lines], isComplete: before.isComplete } : newest;
}
