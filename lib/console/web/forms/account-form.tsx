import { type ClipboardEvent, useState } from 'react';
import type { CheckVerdict, FormProblem, SavedForm } from '../../api.js';
import { ApiError, act, wordsOf } from '../api-client.js';
import { useView } from '../console-data.js';
import { Icon } from '../parts/icon.js';
import { Notice } from '../parts/notice.js';
import { NameField } from './name-field.js';
import { pastedFields } from './pasted-fields.js';
import { type FormValues, SchemaForm } from './schema-form.js';

const nothingKept: readonly string[] = [];

interface AccountFormProps {
  readonly id: string;
  /** The account to change; a new one when it is absent. */
  readonly account?: SavedForm | undefined;
  readonly onSaved: (id: string) => void;
  readonly onCancel?: (() => void) | undefined;
}

/** The account form of the manifest, with the check that the platform runs. */
export function AccountForm({ id, account, onSaved, onCancel }: AccountFormProps) {
  const { module, demo } = useView();
  const [name, setName] = useState(account?.name ?? '');
  const [values, setValues] = useState<FormValues>(account?.values ?? {});
  const [problems, setProblems] = useState<readonly FormProblem[]>([]);
  const [verdict, setVerdict] = useState<CheckVerdict | 'checking'>();
  const [failure, setFailure] = useState<string>();

  const ask = async <T,>(work: () => Promise<T>): Promise<T | undefined> => {
    setProblems([]);
    setFailure(undefined);
    try {
      return await work();
    } catch (error) {
      if (error instanceof ApiError && error.problems.length > 0) setProblems(error.problems);
      else setFailure(wordsOf(error));
      return undefined;
    }
  };
  const check = async () => {
    setVerdict('checking');
    const body = { ...(account ? { id: account.id } : {}), values };
    setVerdict(await ask(() => act<CheckVerdict>('POST', '/api/account-check', body)));
  };
  const save = async (given: FormValues) => {
    const body = { name: name.trim() || String(given['account'] ?? ''), values: given };
    const path = account ? `/api/accounts/${account.id}` : '/api/accounts';
    const saved = await ask(() => act<{ id: string }>(account ? 'PUT' : 'POST', path, body));
    if (saved) onSaved(saved.id);
  };
  const change = (given: FormValues) => {
    setValues(given);
    setVerdict(undefined);
  };
  const fillInDemo = (given: FormValues) => {
    change({ ...values, ...given });
    // Its address has a port that says nothing.
    if (name.trim() === '') setName('Demo');
  };
  const paste = (event: ClipboardEvent) => {
    const fields = pastedFields(event.clipboardData.getData('text'), module.account);
    if (fields === undefined) return;
    event.preventDefault();
    change({ ...values, ...fields });
  };
  return (
    <div className="record-form" onPaste={paste}>
      <p className="description">Paste the downloaded key file into any field to fill in all of them.</p>
      <NameField id={`${id}-name`} value={name} onChange={setName} example="acme production" isOptional />
      {demo && !account && (
        <button type="button" className="fill-in" onClick={() => fillInDemo(demo.account)}>
          <Icon name="faults" />
          Fill in the demo's account
        </button>
      )}
      <SchemaForm
        id={id}
        schema={module.account}
        values={values}
        kept={account?.hidden ?? nothingKept}
        problems={problems}
        onChange={change}
        onSave={(given) => void save(given)}
      >
        <Verdict verdict={verdict} />
        {failure !== undefined && <Notice kind="bad">{failure}</Notice>}
        <div className="form-actions">
          <button type="button" className="button" disabled={verdict === 'checking'} onClick={() => void check()}>
            Test connection
          </button>
          <span className="spring" />
          {onCancel && (
            <button type="button" className="button quiet" onClick={onCancel}>
              Cancel
            </button>
          )}
          <button type="submit" className="button primary">
            Save <span className="for-readers">account</span>
          </button>
        </div>
      </SchemaForm>
    </div>
  );
}

function Verdict({ verdict }: { readonly verdict: CheckVerdict | 'checking' | undefined }) {
  if (verdict === undefined) return null;
  if (verdict === 'checking') return <output className="checking">Asking Lacework…</output>;
  if (verdict.success) return <Notice kind="good">Lacework accepts the key, and it may read alerts.</Notice>;
  return <Notice kind="bad">{verdict.error ?? 'The check failed without saying why.'}</Notice>;
}
