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

/** Puts a text on the clipboard, and says so. */
export function CopyButton({ text, children, label, className = 'button quiet' }: CopyButtonProps) {
  const [told, setTold] = useState<string>();
  useEffect(() => {
    if (told === undefined) return;
    const timer = setTimeout(() => setTold(undefined), TOLD_MS);
    return () => clearTimeout(timer);
  }, [told]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : await text());
      setTold('Copied');
    } catch (error) {
      setTold(`Not copied: ${wordsOf(error)}`);
    }
  };
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
