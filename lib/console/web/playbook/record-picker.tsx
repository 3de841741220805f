import { useId } from 'react';
import type { SavedForm } from '../../api.js';
import { act, wordsOf } from '../api-client.js';
import { Icon } from '../parts/icon.js';
import { useFocusHome } from '../parts/use-focus-home.js';

interface RecordPickerProps {
  readonly title: string;
  readonly addLabel: string;
  readonly emptyText: string;
  readonly path: string;
  readonly records: readonly SavedForm[];
  readonly chosenId: string | undefined;
  readonly isLocked: boolean;
  /** Whether the form for one of the records, or for a new one, is open. */
  readonly isOpen: boolean;
  readonly isAdding: boolean;
  readonly onChoose: (id: string) => void;
  readonly onAdd: () => void;
  readonly onEdit: (record: SavedForm) => void;
  readonly onProblem: (problem: string) => void;
}

/** Chooses one of the saved accounts or configurations, or opens a form. */
export function RecordPicker(props: RecordPickerProps) {
  const { title, addLabel, emptyText, path, records, chosenId, isLocked, isAdding } = props;
  const id = useId();
  const chosen = records.find((record) => record.id === chosenId);
  const add = useFocusHome<HTMLButtonElement>(`${props.isOpen} ${chosen?.id}`);
  const remove = async (record: SavedForm) => {
    if (!confirm(`Delete ${record.name}?`)) return;
    try {
      await act('DELETE', `${path}/${record.id}`);
    } catch (error) {
      props.onProblem(wordsOf(error));
    }
  };
  return (
    <div className="picker">
      <label htmlFor={id} className="picker-title">
        {title}
      </label>
      <div className="picker-row">
        <select
          id={id}
          value={chosen?.id ?? ''}
          disabled={isLocked || records.length === 0}
          onChange={({ target }) => props.onChoose(target.value)}
        >
          {!chosen && <option value="">{records.length === 0 ? emptyText : 'Choose…'}</option>}
          {records.map((record) => (
            <option key={record.id} value={record.id}>
              {record.name}
            </option>
          ))}
        </select>
        {chosen && (
          <>
            <button
              type="button"
              className="icon-button"
              aria-label={`Edit ${chosen.name}`}
              onClick={() => props.onEdit(chosen)}
            >
              <Icon name="edit" />
            </button>
            <button
              type="button"
              className="icon-button"
              aria-label={`Delete ${chosen.name}`}
              disabled={isLocked}
              onClick={() => void remove(chosen)}
            >
              <Icon name="trash" />
            </button>
          </>
        )}
      </div>
      {!isAdding && (
        <button ref={add} type="button" className="link-button" onClick={props.onAdd}>
          <Icon name="plus" />
          {addLabel}
        </button>
      )}
    </div>
  );
}
