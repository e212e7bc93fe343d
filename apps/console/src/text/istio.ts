import type { istioText } from '@orbweaver/istio/text.en'
import { flat, joined } from './flat.ts'
import type { Sentences } from './messages.ts'

type Text = typeof istioText

/** Under which prefix the wire speaks of each part of packages/istio (apps/bff/src/slices words its codes so). */
const prefixes: { prefix: string; of: (text: Text) => unknown }[] = [
  { prefix: 'check', of: (text) => text.preflight.check },
  { prefix: 'check-topic', of: (text) => text.preflight.topic },
  { prefix: 'fix', of: (text) => text.preflight.fix },
  { prefix: 'stage-name', of: (text) => text.mesh.stage },
  { prefix: 'stage', of: (text) => ({ ...text.mesh.gate, ...text.mesh.timeout }) },
  { prefix: 'blocker', of: (text) => text.mesh.blocker },
  { prefix: 'blocker-fix', of: (text) => text.mesh.blockerFix },
  { prefix: 'leftover', of: (text) => text.mesh.leftover },
  { prefix: 'fact', of: (text) => text.mesh.fact },
  { prefix: 'installer', of: (text) => text.mesh.installer },
  { prefix: 'meshes', of: (text) => text.mesh.problem },
  // Where two tables have the same code, a Pod's reason is worded: it has fewer blanks to fill.
  {
    prefix: 'injection',
    of: ({ injection: { blocked, restart, pod, reason } }) => ({ ...blocked, ...restart, ...pod, ...reason }),
  },
  { prefix: 'injection.outcome', of: (text) => text.injection.outcome },
  { prefix: 'injection.change', of: (text) => text.injection.change },
  { prefix: 'sidecars.restart_by_hand', of: (text) => text.injection.restart },
  { prefix: 'finding', of: (text) => text.finding },
  { prefix: 'level', of: (text) => text.level },
  { prefix: 'network', of: (text) => text.network },
  { prefix: 'template', of: (text) => text.rule },
  { prefix: 'start', of: (text) => text.start },
]

export function istioSentences(text: Text): Sentences {
  return joined(prefixes.map((part) => flat(part.of(text), part.prefix)))
}
