import { type ReactNode, useState } from 'react';
import type { FormProblem, SavedForm } from '../../api.js';
import { ApiError, act, wordsOf } from '../api-client.js';
import { useView } from '../console-data.js';
import { Icon } from '../parts/icon.js';
import { Notice } from '../parts/notice.js';
import { NameField } from './name-field.js';
import { type FormValues, SchemaForm } from './schema-form.js';

const nothingKept: readonly string[] = [];

interface ConfigurationFormProps {
  readonly id: string;
  /** The configuration to change; a new one when it is absent. */
  readonly configuration?: SavedForm | undefined;
  readonly saveLabel: ReactNode;
  readonly onSaved: (id: string) => void;
  readonly onCancel?: (() => void) | undefined;
}

/** The trigger's configuration form of the manifest. */
export function ConfigurationForm({ id, configuration, saveLabel, onSaved, onCancel }: ConfigurationFormProps) {
  const { module, intakes } = useView();
  const [name, setName] = useState(configuration?.name ?? '');
  const [values, setValues] = useState<FormValues>(configuration?.values ?? {});
  const [problems, setProblems] = useState<readonly FormProblem[]>([]);
  const [failure, setFailure] = useState<string>();

  const save = async (given: FormValues) => {
    setProblems([]);
    setFailure(undefined);
    const body = { name: name.trim() || `Every ${given['frequency']} s`, values: given };
    const path = configuration ? `/api/configurations/${configuration.id}` : '/api/configurations';
    try {
      onSaved((await act<{ id: string }>(configuration ? 'PUT' : 'POST', path, body)).id);
    } catch (error) {
      if (error instanceof ApiError && error.problems.length > 0) setProblems(error.problems);
      else setFailure(wordsOf(error));
    }
  };
  const fillKey = async (intake: string) => {
    try {
      const { key } = await act<{ key: string }>('POST', `/api/intakes/${intake}/key`);
      setValues((before) => ({ ...before, intake_key: key }));
    } catch (error) {
      setFailure(wordsOf(error));
    }
  };
  return (
    <div className="record-form">
      <NameField id={`${id}-name`} value={name} onChange={setName} example="every minute" isOptional />
      <SchemaForm
        id={id}
        schema={module.trigger.configuration}
        values={values}
        kept={configuration?.hidden ?? nothingKept}
        problems={problems}
        onChange={setValues}
        onSave={(given) => void save(given)}
        beside={{
          intake_key: intakes.map((intake) => (
            <button key={intake.id} type="button" className="fill-in" onClick={() => void fillKey(intake.id)}>
              <Icon name="intakes" />
              Use the key of {intake.name}
            </button>
          )),
        }}
      >
        {failure !== undefined && <Notice kind="bad">{failure}</Notice>}
        <div className="form-actions">
          <span className="spring" />
          {onCancel && (
            <button type="button" className="button quiet" onClick={onCancel}>
              Cancel
            </button>
          )}
          <button type="submit" className="button primary">
            {saveLabel}
          </button>
        </div>
      </SchemaForm>
    </div>
  );
}
