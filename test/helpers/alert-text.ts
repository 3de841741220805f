/** What a test says of an alert. */
export interface AlertFacts {
  readonly id: number;
  /** Milliseconds. */
  readonly start: number;
  readonly severity?: string;
  readonly type?: string;
  readonly category?: string;
  readonly source?: string;
  readonly status?: string;
}

/** The JSON text of an alert as the list answers it. */
export function alertText(facts: AlertFacts): string {
  const { id, start, severity = 'Medium', type = 'NewUser', category = 'Anomaly', source = 'AWS' } = facts;
  const description = `For account: 123456789012 : user alice was first seen (alert ${id}).`;
  return JSON.stringify({
    alertId: id,
    alertName: 'New User',
    startTime: new Date(start).toISOString(),
    alertType: type,
    severity,
    derivedFields: { category, sub_category: 'Cloud Activity', source },
    endTime: new Date(start + 3_600_000).toISOString(),
    lastUserUpdatedTime: '',
    status: facts.status ?? 'Open',
    alertInfo: { description, subject: `New User: ${description}` },
  });
}
