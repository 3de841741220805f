import {
  type ArrayFieldItemTemplateProps,
  type ArrayFieldTemplateProps,
  type DescriptionFieldProps,
  descriptionId,
  errorId,
  type FieldErrorProps,
  type FieldTemplateProps,
  type ObjectFieldTemplateProps,
} from '@rjsf/utils';
import { Icon } from '../parts/icon.js';
import type { FormContext } from './form-context.js';

/** A field: its label, what holds its value, what is wrong with it, and what it is. */
export function FieldTemplate(props: FieldTemplateProps) {
  const {
    id,
    label,
    children,
    errors,
    required,
    displayLabel,
    schema,
    hidden,
    rawDescription,
    rawErrors,
    fieldPathId,
  } = props;
  if (hidden) return <div hidden>{children}</div>;
  // Groups bring their own heading, and a checkbox stands before its label.
  if (schema.type === 'object') return children;
  const isCheckbox = schema.type === 'boolean';
  const isList = schema.type === 'array';
  const { kept, beside } = props.registry.formContext as FormContext;
  // Below the form itself, names belong to other forms.
  const name = fieldPathId.path.length === 1 ? String(fieldPathId.path[0]) : '';
  return (
    <div className="field" data-invalid={rawErrors && rawErrors.length > 0 ? true : undefined}>
      {displayLabel && !isCheckbox && !isList && (
        <label htmlFor={id}>
          {label}
          {!required && !kept.includes(name) && <span className="optional">optional</span>}
        </label>
      )}
      {children}
      {errors}
      {beside[name]}
      {rawDescription && (displayLabel || isCheckbox) && !isList && (
        <p className="description" id={descriptionId(id)}>
          {rawDescription}
        </p>
      )}
    </div>
  );
}

/** What is wrong with a field. */
export function FieldErrorTemplate({ errors = [], fieldPathId }: FieldErrorProps) {
  const [first] = errors;
  if (first === undefined) return null;
  return (
    <p className="field-error" id={errorId(fieldPathId)}>
      {first}
    </p>
  );
}

/** The form's own fields; those behind the last one that is needed are folded away. */
export function ObjectFieldTemplate({ properties, fieldPathId, title, registry, required }: ObjectFieldTemplateProps) {
  const { basic } = registry.formContext as FormContext;
  if (fieldPathId.path.length > 0) {
    return (
      <fieldset className="group">
        {title && !required && <legend>{title}</legend>}
        {properties.map(({ name, content }) => (
          <div key={name}>{content}</div>
        ))}
      </fieldset>
    );
  }
  const first = properties.filter(({ name }) => basic.includes(name));
  const more = properties.filter(({ name }) => !basic.includes(name));
  return (
    <div className="fields">
      {first.map(({ content }) => content)}
      {more.length > 0 && (
        <details className="advanced">
          <summary>
            <Icon name="right" />
            Advanced
            <span className="count">{more.length}</span>
          </summary>
          <div className="advanced-fields">{more.map(({ content }) => content)}</div>
        </details>
      )}
    </div>
  );
}

/** A list. */
export function ArrayFieldTemplate({ items, title, schema, canAdd, onAddClick, fieldPathId }: ArrayFieldTemplateProps) {
  return (
    <fieldset className="list" id={fieldPathId.$id}>
      <legend>
        {title} <span className="optional">optional</span>
      </legend>
      {items}
      {canAdd && (
        <button type="button" className="button quiet" onClick={onAddClick}>
          <Icon name="plus" />
          Add <span className="for-readers">to {title}</span>
        </button>
      )}
      {schema.description && <p className="description">{schema.description}</p>}
    </fieldset>
  );
}

/** One item of a list. */
export function ArrayFieldItemTemplate({ children, buttonsProps, index }: ArrayFieldItemTemplateProps) {
  return (
    <div className="list-item">
      <div className="list-value">{children}</div>
      <button
        type="button"
        className="icon-button"
        aria-label={`Remove item ${index + 1}`}
        onClick={buttonsProps.onRemoveItem}
      >
        <Icon name="trash" />
      </button>
    </div>
  );
}

/** Descriptions stand below their field, and the field template has put them there. */
export function DescriptionFieldTemplate(_: DescriptionFieldProps) {
  return null;
}
