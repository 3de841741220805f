/** One set: outlines of 16 px, drawn in the colour of the text around. */
const outlines = {
  playbook: 'M2.5 4.5h4v3h-4zM9.5 8.5h4v3h-4zM6.5 6h2a1.5 1.5 0 0 1 1.5 1.5v1',
  intakes: 'M2.5 9.5h3l1 2h3l1-2h3M2.5 9.5v3a1 1 0 0 0 1 1h9a1 1 0 0 0 1-1v-3M8 2.5v5M5.8 5.5 8 7.7l2.2-2.2',
  events: 'M2.5 13.5h11M4 11V8M7 11V4M10 11V6.5M13 11V9',
  logs: 'M3 4h10M3 7h7M3 10h9M3 13h5',
  faults: 'M8.8 2 3.5 9h4l-.8 5L12.5 7h-4z',
  play: 'M5 3.5v9l7-4.5z',
  stop: 'M4.5 4.5h7v7h-7z',
  plus: 'M8 3.5v9M3.5 8h9',
  close: 'M4 4l8 8M12 4l-8 8',
  check: 'M3.5 8.5l3 3 6-7',
  copy: 'M6 6h7v7H6zM3.5 10V3.5H10',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.5 10.5l3 3',
  download: 'M8 2.5v8M5 8l3 3 3-3M3 13.5h10',
  sun: 'M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M3.4 12.6l1.1-1.1M11.5 4.5l1.1-1.1',
  moon: 'M13 9.6A5.5 5.5 0 0 1 6.4 3a5.5 5.5 0 1 0 6.6 6.6z',
  system: 'M2.5 3.5h11v7h-11zM6 13.5h4M8 10.5v3',
  edit: 'M3 13l.7-3L10.5 3.2l2.3 2.3L6 12.3zM9.2 4.5l2.3 2.3',
  trash: 'M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.5 9h6l.5-9',
  alert: 'M8 2.5l6 10.5H2zM8 6.5v3M8 11.2v.1',
  down: 'M8 3v9M4.5 8.8 8 12.3l3.5-3.5',
  right: 'M6 3.5 10.5 8 6 12.5',
  clock: 'M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM8 5v3l2 1.5',
} as const;

/** The name of an icon. */
export type IconName = keyof typeof outlines;

/** An icon; it always stands beside a word, or in something that has a label. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path
        d={outlines[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
