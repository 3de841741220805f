import type { ReactNode } from 'react';
import { goTo } from '../route.js';

interface LinkProps {
  readonly to: string;
  readonly children: ReactNode;
  readonly className?: string;
  /** Where the content alone does not say it. */
  readonly label?: string;
  readonly isCurrent?: boolean;
}

/** A link to another page of the console. */
export function Link({ to, children, className, label, isCurrent = false }: LinkProps) {
  return (
    <a
      href={to}
      className={className}
      aria-label={label}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        goTo(to);
      }}
    >
      {children}
    </a>
  );
}
