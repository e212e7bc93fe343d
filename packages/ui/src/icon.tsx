/** Drawn for a 16 px grid with one stroke weight. Decorative: what is clickable around them carries the name. */
const shapes = {
  start: 'M2.5 8 8 2.8 13.5 8M4 6.8v6.4h8V6.8',
  mesh: 'M8 2.2v11.6M2.9 5.1l10.2 5.8M13.1 5.1 2.9 10.9M8 2.2l5.1 2.9v5.8L8 13.8l-5.1-2.9V5.1z',
  cluster: 'M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h.01M5 11h.01',
  network: 'M1.8 5.5h4v5h-4zM10.2 5.5h4v5h-4zM5.8 8h1.4M8.8 8h1.4M8 6.4v3.2',
  certificate: 'M8 2.5a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4M6.2 8.5 5.2 13.5 8 11.9l2.8 1.6-1-5',
  key: 'M10.5 2.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M8.3 7.6 2.5 13.4M4.4 11.5l1.6 1.6M6.2 9.7l1.4 1.4',
  history: 'M2.6 8a5.4 5.4 0 1 0 1.6-3.8L2.6 5.6M2.6 2.6v3h3M8 5v3.2l2.2 1.4',
  overview: 'M2.5 2.5h4.6v4.6H2.5zM8.9 2.5h4.6v4.6H8.9zM2.5 8.9h4.6v4.6H2.5zM8.9 8.9h4.6v4.6H8.9z',
  sidecar: 'M2.5 4h6v8h-6zM10.5 6h3v6h-3zM8.5 9h2',
  traffic: 'M2 8h4c2.5 0 2.5-4 5-4h2.5M6 8c2.5 0 2.5 4 5 4h2.5M11.8 2.2 13.6 4l-1.8 1.8M11.8 10.2l1.8 1.8-1.8 1.8',
  security: 'M8 2.2 3.2 4v3.6c0 3 2 5.2 4.8 6.2 2.8-1 4.8-3.2 4.8-6.2V4zM6 8l1.5 1.5L10.2 6.6',
  objects: 'M5.5 2.5H4v4L2.5 8 4 9.5v4h1.5M10.5 2.5H12v4L13.5 8 12 9.5v4h-1.5',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.3 10.3l3.2 3.2',
  close: 'M4 4l8 8M12 4l-8 8',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  down: 'M4 6l4 4 4-4',
  right: 'M6 4l4 4-4 4',
  left: 'M10 4 6 8l4 4',
  up: 'M4 10l4-4 4 4',
  sortNone: 'M5.5 6.5 8 4l2.5 2.5M5.5 9.5 8 12l2.5-2.5',
  columns: 'M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  check: 'M3.5 8.5 6.5 11.5 12.5 4.5',
  plus: 'M8 3v10M3 8h10',
  alert: 'M8 2.5 14 13H2zM8 6.5v3M8 11.3h.01',
  rail: 'M2.5 3h11v10h-11zM6 3v10',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9',
  moon: 'M13.3 9.6A5.6 5.6 0 0 1 6.4 2.7a5.6 5.6 0 1 0 6.9 6.9z',
  screen: 'M2 3h12v8H2zM6 13.5h4M8 11v2.5',
  language:
    'M8 1.9a6.1 6.1 0 1 0 0 12.2A6.1 6.1 0 0 0 8 1.9M2.2 6.3h11.6M2.2 9.7h11.6M8 1.9c-3.2 3.4-3.2 8.8 0 12.2 3.2-3.4 3.2-8.8 0-12.2',
  person: 'M8 2.5a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4M3 13.5c.4-2.6 2.4-4 5-4s4.6 1.4 5 4',
  help: 'M8 1.9a6.1 6.1 0 1 0 0 12.2A6.1 6.1 0 0 0 8 1.9M6.2 6.3a1.8 1.8 0 1 1 2.6 1.6c-.5.3-.8.7-.8 1.2M8 11.2h.01',
  chart: 'M2.5 2.5v11h11M5 10.2l2.4-3 2.2 1.8 3.4-4.5',
  activity: 'M1.8 8.5h2.7L6.3 3.5l3.2 9 1.9-4h2.8',
  settings: 'M2.5 4.5h6M11.5 4.5h2M10 3v3M2.5 11.5h2M7.5 11.5h6M6 10v3',
  external: 'M6.5 3.5h-3v9h9v-3M9 3h4v4M13 3 7.5 8.5',
} as const

export type IconName = keyof typeof shapes

export function Icon(props: { name: IconName }) {
  return (
    <svg
      className="ow-icon"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={shapes[props.name]} />
    </svg>
  )
}
