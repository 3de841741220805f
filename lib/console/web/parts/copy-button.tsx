import { type ReactNode, useEffect, useState } from 'react';
import { wordsOf } from '../api-client.js';
import { Icon } from './icon.js';

const TOLD_MS = 2000;

interface CopyButtonProps {
  /** The text, or what fetches it. */
  readonly text: string | (() => Promise<string>);
  readonly children: ReactNode;
  readonly label?: string;
  readonly className?: string;
}

/**
 * Puts a text on the clipboard, and says so. Browsers keep the clipboard from pages that came over plain http from another
 * machine: there the text is shown, selected, to be copied by hand.
 */
export function CopyButton({ text, children, label, className = 'button quiet' }: CopyButtonProps) {
  const [told, setTold] = useState<string>();
  const [shown, setShown] = useState<string>();
  useEffect(() => {
    if (told === undefined) return;
    const timer = setTimeout(() => setTold(undefined), TOLD_MS);
    return () => clearTimeout(timer);
  }, [told]);
  const copy = async () => {
    try {
      const copied = typeof text === 'string' ? text : await text();
      if (!window.isSecureContext) return setShown(copied);
      await navigator.clipboard.writeText(copied);
      setTold('Copied');
    } catch (error) {
      setTold(`Not copied: ${wordsOf(error)}`);
    }
  };
  if (shown !== undefined) {
    return (
      <input
        className="copy-by-hand"
        aria-label="Press Ctrl+C to copy"
        title="Press Ctrl+C to copy"
        readOnly
        value={shown}
        // biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was pressed.
        autoFocus
        onFocus={({ target }) => target.select()}
        onBlur={() => setShown(undefined)}
      />
    );
  }
  return (
    <button
      type="button"
      className={className}
      aria-label={told === undefined ? label : undefined}
      onClick={() => void copy()}
    >
      <Icon name={told === 'Copied' ? 'check' : 'copy'} />
      <span aria-live="polite">{told ?? children}</span>
    </button>
  );
}
