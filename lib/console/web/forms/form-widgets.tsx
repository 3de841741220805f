import {
  ariaDescribedByIds,
  type BaseInputTemplateProps,
  enumOptionsIndexForValue,
  getInputProps,
  type WidgetProps,
} from '@rjsf/utils';
import type { FormContext } from './form-context.js';

/** A text or a number. */
export function BaseInputTemplate(props: BaseInputTemplateProps) {
  const {
    id,
    name,
    value,
    readonly,
    disabled,
    onChange,
    onChangeOverride,
    options,
    schema,
    rawErrors,
    type,
    registry,
  } = props;
  const input = getInputProps(schema, type, options);
  const isHidden = input.type === 'password';
  const { kept } = registry.formContext as FormContext;
  const [example] = Array.isArray(schema.examples) ? schema.examples : [];
  const isKept = kept.includes(name);
  return (
    <input
      {...input}
      id={id}
      name={id}
      value={value ?? ''}
      readOnly={readonly}
      disabled={disabled}
      placeholder={isKept ? 'kept; type to replace it' : typeof example === 'string' ? example : undefined}
      autoComplete={isHidden ? 'new-password' : 'off'}
      spellCheck={false}
      aria-describedby={ariaDescribedByIds(id)}
      aria-invalid={rawErrors && rawErrors.length > 0 ? true : undefined}
      onChange={onChangeOverride ?? (({ target }) => onChange(target.value === '' ? options.emptyValue : target.value))}
    />
  );
}

/** Yes or no. */
export function CheckboxWidget({ id, value, label, disabled, onChange }: WidgetProps) {
  return (
    <label className="checkbox">
      <input
        type="checkbox"
        id={id}
        name={id}
        checked={value === true}
        disabled={disabled}
        aria-describedby={ariaDescribedByIds(id)}
        onChange={({ target }) => onChange(target.checked)}
      />
      {label}
    </label>
  );
}

/** One of a few. */
export function SelectWidget({ id, value, options, schema, disabled, onChange }: WidgetProps) {
  const { enumOptions = [] } = options;
  const chosen = enumOptionsIndexForValue(value, enumOptions);
  return (
    <select
      id={id}
      name={id}
      value={chosen === undefined ? '' : String(chosen)}
      disabled={disabled}
      aria-describedby={ariaDescribedByIds(id)}
      onChange={({ target }) => onChange(target.value === '' ? undefined : enumOptions[Number(target.value)]?.value)}
    >
      {schema.default === undefined && <option value="">not set</option>}
      {enumOptions.map((option, index) => (
        <option key={option.label} value={String(index)}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
