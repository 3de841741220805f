import { useSyncExternalStore } from 'react';

// As in playbook.css: below this width the sidebar is a sheet.
const narrow = window.matchMedia('(max-width: 899.98px)');

/** Whether there is no room for a sidebar. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      narrow.addEventListener('change', changed);
      return () => narrow.removeEventListener('change', changed);
    },
    () => narrow.matches,
  );
}
