import { BodyMemory } from '@sekoia/automation-sdk-ts';
import { backoffMs, deliberateWait, type Waiting } from '../deliberate-wait.js';
import { LaceworkError } from '../errors.js';
import { messages } from '../messages.js';
import type { Window } from '../window.js';
import type { AlertQuery } from './alert-query.js';
import { type Paging, scanPage } from './page-elements.js';
import type { Reading } from './reading.js';

/** One page of alerts: its bytes, and where in them each alert is. */
export interface AlertPage {
  readonly bytes: Buffer;
  /** Start and end of each alert, in pairs. */
  readonly offsets: readonly number[];
  /** How many invalid byte sequences are read as U+FFFD. */
  readonly invalidUtf8: number;
}

/** What reading pages needs. */
export interface PageReading extends Waiting {
  readonly query: AlertQuery;
}

interface ScannedPage extends AlertPage {
  readonly paging: Paging;
}

const ATTEMPTS = 3;
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 10_000;
const NO_PAGING: Paging = { rows: undefined, totalRows: undefined, nextPage: undefined };

/**
 * The pages of a window, each asked for while the one before is worked on; `reading` counts them. A further page that fails
 * for a moment is asked for again where it is; what fails on, and a first page that fails, is thrown as a LaceworkError.
 */
export async function* alertPages(window: Window, reading: Reading, deps: PageReading): AsyncGenerator<AlertPage> {
  // Of one page that is worked on, and of the one that comes meanwhile.
  let [memory, other] = [new BodyMemory(), new BodyMemory()];
  let coming: Promise<ScannedPage> | undefined = deps.query.firstPage(window, memory).then(scanAnswer);
  while (coming !== undefined) {
    const page: ScannedPage = await coming;
    reading.count(page.bytes, page.offsets, page.paging);
    const { nextPage } = page.paging;
    [memory, other] = [other, memory];
    coming = nextPage !== undefined && reading.follows(nextPage) ? readFurtherPage(nextPage, memory, deps) : undefined;
    // Whoever stops before the next page never looks at how it ended.
    coming?.catch(() => undefined);
    if (page.offsets.length > 0) yield page;
  }
}

async function readFurtherPage(url: string, into: BodyMemory, deps: PageReading): Promise<ScannedPage> {
  for (let attempt = 0; ; attempt++) {
    try {
      return scanAnswer(await deps.query.nextPage(url, into));
    } catch (error) {
      if (!(error instanceof LaceworkError && error.transient) || attempt + 1 >= ATTEMPTS) throw error;
      const retryMs = backoffMs(attempt, FIRST_RETRY_MS, LONGEST_RETRY_MS);
      deps.monitor.report(messages.pageRetried({ problem: error.message }));
      await deliberateWait(retryMs, deps);
    }
  }
}

/** An empty answer, `{}`, and a `data` that is null or missing are the API's ways to say that there is nothing. */
function scanAnswer(bytes: Buffer): ScannedPage {
  if (bytes.length === 0) return { bytes, offsets: [], invalidUtf8: 0, paging: NO_PAGING };
  const scan = scanPage(bytes);
  if (scan.kind === 'elements') return { bytes, ...scan };
  if (scan.kind === 'no data' && scan.data !== 'not a list') {
    return { bytes, offsets: [], invalidUtf8: 0, paging: scan.paging };
  }
  const what = scan.kind === 'malformed' ? scan.problem : '"data" is no list';
  throw new LaceworkError(
    'unreadable',
    `Lacework's answer is not a page of alerts (${what}); a proxy in between may have written it.`,
  );
}
