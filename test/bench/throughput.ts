import { parseArgs } from 'node:util';
import { type Figures, type Load, runAtRest, runBareLoop, runTrigger } from './measured-run.js';
import { FEW, LARGEST_GROWTH, LARGEST_PEAK, MANY } from './memory-limits.js';
import { bytesForEach } from './process-figures.js';

/** The share of the bare loop's CPU that the trigger may use, every promise kept. */
const LARGEST_SHARE = { normalized: 0.75, raw: 0.6 } as const;
const LONGEST_START_MS = 500;
const MOST_REST_CPU_MS = 10;
const REST_SECONDS = 40;

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    alerts: { type: 'string' },
    page: { type: 'string' },
    format: { type: 'string' },
  },
});
const sizes =
  values.alerts?.split(',').map(Number) ?? (values.quick ? [10_000, 100_000] : [10_000, 100_000, 1_000_000]);
const pageSizes = values.page?.split(',').map(Number) ?? [1000, 5000];
const formats = (['normalized', 'raw'] as const).filter((format) => (values.format ?? format) === format);

const misses: string[] = [];
console.log('alerts of 1.3 KB, shuffled ids, all within the lookback; CPU is of all threads of the process');
for (const format of formats) {
  for (const pageSize of pageSizes) {
    const peaks = new Map<number, number>();
    for (const alerts of sizes) peaks.set(alerts, await compare({ alerts, pageSize, format }));
    reportGrowth(`${format.padEnd(10)} pages of ${pageSize}`, peaks);
  }
}
await measureRest();
if (misses.length > 0) {
  console.log(`\nMissed:\n${misses.join('\n')}`);
  process.exitCode = 1;
}

/** The trigger and the bare loop in turns, so that what else the machine does strikes both. Answers the trigger's peak, in megabytes. */
async function compare(load: Load): Promise<number> {
  const { alerts, pageSize, format } = load;
  // The shorter a run, the more it depends on what else happens at the time.
  const turns = alerts > 100_000 ? 1 : alerts > 10_000 ? 3 : 9;
  const triggers: Figures[] = [];
  const bares: Figures[] = [];
  for (let turn = 0; turn < turns; turn++) {
    triggers.push(await runTrigger(load));
    bares.push(await runBareLoop(load));
  }
  // What else the machine does only adds to it.
  const trigger = sorted(triggers, workOf)[0] as Figures;
  const bare = sorted(bares, workOf)[0] as Figures;
  const { peakMb } = sorted(triggers, (figures) => figures.peakMb)[turns >> 1] as Figures;
  const largestMb = Math.max(...triggers.map((figures) => figures.peakMb));
  const share = workOf(trigger) / workOf(bare);
  const name = `${format.padEnd(10)} pages of ${pageSize}, ${alerts.toLocaleString('en').padStart(9)} alerts`;
  console.log(
    [
      name,
      `${Math.round(alerts / (trigger.wallMs / 1000))
        .toLocaleString('en')
        .padStart(6)}/s`,
      `${(trigger.cpuMs / 1000).toFixed(2)} s CPU (start ${Math.round(trigger.startCpuMs)} ms, then ${perHundredThousand(trigger, alerts)} s/100k)`,
      `bare ${perHundredThousand(bare, alerts)} s/100k, ${Math.round(bare.peakMb)} MB`,
      `share ${share.toFixed(2)}`,
      `peak ${Math.round(peakMb)} MB`,
      `${trigger.calls} calls`,
      `${(trigger.stateBytes / alerts).toFixed(1)} B state/alert`,
      `first call after ${trigger.firstCallMs} ms`,
    ].join(' | '),
  );
  expectAtMost(`${name}: share of the bare loop's CPU`, share, LARGEST_SHARE[format]);
  expectAtMost(`${name}: peak memory in MB`, largestMb, LARGEST_PEAK.get(pageSize) ?? Number.POSITIVE_INFINITY);
  expectAtMost(`${name}: ms to the first call`, trigger.firstCallMs, LONGEST_START_MS);
  return peakMb;
}

function reportGrowth(name: string, peaks: ReadonlyMap<number, number>): void {
  const [fewMb, manyMb] = [peaks.get(FEW), peaks.get(MANY)];
  if (fewMb === undefined || manyMb === undefined) return;
  const bytes = bytesForEach(FEW, fewMb, MANY, manyMb);
  const what = `bytes of memory an alert from ${FEW.toLocaleString('en')} to ${MANY.toLocaleString('en')}`;
  console.log(`${name}: ${bytes.toFixed(1)} ${what}`);
  expectAtMost(`${name}: ${what}`, bytes, LARGEST_GROWTH);
}

async function measureRest(): Promise<void> {
  const { polls, calls, cpuMsPerPoll } = await runAtRest(REST_SECONDS);
  console.log(`at rest: ${polls} polls, ${calls} calls, ${cpuMsPerPoll.toFixed(1)} ms CPU a poll`);
  expectAtMost('at rest: ms CPU a poll', cpuMsPerPoll, MOST_REST_CPU_MS);
  expectAtMost('at rest: calls a poll', Math.round(calls / polls), 1);
}

function sorted(figures: readonly Figures[], by: (figures: Figures) => number): Figures[] {
  return [...figures].sort((a, b) => by(a) - by(b));
}

/** CPU without that of the start, which is a matter of its own. */
function workOf({ cpuMs, startCpuMs }: Figures): number {
  return cpuMs - startCpuMs;
}

function perHundredThousand(figures: Figures, alerts: number): string {
  return ((workOf(figures) / 1000) * (100_000 / alerts)).toFixed(2);
}

function expectAtMost(what: string, found: number, most: number): void {
  if (!(found <= most)) misses.push(`${what}: ${found.toFixed(2)}, at most ${most}`);
}
