import type { Charts } from '@orbweaver/sandbox/actors/sail/chart-objects'
import type { Built } from './build.ts'
import { remembering } from './remembering.ts'
import { render, renderTag } from './render.ts'

/** Answers of istioctl that are kept: an operator renders at every look, and mostly the same. */
const kept = 64

/** Istio's own charts, as istioctl renders them. */
export const labCharts = (built: Built): Charts => {
  const revision = remembering(kept, (wanted: Parameters<Charts['revision']>[0]) => render(built, wanted))
  const tag = remembering(kept, (wanted: { tag: string; revision: Parameters<Charts['tag']>[1] }) =>
    renderTag(built, wanted),
  )
  return { revision, tag: (name, of) => tag({ tag: name, revision: of }) }
}
