import { evaluate } from './evaluate.js';
import type { Scrape } from './scrapes.js';

/** An alert rule of Prometheus. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  /** How long the expression must have held: `5m`. */
  readonly for?: string;
}

const EVALUATED_EVERY_SECONDS = 60;

/** The alerts that fire at one moment or more between `from` and `to` (Unix time in seconds), sorted. */
export function firedAlerts(
  rules: readonly AlertRule[],
  scrapes: readonly Scrape[],
  from: number,
  to: number,
): string[] {
  const fired = rules.filter((rule) => {
    const [, count = '', unit] = /^(\d+)([mh])$/.exec(rule.for ?? '0m') ?? [];
    const wanted = Number(count) * (unit === 'h' ? 3600 : 60);
    let since: number | undefined;
    for (let at = from; at <= to; at += EVALUATED_EVERY_SECONDS) {
      const holds = (evaluate(rule.expr, { at, scrapes }) as readonly unknown[]).length > 0;
      since = holds ? (since ?? at) : undefined;
      if (since !== undefined && at - since >= wanted) return true;
    }
    return false;
  });
  return fired.map(({ alert }) => alert).sort();
}
