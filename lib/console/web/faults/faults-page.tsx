import { useEffect, useState } from 'react';
import type { FaultView } from '../../api.js';
import { act, read, wordsOf } from '../api-client.js';
import { useConsole, useLive } from '../console-data.js';
import { Icon } from '../parts/icon.js';
import { Notice } from '../parts/notice.js';

const boards: Readonly<Record<FaultView['board'], string>> = {
  lacework: 'Lacework API',
  intake: 'Intake',
  platform: 'Platform',
};

const alerts = [
  { what: 'one', title: 'Add an alert' },
  { what: 'many', title: 'Add 100 alerts' },
  { what: 'change', title: 'Change an alert' },
] as const;

/** The switches with which the emulated API, the intake and the platform are broken. */
export function FaultsPage() {
  const { epoch } = useConsole();
  const [faults, setFaults] = useState<readonly FaultView[]>();
  const [problem, setProblem] = useState<string>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new connection is the reason to read again.
  useEffect(() => {
    void read<FaultView[]>('/api/faults').then(setFaults, (error) => setProblem(wordsOf(error)));
  }, [epoch]);
  useLive('faults', setFaults);

  const attempt = async (work: () => Promise<unknown>) => {
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(wordsOf(error));
      setFaults(await read<FaultView[]>('/api/faults').catch(() => undefined));
    }
  };
  // The switch moves at once; what the console tells then is what it is.
  const turn = (fault: FaultView, on: boolean) => {
    setFaults((before) => before?.map((one) => (one === fault && !one.momentary ? { ...one, on } : one)));
    void attempt(() => act('POST', `/api/faults/${fault.board}/${fault.id}`, { on }));
  };
  const active = faults?.filter(({ on }) => on).length ?? 0;
  return (
    <div className="page">
      <div className="page-head">
        <h1>Faults</h1>
        <button
          type="button"
          className="button"
          disabled={active === 0}
          onClick={() => void attempt(() => act('POST', '/api/faults/off'))}
        >
          Turn all off{active > 0 && <span className="count">{active}</span>}
        </button>
      </div>
      <p className="muted lead">
        Break what the trigger talks to, and watch it cope in the trigger logs: nothing is lost, whatever is switched
        on.
      </p>
      {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
      <section className="card alerts-card" aria-label="Alerts of the emulated account">
        <h2>Alerts</h2>
        <p className="muted">Changes are forwarded when the configuration says Forward updates.</p>
        <div className="button-row">
          {alerts.map(({ what, title }) => (
            <button
              key={what}
              type="button"
              className="button"
              onClick={() => void attempt(() => act('POST', `/api/demo/alerts/${what}`))}
            >
              {title}
            </button>
          ))}
        </div>
      </section>
      {faults === undefined && problem === undefined && <div className="skeleton block" />}
      {Object.entries(boards).map(([board, title]) => (
        <Board
          key={board}
          title={title}
          faults={faults?.filter((fault) => fault.board === board) ?? []}
          onTurn={turn}
        />
      ))}
    </div>
  );
}

interface BoardProps {
  readonly title: string;
  readonly faults: readonly FaultView[];
  readonly onTurn: (fault: FaultView, on: boolean) => void;
}

function Board({ title, faults, onTurn }: BoardProps) {
  const groups = [...new Set(faults.map(({ group }) => group))];
  if (groups.length === 0) return null;
  return (
    <section className="board" aria-label={title}>
      <h2>{title}</h2>
      {groups.map((group) => (
        <fieldset key={group} className="board-group">
          <legend>{group}</legend>
          <div className="switches">
            {faults
              .filter((fault) => fault.group === group)
              .map((fault) => (
                <Switch key={fault.id} fault={fault} onTurn={onTurn} />
              ))}
          </div>
        </fieldset>
      ))}
    </section>
  );
}

function Switch({ fault, onTurn }: { readonly fault: FaultView; readonly onTurn: BoardProps['onTurn'] }) {
  const id = `${fault.board}-${fault.id}`;
  if (fault.momentary) {
    return (
      <button type="button" className="switch-card" onClick={() => onTurn(fault, true)}>
        <span className="switch-text">
          <b>{fault.title}</b>
          <span className="muted">{fault.description}</span>
        </span>
        <Icon name="plus" />
      </button>
    );
  }
  return (
    <label className="switch-card" htmlFor={id} data-on={fault.on}>
      <span className="switch-text">
        <b>{fault.title}</b>
        <span className="muted" id={`${id}-text`}>
          {fault.description}
        </span>
      </span>
      <input
        id={id}
        type="checkbox"
        role="switch"
        className="switch"
        checked={fault.on}
        aria-checked={fault.on}
        aria-label={fault.title}
        aria-describedby={`${id}-text`}
        onChange={({ target }) => onTurn(fault, target.checked)}
      />
    </label>
  );
}
