import { useEffect, useRef } from 'react';

interface CopyByHandProps {
  readonly text: string;
  readonly onClose: () => void;
}

/** A text, selected, to be copied with the keyboard; a field of several lines, since one of one line drops the ends of lines. */
export function CopyByHand({ text, onClose }: CopyByHandProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (dialog.current && !dialog.current.open) dialog.current.showModal();
    field.current?.select();
  }, []);
  return (
    <dialog ref={dialog} className="copy-by-hand" aria-label="Copy" onClose={onClose}>
      <p>Press Ctrl+C to copy, ⌘C on a Mac.</p>
      <textarea ref={field} aria-label="Text to copy" readOnly rows={4} value={text} />
      <button type="button" className="button" onClick={() => dialog.current?.close()}>
        Close
      </button>
    </dialog>
  );
}
