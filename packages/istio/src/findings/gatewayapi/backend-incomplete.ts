import { at, numberAt } from '@orbweaver/contracts/json'
import type { Fix } from '@orbweaver/contracts/plan'
import { type KindKey, kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { servicesByName } from '../host-registry.ts'
import { put, remove } from '../operations.ts'
import type { MeshWorld } from '../world.ts'
import { type Backend, backendsOf, hostname, portsOf, serviceImport } from './backends.ts'
import { isOfOthers, parentsOf, routeKinds } from './parents.ts'

const docs = 'tasks/traffic-management/ingress/gateway-api/'
const portless: Code = { code: 'route.backend-without-port', severity: 'error', istio: 'ignores', docs }
const placed: Code = { code: 'route.hostname-with-namespace', severity: 'error', istio: 'ignores', docs }

const withPort: readonly KindKey[] = [kinds.service, hostname, serviceImport]

/** Backends for which istiod leaves out the route (istio pilot/pkg/config/kube/gateway/conversion.go, buildDestination; 1.31). */
export const backendIncomplete: Judge = {
  says: [portless, placed],
  kinds: routeKinds,
  judge(subject, world) {
    if (parentsOf(subject.object).every((each) => isOfOthers(world, each))) return []
    return backendsOf(subject).flatMap((backend) => {
      const { kind, name, pointer, reference } = backend
      if (name === '') return []
      if (kind === hostname && at(reference, 'namespace') !== undefined) {
        const fixes = [fix(subject, { code: 'no-namespace' }, [remove(`${pointer}/namespace`)])]
        return [found(subject, placed, { pointer: `${pointer}/namespace`, params: { name }, fixes })]
      }
      if (!withPort.includes(kind) || numberAt(reference, 'port') !== undefined) return []
      return [found(subject, portless, { pointer, params: { name }, fixes: onlyPort(subject, world, backend) })]
    })
  },
}

function onlyPort(subject: Subject, world: MeshWorld, { name, namespace, pointer }: Backend): Fix[] {
  const [only, ...others] = portsOf(world.look(servicesByName, `${name}.${namespace}`))
  if (only === undefined || others.length > 0) return []
  return [fix(subject, { code: 'port', params: { port: only } }, [put(`${pointer}/port`, only)])]
}
