import { canonicalJson, stringsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { groupedBy } from '../world/grouped.ts'
import { kinds } from '../world/kinds.ts'
import { finding, type Judge } from './finding.ts'
import { byAge, type MeshWorld } from './world.ts'
import { namespaceOf } from '../world/namespace-of.ts'

/**
 * Several policies at one level, of which only the oldest counts, and policies with a selector in the root namespace,
 * which count nowhere (istio pilot/pkg/model/authentication.go). Both are accepted without a word.
 */
export const peerAuthenticationLevel: Judge = (world) => {
  const policies = world.config.list(kinds.peerAuthentication)
  const ignored = policies.filter((each) => isIgnored(world, each))
  const counting = policies.filter((each) => !isIgnored(world, each))
  const levels = groupedBy(counting, (each) => `${namespaceOf(each)}|${canonicalJson(selectorOf(each))}`)
  const late = [...levels.values()].flatMap((each) => duplicates(world, each))
  return [...ignored.map((each) => inRoot(world, each)), ...late]
}

function isIgnored(world: MeshWorld, object: KubernetesObject): boolean {
  return namespaceOf(object) === world.rootNamespace && Object.keys(selectorOf(object)).length > 0
}

function selectorOf(object: KubernetesObject): Record<string, string> {
  return stringsAt(object, 'spec', 'selector', 'matchLabels')
}

function inRoot(world: MeshWorld, object: KubernetesObject): Finding {
  return finding({
    cluster: world.config.cluster,
    object,
    code: 'peerauthentication.root-selector',
    severity: 'warning',
    pointer: '/spec/selector',
    params: { rootNamespace: world.rootNamespace },
  })
}

function duplicates(world: MeshWorld, objects: readonly KubernetesObject[]): Finding[] {
  const { cluster } = world.config
  const [oldest, ...others] = objects.toSorted(byAge)
  if (oldest === undefined) return []
  return others.map((object) =>
    finding({
      cluster,
      object,
      code: 'peerauthentication.duplicate',
      severity: 'warning',
      params: { winner: oldest.metadata.name, level: levelOf(world, object) },
      evidence: [refOf(cluster, oldest)],
      aliases: ['KIA0002', 'KIA0003'],
    }),
  )
}

function levelOf(world: MeshWorld, object: KubernetesObject): string {
  if (Object.keys(selectorOf(object)).length > 0) return 'workload'
  return object.metadata.namespace === world.rootNamespace ? 'mesh' : 'namespace'
}
