import { useState } from 'react';
import { useView } from '../console-data.js';
import { isRunning } from '../frame/run-switch.js';
import { Icon } from '../parts/icon.js';
import { Sheet } from '../parts/sheet.js';
import { useIsNarrow } from '../parts/use-is-narrow.js';
import { FirstSteps } from './first-steps.js';
import { IntakeCard } from './intake-card.js';
import { LastDay } from './last-day.js';
import { PollLine } from './poll-line.js';
import { RecentLogs } from './recent-logs.js';
import { type OpenForm, SetupPanel } from './setup-panel.js';
import { TriggerCard } from './trigger-card.js';

/** The playbook: its trigger, where its events go, and how both are set up. */
export function PlaybookPage() {
  const view = useView();
  const isNarrow = useIsNarrow();
  const [isSheetOpen, setSheetOpen] = useState(false);
  const [open, setOpen] = useState<OpenForm>();
  const { playbook, module } = view;
  const isFirstVisit = !isRunning(playbook.state) && playbook.lastPoll === undefined && view.events.next === 0;
  // The steps stay as long as the page does: nothing goes from under somebody's eyes.
  const [wasFirstVisit] = useState(isFirstVisit);
  return (
    <div className="playbook-page">
      <div className="playbook-main">
        <div className="page-head">
          <h1>Playbook</h1>
          {isNarrow && (
            <button type="button" className="button" onClick={() => setSheetOpen(true)}>
              <Icon name="edit" />
              Set up trigger
            </button>
          )}
        </div>
        {wasFirstVisit && <FirstSteps openAside={isNarrow ? undefined : open?.form} />}
        <div className="flow">
          <TriggerCard onOpen={isNarrow ? () => setSheetOpen(true) : undefined} />
          <span className="flow-arrow" aria-hidden="true">
            <Icon name={isNarrow ? 'down' : 'right'} />
          </span>
          <IntakeCard />
        </div>
        <PollLine />
        <LastDay />
        <RecentLogs />
      </div>
      {!isNarrow && (
        <aside className="sidebar" aria-label="Set up the trigger">
          <h2>{module.trigger.name}</h2>
          <p className="muted">{module.trigger.description}</p>
          <SetupPanel open={open} onOpen={setOpen} />
        </aside>
      )}
      {isNarrow && isSheetOpen && (
        <Sheet title={module.trigger.name} label="Set up the trigger" onClose={() => setSheetOpen(false)}>
          <div className="sheet-body">
            <SetupPanel open={open} onOpen={setOpen} />
          </div>
        </Sheet>
      )}
    </div>
  );
}
