import { textsAt } from '@orbweaver/contracts/json'
import { refOf } from '@orbweaver/contracts/kubernetes'
import { byAge } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { found, type Judge } from '../finding.ts'
import { entriesByHost, type HostOwner, servicesByName } from '../host-registry.ts'
import type { MeshWorld } from '../world.ts'
import { changed } from './code.ts'
import { brings, type Step } from './step.ts'

const code = changed('host-of-other-namespace', 'warning')

/**
 * Hosts that several namespaces have: a sidecar that has to choose took the first in the alphabet; from 1.30 a Kubernetes
 * Service, else the oldest (istio pilot/pkg/model/sidecar.go, pickBestVisibleNamespace;
 * releasenotes/notes/sidecar-pick-best-service-namespace.yaml).
 */
export function serviceNamespaces(step: Step): Judge {
  return {
    says: [code],
    kinds: [kinds.serviceEntry],
    judge(subject, world) {
      if (!brings(step, '1.30') || !world.complete(kinds.service)) return []
      return textsAt(subject.object, 'spec', 'hosts').flatMap((host, index) => {
        const owners = ownersOf(world, host)
        const [before] = owners.toSorted((a, b) => (a.namespace < b.namespace ? -1 : 1))
        const [after] = owners.toSorted(
          (a, b) => Number(b.kind === 'Service') - Number(a.kind === 'Service') || byAge(a.object, b.object),
        )
        if (before === undefined || after === undefined || before.namespace === after.namespace) return []
        const params = { host, before: before.namespace, after: after.namespace, since: '1.30', to: step.to }
        const evidence = [before, after].map(({ cluster, object }) => refOf(cluster, object))
        return [found(subject, code, { pointer: `/spec/hosts/${index}`, params, evidence })]
      })
    },
  }
}

/** Those that everybody sees: of others it depends on who asks. */
function ownersOf(world: MeshWorld, host: string): HostOwner[] {
  const suffix = `.svc.${world.mesh.domain}`
  const services = host.endsWith(suffix) ? world.look(servicesByName, host.slice(0, -suffix.length)) : []
  return [...services, ...world.look(entriesByHost, host)].filter(
    ({ exportTo }) => exportTo.length === 0 || exportTo.includes('*'),
  )
}
