import { defineMessage } from '@sekoia/automation-sdk-ts';
import { counted } from './counted.js';
import { readableDuration, readableTime, readableWindow, type Window } from './window.js';

const MIDNIGHT = 1767225600000;
const exampleWindow = { from: MIDNIGHT, to: MIDNIGHT + 7_200_000 };

/** What a poll came to. */
export interface PollSummary {
  readonly window: Window;
  /** Alerts read, copies of the same alert included. */
  readonly seen: number;
  readonly fresh: number;
  readonly changed: number;
  readonly filtered: number;
  readonly forwarded: number;
  readonly deadLetters: number;
  /** New alerts that went out without their details; undefined when details are not asked for. */
  readonly withoutDetails: number | undefined;
  /** Milliseconds between the newest alert's start and now; undefined when there was none. */
  readonly lagMs: number | undefined;
  readonly tookMs: number;
  readonly calls: number;
}

/** Messages about the trigger's life and about collecting from Lacework. */
export const messages = {
  started: defineMessage<{
    version: string;
    account: string;
    frequency: number;
    intake: string;
    format: 'normalized' | 'raw';
    profile: string;
    state: string;
    filters: string;
  }>({
    code: 'started',
    level: 'info',
    means: 'The trigger has started with this configuration.',
    todo: 'Nothing.',
    example: {
      version: '1.0.0',
      account: 'acme.lacework.net',
      frequency: 60,
      intake: 'intake.sekoia.io',
      format: 'normalized',
      profile: '2024-02',
      state: '/symphony_data',
      filters: '[]',
    },
    text: ({ version, account, frequency, intake, format, profile, state, filters }) =>
      `Started: version ${version}, account ${account}, a poll every ${frequency} s, events go to ${intake} ${
        format === 'raw'
          ? "as raw alerts, for an intake that parses Lacework's format"
          : `as normalized ECS events (profile ${profile}), for an intake that takes them as they are`
      }, state in ${state}.${filters === '[]' ? '' : ` API filters passed on as written: ${filters}.`}`,
  }),
  resumed: defineMessage<{ checkpoint: number; remembered: number }>({
    code: 'resumed',
    level: 'info',
    means: 'An earlier run left its state; collection goes on from there.',
    todo: 'Nothing.',
    example: { checkpoint: MIDNIGHT, remembered: 20_000 },
    text: ({ checkpoint, remembered }) =>
      `Collection goes on from ${readableTime(checkpoint)}; ${counted(remembered, 'delivered alert')} ${remembered === 1 ? 'is' : 'are'} remembered.`,
  }),
  firstStart: defineMessage<{ from: number }>({
    code: 'first_start',
    level: 'info',
    means: 'There is no state of an earlier run: alerts are collected from start_time on.',
    todo: 'If this is not the first start, the state was lost: check that the data path is on a volume.',
    example: { from: MIDNIGHT },
    text: ({ from }) => `First start: alerts that began at or after ${readableTime(from)} are collected.`,
  }),
  olderStateTaken: defineMessage<{ from: number }>({
    code: 'older_state_taken',
    level: 'info',
    means: 'There is no state of this module yet, but one of the older module: collection goes on where that ends.',
    todo: 'Nothing. For alerts that the older module has missed, run a backfill.',
    example: { from: MIDNIGHT },
    text: ({ from }) =>
      `The older module's state was found: alerts that began at or after ${readableTime(from)} are collected. Those of its last hour may arrive a second time.`,
  }),
  olderStateUnreadable: defineMessage<{ from: number }>({
    code: 'older_state_unreadable',
    level: 'warning',
    means: "The older module's context.json is in the data path and holds no time to go on from.",
    todo: 'Look at the time named; set start_time, or run a backfill, for what lies before.',
    example: { from: MIDNIGHT },
    text: ({ from }) =>
      `The older module's context.json holds no time to go on from: alerts that began at or after ${readableTime(from)} are collected.`,
  }),
  pollEnded: defineMessage<PollSummary>({
    code: 'poll_ended',
    level: 'info',
    means: 'A poll is complete: everything it found is at the intake or in the dead letters.',
    todo: 'Nothing.',
    example: {
      window: exampleWindow,
      seen: 37,
      fresh: 4,
      changed: 0,
      filtered: 0,
      forwarded: 4,
      deadLetters: 0,
      withoutDetails: undefined,
      lagMs: 720_000,
      tookMs: 800,
      calls: 1,
    },
    text: (poll) =>
      `Poll of ${readableWindow(poll.window)}: ${counted(poll.seen, 'alert')} seen, ${poll.fresh} new, ${
        poll.changed > 0 ? `${poll.changed} changed, ` : ''
      }${poll.filtered > 0 ? `${poll.filtered} filtered out, ` : ''}${poll.forwarded} forwarded${
        poll.deadLetters > 0 ? `, ${poll.deadLetters} kept as dead letters` : ''
      }${poll.withoutDetails === undefined || poll.withoutDetails === 0 ? '' : `, ${poll.withoutDetails} without details`}${
        poll.lagMs === undefined ? '' : `, the newest began ${readableDuration(poll.lagMs)} ago`
      }; ${counted(poll.calls, 'call')} in ${(poll.tookMs / 1000).toFixed(1)} s.`,
  }),
  windowSettled: defineMessage<{ window: Window; seen: number; forwarded: number }>({
    code: 'window_settled',
    level: 'info',
    means: 'A part of a longer history is complete; collection goes on with the next.',
    todo: 'Nothing.',
    example: { window: exampleWindow, seen: 20_000, forwarded: 20_000 },
    text: ({ window, seen, forwarded }) =>
      `History: ${readableWindow(window)} is complete, ${counted(seen, 'alert')} seen, ${forwarded} forwarded.`,
  }),
  nothingNew: defineMessage<{ window: Window; seen: number; tookMs: number; calls: number }>({
    code: 'nothing_new',
    level: 'info',
    means: 'A poll is complete and found nothing that had not been delivered.',
    todo: 'Nothing.',
    example: { window: exampleWindow, seen: 33, tookMs: 300, calls: 1 },
    text: ({ window, seen, tookMs, calls }) =>
      `Nothing new: ${counted(seen, 'alert')} seen in ${readableWindow(window)}, all delivered before; ${counted(calls, 'call')} in ${(tookMs / 1000).toFixed(1)} s.`,
  }),
  waiting: defineMessage<{ until: number; ms: number }>({
    code: 'waiting',
    level: 'debug',
    means: 'The trigger waits for the time of its next poll.',
    todo: 'Nothing.',
    example: { until: MIDNIGHT + 60_000, ms: 58_000 },
    text: ({ until, ms }) => `Waiting ${readableDuration(ms)}: the next poll is at ${readableTime(until)}.`,
  }),
  stopped: defineMessage<{ forwarded: number; unrecorded: number }>({
    code: 'stopped',
    level: 'info',
    means:
      'The trigger was asked to stop and has; its state is saved, unless an error before this line says otherwise.',
    todo: 'Nothing.',
    example: { forwarded: 1204, unrecorded: 0 },
    text: ({ forwarded, unrecorded }) =>
      `Stopped; ${counted(forwarded, 'event')} forwarded since the start.${unrecorded === 0 ? ' The state is saved.' : ''}`,
  }),
  unrecorded: defineMessage<{ count: number }>({
    code: 'unrecorded',
    level: 'error',
    means: 'The trigger ends while events that the intake has acknowledged could not be recorded in the state store.',
    todo: 'Mend the store (an error before this line names it). The next start sends these events once more.',
    example: { count: 20 },
    text: ({ count }) =>
      `${counted(count, 'event')} that the intake has acknowledged could not be recorded: the next start sends ${count === 1 ? 'it' : 'them'} again. Mend the state store before it.`,
  }),
  pageRetried: defineMessage<{ problem: string }>({
    code: 'page_retried',
    level: 'warning',
    means: 'A page of alerts could not be read. It is asked for again, where the reading was.',
    todo: 'Nothing, if it passes.',
    example: { problem: 'acme.lacework.net answers with an error of its own (status 503).' },
    text: ({ problem }) => `${problem} The page is asked for again.`,
  }),
  unreachable: defineMessage<{ problem: string; retryMs: number }>({
    code: 'first_poll_failed',
    level: 'error',
    means: 'Not a single poll has succeeded since the start.',
    todo: 'Check the account in the form, and that Lacework can be reached from where the trigger runs.',
    example: {
      problem: "acme.lacework.net can't be resolved; check the name and the DNS (ENOTFOUND).",
      retryMs: 5_000,
    },
    text: ({ problem, retryMs }) =>
      `${problem} Check the account, and that Lacework can be reached from here; tried again in ${readableDuration(retryMs)}, and for as long as it takes.`,
  }),
  pollFailed: defineMessage<{ problem: string; retryMs: number }>({
    code: 'poll_failed',
    level: 'warning',
    means: 'A poll could not be completed. It is made again; nothing is lost.',
    todo: 'Nothing, if it passes. Otherwise do what the message says.',
    example: { problem: 'acme.lacework.net refuses or does not accept connections (ECONNREFUSED).', retryMs: 20_000 },
    text: ({ problem, retryMs }) =>
      `${problem} The poll is made again in ${readableDuration(retryMs)}; nothing is lost.`,
  }),
  pollStillFails: defineMessage<{ problem: string; since: number; failures: number; retryMs: number }>({
    code: 'poll_still_fails',
    level: 'error',
    means: 'No poll has been completed for a while. It is tried again for as long as it takes; nothing is lost.',
    todo: 'Do what the message says; check that Lacework can be reached from where the trigger runs.',
    example: {
      problem: "acme.lacework.net can't be resolved; check the name and the DNS (ENOTFOUND).",
      since: MIDNIGHT,
      failures: 6,
      retryMs: 600_000,
    },
    text: ({ problem, since, failures, retryMs }) =>
      `${problem} ${failures} polls in a row have failed since ${readableTime(since)}; the next is made in ${readableDuration(retryMs)}. Nothing is lost: alerts are collected when Lacework answers.`,
  }),
  pollRecovered: defineMessage<{ failures: number; downMs: number }>({
    code: 'poll_recovered',
    level: 'info',
    means: 'Polls work again; what was missed meanwhile is collected.',
    todo: 'Nothing.',
    example: { failures: 6, downMs: 1_300_000 },
    text: ({ failures, downMs }) =>
      `Lacework answers again after ${failures} failed ${failures === 1 ? 'poll' : 'polls'} in ${readableDuration(downMs)}; what was missed is collected.`,
  }),
  keyRefused: defineMessage<{ problem: string }>({
    code: 'lacework_key_refused',
    level: 'critical',
    means: 'Lacework refuses the API key: at the first call, or, after it has worked, for a minute on end.',
    todo: 'Correct keyId and secret in the account, or create a new API key; then start the trigger. Nothing was lost.',
    example: {
      problem:
        'Lacework refuses the API key at acme.lacework.net (status 401). Check keyId and secret in the account, or create a new API key in the Lacework console.',
    },
    text: ({ problem }) => problem,
  }),
  rateLimited: defineMessage<{ until: number; asked: boolean }>({
    code: 'rate_limited',
    level: 'warning',
    means: 'Lacework allows no more calls for the moment (status 429). Collection goes on where it was.',
    todo: 'Nothing. If it happens often, raise frequency, or see what else uses the API of the same account.',
    example: { until: MIDNIGHT + 3_600_000, asked: true },
    text: ({ until, asked }) =>
      `Lacework allows no more calls until ${readableTime(until)}${asked ? '' : ' (our guess: it did not say)'}; collection then goes on where it was.`,
  }),
  budgetSpent: defineMessage<{ perHour: number; until: number }>({
    code: 'budget_spent',
    level: 'warning',
    means: 'The calls of this hour are used up. Collection waits and goes on where it was.',
    todo: 'Nothing. If it happens often, raise frequency, or ratelimit_per_hour where Lacework allows it.',
    example: { perHour: 480, until: MIDNIGHT + 3_600_000 },
    text: ({ perHour, until }) =>
      `The ${perHour} API calls of this hour are used up; collection goes on where it was at ${readableTime(until)}.`,
  }),
  callsDamaged: defineMessage<{ setAside: string }>({
    code: 'calls_damaged',
    level: 'warning',
    means: 'The record of the API calls of the last hour could not be read. They are counted anew.',
    todo: 'Nothing. Look at the disk if it happens again.',
    example: { setAside: 'calls.corrupt' },
    text: ({ setAside }) =>
      `The record of the last hour's API calls is damaged and set aside as ${setAside}; calls are counted anew from now on.`,
  }),
  intervalStretched: defineMessage<{ frequency: number; intervalMs: number; perHour: number }>({
    code: 'interval_stretched',
    level: 'warning',
    means: "The API's budget can't carry the frequency. Polls are made less often; every alert is still collected.",
    todo: 'Raise frequency to the interval named, or ratelimit_per_hour where Lacework allows it.',
    example: { frequency: 5, intervalMs: 8_000, perHour: 480 },
    text: ({ frequency, intervalMs, perHour }) =>
      `A poll every ${frequency} s can't be carried by ${perHour} API calls an hour: the interval in effect is ${readableDuration(intervalMs)}. Every alert is still collected.`,
  }),
  clockSkew: defineMessage<{ offsetMs: number; host: string }>({
    code: 'clock_skew',
    level: 'warning',
    means: "This machine's clock is wrong. Lacework's time is used instead, so nothing is missed.",
    todo: "Set the machine's clock (NTP).",
    example: { offsetMs: 3_600_000, host: 'acme.lacework.net' },
    text: ({ offsetMs, host }) =>
      `This machine's clock is ${readableDuration(Math.abs(offsetMs))} ${offsetMs > 0 ? 'behind' : 'ahead of'} ${host}; the server's time is used. Set the clock.`,
  }),
  gap: defineMessage<{ gap: Window }>({
    code: 'history_gap',
    level: 'warning',
    means: 'Lacework answers for 92 days back only: alerts that began in the named range cannot be collected any more.',
    todo: 'Look at that range in the Lacework console.',
    example: { gap: { from: MIDNIGHT, to: MIDNIGHT + 86_400_000 } },
    text: ({ gap }) =>
      `Lacework answers for 92 days back: alerts that began from ${readableWindow(gap)} can't be collected. Look at them in the Lacework console.`,
  }),
  stateDamaged: defineMessage<{ setAside: string; from: number }>({
    code: 'state_damaged',
    level: 'warning',
    means: 'The stored checkpoint could not be read. Collection starts again some time back; duplicates are possible.',
    todo: 'Check the disk. Alerts from before the named time that had not been delivered are not collected: see history_after_damage_hours.',
    example: { setAside: 'checkpoint-0.corrupt, checkpoint-1.corrupt', from: MIDNIGHT },
    text: ({ setAside, from }) =>
      `The stored state is damaged (set aside: ${setAside}). Alerts are collected again from ${readableTime(from)}, duplicates are possible; nothing before that time was checked.`,
  }),
  generationDamaged: defineMessage<{ setAside: string }>({
    code: 'generation_damaged',
    level: 'warning',
    means: 'One of the two copies of the checkpoint could not be read; the other was used. Nothing is lost.',
    todo: 'Check the disk.',
    example: { setAside: 'checkpoint-1.corrupt' },
    text: ({ setAside }) =>
      `One copy of the checkpoint is damaged (set aside: ${setAside}); the other one is used, nothing is lost.`,
  }),
  recordDamaged: defineMessage<{ range: Window; setAside: string }>({
    code: 'record_damaged',
    level: 'warning',
    means:
      'A record of delivered alerts could not be read. Its time range is collected again; duplicates are possible.',
    todo: 'Check the disk.',
    example: { range: exampleWindow, setAside: 'seen/000000000012-0490896-0490898-40.corrupt' },
    text: ({ range, setAside }) =>
      `A record of delivered alerts is damaged (set aside: ${setAside}). Alerts that began from ${readableWindow(range)} are collected again; duplicates are possible.`,
  }),
  windowEmpty: defineMessage<{ window: Window; pauseMs: number }>({
    code: 'window_empty',
    level: 'info',
    means:
      'Lacework has sent nothing for a part of the history that is read only once. It is asked again, since an empty answer may be a failure; a second one counts.',
    todo: 'Nothing.',
    example: { window: exampleWindow, pauseMs: 10_000 },
    text: ({ window, pauseMs }) =>
      `History: Lacework sent nothing for ${readableWindow(window)}; it is asked again in ${readableDuration(pauseMs)}.`,
  }),
  windowReread: defineMessage<{ window: Window; rows: number; totalRows: number | undefined; why: string }>({
    code: 'window_reread',
    level: 'warning',
    means: 'The pages of Lacework did not hold what they announced. They are read again; nothing is lost.',
    todo: 'Nothing, if it passes.',
    example: { window: exampleWindow, rows: 1000, totalRows: 3000, why: 'fewer rows than announced' },
    text: ({ window, rows, totalRows, why }) =>
      `Lacework announced ${totalRows === undefined ? 'no number of alerts' : counted(totalRows, 'alert')} for ${readableWindow(window)} and sent ${rows} (${why}); they are read again.`,
  }),
  incompleteWindow: defineMessage<{ window: Window; rows: number; totalRows: number | undefined; why: string }>({
    code: 'window_incomplete',
    level: 'warning',
    means:
      'The pages of Lacework held another number of alerts than announced, and did so again when they were read again. What was read is taken as the content of the window.',
    todo: 'Compare with the Lacework console if the difference is large.',
    example: { window: exampleWindow, rows: 998, totalRows: 1000, why: 'fewer rows than announced' },
    text: ({ window, rows, totalRows, why }) =>
      `Lacework announced ${totalRows === undefined ? 'no number of alerts' : counted(totalRows, 'alert')} for ${readableWindow(window)} and sent ${rows} (${why}); a second reading agreed, so the window counts as read.`,
  }),
  searchRefused: defineMessage<{ unchecked: boolean }>({
    code: 'search_refused',
    level: 'warning',
    means: 'Lacework refuses the filtered search. All alerts are fetched, and filtered here.',
    todo: 'If you set filters (the field of that name), correct them: they are not applied.',
    example: { unchecked: false },
    text: ({ unchecked }) =>
      `Lacework refuses the filtered search (status 400): all alerts are fetched and filtered here.${unchecked ? ' The API filters as written are NOT applied: correct the field filters.' : ''}`,
  }),
  odd: defineMessage<{ what: string; count: number }>({
    code: 'odd_alerts',
    level: 'warning',
    means:
      'Fields of some alerts are missing, or of another type. They are forwarded; ECS fields that depend on these are left out.',
    todo: 'Nothing. Report it if the field matters to you.',
    example: { what: 'startTime is not a time', count: 2 },
    text: ({ what, count }) =>
      `${count} ${count === 1 ? 'alert is' : 'alerts are'} odd: ${what}. What could be read is forwarded.`,
  }),
  rawExpected: defineMessage<{ intake: string }>({
    code: 'raw_expected',
    level: 'warning',
    means: 'The intakes of Sekoia.io parse raw alerts; normalized events arrive there but are not understood.',
    todo: 'Set event_format to raw, or use a custom intake format that passes events through.',
    example: { intake: 'intake.sekoia.io' },
    text: ({ intake }) =>
      `Normalized events go to ${intake}, whose Lacework intake parses raw alerts: set event_format to raw, unless a custom intake takes them as they are.`,
  }),
};
