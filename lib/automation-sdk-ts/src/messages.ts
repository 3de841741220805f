import { defineMessage } from './message.js';
import { asSentence } from './sentence.js';

/** A form or a value of the platform is missing or wrong. */
export const configurationInvalid = defineMessage<{ problems: readonly string[] }>({
  code: 'configuration_invalid',
  level: 'critical',
  means: 'Fields of the account or of the configuration are missing or wrong; nothing is done until they are right.',
  todo: 'Correct the named fields and save; the item starts again by itself.',
  example: { problems: ['Configuration: intake_key is missing.'] },
  text: ({ problems }) => `${problems.join(' ')} Correct the form and save it.`,
});

/** A value that the platform must give was not given. */
export const valueMissing = defineMessage<{ name: string; file: string; variable: string }>({
  code: 'value_missing',
  level: 'critical',
  means: 'The module was started without a value that it needs.',
  todo: 'Start the module from the platform, or give the value as the file or as the variable.',
  example: { name: 'token', file: '/symphony/token', variable: 'TOKEN' },
  text: ({ name, file, variable }) =>
    `The platform's value ${name} is missing: there is neither the file ${file} nor the variable ${variable}. Start the module from the platform, or give one of them.`,
});

/** A value of the platform is in a file that this process may not read. */
export const valueUnreadable = defineMessage<{ file: string; reason: string }>({
  code: 'value_unreadable',
  level: 'critical',
  means: 'A value is in a file that the module may not read.',
  todo: "Give the container's user the right to read the file.",
  example: { file: '/symphony/token', reason: 'EACCES' },
  text: ({ file, reason }) =>
    `The file ${file} can't be read (${reason}). Give this process the right to read it, or remove it.`,
});

/** A value of the platform has the wrong form. */
export const valueInvalid = defineMessage<{ name: string; expected: string }>({
  code: 'value_invalid',
  level: 'critical',
  means: 'A value that the platform gave has the wrong form.',
  todo: 'Save the form again, or correct the file or the variable.',
  example: { name: 'liveness_port', expected: 'a port number from 0 to 65535' },
  text: ({ name, expected }) =>
    `The platform's value ${name} is not ${expected}. Save the form again, or correct the file or the variable ${name.toUpperCase()}.`,
});

/** The secrets could not be fetched, all attempts over. */
export const secretsUnavailable = defineMessage<{ reason: string; attempts: number }>({
  code: 'secrets_unavailable',
  level: 'critical',
  means: "The platform did not hand out the account's secrets.",
  todo: 'Check that the container reaches the platform, then start the item again.',
  example: { reason: 'The platform api.sekoia.io answered with status 503.', attempts: 10 },
  text: ({ reason, attempts }) =>
    `The account's secrets could not be fetched in ${attempts} attempts. ${asSentence(reason)} Check that this container reaches the platform, then start the item again.`,
});

/** One attempt to fetch the secrets failed. */
export const secretsDelayed = defineMessage<{ reason: string; seconds: number }>({
  code: 'secrets_delayed',
  level: 'warning',
  means: "An attempt to fetch the account's secrets from the platform failed; another follows.",
  todo: 'Nothing, unless it goes on.',
  example: { reason: 'The platform api.sekoia.io answered with status 503.', seconds: 2 },
  text: ({ reason, seconds }) =>
    `The account's secrets could not be fetched yet. ${asSentence(reason)} The next attempt is in ${seconds} s.`,
});

/** One attempt to start a playbook run failed. */
export const eventDelayed = defineMessage<{ reason: string; seconds: number }>({
  code: 'event_delayed',
  level: 'warning',
  means: 'An attempt to start a run of the playbook failed; another follows.',
  todo: 'Nothing, unless it goes on.',
  example: { reason: 'The platform api.sekoia.io answered with status 503.', seconds: 2 },
  text: ({ reason, seconds }) =>
    `A run of the playbook could not be started yet. ${asSentence(reason)} The next attempt is in ${seconds} s.`,
});

/** The command that was asked for does not exist. */
export const commandUnknown = defineMessage<{ command: string | undefined; known: readonly string[] }>({
  code: 'command_unknown',
  level: 'critical',
  means: 'The container was started with no command, or with one that the module does not have.',
  todo: "Correct the item's docker_parameters, or the container's argument.",
  example: { command: 'fetch', known: ['fetch_new_logs', 'validate_module_configuration'] },
  text: ({ command, known }) =>
    `${command ? `The command ${command} is unknown` : 'No command was given'}. Known commands: ${known.join(', ')}. Give one of them as the container's argument.`,
});

