import { useState } from 'react';
import { type EventChart, SEVERITIES } from '../../api.js';
import { count, counted } from '../parts/figures.js';

const WIDTH = 1000;
const DAY = 86_400_000;

interface BarChartProps {
  readonly chart: EventChart;
  /** In pixels, the axis included. */
  readonly height: number;
  /** Is told the times of a bar that was chosen. */
  readonly onChoose?: (from: number, to: number) => void;
}

/** Events over time, stacked by severity. */
export function BarChart({ chart, height, onChoose }: BarChartProps) {
  const { buckets, from, stepMs } = chart;
  const [pointed, setPointed] = useState<number>();
  const totals = buckets.map((counts) => counts.reduce((sum, one) => sum + one, 0));
  const most = Math.max(...totals, 1);
  const all = totals.reduce((sum, one) => sum + one, 0);
  const plot = height - 18;
  const step = WIDTH / Math.max(buckets.length, 1);
  const gap = Math.min(2, step * 0.2);
  const bars = buckets.flatMap((counts, index) => {
    const left = index * step;
    let top = plot;
    return counts.flatMap((value, rank) => {
      if (value === 0) return [];
      const tall = Math.max((value / most) * (plot - 2), 2);
      top -= tall;
      const severity = SEVERITIES[rank];
      return (
        <rect
          key={`${left}-${severity}`}
          className="bar"
          data-severity={severity}
          x={left + gap / 2}
          y={Math.max(top, 0)}
          width={Math.max(step - gap, 1)}
          height={tall}
        />
      );
    });
  });
  return (
    <figure className="chart" style={{ height }} aria-label={`${counted(all, 'event')} over time`}>
      <svg
        viewBox={`0 0 ${WIDTH} ${plot}`}
        preserveAspectRatio="none"
        height={plot}
        aria-hidden="true"
        className={onChoose && 'choosable'}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const index = Math.floor(((event.clientX - box.left) / box.width) * buckets.length);
          setPointed(index >= 0 && index < buckets.length ? index : undefined);
        }}
        onPointerLeave={() => setPointed(undefined)}
        onClick={() => {
          if (pointed !== undefined) onChoose?.(from + pointed * stepMs, from + (pointed + 1) * stepMs);
        }}
      >
        {pointed !== undefined && <rect className="pointed" x={pointed * step} y={0} width={step} height={plot} />}
        <line className="axis" x1="0" x2={WIDTH} y1={plot - 0.5} y2={plot - 0.5} vectorEffect="non-scaling-stroke" />
        {bars}
      </svg>
      <figcaption className="figures">
        <span>{label(from, stepMs)}</span>
        <span>
          {pointed === undefined
            ? peak(all, most, stepMs)
            : `${label(from + pointed * stepMs, stepMs)}: ${counted(totals[pointed] ?? 0, 'event')}`}
        </span>
        <span>{label(from + buckets.length * stepMs, stepMs)}</span>
      </figcaption>
    </figure>
  );
}

function peak(all: number, most: number, stepMs: number): string {
  return all === 0 ? 'no events' : `peak ${count(most)} in ${width(stepMs)}`;
}

function label(at: number, stepMs: number): string {
  const date = new Date(at);
  const day = date.toLocaleDateString('en-GB', { day: '2-digit', month: 'short' });
  if (stepMs >= DAY) return day;
  return `${day} ${date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`;
}

function width(stepMs: number): string {
  if (stepMs >= DAY) return `${stepMs / DAY} d`;
  if (stepMs >= 3_600_000) return `${stepMs / 3_600_000} h`;
  return stepMs >= 60_000 ? `${stepMs / 60_000} min` : `${stepMs / 1000} s`;
}
