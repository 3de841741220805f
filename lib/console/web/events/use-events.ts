import { useCallback, useEffect, useRef, useState } from 'react';
import type { EventRow, EventsFound } from '../../api.js';
import { read, wordsOf } from '../api-client.js';
import { type EventFilter, queryOf } from './event-filter.js';

/** Rows are read this many at a time. */
const PART = 100;
const SETTLED_MS = 120;

/** What was found, and the rows of it that have been read. */
export interface EventsRead {
  readonly found: EventsFound | undefined;
  readonly rowAt: (index: number) => EventRow | undefined;
  /** Reads the rows from one index to another where they have not been read. */
  readonly need: (from: number, to: number) => void;
  readonly refresh: () => void;
  readonly problem: string | undefined;
  readonly isLoading: boolean;
  /** Changes with everything that can change the export. */
  readonly query: string;
}

interface Reading {
  readonly query: string;
  readonly found: EventsFound;
  readonly parts: ReadonlyMap<number, readonly EventRow[]>;
}

/** Searches, and then reads rows as they come into sight. */
export function useEvents(filter: EventFilter, epoch: number): EventsRead {
  const [reading, setReading] = useState<Reading>();
  const [problem, setProblem] = useState<string>();
  const [isLoading, setLoading] = useState(true);
  const [turn, setTurn] = useState(0);
  const asked = useRef(new Set<string>());

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new connection and a wish to refresh are reasons to search again.
  useEffect(() => {
    const gone = new AbortController();
    const search = async () => {
      const query = queryOf(filter, Date.now()).toString();
      setLoading(true);
      try {
        const found = await read<EventsFound>(`/api/events?${query}&limit=${PART}`, gone.signal);
        asked.current = new Set();
        setReading({ query: `${query}&until=${found.until}`, found, parts: new Map([[0, found.rows]]) });
        setProblem(undefined);
      } catch (error) {
        if (!gone.signal.aborted) setProblem(wordsOf(error));
      }
      if (!gone.signal.aborted) setLoading(false);
    };
    const timer = setTimeout(() => void search(), SETTLED_MS);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [filter, epoch, turn]);

  const need = useCallback(
    (from: number, to: number) => {
      if (!reading) return;
      for (let part = Math.floor(from / PART); part * PART <= to && part * PART < reading.found.total; part += 1) {
        const key = `${reading.query}&offset=${part * PART}`;
        if (reading.parts.has(part) || asked.current.has(key)) continue;
        asked.current.add(key);
        void read<EventsFound>(`/api/events?${key}&limit=${PART}`).then(
          ({ rows }) =>
            setReading((now) =>
              now?.query === reading.query ? { ...now, parts: new Map(now.parts).set(part, rows) } : now,
            ),
          () => asked.current.delete(key),
        );
      }
    },
    [reading],
  );
  const rowAt = useCallback((index: number) => reading?.parts.get(Math.floor(index / PART))?.[index % PART], [reading]);
  const refresh = useCallback(() => setTurn((before) => before + 1), []);
  return { found: reading?.found, rowAt, need, refresh, problem, isLoading, query: reading?.query ?? '' };
}
