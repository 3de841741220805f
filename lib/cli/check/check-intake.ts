import { EventBatch, type IntakeClient, type IntakeOutcome } from '@sekoia/automation-sdk-ts';
import { intakeClient } from '../../../triggers/clients.js';
import type { Workplace } from '../workplace.js';
import type { Finding } from './finding.js';

const DEADLINE_MS = 20_000;

/** Whether the intake takes the key: asked with a batch of no events, or with one that is stored. */
export async function checkIntake({ settings, http, signal, clock }: Workplace, sendEvent: boolean): Promise<Finding> {
  const { intakeUrl, configuration } = settings;
  const endpoint = { url: intakeUrl, key: configuration.intake_key };
  const intake = intakeClient(endpoint, configuration, { http, deadlineMs: DEADLINE_MS });
  const batch = new EventBatch();
  if (sendEvent) batch.add(testEvent(clock.now()));
  return describe(await intake.pushBatch(batch, signal), intake, sendEvent);
}

function describe(outcome: IntakeOutcome, { address }: IntakeClient, sentEvent: boolean): Finding {
  switch (outcome.kind) {
    case 'delivered': {
      const how = sentEvent ? 'one test event is stored there' : 'asked with an empty batch, nothing was stored';
      return { status: 'ok', says: `${address} takes the key (${how})` };
    }
    case 'wrong_key':
      return { status: 'failed', says: `${address} refuses the intake key (status ${outcome.status}). Copy it again.` };
    case 'retryable':
      return {
        status: 'failed',
        says: `${outcome.reason}. Check the address, its path included, and the network between.`,
      };
    default:
      return sentEvent
        ? { status: 'failed', says: `${address} does not take the test event` }
        : {
            status: 'warning',
            says: `${address} answers, but says nothing of the key without an event. Ask with --send-test-event, which stores one`,
          };
  }
}

function testEvent(now: number): string {
  return JSON.stringify({
    '@timestamp': new Date(now).toISOString(),
    message: 'A test of lacework-trigger check; no alert.',
    event: { kind: 'event', reason: 'test' },
    observer: { vendor: 'Lacework', product: 'Lacework Cloud Security' },
  });
}
