import { entityMapDetails } from './entity-map-details.js';
import { entityMapFlat } from './entity-map-flat.js';
import { headsAndBodies } from './heads-and-bodies.js';
import { idsAndTimes } from './ids-and-times.js';
import { kindsOfAlerts } from './kinds-of-alerts.js';
import { nearMisses } from './near-misses.js';
import { oddInput } from './odd-input.js';
import { principals } from './principals.js';
import { secondReading } from './second-reading.js';
import { spacingAndCounts } from './spacing-and-counts.js';
import type { WrittenCase } from './written-case.js';

/** Every case by its topic. */
export const writtenCorpus: Readonly<Record<string, readonly WrittenCase[]>> = {
  'heads and bodies': headsAndBodies,
  principals,
  'spacing and counts': spacingAndCounts,
  'kinds of alerts': kindsOfAlerts,
  'ids and times': idsAndTimes,
  'entity maps of the details': entityMapDetails,
  'flat entity maps': entityMapFlat,
  'odd input': oddInput,
  'a second reading': secondReading,
  'near misses': nearMisses,
};
