import { at, isRecord, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Mesh } from '../meshes/mesh.ts'
import { controlPlaneValues } from '../meshes/values.ts'
import { bytesText, quantity } from '../quantity.ts'
import { check, type ClusterFacts, fix, type PreflightCheck, seen } from './check.ts'
import { istiodRequests, runsIn } from './room.ts'

/** Where a mesh's values ask for resources: of istiod, and of every sidecar. */
const places = ['pilot.resources', 'global.proxy.resources', 'global.proxy_init.resources'] as const
/** Less memory than this starts neither istiod nor Envoy: the unit was left out, and it was taken for bytes. */
const leastMemory = 16 * 2 ** 20
/** More than any node has: `2000` was meant to be `2000m`. */
const mostCpu = 512

/** Amounts that Kubernetes accepts and that cannot be meant (a memory limit without a unit: "no running Istio pods"). */
export function sizes(mesh: Mesh): PreflightCheck[] {
  const values = controlPlaneValues(mesh)
  const faults = places.flatMap((place) =>
    ['requests', 'limits'].flatMap((part) => {
      const amounts = at(values, ...place.split('.'), part)
      return isRecord(amounts)
        ? Object.entries(amounts).flatMap(([key, value]) => faultOf(place, part, [key, value]))
        : []
    }),
  )
  return faults.length > 0 ? faults : [check('sizes.ok', 'ok')]
}

function faultOf(place: string, part: string, [key, value]: [string, Json | undefined]): PreflightCheck[] {
  const amount = quantity(value)
  const params = { field: `${place}.${part}.${key}`, value: String(typeof value === 'object' ? '' : value) }
  if (amount === undefined || amount < 0) {
    return [check('sizes.unreadable', 'blocking', { params, fix: fix('write-quantity') })]
  }
  const odd = (key === 'memory' && amount > 0 && amount < leastMemory) || (key === 'cpu' && amount > mostCpu)
  return odd ? [check('sizes.without-unit', 'blocking', { params, fix: fix('write-quantity') })] : []
}

/**
 * What the control-plane namespace allows: a ResourceQuota that is used up refuses istiod's Pods, and a LimitRange may
 * allow no container of its size. Quotas of limits are not judged: what Pods without limits get there, a LimitRange says.
 */
export function namespaceLimits(mesh: Mesh, { cluster, view, limits }: ClusterFacts): PreflightCheck[] {
  const { namespace } = mesh.controlPlane
  const grounds = ['ResourceQuota', 'LimitRange'].map((kind) => ({ cluster, all: kind, namespace }))
  const base = { cluster, params: { namespace }, grounds }
  if (limits === undefined) return [check('limits.unknown', 'unknown', base)]
  // Its Pods are counted in what is used: what they need once more is no question.
  const running = view !== undefined && runsIn(mesh, view)
  const found = (running ? [] : limits).flatMap((object) => {
    const told = object.kind === 'ResourceQuota' ? overQuota(mesh, object) : overRange(mesh, object)
    if (told === undefined) return []
    const params = { namespace, name: object.metadata.name, amount: told }
    const id = object.kind === 'ResourceQuota' ? ('limits.quota-full' as const) : ('limits.too-small' as const)
    const command = `kubectl edit ${object.kind.toLowerCase()} ${object.metadata.name} --namespace ${namespace}`
    const evidence = [seen(cluster, object, told)]
    return [{ id, params, evidence, fix: fix('raise-limits', command) }]
  })
  if (found.length === 0) return [check('limits.ok', 'ok', base)]
  return found.map(({ id, ...rest }) =>
    id === 'limits.quota-full'
      ? check('limits.quota-full', 'blocking', { ...base, ...rest })
      : check('limits.too-small', 'blocking', { ...base, ...rest }),
  )
}

function overQuota(mesh: Mesh, quota: KubernetesObject): string | undefined {
  const { cpu, memory, replicas } = istiodRequests(mesh)
  const needed: Record<string, number> = {
    pods: replicas,
    'count/pods': replicas,
    'count/deployments.apps': 1,
    cpu: cpu * replicas,
    'requests.cpu': cpu * replicas,
    memory: memory * replicas,
    'requests.memory': memory * replicas,
  }
  const hard = at(quota, 'spec', 'hard')
  const over = Object.entries(isRecord(hard) ? hard : {}).find(([key, value]) => {
    const need = needed[key]
    const most = quantity(value)
    const used = quantity(at(quota, 'status', 'used', key)) ?? 0
    return need !== undefined && most !== undefined && used + need > most
  })
  if (over === undefined) return undefined
  const [key, value] = over
  return `${key}: ${textAt(quota, 'status', 'used', key) ?? '0'}/${typeof value === 'string' ? value : ''}`
}

function overRange(mesh: Mesh, range: KubernetesObject): string | undefined {
  const { memory } = istiodRequests(mesh)
  const most = listAt(range, 'spec', 'limits')
    .filter((each) => ['Container', 'Pod'].includes(textAt(each, 'type') ?? ''))
    .map((each) => quantity(at(each, 'max', 'memory')))
    .find((each) => each !== undefined && each < memory)
  return most === undefined ? undefined : `max memory ${bytesText(most)} < ${bytesText(memory)}`
}
