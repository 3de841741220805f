import { type RefObject, useEffect, useRef } from 'react';

/** An element that gets the focus when `change` has removed what had it, which would send the reader to the page's beginning. */
export function useFocusHome<Element extends HTMLElement>(change: unknown): RefObject<Element | null> {
  const home = useRef<Element>(null);
  const last = useRef(change);
  useEffect(() => {
    if (last.current === change) return;
    last.current = change;
    if (document.activeElement === document.body) home.current?.focus({ preventScroll: true });
  }, [change]);
  return home;
}
