import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge } from '../finding.ts'
import { replace } from '../operations.ts'
import { servicesByName } from '../host-registry.ts'
import { onlyServiceOf } from '../service-names.ts'
import type { MeshWorld } from '../world.ts'
import { namedBy } from './policy-rules.ts'

const code: Code = {
  code: 'authorizationpolicy.host-not-found',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['KIA0104'],
}

/** Hosts that can only be services of the mesh, and are none: no request is for them. Of other hosts anybody may know. */
export const policyHosts: Judge = {
  says: [code],
  kinds: [kinds.authorizationPolicy],
  judge(subject, world) {
    if (!world.complete(kinds.service) || !world.complete(kinds.serviceEntry)) return []
    return namedBy(subject.object, 'hosts').flatMap(({ value, pointer }) => {
      const [host = ''] = value.split(':')
      if (host.includes('*') || host === '' || !isInside(world, host) || isKnown(world, host, subject.namespace))
        return []
      const right = onlyServiceOf(world, host, subject.namespace)?.host
      const way = { code: 'full-name', params: { name: right ?? '' } }
      const operation = replace(pointer, `${right ?? ''}${value.slice(host.length)}`)
      const fixes = right === undefined ? [] : [fix(subject, way, [operation])]
      return [found(subject, code, { pointer, params: { host }, fixes })]
    })
  },
}

/** A bare name, a full one, or `service.namespace` of a namespace that there is. */
function isInside(world: MeshWorld, host: string): boolean {
  const [, namespace, more] = host.split('.')
  if (namespace === undefined || host.endsWith(`.svc.${world.mesh.domain}`)) return true
  return more === undefined && world.clusters.some((view) => view.get(kinds.namespace, namespace) !== undefined)
}

/** Kubernetes resolves `service.namespace` to the Service, and requests have it as their host then. */
function isKnown(world: MeshWorld, host: string, namespace: string): boolean {
  return world.hosts.find(host, namespace) !== undefined || world.look(servicesByName, host).length > 0
}
