import { type ReactNode, useState } from 'react';
import { act, wordsOf } from '../api-client.js';
import { useView } from '../console-data.js';
import { AccountForm } from '../forms/account-form.js';
import { ConfigurationForm } from '../forms/configuration-form.js';
import { isRunning } from '../frame/run-switch.js';
import { IntakeForm } from '../intakes/intake-form.js';
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
        <Step number={3} current={current} title="Start the playbook" done="The first poll is on its way.">
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

interface StepProps {
  readonly number: number;
  readonly current: number;
  readonly title: string;
  readonly done: string;
  readonly children: ReactNode;
}

function Step({ number, current, title, done, children }: StepProps) {
  const state = number < current ? 'done' : number === current ? 'current' : 'later';
  const heading = useFocusHome<HTMLHeadingElement>(state);
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
        {state === 'done' && <p className="muted">{done}</p>}
        {state === 'current' && children}
      </div>
    </li>
  );
}
