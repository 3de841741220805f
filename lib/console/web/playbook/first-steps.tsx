import { type ReactNode, useState } from 'react';
import { act, wordsOf } from '../api-client.js';
import { useView } from '../console-data.js';
import { AccountForm } from '../forms/account-form.js';
import { ConfigurationForm } from '../forms/configuration-form.js';
import { Link } from '../frame/link.js';
import { isRunning } from '../frame/run-switch.js';
import { IntakeForm } from '../intakes/intake-form.js';
import { counted } from '../parts/figures.js';
import { Icon } from '../parts/icon.js';
import { Notice } from '../parts/notice.js';
import { useFocusHome } from '../parts/use-focus-home.js';

interface FirstStepsProps {
  /** The form that is open beside the steps: it is not asked for twice. */
  readonly openAside: 'account' | 'configuration' | undefined;
}

/** The first visit: three steps, each done in place and ticked. */
export function FirstSteps({ openAside }: FirstStepsProps) {
  const { intakes, accounts, configurations, playbook } = useView();
  const [problem, setProblem] = useState<string>();
  const isStarted = isRunning(playbook.state);
  const isConfigured = configurations.length > 0 && playbook.configurationId !== undefined;
  const current = intakes.length === 0 ? 1 : accounts.length === 0 ? 2 : isStarted ? 4 : 3;
  const steps = useFocusHome<HTMLHeadingElement>(current === 4);

  const attempt = async (work: () => Promise<unknown>) => {
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(wordsOf(error));
    }
  };
  const start = (configurationId?: string) =>
    attempt(async () => {
      if (configurationId !== undefined) await act('POST', '/api/playbook/choose', { configurationId });
      await act('POST', '/api/playbook/start');
    });
  return (
    <section className="card first-steps" aria-label="First steps">
      <h2 ref={steps} tabIndex={-1}>
        Three steps to the first events
      </h2>
      <ol>
        <Step number={1} current={current} title="Create an intake" done="Its key goes into the trigger configuration.">
          <IntakeForm id="first-intake" />
        </Step>
        <Step number={2} current={current} title="Add an account" done="The trigger collects this account's alerts.">
          {openAside === 'account' ? (
            <p className="muted">Fill in the form at the right, and save it.</p>
          ) : (
            <AccountForm
              id="first-account"
              onSaved={(accountId) => void attempt(() => act('POST', '/api/playbook/choose', { accountId }))}
            />
          )}
        </Step>
        <Step number={3} current={current} title="Start the playbook" done={<FirstEvents />} isReady={isConfigured}>
          {openAside === 'configuration' ? (
            <p className="muted">Fill in the form at the right, and save it.</p>
          ) : isConfigured ? (
            <button type="button" className="button primary" onClick={() => void start()}>
              <Icon name="play" />
              Start playbook
            </button>
          ) : (
            <ConfigurationForm id="first-configuration" saveLabel="Save and start" onSaved={(id) => void start(id)} />
          )}
        </Step>
      </ol>
      {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
    </section>
  );
}

/** What the start has come to. */
function FirstEvents() {
  const { playbook, events } = useView();
  if (events.next > 0) {
    return (
      <>
        {counted(events.next, 'event has', 'events have')} arrived. <Link to="/events">See the events</Link>
      </>
    );
  }
  return playbook.lastPoll ? 'The first poll found no alert; the next ones follow.' : 'The first poll is on its way.';
}

interface StepProps {
  readonly number: number;
  readonly current: number;
  readonly title: string;
  readonly done: ReactNode;
  /** Whether what is to be filled in has made room for a button. */
  readonly isReady?: boolean;
  readonly children: ReactNode;
}

function Step({ number, current, title, done, isReady = false, children }: StepProps) {
  const state = number < current ? 'done' : number === current ? 'current' : 'later';
  const heading = useFocusHome<HTMLHeadingElement>(`${state} ${isReady}`);
  return (
    <li data-step={state} aria-current={state === 'current' ? 'step' : undefined}>
      <span className="step-mark" aria-hidden="true">
        {state === 'done' ? <Icon name="check" /> : number}
      </span>
      <div className="step-body">
        <h3 ref={state === 'current' ? heading : undefined} tabIndex={-1}>
          {title}
          {state === 'done' && <span className="for-readers"> (done)</span>}
        </h3>
        {state === 'done' && (
          <p className="muted" aria-live="polite">
            {done}
          </p>
        )}
        {state === 'current' && children}
      </div>
    </li>
  );
}
