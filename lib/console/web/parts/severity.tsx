import { shownText } from './shown-text.js';

/** A severity: its word, and a mark in its colour. */
export function SeverityWord({ severity }: { readonly severity: string }) {
  if (severity === '') return <span className="severity" data-severity="none" />;
  return (
    <span className="severity" data-severity={severity.toLowerCase()}>
      {shownText(severity)}
    </span>
  );
}
