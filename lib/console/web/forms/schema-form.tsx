// The file itself: the package's index also brings what only its own tests need.
import Form from '@rjsf/core/lib/components/Form.js';
import type { ErrorSchema, RJSFSchema, UiSchema } from '@rjsf/utils';
import { type ReactNode, useMemo } from 'react';
import type { FormProblem, FormSchema } from '../../api.js';
import type { FormContext } from './form-context.js';
import {
  ArrayFieldItemTemplate,
  ArrayFieldTemplate,
  DescriptionFieldTemplate,
  FieldErrorTemplate,
  FieldTemplate,
  ObjectFieldTemplate,
} from './form-templates.js';
import { BaseInputTemplate, CheckboxWidget, SelectWidget } from './form-widgets.js';
import { validator } from './validator.js';

/** The values of a form, by field. */
export type FormValues = Readonly<Record<string, unknown>>;

interface SchemaFormProps {
  /** Comes before the id of every field. */
  readonly id: string;
  readonly schema: FormSchema;
  readonly values: FormValues;
  readonly kept: readonly string[];
  /** What the console has found wrong. */
  readonly problems: readonly FormProblem[];
  readonly onChange: (values: FormValues) => void;
  readonly onSave: (values: FormValues) => void;
  readonly beside?: FormContext['beside'];
  readonly children: ReactNode;
}

const templates = {
  ArrayFieldItemTemplate,
  ArrayFieldTemplate,
  BaseInputTemplate,
  DescriptionFieldTemplate,
  FieldErrorTemplate,
  FieldTemplate,
  ObjectFieldTemplate,
};
const nothingBeside: FormContext['beside'] = {};
const widgets = { CheckboxWidget, SelectWidget };

/** A form made from a manifest's schema and nothing else. */
export function SchemaForm(props: SchemaFormProps) {
  const { id, schema, values, kept, problems, onChange, onSave, beside = nothingBeside, children } = props;
  const asked = useMemo(() => withoutKept(schema, kept), [schema, kept]);
  const context = useMemo<FormContext>(() => ({ kept, basic: basicFields(schema), beside }), [schema, kept, beside]);
  const errors = useMemo(() => errorsOf(problems), [problems]);
  return (
    <Form<Record<string, unknown>>
      className="schema-form"
      idPrefix={id}
      schema={asked}
      uiSchema={uiOf(schema)}
      formData={values as Record<string, unknown>}
      formContext={context}
      validator={validator}
      templates={templates}
      widgets={widgets}
      extraErrors={errors}
      showErrorList={false}
      focusOnFirstError
      noHtml5Validate
      experimental_defaultFormStateBehavior={{ arrayMinItems: { populate: 'never' } }}
      onChange={({ formData }) => onChange(formData ?? {})}
      // What is wrong stands at its field; the console of the browser need not hear of it.
      onError={() => {}}
      onSubmit={({ formData }) => onSave(formData ?? {})}
    >
      {children}
    </Form>
  );
}

/** A field whose value is kept need not be filled in again. */
function withoutKept(schema: FormSchema, kept: readonly string[]): RJSFSchema {
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return { ...schema, title: '', required: required.filter((name) => !kept.includes(name)) } as RJSFSchema;
}

/** Everything up to the last field that must be filled in. */
function basicFields(schema: FormSchema): string[] {
  const names = Object.keys((schema['properties'] as object | undefined) ?? {});
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return names.slice(0, Math.max(...required.map((name) => names.indexOf(name))) + 1);
}

/** What the schema marks as secret is typed without being shown. */
function uiOf(schema: FormSchema): UiSchema {
  const secrets = Array.isArray(schema['secrets']) ? schema['secrets'] : [];
  return Object.fromEntries(secrets.map((name) => [name, { 'ui:widget': 'password' }]));
}

function errorsOf(problems: readonly FormProblem[]): ErrorSchema<Record<string, unknown>> {
  const entries = problems.flatMap(({ field, message }) => (field === undefined ? [] : [[field, message] as const]));
  return Object.fromEntries(entries.map(([field, message]) => [field, { __errors: [message] }]));
}
