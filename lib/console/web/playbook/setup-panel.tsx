import { useEffect, useState } from 'react';
import type { SavedForm } from '../../api.js';
import { act, wordsOf } from '../api-client.js';
import { useView } from '../console-data.js';
import { AccountForm } from '../forms/account-form.js';
import { ConfigurationForm } from '../forms/configuration-form.js';
import { isRunning } from '../frame/run-switch.js';
import { Notice } from '../parts/notice.js';
import { RecordPicker } from './record-picker.js';

/** A form that is open, for a saved record or for a new one. */
export interface OpenForm {
  readonly form: 'account' | 'configuration';
  readonly record: SavedForm | undefined;
}

interface SetupPanelProps {
  readonly open: OpenForm | undefined;
  readonly onOpen: (open: OpenForm | undefined) => void;
}

/** Which account and which configuration the trigger works with, and the forms behind both. */
export function SetupPanel({ open, onOpen }: SetupPanelProps) {
  const { accounts, configurations, playbook } = useView();
  const [problem, setProblem] = useState<string>();
  const isLocked = isRunning(playbook.state);

  const choose = async (choice: { accountId?: string; configurationId?: string }) => {
    setProblem(undefined);
    try {
      await act('POST', '/api/playbook/choose', choice);
    } catch (error) {
      setProblem(wordsOf(error));
    }
  };
  const saved = (form: OpenForm['form'], id: string) => {
    onOpen(undefined);
    if (!isLocked) void choose(form === 'account' ? { accountId: id } : { configurationId: id });
  };
  const restart = async () => {
    setProblem(undefined);
    try {
      await act('POST', '/api/playbook/stop');
      await act('POST', '/api/playbook/start');
    } catch (error) {
      setProblem(wordsOf(error));
    }
  };
  const close = () => onOpen(undefined);
  useEffect(() => {
    if (open) document.getElementById(`${open.form}-name`)?.focus();
  }, [open]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is the short way to the button that cancels.
    <div
      className="setup"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        // Otherwise the sheet of a narrow page closes with it.
        event.preventDefault();
        close();
      }}
    >
      <RecordPicker
        title="Using which account?"
        addLabel="Add new account"
        emptyText="No account yet"
        path="/api/accounts"
        records={accounts}
        chosenId={playbook.accountId}
        isLocked={isLocked}
        isOpen={open?.form === 'account'}
        isAdding={open?.form === 'account' && open.record === undefined}
        onChoose={(id) => void choose({ accountId: id })}
        onAdd={() => onOpen({ form: 'account', record: undefined })}
        onEdit={(record) => onOpen({ form: 'account', record })}
        onProblem={setProblem}
      />
      {open?.form === 'account' && (
        <AccountForm
          key={open.record?.id ?? 'new'}
          id="account"
          account={open.record}
          onSaved={(id) => saved('account', id)}
          onCancel={close}
        />
      )}
      <RecordPicker
        title="Trigger configuration"
        addLabel="Create new configuration"
        emptyText="No configuration yet"
        path="/api/configurations"
        records={configurations}
        chosenId={playbook.configurationId}
        isLocked={isLocked}
        isOpen={open?.form === 'configuration'}
        isAdding={open?.form === 'configuration' && open.record === undefined}
        onChoose={(id) => void choose({ configurationId: id })}
        onAdd={() => onOpen({ form: 'configuration', record: undefined })}
        onEdit={(record) => onOpen({ form: 'configuration', record })}
        onProblem={setProblem}
      />
      {open?.form === 'configuration' && (
        <ConfigurationForm
          key={open.record?.id ?? 'new'}
          id="configuration"
          configuration={open.record}
          saveLabel={
            <>
              Save <span className="for-readers">configuration</span>
            </>
          }
          onSaved={(id) => saved('configuration', id)}
          onCancel={close}
        />
      )}
      {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
      {playbook.changedSinceStart && (
        <Notice kind="warn">
          <p>What was changed since the start takes effect at the next start.</p>
          <button type="button" className="button" onClick={() => void restart()}>
            Restart playbook
          </button>
        </Notice>
      )}
      {isLocked && <p className="muted small">Stop the playbook to choose another account or configuration.</p>}
    </div>
  );
}
