import type { ReactNode } from 'react'
import type { Kind } from './draft.ts'
import './kind-picture.css'

/** Boxes are clusters, the ring is istiod, dots are workloads; a dashed ring was there before. */
export function KindPicture(props: { kind: Kind }) {
  return (
    <svg viewBox="0 0 120 56" className="mesh-kind-picture" aria-hidden="true" focusable="false">
      {pictures[props.kind]}
    </svg>
  )
}

const pictures: Record<Kind, ReactNode> = {
  Managed: (
    <>
      <rect x="42" y="3" width="36" height="20" rx="4" className="mesh-art-box mesh-art-own" />
      <circle cx="60" cy="13" r="5.5" className="mesh-art-istiod" />
      <path d="M52 23 26 36M60 23v13M68 23l26 13" className="mesh-art-line" />
      {[8, 44, 80].map((x) => (
        <g key={x}>
          <rect x={x} y="36" width="32" height="17" rx="4" className="mesh-art-box" />
          <Dots x={x} y={44.5} />
        </g>
      ))}
    </>
  ),
  Dedicated: (
    <>
      <rect x="30" y="6" width="60" height="44" rx="5" className="mesh-art-box mesh-art-own" />
      <circle cx="60" cy="18" r="5.5" className="mesh-art-istiod" />
      <path d="M56 23 48 34M60 24v10M64 23l8 11" className="mesh-art-line" />
      <Dots x={44} y={38} />
    </>
  ),
  External: (
    <>
      <rect x="30" y="6" width="60" height="44" rx="5" className="mesh-art-box mesh-art-dashed" />
      <circle cx="60" cy="18" r="5.5" className="mesh-art-istiod mesh-art-dashed" />
      <path d="M56 23 48 34M60 24v10M64 23l8 11" className="mesh-art-line" />
      <Dots x={44} y={38} />
    </>
  ),
}

function Dots(props: { x: number; y: number }) {
  return [8, 16, 24].map((step) => (
    <circle key={step} cx={props.x + step} cy={props.y} r="2.6" className="mesh-art-dot" />
  ))
}
