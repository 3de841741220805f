import { useEffect, useState } from 'react';
import type { PlaybookState, PlaybookView } from '../../api.js';
import { act, wordsOf } from '../api-client.js';
import { Icon } from '../parts/icon.js';
import { usePath } from '../route.js';

const words: Readonly<Record<PlaybookState['kind'], string>> = {
  stopped: 'Stopped',
  starting: 'Starting',
  polling: 'Running',
  waiting: 'Running',
  stopping: 'Stopping',
  restarting: 'Restarting',
  failed: 'Failed',
};

const SAID_MS = 8000;

/** Whether the trigger's process is there, or soon will be. */
export function isRunning({ kind }: PlaybookState): boolean {
  return kind !== 'stopped' && kind !== 'failed';
}

/** The playbook's state, and what starts and stops it. */
export function RunSwitch({ playbook }: { readonly playbook: PlaybookView }) {
  const { state, trouble } = playbook;
  const path = usePath();
  const [problem, setProblem] = useState<string>();
  // It is said until something has changed, or has been read.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page, and any change of the playbook, makes it old.
  useEffect(() => setProblem(undefined), [playbook, path]);
  useEffect(() => {
    if (problem === undefined) return;
    const timer = setTimeout(() => setProblem(undefined), SAID_MS);
    return () => clearTimeout(timer);
  }, [problem]);
  const press = async (what: 'start' | 'stop') => {
    setProblem(undefined);
    try {
      await act('POST', `/api/playbook/${what}`);
    } catch (error) {
      setProblem(wordsOf(error));
    }
  };
  const isTroubled = isRunning(state) && trouble;
  const tone = isTroubled ? 'trouble' : state.kind;
  return (
    <div className="run-switch">
      {problem !== undefined && (
        <span className="run-problem" role="alert">
          {problem}
        </span>
      )}
      <span className="run-state" data-state={tone} role="status">
        <span className="dot" aria-hidden="true" />
        {words[state.kind]}
        {isTroubled && ', with trouble'}
      </span>
      {isRunning(state) ? (
        <button
          type="button"
          className="button"
          disabled={state.kind === 'stopping'}
          onClick={() => void press('stop')}
        >
          <Icon name="stop" />
          Stop <span className="wide-only">playbook</span>
        </button>
      ) : (
        <button type="button" className="button primary" onClick={() => void press('start')}>
          <Icon name="play" />
          Start <span className="wide-only">playbook</span>
        </button>
      )}
    </div>
  );
}
