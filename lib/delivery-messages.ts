import { defineMessage } from '@sekoia/automation-sdk-ts';
import { counted } from './counted.js';
import { readableDuration, readableTime } from './window.js';

/** Messages about what happens between the trigger and the intake. */
export const deliveryMessages = {
  keyRefused: defineMessage<{ host: string; status: number }>({
    code: 'intake_key_refused',
    level: 'critical',
    means: 'The intake has refused the intake key for a minute on end.',
    todo: "Copy the intake's key into the configuration again; then start the trigger. Nothing was lost.",
    example: { host: 'intake.sekoia.io', status: 401 },
    text: ({ host, status }) =>
      `Configuration: intake_key is refused by ${host} (status ${status}) for a minute on end. Copy the key of the intake again, and start the trigger: nothing was lost.`,
  }),
  intakeFailed: defineMessage<{ reason: string; waiting: number }>({
    code: 'intake_failed',
    level: 'warning',
    means:
      'The intake did not take a batch. It is sent again, at least once a minute, until it is taken; nothing is lost.',
    todo: "Nothing, if it passes. Otherwise check the intake's address and the network between.",
    example: { reason: 'intake.sekoia.io answers 503', waiting: 1000 },
    text: ({ reason, waiting }) =>
      `The intake does not take events: ${reason}. Waiting: ${counted(waiting, 'event')}; sent again until taken.`,
  }),
  intakeStillFails: defineMessage<{ reason: string; waiting: number; since: number }>({
    code: 'intake_still_fails',
    level: 'error',
    means: 'The intake has not taken anything for more than 10 minutes. Collection waits for it; nothing is lost.',
    todo: "Check the intake's address, its state, and the network between.",
    example: { reason: 'intake.sekoia.io answers 503', waiting: 4000, since: 1767225600000 },
    text: ({ reason, waiting, since }) =>
      `The intake has not taken events since ${readableTime(since)}: ${reason}. Waiting: ${counted(waiting, 'event')}; nothing is lost, and collection goes on when it answers.`,
  }),
  intakeRecovered: defineMessage<{ downMs: number }>({
    code: 'intake_recovered',
    level: 'info',
    means: 'The intake takes events again.',
    todo: 'Nothing.',
    example: { downMs: 754_000 },
    text: ({ downMs }) => `The intake takes events again, after ${readableDuration(downMs)}.`,
  }),
  surplus: defineMessage<{ sent: number; surplus: number }>({
    code: 'intake_surplus',
    level: 'warning',
    means: 'The intake acknowledged more events than were sent. The batch counts as delivered.',
    todo: 'Tell the owner of the intake if it goes on.',
    example: { sent: 1000, surplus: 1 },
    text: ({ sent, surplus }) =>
      `The intake acknowledged ${sent + surplus} events where ${sent} were sent; they count as delivered.`,
  }),
  shortAnswer: defineMessage<{ acknowledged: number; sent: number; where: string }>({
    code: 'intake_short_answer',
    level: 'error',
    means:
      'The intake acknowledged fewer events than were sent and did not say which. The batch is not sent again, since most of it is stored; all of it is kept in the dead letters.',
    todo: 'Compare the dead letters with what the intake stored, and replay what is missing.',
    example: { acknowledged: 998, sent: 1000, where: '/symphony_data/dead-letters' },
    text: ({ acknowledged, sent, where }) =>
      `The intake acknowledged ${acknowledged} of ${counted(sent, 'event')} and did not say which. The whole batch is kept in the dead letters in ${where}: compare them with the Events page, and replay those that are missing.`,
  }),
  deadLettered: defineMessage<{ count: number; reason: string; where: string }>({
    code: 'dead_lettered',
    level: 'error',
    means: 'Events that the intake will not take are kept in the dead letters, with the reason and their exact text.',
    todo: 'Look at them, mend the cause, and replay them.',
    example: { count: 3, reason: 'the intake answers 413', where: '/symphony_data/dead-letters' },
    text: ({ count, reason, where }) =>
      `Events that could not be delivered (${reason}): ${count}. They are kept in the dead letters in ${where}. Look at them, and replay them when the cause is mended.`,
  }),
  cut: defineMessage<{ count: number; where: string }>({
    code: 'message_cut',
    level: 'warning',
    means:
      'An alert is larger than the intake takes. Its event was forwarded with the message cut and marked; the full text is in the dead letters.',
    todo: 'Read the full text there when you need it.',
    example: { count: 1, where: '/symphony_data/dead-letters' },
    text: ({ count, where }) =>
      `Alerts larger than the intake takes: ${count}. Their events go out with message cut and marked, and the full text is kept in the dead letters in ${where}.`,
  }),
  storeFailed: defineMessage<{ problem: string }>({
    code: 'store_failed',
    level: 'error',
    means:
      'What has been delivered, or a dead letter, could not be stored. Nothing counts as handled until it is; collection waits.',
    todo: 'Do what the message says: usually make space, or bring the store back. Collection goes on by itself.',
    example: {
      problem:
        'The store /symphony_data failed while writing dead-letters/20260131-093000123-000000-4711-1420 (ENOSPC). Free space on that disk, or give it more.',
    },
    text: ({ problem }) => `${problem} Collection waits and goes on by itself; nothing is lost.`,
  }),
  storeRecovered: defineMessage<{ downMs: number }>({
    code: 'store_recovered',
    level: 'info',
    means: 'The store takes what is written to it again.',
    todo: 'Nothing.',
    example: { downMs: 754_000 },
    text: ({ downMs }) => `What had to be stored is stored, after ${readableDuration(downMs)}; collection goes on.`,
  }),
  runFailed: defineMessage<{ problem: string }>({
    code: 'run_failed',
    level: 'error',
    means:
      'Runs of the playbook could not be started. They are started until the platform takes them; collection waits.',
    todo: "Nothing, if it passes. Otherwise check the platform's state.",
    example: { problem: 'The platform app.sekoia.io answered with status 503.' },
    text: ({ problem }) =>
      `A run of the playbook could not be started: ${problem} It is tried again until it is; collection waits.`,
  }),
  runsRecovered: defineMessage<{ downMs: number }>({
    code: 'runs_recovered',
    level: 'info',
    means: 'Runs of the playbook can be started again.',
    todo: 'Nothing.',
    example: { downMs: 754_000 },
    text: ({ downMs }) => `Runs of the playbook are started again, after ${readableDuration(downMs)}.`,
  }),
  runsRefused: defineMessage<{ count: number; status: number; where: string }>({
    code: 'runs_refused',
    level: 'error',
    means:
      'The platform refuses to start runs of the playbook. The events are delivered, and kept in the dead letters.',
    todo: 'Look at the dead letters, and start the runs by hand if they are needed.',
    example: { count: 1, status: 400, where: '/symphony_data/dead-letters' },
    text: ({ count, status, where }) =>
      `The platform refuses to start runs of the playbook (status ${status}): ${count}. The events were delivered; copies are kept in the dead letters in ${where}.`,
  }),
  runsLost: defineMessage<{ setAside: string }>({
    code: 'runs_lost',
    level: 'error',
    means:
      'A note of runs that were to be started could not be read. Their events are delivered; their runs are not started.',
    todo: 'Check the disk. Look at the alerts of the time before the restart, and start their runs by hand.',
    example: { setAside: '/symphony_data/state/runs/000000000012.json.corrupt' },
    text: ({ setAside }) =>
      `A note of playbook runs to start is damaged (set aside: ${setAside}). Its alerts are delivered, but their runs are not started: start them by hand where they are needed.`,
  }),
};
