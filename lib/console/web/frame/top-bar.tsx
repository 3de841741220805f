import { useEffect } from 'react';
import { useConsole } from '../console-data.js';
import { Icon } from '../parts/icon.js';
import { usePath } from '../route.js';
import { Link } from './link.js';
import { pages } from './pages.js';
import { RunSwitch } from './run-switch.js';
import { ThemeSwitch } from './theme-switch.js';

/** Name, navigation, and the playbook's state with its switch. */
export function TopBar() {
  const path = usePath();
  const { view } = useConsole();
  const current = pages.find((page) => page.path === path) ?? pages[0];
  const title = current?.name ?? '';
  useEffect(() => {
    document.title = `${title} · Playbook console`;
  }, [title]);
  return (
    <header className="top-bar">
      <Link to="/" className="brand" label="Playbook console">
        <svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true">
          <path d="M8 1 15 8 8 15 1 8Z" fill="currentColor" />
          <path d="M8 5.2 10.8 8 8 10.8 5.2 8Z" className="brand-hole" />
        </svg>
        <span>Playbook console</span>
      </Link>
      <nav className="navigation" aria-label="Pages">
        {pages.map((page) => (
          <Link key={page.path} to={page.path} isCurrent={page === current}>
            <Icon name={page.icon} />
            <span>{page.name}</span>
            {page.path === '/faults' && <span className="badge">demo</span>}
          </Link>
        ))}
      </nav>
      <div className="top-right">
        {view && <RunSwitch playbook={view.playbook} />}
        <ThemeSwitch />
      </div>
    </header>
  );
}
