import type { ReactNode } from 'react';
import { Icon } from './icon.js';

/** What went wrong or well, where it did. */
export function Notice({ kind, children }: { readonly kind: 'bad' | 'warn' | 'good'; readonly children: ReactNode }) {
  return (
    <div className={`notice ${kind}`} role={kind === 'good' ? 'status' : 'alert'}>
      <Icon name={kind === 'good' ? 'check' : 'alert'} />
      <div>{children}</div>
    </div>
  );
}
