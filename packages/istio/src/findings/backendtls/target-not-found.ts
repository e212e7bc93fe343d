import type { Fix } from '@orbweaver/contracts/plan'
import { backendOf, type PolicyTarget } from '../../simulate/route/gateway-api/backend-tls.ts'
import { nearestWord } from '../../values/nearest.ts'
import { type KindKey, kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { put } from '../operations.ts'
import type { MeshWorld } from '../world.ts'
import { aims, docs } from './targets.ts'

const missing: Code = { code: 'backendtlspolicy.target-not-found', severity: 'error', istio: 'ignores', docs }
const unknown: Code = { code: 'backendtlspolicy.target-kind', severity: 'error', istio: 'ignores', docs }

const groups: ReadonlyMap<KindKey, string> = new Map([
  [kinds.service, ''],
  [kinds.serviceEntry, 'networking.istio.io'],
])

/**
 * What a policy is for and that is not there: Services and ServiceEntries of its namespace, in the cluster that istiod reads
 * its configuration from (istio pilot/pkg/config/kube/gateway/backend_policies.go, BackendTLSPolicyCollection; 1.31).
 */
export const targetNotFound: Judge = {
  says: [missing, unknown],
  kinds: [kinds.backendTlsPolicy],
  judge(subject, world) {
    return aims(subject).flatMap((target) => {
      const { kind, name, pointer } = target
      const params = { kind: kind.slice(kind.lastIndexOf('/') + 1), name, namespace: subject.namespace }
      if (!groups.has(kind)) return [found(subject, unknown, { pointer, params, fixes: meant(subject, world, target) })]
      if (!world.config.has(kind) || isThere(subject, world, target)) return []
      return [found(subject, missing, { pointer, params, fixes: meant(subject, world, target) })]
    })
  },
}

function isThere({ namespace }: Subject, world: MeshWorld, target: PolicyTarget): boolean {
  return backendOf(world, target, namespace) !== undefined
}

/** What has that very name among the kinds that can be meant, else what has nearly that name. */
function meant(subject: Subject, world: MeshWorld, target: PolicyTarget): Fix[] {
  const same = [...groups.keys()].find((kind) => isThere(subject, world, { ...target, kind }))
  if (same !== undefined) {
    const kind = same.slice(same.lastIndexOf('/') + 1)
    const operations = [put(`${target.pointer}/group`, groups.get(same) ?? ''), put(`${target.pointer}/kind`, kind)]
    return [fix(subject, { code: 'kind', params: { kind } }, operations)]
  }
  if (!groups.has(target.kind)) return []
  const names = world.config.list(target.kind, subject.namespace).map(({ metadata }) => metadata.name)
  const name = nearestWord(names, target.name)
  if (name === undefined) return []
  return [fix(subject, { code: 'name', params: { name } }, [put(`${target.pointer}/name`, name)])]
}