/** The trigger ended with an error and is started again. */
export const triggerFailed = defineMessage<{ reason: string; seconds: number }>({
  code: 'trigger_failed',
  level: 'error',
  means: 'The trigger ended with an error that it does not handle itself; it is started again, and nothing is lost.',
  todo: 'Nothing, unless it goes on; then report it with the container log around this time.',
  example: { reason: "Cannot read properties of undefined (reading 'id')", seconds: 2 },
  text: ({ reason, seconds }) =>
    `The trigger ended with an error: ${asSentence(reason)} It starts again in ${seconds} s.`,
});

/** The trigger returned although nobody stopped it. */
export const triggerEnded = defineMessage<{ seconds: number }>({
  code: 'trigger_ended',
  level: 'warning',
  means: 'The trigger ended although nothing stopped it; it is started again.',
  todo: 'Nothing, unless it goes on.',
  example: { seconds: 2 },
  text: ({ seconds }) => `The trigger ended although nothing stopped it. It starts again in ${seconds} s.`,
});

/** The rule of repeated errors holds. */
export const triggerKeepsFailing = defineMessage<{ errors: number; hours: number; reason: string }>({
  code: 'trigger_keeps_failing',
  level: 'critical',
  means: 'The trigger fails each time it is started, and no event has gone out for a fifth of its running time.',
  todo: 'Mend what the last error names, then start the item again.',
  example: { errors: 5, hours: 1.5, reason: "Cannot read properties of undefined (reading 'id')" },
  text: ({ errors, hours, reason }) =>
    `The trigger failed ${errors} times in a row, and no event has gone out for ${hours.toFixed(1)} h. The last error: ${asSentence(reason)} It stops here; mend the cause, then start it again.`,
});

/** A store or the platform failed; the work goes on as soon as it answers. */
export const triggerInterrupted = defineMessage<{ reason: string; seconds: number }>({
  code: 'trigger_interrupted',
  level: 'error',
  means: "The store of the module's state, or the platform, failed; the trigger goes on as soon as it answers.",
  todo: 'Check what the line names.',
  example: { reason: 'The store redis://redis:6379 does not answer.', seconds: 4 },
  text: ({ reason, seconds }) => `${asSentence(reason)} The trigger goes on in ${seconds} s.`,
});

/** An error that nothing else names ended the module's work. */
export const moduleFailed = defineMessage<{ reason: string }>({
  code: 'module_failed',
  level: 'critical',
  means: 'The module met an error that it can not recover from.',
  todo: 'Report it with the container log, then start the item again.',
  example: { reason: 'spawn EAGAIN' },
  text: ({ reason }) =>
    `The module can't go on: ${asSentence(reason)} Report it with the container log, then start it again.`,
});

/** An error that nobody handled ends the process, which the platform starts again. */
export const moduleCrashed = defineMessage<{ reason: string }>({
  code: 'module_crashed',
  level: 'error',
  means: 'An error escaped the module; it ends, and the platform starts it again. Nothing is lost.',
  todo: 'Nothing, unless it goes on; then report it with the container log around this time.',
  example: { reason: 'Cannot read properties of undefined' },
  text: ({ reason }) => `An unexpected error ends the module, which the platform starts again: ${asSentence(reason)}`,
});

/** Another process holds the lease. */
export const leaseWaiting = defineMessage<Record<never, never>>({
  code: 'lease_waiting',
  level: 'warning',
  means: 'Another process works under the same configuration; this one waits and takes over when that one ends.',
  todo: 'Nothing, unless only one process should be running.',
  example: {},
  text: () => 'Another process works under the same configuration. This one waits, and takes over when that one ends.',
});

/** The lease was lost to time or to another process. */
export const leaseLost = defineMessage<{ reason: string }>({
  code: 'lease_lost',
  level: 'warning',
  means:
    'This process was held up for so long that another may have taken over its work; it delivers nothing until it is its turn again.',
  todo: 'Nothing.',
  example: { reason: 'The lease ran out 95 s ago.' },
  text: ({ reason }) => `${asSentence(reason)} Nothing is delivered until the lease is held again.`,
});

