import { type ReactNode, useEffect, useRef } from 'react';
import { Icon } from './icon.js';

interface SheetProps {
  readonly title: ReactNode;
  readonly label: string;
  readonly className?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A sheet over the page's right edge: the browser's own dialog, which keeps the focus and closes with Escape. */
export function Sheet({ title, label, className = '', onClose, children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it already, by the browser's own way.
    <dialog
      ref={dialog}
      className={`sheet ${className}`}
      aria-label={label}
      onClose={(event) => {
        // React also tells of the end of a dialog inside.
        if (event.target === dialog.current) onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      <div className="sheet-inner">
        <header className="sheet-head">
          <h2>{title}</h2>
          <button type="button" className="icon-button" aria-label="Close" onClick={() => dialog.current?.close()}>
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
