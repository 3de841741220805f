import { shownText } from '../parts/shown-text.js';
import type { Changes } from './compare-versions.js';
import { jsonLines } from './json-lines.js';

/** A JSON text, one member a line, every value as it was sent. */
export function PrettyJson({ text, changes }: { readonly text: string; readonly changes: Changes }) {
  const lines = jsonLines(text);
  if (!lines) return <pre className="json">{shownText(text)}</pre>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
    <pre className="json" tabIndex={0}>
      {lines.map(({ depth, path, key, token, kind, hasComma }, index) => (
        <span
          key={`${path}-${String(index)}`}
          className="json-line"
          data-changed={kind !== 'close' && changes.has(path)}
          style={{ paddingInlineStart: `min(${depth * 14 + 8}px, 40%)` }}
        >
          {key !== undefined && <span className="json-key">{shownText(JSON.stringify(key))}: </span>}
          <span className={`json-${kind}`}>{shownText(token)}</span>
          {hasComma && ','}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}
