import type { AgentChart, Charts, RevisionToRender } from '@orbweaver/sandbox/actors/sail/chart-objects'
import type { Built } from './build.ts'
import { remembering } from './remembering.ts'
import { render, renderAgent, renderTag } from './render.ts'

/** Answers of istioctl that are kept: an operator renders at every look, and mostly the same. */
const kept = 64

/** Istio's own charts, as istioctl renders them. */
export const labCharts = (built: Built): Charts => {
  const revision = remembering(kept, (wanted: RevisionToRender) => render(built, wanted))
  const tag = remembering(kept, (wanted: { tag: string; revision: RevisionToRender }) => renderTag(built, wanted))
  const agent = remembering(kept, (wanted: { chart: AgentChart; of: RevisionToRender }) =>
    renderAgent(built, wanted.chart, wanted.of),
  )
  return {
    revision,
    tag: (name, of) => tag({ tag: name, revision: of }),
    agent: (chart, of) => agent({ chart, of }),
  }
}
