import { canonicalJson, recordAt, stringsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { kinds } from '../world/kinds.ts'
import { finding, type Judge } from './finding.ts'
import { byAge, type MeshWorld } from './world.ts'

/**
 * Several policies at one level, of which only the oldest counts, and policies with a selector in the root namespace,
 * which count nowhere (istio pilot/pkg/model/authentication.go). Both are accepted without a word.
 */
export const peerAuthenticationLevel: Judge = (world) => {
  const levels = new Map<string, KubernetesObject[]>()
  const ignored: Finding[] = []
  for (const object of world.config.list(kinds.peerAuthentication)) {
    const selector = stringsAt(object, 'spec', 'selector', 'matchLabels')
    const namespace = object.metadata.namespace ?? 'default'
    if (namespace === world.rootNamespace && Object.keys(selector).length > 0) ignored.push(inRoot(world, object))
    else {
      const level = `${namespace}|${canonicalJson(selector)}`
      levels.set(level, [...(levels.get(level) ?? []), object])
    }
  }
  return [...ignored, ...[...levels.values()].flatMap((each) => duplicates(world, each))]
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
  const [oldest, ...others] = objects.toSorted(byAge)
  if (oldest === undefined) return []
  const { cluster } = world.config
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
  if (Object.keys(recordAt(object, 'spec', 'selector', 'matchLabels')).length > 0) return 'workload'
  return object.metadata.namespace === world.rootNamespace ? 'mesh' : 'namespace'
}
