import { listAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import { resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { defineIndex, type Index } from '../index-of.ts'
import { isForMesh } from './gateways.ts'

const code: Code = { code: 'virtualservice.http-route-too', severity: 'warning', istio: 'accepts' }

/** HTTPRoutes by the Services they are attached to, `name.namespace`. */
const routesByService: Index<KubernetesObject> = defineIndex({
  name: 'http routes by service',
  kinds: [kinds.httpRoute],
  entries: (object) =>
    listAt(object, 'spec', 'parentRefs').flatMap((parent): [string, KubernetesObject][] => {
      const name = textAt(parent, 'name')
      if (textAt(parent, 'kind') !== 'Service' || (textAt(parent, 'group') ?? '') !== '' || name === undefined)
        return []
      return [[`${name}.${textAt(parent, 'namespace') ?? namespaceOf(object)}`, object]]
    }),
})

/**
 * An HTTPRoute for a Service becomes a VirtualService of its own in istiod, and sidecars take one rule a host: the one
 * that comes first, an HTTPRoute of the client's namespace before all others (istio pilot/pkg/model/virtualservice.go,
 * SelectVirtualServices).
 */
export const httpRoutes: Judge = {
  says: [code],
  kinds: [kinds.virtualService],
  judge(subject, world) {
    const { object, namespace } = subject
    if (!isForMesh(object)) return []
    const suffix = `.svc.${world.mesh.domain}`
    return textsAt(object, 'spec', 'hosts').flatMap((host, index) => {
      const full = resolveHost(host, namespace, world.mesh.domain)
      const routes = full.endsWith(suffix) ? world.look(routesByService, full.slice(0, -suffix.length)) : []
      const [first] = routes
      if (first === undefined) return []
      const params = { host, route: `${namespaceOf(first)}/${first.metadata.name}` }
      const evidence = routes.map((each) => refOf(subject.cluster, each))
      return [found(subject, code, { pointer: `/spec/hosts/${index}`, params, evidence })]
    })
  },
}
