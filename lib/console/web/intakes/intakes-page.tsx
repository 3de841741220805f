import { useState } from 'react';
import type { IntakeView } from '../../api.js';
import { act, wordsOf } from '../api-client.js';
import { useView } from '../console-data.js';
import { CopyButton } from '../parts/copy-button.js';
import { count } from '../parts/figures.js';
import { Icon } from '../parts/icon.js';
import { Notice } from '../parts/notice.js';
import { Time } from '../parts/time.js';
import { useFocusHome } from '../parts/use-focus-home.js';
import { IntakeForm } from './intake-form.js';

/** The intakes, and how to make one. */
export function IntakesPage() {
  const { intakes } = useView();
  const [problem, setProblem] = useState<string>();
  const heading = useFocusHome<HTMLHeadingElement>(intakes.length);
  const remove = async ({ id, name }: IntakeView) => {
    if (!confirm(`Delete the intake ${name}? Its key is refused from then on; its events stay.`)) return;
    try {
      await act('DELETE', `/api/intakes/${id}`);
    } catch (error) {
      setProblem(wordsOf(error));
    }
  };
  return (
    <div className="page">
      <div className="page-head">
        <h1 ref={heading} tabIndex={-1}>
          Intakes
        </h1>
      </div>
      <p className="muted lead">An intake receives the events. Its key goes into the trigger's configuration.</p>
      <section className="card" aria-label="Create an intake">
        <h2>Create an intake</h2>
        <p className="muted">
          Format: <b>Lacework Cloud Security</b>
        </p>
        <IntakeForm id="intake" />
      </section>
      {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
      {intakes.length === 0 ? (
        <p className="empty">No intake yet. Create one, then copy its key into the trigger's configuration.</p>
      ) : (
        <ul className="records">
          {intakes.map((intake) => (
            <li key={intake.id} className="card record">
              <span className="card-icon">
                <Icon name="intakes" />
              </span>
              <div className="record-text">
                <h2>{intake.name}</h2>
                <p className="muted">
                  {intake.format} · <span className="figures">{count(intake.events)}</span>{' '}
                  {intake.events === 1 ? 'event' : 'events'} · created <Time at={intake.createdAt} withDay />
                </p>
              </div>
              <div className="record-actions">
                <CopyButton className="button" label={`Copy key of ${intake.name}`} text={() => readKey(intake.id)}>
                  Copy key
                </CopyButton>
                <button
                  type="button"
                  className="icon-button"
                  aria-label={`Delete ${intake.name}`}
                  onClick={() => void remove(intake)}
                >
                  <Icon name="trash" />
                </button>
              </div>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

async function readKey(id: string): Promise<string> {
  return (await act<{ key: string }>('POST', `/api/intakes/${id}/key`)).key;
}
