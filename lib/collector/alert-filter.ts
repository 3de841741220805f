import type { Configuration, Severity } from '../configuration.js';
import { severities } from '../configuration.js';
import type { ApiFilter } from '../lacework/client.js';

/** What a filter looks at in an alert. */
export interface Filterable {
  readonly severity: unknown;
  readonly alertType: unknown;
  readonly category: unknown;
  readonly source: unknown;
}

type FilterFields = Pick<Configuration, 'min_severity' | 'alert_types' | 'categories' | 'sources' | 'filters'>;

/** The severity's rank, 0 for info to 4 for critical; undefined for one that is not known. */
export function severityRank(severity: unknown): number | undefined {
  const rank = typeof severity === 'string' ? severities.indexOf(severity.toLowerCase() as Severity) : -1;
  return rank === -1 ? undefined : rank;
}

/**
 * Whether the configuration wants the alert. Words are compared without case. An alert whose severity can't be read
 * passes the minimum: what can't be judged is not held back.
 */
export function createAlertFilter(configuration: FilterFields): (alert: Filterable) => boolean {
  const { min_severity, alert_types, categories, sources } = configuration;
  const lowestRank = min_severity === undefined ? 0 : severities.indexOf(min_severity);
  const types = wordSet(alert_types);
  const wantedCategories = wordSet(categories);
  const wantedSources = wordSet(sources);
  // A value is read only where it is asked for: an alert that was not parsed makes a string of it each time.
  return (alert) =>
    (lowestRank === 0 || (severityRank(alert.severity) ?? lowestRank) >= lowestRank) &&
    (types === undefined || hasWord(types, alert.alertType)) &&
    (wantedCategories === undefined || hasWord(wantedCategories, alert.category)) &&
    (wantedSources === undefined || hasWord(wantedSources, alert.source));
}

/** The part of the filter that the server applies: severities and types, as alerts write them, and the API's own filters. */
export function serverFilters({ min_severity, alert_types, filters }: FilterFields): ApiFilter[] {
  const built: ApiFilter[] = [];
  if (min_severity !== undefined && min_severity !== 'info') {
    const names = severities.slice(severities.indexOf(min_severity));
    built.push({ field: 'severity', expression: 'in', values: names.map(capitalized) });
  }
  if (alert_types !== undefined && alert_types.length > 0) {
    built.push({ field: 'alertType', expression: 'in', values: alert_types });
  }
  return [...built, ...(filters ?? [])];
}

function wordSet(words: readonly string[] | undefined): ReadonlySet<string> | undefined {
  return words === undefined || words.length === 0 ? undefined : new Set(words.map((word) => word.toLowerCase()));
}

function hasWord(wanted: ReadonlySet<string>, value: unknown): boolean {
  return typeof value === 'string' && wanted.has(value.toLowerCase());
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
