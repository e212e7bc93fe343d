import { at, listAt, numberAt, textAt, textsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { policiesFor } from '../../simulate/route/gateway-api/backend-tls.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge } from '../finding.ts'
import { entriesByHost } from '../host-registry.ts'
import { saidOf } from '../host-patterns.ts'
import { replace } from '../operations.ts'
import { protocolNamed } from '../port-protocols.ts'
import { rulesFor } from '../subsets.ts'
import { httpDestinationKey, httpDestinations } from '../virtualservice/http-destinations.ts'
import { openMeshHosts, scopedMeshHosts } from '../virtualservice/mesh-hosts.ts'
import type { MeshWorld } from '../world.ts'

const code: Code = { code: 'serviceentry.plain-on-443', severity: 'warning', istio: 'accepts' }

/**
 * Port 443 of a host outside, said to be HTTP: clients that speak TLS there are misread, and plain requests go out as they
 * are, unless a DestinationRule or a BackendTLSPolicy makes TLS of them.
 */
export const plainPort: Judge = {
  says: [code],
  kinds: [kinds.serviceEntry],
  judge(subject, world) {
    const { object } = subject
    const hosts = textsAt(object, 'spec', 'hosts')
    const outside = textAt(object, 'spec', 'location') !== 'MESH_INTERNAL'
    if (!outside || !world.config.has(kinds.destinationRule) || !world.config.has(kinds.virtualService)) return []
    if (policiesFor(world, object).length > 0) return []
    return listAt(object, 'spec', 'ports').flatMap((port, index) => {
      const number = numberAt(port, 'number') ?? 0
      const isHttp = protocolNamed(textAt(port, 'protocol') ?? '') === 'http'
      const goesTo = numberAt(port, 'targetPort') ?? number
      if (goesTo !== 443 || !isHttp || hosts.some((each) => rulesFor(world, each).some(makesTls))) return []
      const routed = hosts.some((host) => isRouted(world, host, number))
      const pointer = `/spec/ports/${index}/protocol`
      const shared = hosts.some((host) => world.look(entriesByHost, host).length > 1)
      const fixes =
        routed || shared || number !== 443 ? [] : [fix(subject, { code: 'https' }, [replace(pointer, 'HTTPS')])]
      return [found(subject, code, { pointer, params: { hosts: hosts.join(', '), port: number }, fixes })]
    })
  },
}

/** Whether HTTP routes send to the port, or are for the host in sidecars. */
function isRouted(world: MeshWorld, host: string, number: number): boolean {
  const sent = [number, undefined].some(
    (each) => world.look(httpDestinations, httpDestinationKey(host, each)).length > 0,
  )
  return sent || [openMeshHosts, scopedMeshHosts].some((each) => saidOf(world, each, host).length > 0)
}

/** Of whatever port: which client uses which rule is not known here. */
function makesTls(rule: KubernetesObject): boolean {
  const policy = at(rule, 'spec', 'trafficPolicy')
  const modes = [policy, ...listAt(policy, 'portLevelSettings')].map((each) => textAt(each, 'tls', 'mode') ?? 'DISABLE')
  return modes.some((each) => each !== 'DISABLE')
}
