import { useEffect, useState } from 'react';
import type { EventDetail } from '../../api.js';
import { read, wordsOf } from '../api-client.js';
import { useView } from '../console-data.js';
import { CopyButton } from '../parts/copy-button.js';
import { Notice } from '../parts/notice.js';
import { SeverityWord } from '../parts/severity.js';
import { Sheet } from '../parts/sheet.js';
import { shownText } from '../parts/shown-text.js';
import { Time } from '../parts/time.js';
import { changedFields, lostFields } from './compare-versions.js';
import { FieldTree } from './field-tree.js';
import { PrettyJson } from './pretty-json.js';
import { rawAlertOf } from './raw-alert.js';

interface EventPanelProps {
  readonly number: number;
  readonly onClose: () => void;
  readonly onOpen: (number: number) => void;
  readonly onSearch: (text: string) => void;
}

/** One event: what the normalizer has made, beside what Lacework has sent. */
export function EventPanel({ number, onClose, onOpen, onSearch }: EventPanelProps) {
  const [detail, setDetail] = useState<EventDetail>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    const gone = new AbortController();
    read<EventDetail>(`/api/events/${number}`, gone.signal).then(setDetail, (error) => {
      if (!gone.signal.aborted) setProblem(wordsOf(error));
    });
    return () => gone.abort();
  }, [number]);
  return (
    <Sheet title={<Title detail={detail} />} label="Event" className="event-sheet" onClose={onClose}>
      {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
      {detail ? (
        <Detail detail={detail} onOpen={onOpen} onSearch={onSearch} />
      ) : (
        problem === undefined && <div className="skeleton block" />
      )}
    </Sheet>
  );
}

function Title({ detail }: { readonly detail: EventDetail | undefined }) {
  if (!detail) return 'Event';
  return (
    <span className="event-title">
      <SeverityWord severity={detail.row.severity} />
      <span className="event-name">{shownText(detail.row.reason || detail.row.type || 'Event')}</span>
    </span>
  );
}

interface DetailProps extends Pick<EventPanelProps, 'onOpen' | 'onSearch'> {
  readonly detail: EventDetail;
}

function Detail({ detail, onOpen, onSearch }: DetailProps) {
  const { intakes } = useView();
  const { text, previous } = detail;
  const raw = rawAlertOf(text);
  const isNormalized = raw !== text;
  const rawBefore = previous && rawAlertOf(previous.text);
  const changes = changedFields(text, previous?.text);
  const count = [...changes.keys()].filter((path) => path !== 'message').length;
  return (
    <>
      <p className="event-facts muted">
        <span>
          arrived <Time at={detail.receivedAt} withDay /> at{' '}
          {intakes.find(({ id }) => id === detail.intake)?.name ?? 'a deleted intake'}
        </span>
        {previous && (
          <span>
            an update of the{' '}
            <button type="button" className="link-button" onClick={() => onOpen(previous.number)}>
              version of <Time at={previous.receivedAt} withDay />
            </button>
            , {count} {count === 1 ? 'field' : 'fields'} changed
          </span>
        )}
      </p>
      <div className="columns" data-single={!isNormalized}>
        {isNormalized && (
          <section className="column" aria-label="Normalized event">
            <header>
              <h3>Normalized</h3>
              <CopyButton text={text}>Copy event</CopyButton>
            </header>
            <FieldTree text={text} changes={changes} lost={lostFields(text, previous?.text)} onSearch={onSearch} />
          </section>
        )}
        <section className="column" aria-label="Raw alert">
          <header>
            <h3>Raw alert</h3>
            <CopyButton text={raw}>Copy exact text</CopyButton>
          </header>
          <PrettyJson text={raw} changes={changedFields(raw, rawBefore)} />
        </section>
      </div>
    </>
  );
}
