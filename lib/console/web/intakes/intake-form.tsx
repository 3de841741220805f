import { useState } from 'react';
import { act, wordsOf } from '../api-client.js';
import { NameField } from '../forms/name-field.js';

/** Creates an intake of the one format that there is. */
export function IntakeForm({ id, onSaved }: { readonly id: string; readonly onSaved?: () => void }) {
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string>();
  const save = async () => {
    if (name.trim() === '') {
      setProblem('Give the intake a name.');
      return;
    }
    try {
      await act('POST', '/api/intakes', { name });
      setName('');
      setProblem(undefined);
      onSaved?.();
    } catch (error) {
      setProblem(wordsOf(error));
    }
  };
  return (
    <form
      className="row-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <NameField
        id={`${id}-name`}
        label="Intake name"
        value={name}
        onChange={setName}
        example="Lacework alerts"
        problem={problem}
      />
      <button type="submit" className="button primary">
        Create intake
      </button>
    </form>
  );
}
