import type { PlaybookState } from '../../api.js';
import { useView } from '../console-data.js';
import { countdown, span } from '../parts/figures.js';
import { Icon } from '../parts/icon.js';
import { Notice } from '../parts/notice.js';
import { useNow } from '../parts/use-now.js';

/** The trigger, and what it is doing. */
export function TriggerCard({ onOpen }: { readonly onOpen: (() => void) | undefined }) {
  const { module, playbook } = useView();
  const { state, trouble } = playbook;
  return (
    <section className="card trigger-card" data-state={trouble ? 'trouble' : state.kind} aria-label="Trigger">
      <div className="card-head">
        <span className="card-icon">
          <Icon name="playbook" />
        </span>
        <div>
          <p className="card-kind">Trigger</p>
          <h2>{onOpen ? <OpenButton name={module.trigger.name} onOpen={onOpen} /> : module.trigger.name}</h2>
        </div>
      </div>
      <p className="card-state">
        <span className="dot" aria-hidden="true" />
        <Doing state={state} />
      </p>
      {state.kind === 'failed' && <Notice kind="bad">{state.why}</Notice>}
      {state.kind === 'restarting' && <Notice kind="warn">{state.why}</Notice>}
      {trouble && state.kind !== 'failed' && <Notice kind="warn">{trouble.text}</Notice>}
    </section>
  );
}

function OpenButton({ name, onOpen }: { readonly name: string; readonly onOpen: () => void }) {
  return (
    <button type="button" className="link-button" onClick={onOpen}>
      {name}
    </button>
  );
}

function Doing({ state }: { readonly state: PlaybookState }) {
  const now = useNow(1000, state.kind === 'waiting' || state.kind === 'restarting' || state.kind === 'polling');
  switch (state.kind) {
    case 'stopped':
      return <span>stopped</span>;
    case 'starting':
      return <span>starting…</span>;
    case 'stopping':
      return <span>stopping…</span>;
    case 'failed':
      return <span>stopped: it needs you</span>;
    case 'restarting':
      return <span>starts again in {countdown(state.until - now)}</span>;
    case 'waiting':
      return (
        <span>
          next poll in <b className="figures">{countdown(state.until - now)}</b>
        </span>
      );
    case 'polling':
      return <span>polling{now - state.since > 5000 ? ` for ${span(now - state.since)}` : ''}</span>;
  }
}
