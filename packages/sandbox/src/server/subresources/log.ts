import { listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Cluster } from '../cluster.ts'
import type { Served } from '../definition.ts'
import { type Call, type Reply, textReply } from '../http/call.ts'
import { badRequest, methodNotAllowed } from '../status.ts'
import { entryFor } from '../verbs/get.ts'

/**
 * `pods/log`: the last lines of a container, of which `tailLines` says how many. Nothing follows.
 * Source: kubernetes pkg/registry/core/pod/strategy.go LogLocation, pkg/kubelet/kubelet_pods.go validateContainerLogStatus
 * v1.36.
 */
export function podLog(cluster: Cluster, call: Call, served: Served): Reply {
  const { info, query } = call
  if (info.verb !== 'get') throw methodNotAllowed()
  const pod = entryFor(cluster, call, served).object
  const container = containerOf(pod, query.get('container') ?? '')
  const waits = waitingIn(pod, container)
  if (waits !== undefined) {
    throw badRequest(`container "${container}" in pod "${info.name}" is waiting to start: ${waits}`)
  }
  const lines = cluster.logs({ namespace: info.namespace, name: info.name }, container) ?? []
  const tail = Number(query.get('tailLines') ?? lines.length)
  return textReply(
    200,
    lines
      .slice(Math.max(0, lines.length - tail))
      .map((line) => `${line}\n`)
      .join(''),
  )
}

function containerOf(pod: KubernetesObject, asked: string): string {
  const namesAt = (field: string) => listAt(pod, 'spec', field).map((each) => textAt(each, 'name') ?? '')
  const [containers, inits] = [namesAt('containers'), namesAt('initContainers')]
  const { name } = pod.metadata
  if (asked !== '') {
    if ([...containers, ...inits].includes(asked)) return asked
    throw badRequest(`container ${asked} is not valid for pod ${name}`)
  }
  const [only, ...others] = containers
  if (only !== undefined && others.length === 0 && inits.length === 0) return only
  const choice =
    inits.length === 0
      ? `[${containers.join(' ')}]`
      : `[${containers.join(' ')}] or one of the init containers: [${inits.join(' ')}]`
  throw badRequest(`a container name must be specified for pod ${name}, choose one of: ${choice}`)
}

function waitingIn(pod: KubernetesObject, container: string): string | undefined {
  const statuses = [...listAt(pod.status, 'initContainerStatuses'), ...listAt(pod.status, 'containerStatuses')]
  const own = statuses.find((each) => textAt(each, 'name') === container)
  return own === undefined ? 'PodInitializing' : textAt(own, 'state', 'waiting', 'reason')
}