/** A port of the status servers is taken. */
export const portTaken = defineMessage<{ purpose: string; port: number; reason: string; value: string }>({
  code: 'port_taken',
  level: 'warning',
  means: 'The health check or the metrics could not be offered on their port; the trigger works without them.',
  todo: 'Free the port, or give another one as liveness_port or metrics_port.',
  example: { purpose: 'health check', port: 8000, reason: 'EADDRINUSE', value: 'liveness_port' },
  text: ({ purpose, port, reason, value }) =>
    `The ${purpose} can't be offered on port ${port} (${reason}); the trigger works without it. Free the port, or give another one as ${value}.`,
});

/** The buffer of the trigger log overflowed. */
export const logLinesDropped = defineMessage<{ count: number }>({
  code: 'log_lines_dropped',
  level: 'warning',
  means: 'The platform did not take the trigger log for so long that its oldest, least important lines were dropped.',
  todo: 'Nothing; the container log has every line.',
  example: { count: 240 },
  text: ({ count }) =>
    `${count === 1 ? '1 line was' : `${count} lines were`} dropped from this log while the platform did not take it. The container log has every line.`,
});

/** The platform does not take the trigger log. Written to the console only: the log itself can't carry it. */
export const logNotTaken = defineMessage<{ reason: string }>({
  code: 'log_not_taken',
  level: 'warning',
  means: 'The platform does not take the trigger log; said on the console only, at first and every 10 minutes.',
  todo: 'Check that the container reaches the platform. Lines are kept and sent later; the container log has every line.',
  example: { reason: 'The platform api.sekoia.io answered with status 503.' },
  text: ({ reason }) =>
    `The trigger log does not reach the platform: ${asSentence(reason)} Lines are kept and sent later; the container log has every line.`,
});

/** The platform takes the trigger log again. Written to the console only. */
export const logTakenAgain = defineMessage<Record<never, never>>({
  code: 'log_taken_again',
  level: 'info',
  means: 'The platform takes the trigger log again; said on the console only.',
  todo: 'Nothing.',
  example: {},
  text: () => 'The trigger log reaches the platform again.',
});

/** Without a place to send it, the trigger log is on the console only. */
export const logUrlMissing = defineMessage<Record<never, never>>({
  code: 'log_url_missing',
  level: 'warning',
  means:
    'Neither url_logs nor a url_callback that ends in /callback was given: the trigger log is written to the console only.',
  todo: 'Give url_logs, or start the module from the platform.',
  example: {},
  text: () => "The trigger log is written to the console only, as the platform's value url_logs is missing.",
});

/** The account validator could not tell the platform its result. */
export const validationUndelivered = defineMessage<{ reason: string }>({
  code: 'validation_undelivered',
  level: 'critical',
  means: 'The account was not checked, or the result of the check did not reach the platform.',
  todo: 'Check that the container reaches the platform, then save the account again.',
  example: { reason: 'The platform api.sekoia.io answered with status 503.' },
  text: ({ reason }) =>
    `The account check did not reach its end: ${asSentence(reason)} Save the account again to repeat it.`,
});

/** `state_store` names no store. */
export const stateStoreInvalid = defineMessage<Record<never, never>>({
  code: 'state_store_invalid',
  level: 'critical',
  means: 'The field state_store is not the address of a store that the module knows.',
  todo: 'Correct the field, or leave it empty: the state is then kept in the data path.',
  example: {},
  // The field's own text is not shown, as it may hold a password.
  text: () =>
    'Configuration: state_store must be a URL that begins with file:///, redis://, rediss://, postgres:// or memory:. Correct it, or leave it empty to keep the state in the data path.',
});

/** The state is where a restart of the container forgets it. */
export const stateNotOnVolume = defineMessage<{ directory: string }>({
  code: 'state_not_on_volume',
  level: 'warning',
  means: 'The module runs in a container and keeps its state in a directory that is on no mounted volume.',
  todo: 'Mount a volume there, or set state_store.',
  example: { directory: '/symphony_data/state' },
  text: ({ directory }) =>
    `The state directory ${directory} is on no mounted volume: when the container is replaced, the state is lost and events may be delivered twice or missed. Mount a volume there, or set state_store.`,
});
