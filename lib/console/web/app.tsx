import { ConsoleProvider, useConsole } from './console-data.js';
import { EventsPage } from './events/events-page.js';
import { FaultsPage } from './faults/faults-page.js';
import { pages } from './frame/pages.js';
import { TokenCard } from './frame/token-card.js';
import { TopBar } from './frame/top-bar.js';
import { IntakesPage } from './intakes/intakes-page.js';
import { LogsPage } from './logs/logs-page.js';
import { Notice } from './parts/notice.js';
import { PlaybookPage } from './playbook/playbook-page.js';
import { usePath } from './route.js';

/** The whole page. */
export function App() {
  return (
    <ConsoleProvider>
      <a className="skip" href="#content">
        Skip to content
      </a>
      <TopBar />
      <Content />
    </ConsoleProvider>
  );
}

function Content() {
  const path = usePath();
  const { view, problem, isConnected, isRefused } = useConsole();
  if (isRefused) {
    return (
      <main id="content" tabIndex={-1}>
        <TokenCard problem={problem} />
      </main>
    );
  }
  return (
    <>
      {!isConnected && (
        <output className="connection">The connection to the console is lost. It comes back by itself.</output>
      )}
      <main id="content" tabIndex={-1}>
        {problem !== undefined && !view && (
          <div className="page">
            <Notice kind="bad">{problem}</Notice>
          </div>
        )}
        {view ? <Page path={path} /> : problem === undefined && <FirstLoad />}
      </main>
    </>
  );
}

function Page({ path }: { readonly path: string }) {
  switch (pages.find((page) => page.path === path)?.path) {
    case '/intakes':
      return <IntakesPage />;
    case '/events':
      return <EventsPage />;
    case '/logs':
      return <LogsPage />;
    case '/faults':
      return <FaultsPage />;
    default:
      return <PlaybookPage />;
  }
}

/** The place that the page will take, before its content is there. */
function FirstLoad() {
  return (
    <div className="page" aria-busy="true">
      <div className="skeleton title" />
      <div className="skeleton block" />
      <div className="skeleton block" />
    </div>
  );
}
