import { type ReactNode, useEffect, useState } from 'react';
import { wordsOf } from '../api-client.js';
import { CopyByHand } from './copy-by-hand.js';
import { Icon } from './icon.js';

const TOLD_MS = 2000;

interface CopyButtonProps {
  /** The text, or what fetches it. */
  readonly text: string | (() => Promise<string>);
  readonly children: ReactNode;
  readonly label?: string;
  readonly className?: string;
  /** Where there is only room for the icon, the words are for screen readers. */
  readonly isIconOnly?: boolean;
}

/**
 * Puts a text on the clipboard, and says so. Browsers keep the clipboard from pages that came over plain http from another
 * machine: there the text is shown, selected, to be copied by hand.
 */
export function CopyButton({ text, children, label, className = 'button quiet', isIconOnly }: CopyButtonProps) {
  const [told, setTold] = useState<string>();
  const [shown, setShown] = useState<string>();
  useEffect(() => {
    if (told === undefined) return;
    const timer = setTimeout(() => setTold(undefined), TOLD_MS);
    return () => clearTimeout(timer);
  }, [told]);
  const put = async (copied: string) => {
    try {
      await navigator.clipboard.writeText(copied);
      setTold('Copied');
    } catch {
      setShown(copied);
    }
  };
  const copy = async () => {
    try {
      await put(typeof text === 'string' ? text : await text());
    } catch (error) {
      setTold(`Not copied: ${wordsOf(error)}`);
    }
  };
  return (
    <>
      <button
        type="button"
        className={className}
        aria-label={told === undefined ? label : undefined}
        title={isIconOnly ? told : undefined}
        onClick={() => void copy()}
      >
        <Icon name={told === 'Copied' ? 'check' : 'copy'} />
        <span aria-live="polite" className={isIconOnly ? 'for-readers' : undefined}>
          {told ?? children}
        </span>
      </button>
      {shown !== undefined && <CopyByHand text={shown} onClose={() => setShown(undefined)} />}
    </>
  );
}
