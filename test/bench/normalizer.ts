import { readdirSync, readFileSync } from 'node:fs';
import { ByteWindow } from '../../lib/alert-bytes/byte-window.js';
import { eventWithMessage } from '../../lib/collector/escaped-alert.js';
import { PageAlert } from '../../lib/collector/page-alert.js';
import { elementText } from '../../lib/lacework/element-text.js';
import { scanPage } from '../../lib/lacework/page-elements.js';
import { buildEvent, fitEvent } from '../../lib/normalizer/build-event.js';
import { writeEscapedRest } from '../../lib/normalizer/event-json.js';
import { normalizeAlert } from '../../lib/normalizer/normalize-alert.js';
import { readAlert } from '../../lib/normalizer/read-alert.js';
import { alertOf, HOSTILE_FAMILIES } from './hostile-alerts.js';

const KIB = 1024;
const SIZES = [1, 4, 16, 64, 256, 1024];
const SAMPLES = 'test/fixtures/samples';
const ALERTS = 5000;
const ALERT_BYTES = 1300;
const ROUNDS = 10;
/** In a turn: what a collection of old garbage takes away of the optimized code is made anew in the first. */
const PAGES = 5;
const MAX_EVENT_BYTES = 256_000;

printHostile();
printThroughput();

/** Time per KiB at each size; it stays level where the time is proportional to the length. */
function printHostile(): void {
  console.log('Microseconds per KiB of a hostile description or entity map, by its size in KiB\n');
  console.log(row('', SIZES.map(String)));
  for (const { name, build } of HOSTILE_FAMILIES) {
    const perKib = SIZES.map((size) => {
      const text = alertOf(build(size * KIB));
      const runs = Math.max(3, Math.ceil(256 / size));
      return bestOf(3, () => repeat(runs, () => normalizeAlert(text))) / runs / size;
    });
    console.log(
      row(
        name,
        perKib.map((microseconds) => microseconds.toFixed(1)),
      ),
    );
  }
}

/** The normalizer beside JSON.parse of the same page and JSON.stringify of its objects, in turns. */
function printThroughput(): void {
  const page = pageOfAlerts();
  let floor = Number.POSITIVE_INFINITY;
  let normalizer = Number.POSITIVE_INFINITY;
  let trigger = Number.POSITIVE_INFINITY;
  const batch = Buffer.alloc(16 * KIB);
  for (let round = 0; round < ROUNDS; round++) {
    floor = Math.min(
      floor,
      turnOf(() => parseAndStringify(page)),
    );
    normalizer = Math.min(
      normalizer,
      turnOf(() => normalizePage(page)),
    );
    trigger = Math.min(
      trigger,
      turnOf(() => writePage(page, batch)),
    );
  }
  console.log(
    `\n${ALERTS} alerts of ${Math.round(page.length / ALERTS)} bytes in a page, processor time, the best of ${ROUNDS} turns of ${PAGES} pages\n`,
  );
  console.log(
    `the floor       ${(floor / ALERTS).toFixed(2)} µs an alert   JSON.parse of the page, JSON.stringify of its objects`,
  );
  console.log(
    `the normalizer  ${(normalizer / ALERTS).toFixed(2)} µs an alert   exact text cut out, read, normalized, written`,
  );
  console.log(
    `in the trigger  ${(trigger / ALERTS).toFixed(2)} µs an alert   the same from the page's bytes, written as a string in the intake's body`,
  );
  console.log(
    `\nThe normalizer runs at ${(floor / normalizer).toFixed(2)} of the floor's speed, in the trigger at ${(floor / trigger).toFixed(2)}; the aim is 0.5 or more.`,
  );
}

function parseAndStringify(page: Buffer): void {
  for (const alert of JSON.parse(page.toString()).data) JSON.stringify(alert);
}

function normalizePage(page: Buffer): void {
  const offsets = offsetsIn(page);
  for (let i = 0; i < offsets.length; i += 2) {
    const text = elementText(page, offsets[i] as number, offsets[i + 1] as number);
    fitEvent(text, buildEvent(readAlert(text), { profile: '2024-02' }).fields, MAX_EVENT_BYTES);
  }
}

function writePage(page: Buffer, target: Buffer): void {
  const offsets = offsetsIn(page);
  const window = new ByteWindow(page);
  for (let i = 0; i < offsets.length; i += 2) {
    const alert = new PageAlert(window, offsets[i] as number, offsets[i + 1] as number, true);
    const { fields } = alert.event({ profile: '2024-02' });
    eventWithMessage(alert, writeEscapedRest(fields)).writeTo(target, 0);
  }
}

function offsetsIn(page: Buffer): readonly number[] {
  const scan = scanPage(page);
  if (scan.kind !== 'elements') throw new Error('The page of the benchmark is broken.');
  return scan.offsets;
}

/** The documentation's samples over and over, each filled up to the size of a usual alert. */
function pageOfAlerts(): Buffer {
  const samples = readdirSync(SAMPLES).map(
    (file) => JSON.parse(JSON.parse(readFileSync(`${SAMPLES}/${file}`, 'utf8')).message) as { alertId: number },
  );
  const data = Array.from({ length: ALERTS }, (_, i) => {
    const alert = { ...(samples[i % samples.length] as { alertId: number }), alertId: 813_628 + i };
    const missing = Math.max(0, ALERT_BYTES - JSON.stringify(alert).length - '"filler":"",'.length);
    return { ...alert, filler: 'x'.repeat(missing) };
  });
  return Buffer.from(JSON.stringify({ paging: { rows: ALERTS, totalRows: ALERTS, urls: { nextPage: null } }, data }));
}

function row(name: string, cells: readonly string[]): string {
  return name.padEnd(52) + cells.map((cell) => cell.padStart(8)).join('');
}

function bestOf(count: number, run: () => void): number {
  return Math.min(...Array.from({ length: count }, () => microsecondsOf(run)));
}

function repeat(count: number, run: () => void): void {
  for (let i = 0; i < count; i++) run();
}

function microsecondsOf(run: () => void): number {
  const start = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - start) / 1000;
}

/** What it takes for one page, after a collection of the garbage of others. */
function turnOf(run: () => void): number {
  globalThis.gc?.();
  return processorMicrosecondsOf(() => repeat(PAGES, run)) / PAGES;
}

/** Of all threads of the process, so that the collector of garbage counts and a busy machine does not. */
function processorMicrosecondsOf(run: () => void): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return user + system;
}
