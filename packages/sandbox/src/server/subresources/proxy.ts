import { listAt, textAt } from '@orbweaver/contracts/json'
import { labelsOf } from '@orbweaver/contracts/kubernetes'
import type { Cluster } from '../cluster.ts'
import type { Served } from '../definition.ts'
import type { Call } from '../http/call.ts'
import { unavailable } from '../status.ts'
import { entryFor } from '../verbs/get.ts'

const slices = 'endpointslices.discovery.k8s.io'

/**
 * What `services/NAME/proxy` says of a Service whose Pods nobody can dial: there is no Pod network here.
 * Source: kubernetes pkg/registry/core/service/storage ResourceLocation, apiserver util/proxy v1.36.
 */
export function proxyToService(cluster: Cluster, call: Call, served: Served): never {
  const [name = ''] = call.info.name.split(':')
  const service = entryFor(cluster, { ...call, info: { ...call.info, name } }, served).object
  const address = cluster.store
    .list(slices, service.metadata.namespace)
    .filter(({ object }) => labelsOf(object)['kubernetes.io/service-name'] === name)
    .flatMap(({ object }) => listAt(object, 'endpoints'))
    .map((endpoint) => textAt(endpoint, 'addresses', 0))
    .find((each) => each !== undefined)
  if (address === undefined) throw unavailable(`no endpoints available for service "${name}"`)
  throw unavailable(`error trying to reach service: dial tcp ${address}: connect: connection refused`)
}
