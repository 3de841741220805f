const HOUR = 3_600_000;

/** How far back the page looks. */
export const ranges = [
  { id: '1h', name: 'Last hour', ms: HOUR },
  { id: '24h', name: 'Last 24 hours', ms: 24 * HOUR },
  { id: '7d', name: 'Last 7 days', ms: 7 * 24 * HOUR },
  { id: '30d', name: 'Last 30 days', ms: 30 * 24 * HOUR },
  { id: 'all', name: 'All time', ms: undefined },
] as const;

/** What the page asks for. */
export interface EventFilter {
  readonly text: string;
  readonly severities: readonly string[];
  /** One of `ranges`, or `FROM-TO` in milliseconds. */
  readonly range: string;
}

const USUAL: EventFilter = { text: '', severities: [], range: '24h' };

/** The filter that the address names. */
export function filterIn(query: URLSearchParams): EventFilter {
  return {
    text: query.get('q') ?? USUAL.text,
    severities: (query.get('severity') ?? '').split(',').filter((severity) => severity !== ''),
    range: query.get('range') ?? USUAL.range,
  };
}

/** The filter as the address names it. */
export function addressOf({ text, severities, range }: EventFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (text !== '') query.set('q', text);
  if (severities.length > 0) query.set('severity', severities.join(','));
  if (range !== USUAL.range) query.set('range', range);
  return query;
}

/** The filter as the console's server takes it, at the time `now`. */
export function queryOf({ text, severities, range }: EventFilter, now: number): URLSearchParams {
  const query = new URLSearchParams({ q: text, severity: severities.join(',') });
  const [, from, to] = /^(\d+)-(\d+)$/.exec(range) ?? [];
  const named = ranges.find(({ id }) => id === range)?.ms;
  if (from !== undefined && to !== undefined) {
    query.set('from', from);
    query.set('to', to);
  } else if (named !== undefined) {
    query.set('from', String(now - named));
    query.set('to', String(now));
  }
  return query;
}

/** Whether anything but the time range is filtered. */
export function isNarrowed({ text, severities }: EventFilter): boolean {
  return text.trim() !== '' || severities.length > 0;
}
