import { CopyButton } from '../parts/copy-button.js';
import { Icon } from '../parts/icon.js';
import { shownText } from '../parts/shown-text.js';
import type { Changes } from './compare-versions.js';
import { type JsonLine, jsonLines, plain } from './json-lines.js';

interface FieldTreeProps {
  readonly text: string;
  readonly changes: Changes;
  readonly lost: ReadonlyMap<string, string>;
  readonly onSearch: (text: string) => void;
}

/** The event's fields as a tree, each with its path to copy; what an update has changed is marked. */
export function FieldTree({ text, changes, lost, onSearch }: FieldTreeProps) {
  const lines = jsonLines(text);
  if (!lines) return <pre className="json">{shownText(text)}</pre>;
  const shown = lines.filter(({ depth, kind }) => depth > 0 && kind !== 'close');
  return (
    <ul className="tree">
      {shown.map((line) => (
        <Field key={line.path} line={line} changes={changes} onSearch={onSearch} />
      ))}
      {[...lost].map(([path, token]) => (
        <li key={path} className="tree-line" data-changed="true">
          <span className="tree-key">{shownText(path)}</span>
          <span className="tree-value">
            <del>{shownText(plain(token))}</del> <span className="changed">gone</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

interface FieldProps {
  readonly line: JsonLine;
  readonly changes: Changes;
  readonly onSearch: (text: string) => void;
}

function Field({ line, changes, onSearch }: FieldProps) {
  const { depth, path, key, token, kind } = line;
  const name = key ?? `[${path.slice(path.lastIndexOf('[') + 1)}`;
  const isBranch = kind === 'open' && token.length === 1;
  const isMessage = path === 'message';
  const isChanged = changes.has(path) && !isMessage;
  const before = changes.get(path);
  return (
    <li
      className="tree-line"
      data-depth={depth}
      data-changed={isChanged}
      data-path={path}
      style={{ paddingInlineStart: `min(${(depth - 1) * 16 + 8}px, 40%)` }}
    >
      <span className="tree-key">{shownText(name)}</span>
      {!isBranch && (
        <span className="tree-value" data-kind={kind}>
          {isChanged && before !== undefined && <del>{shownText(plain(before))}</del>}
          {isMessage ? <span className="muted">the exact text of the alert</span> : shownText(plain(token))}
          {isChanged && <span className="changed">{before === undefined ? 'new' : 'changed'}</span>}
        </span>
      )}
      {!isBranch && (
        <span className="tree-actions">
          {!isMessage && (
            <button
              type="button"
              className="icon-button small"
              aria-label={`Search for this ${path}`}
              title="Search for this value"
              onClick={() => onSearch(`${path.replace(/\[\d+\]/g, '')}:${JSON.stringify(plain(token))}`)}
            >
              <Icon name="search" />
            </button>
          )}
          <CopyButton text={path} className="icon-button small" label={`Copy the path ${path}`} isIconOnly>
            Copy path
          </CopyButton>
        </span>
      )}
    </li>
  );
}
