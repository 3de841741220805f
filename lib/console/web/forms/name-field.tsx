interface NameFieldProps {
  readonly id: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly example: string;
  readonly label?: string;
  readonly isOptional?: boolean;
  readonly problem?: string | undefined;
}

/** The name under which a person will find it again. */
export function NameField({
  id,
  value,
  onChange,
  example,
  label = 'Name',
  isOptional = false,
  problem,
}: NameFieldProps) {
  return (
    <div className="field" data-invalid={problem === undefined ? undefined : true}>
      <label htmlFor={id}>
        {label}
        {isOptional && <span className="optional">optional</span>}
      </label>
      <input
        id={id}
        type="text"
        value={value}
        placeholder={example}
        maxLength={100}
        autoComplete="off"
        aria-invalid={problem === undefined ? undefined : true}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        onChange={({ target }) => onChange(target.value)}
      />
      {problem !== undefined && (
        <p className="field-error" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </div>
  );
}
