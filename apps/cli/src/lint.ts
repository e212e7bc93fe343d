import { listAt, recordAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { type Finding, Severity } from '@orbweaver/contracts/plan'
import { createEngine } from '@orbweaver/istio/findings/engine'
import { withSoundWays } from '@orbweaver/istio/findings/fixes/sound'
import { ranked } from '@orbweaver/istio/findings/judge'
import { judges } from '@orbweaver/istio/findings/judges'
import { muteOf } from '@orbweaver/istio/findings/muting'
import { structureJudge } from '@orbweaver/istio/findings/schema/structure'
import { withoutUnserved } from '@orbweaver/istio/findings/schema/version'
import { upgradeJudges } from '@orbweaver/istio/findings/upgrade/judges'
import type { Step } from '@orbweaver/istio/findings/upgrade/step'
import { kindKey, kinds } from '@orbweaver/istio/world/kinds'
import { istioCrds } from '@orbweaver/schemas/istio'
import type { Position } from './read/documents.ts'
import { lessSure } from './several-forms.ts'
import type { Assembled } from './world.ts'

/** A finding, and where in a file it is. */
export type Placed = { finding: Finding; position: Position | undefined }

export type Filter = {
  only: readonly string[]
  skip: readonly string[]
  /** To another version, where it is asked what that changes. */
  step?: Step | undefined
}

/** Everything that is wrong in a world, worst first, with ways out that hold; what its objects mute is left out. */
export function lint(world: Assembled, { only, skip, step }: Filter, now: Date): Placed[] {
  const { parts } = world
  const views = new Map(parts.clusters.map((each) => [each.cluster, each]))
  const ofStep = step === undefined ? [] : upgradeJudges(step)
  const engine = createEngine(parts, [...judges, structureJudge(definitionsFor(parts)), ...ofStep])
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
      const position = world.at(ref.cluster, `${kindKey(ref)} ${ref.namespace ?? ''}/${ref.name}`, pointer)
      return { finding: withSoundWays(engine, finding), position }
    })
}

/** Those of the cluster itself, or of files, where they have a schema; else of the newest Istio that is known. */
function definitionsFor({ config }: Assembled['parts']): KubernetesObject[] {
  const own = config.list(kinds.crd).filter(hasSchema)
  const names = new Set(own.map(({ metadata }) => metadata.name))
  const ofIstio = new Set(istioCrds.map(({ metadata }) => metadata.name))
  return [
    ...istioCrds.filter(({ metadata }) => !names.has(metadata.name)),
    ...own.filter(({ metadata }) => ofIstio.has(metadata.name)),
  ]
}

function hasSchema(definition: KubernetesObject): boolean {
  return listAt(definition, 'spec', 'versions').some(
    (each) => Object.keys(recordAt(each, 'schema', 'openAPIV3Schema', 'properties')).length > 0,
  )
}

const levels = Severity.options

/** Whether a finding is at least as bad as a level. */
export function isAtLeast(finding: Finding, level: Severity): boolean {
  return levels.indexOf(finding.severity) <= levels.indexOf(level)
}
