import { type Finding, Severity } from '@orbweaver/contracts/plan'
import { createEngine } from '@orbweaver/istio/findings/engine'
import { ranked, withoutUnserved } from '@orbweaver/istio/findings/judge'
import { judges } from '@orbweaver/istio/findings/judges'
import { muteOf } from '@orbweaver/istio/findings/muting'
import { structureJudge } from '@orbweaver/istio/findings/schema/structure'
import { kindKey } from '@orbweaver/istio/world/kinds'
import { istioCrds } from '@orbweaver/schemas/istio'
import type { Position } from './read/documents.ts'
import { lessSure } from './several-forms.ts'
import type { Assembled } from './world.ts'

/** A finding, and where in a file it is. */
export type Placed = { finding: Finding; position: Position | undefined }

export type Filter = { only: readonly string[]; skip: readonly string[] }

/** Everything that is wrong in a world, worst first; what its objects mute is left out. */
export function lint(world: Assembled, { only, skip }: Filter, now: Date): Placed[] {
  const { parts } = world
  const views = new Map(parts.clusters.map((each) => [each.cluster, each]))
  const engine = createEngine(parts, [...judges, structureJudge(istioCrds)])
  return ranked(lessSure(engine, withoutUnserved(engine.findings()), world.several))
    .filter((finding) => {
      const codes = [finding.code, ...finding.aliases]
      if (only.length > 0 && !codes.some((each) => only.includes(each))) return false
      if (codes.some((each) => skip.includes(each))) return false
      const { cluster, name, namespace } = finding.ref
      const object = views.get(cluster)?.get(kindKey(finding.ref), name, namespace)
      return object === undefined || muteOf(object, finding, now) === undefined
    })
    .map((finding) => {
      const { ref, pointer } = finding
      return { finding, position: world.at(ref.cluster, `${kindKey(ref)} ${ref.namespace ?? ''}/${ref.name}`, pointer) }
    })
}

const levels = Severity.options

/** Whether a finding is at least as bad as a level. */
export function isAtLeast(finding: Finding, level: Severity): boolean {
  return levels.indexOf(finding.severity) <= levels.indexOf(level)
}
