/**
 * What the trigger is measured against: a loop that fetches pages, parses them, writes each alert again and posts it in
 * batches, and keeps no promise at all. Arguments: API, intake, key id, secret, intake key, `raw` or `normalized`.
 */

interface Alert {
  readonly [field: string]: unknown;
  readonly alertId: number;
  readonly alertInfo: { readonly subject: string; readonly description: string };
}

interface Page {
  readonly paging: { readonly urls: { readonly nextPage: string | null } };
  readonly data: readonly Alert[];
}

const [, , api = '', intake = '', keyId = '', secret = '', intakeKey = '', shape = 'raw'] = process.argv;
const BATCH = 1000;

const answer = await fetch(`${api}/api/v2/access/tokens`, {
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-lw-uaks': secret },
  body: JSON.stringify({ keyId, expiryTime: 3600 }),
});
const { token } = (await answer.json()) as { readonly token: string };

const end = Date.now();
const range = `startTime=${new Date(end - 24 * 3_600_000).toISOString()}&endTime=${new Date(end).toISOString()}`;
let jsons: string[] = [];
for (let next: string | null = `${api}/api/v2/Alerts?${range}`; next !== null; ) {
  const response = await fetch(next, { headers: { authorization: `Bearer ${token}` } });
  const page = JSON.parse(await response.text()) as Page;
  for (const alert of page.data) {
    jsons.push(shape === 'raw' ? JSON.stringify(alert) : JSON.stringify(eventOf(alert)));
    if (jsons.length >= BATCH) await post();
  }
  next = page.paging.urls.nextPage;
}
await post();
// Stays until it has been measured.
setInterval(() => undefined, 60_000);

async function post(): Promise<void> {
  const body = JSON.stringify({ intake_key: intakeKey, jsons });
  jsons = [];
  const response = await fetch(`${intake}/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  await response.text();
}

function eventOf(alert: Alert) {
  const { alertId, alertInfo, alertName, alertType, severity, status, startTime, endTime } = alert;
  return {
    message: JSON.stringify(alert),
    event: { kind: 'alert', code: alertType, reason: alertName, start: startTime, end: endTime, category: ['network'] },
    '@timestamp': startTime,
    lacework: { cloud_security: { alert: { id: alertId, severity, status, info: alertInfo } } },
    observer: { vendor: 'Lacework', product: 'Lacework Cloud Security' },
  };
}
