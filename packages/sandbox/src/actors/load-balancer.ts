import { at, listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { services } from '@orbweaver/kube/resources'
import {
  type ActorContext,
  type Controller,
  isDeleting,
  keyOf,
  type ObjectKey,
  startController,
  unlessMissing,
} from './controller.ts'
import { recordEvent } from './event-recorder.ts'
import type { Again } from './work-queue.ts'

export type LoadBalancerOptions = {
  /** What a Service is given: an address, or a host name as on AWS; `none` for clusters without a provider. */
  mode: 'ip' | 'hostname' | 'none'
  /** Last byte of the first and last address of 192.0.2.0/24 (RFC 5737: never routed) that this cluster hands out. */
  range: { from: number; to: number }
  /** Milliseconds until a provider answers. */
  delayMs: number
}

/** Milliseconds until somebody who got nothing asks again. */
const PENDING_MS = 2_000

/** The cloud provider's part: gives Services of type LoadBalancer an address, and takes it back. */
export function startLoadBalancer(context: ActorContext, current: () => LoadBalancerOptions): Controller {
  const cache = context.caches.of(services)
  const asked = new Map<string, number>()
  const reconcile = async (key: ObjectKey): Promise<Again> => {
    const service = cache.get(key.namespace, key.name)
    if (service === undefined || isDeleting(service)) return undefined
    const [asks, given] = [textAt(service, 'spec', 'type') === 'LoadBalancer', hasAddress(service)]
    if (given && !asks) await write(context, key, [])
    if (given || !asks) return undefined
    const options = current()
    return options.mode === 'none' ? { againInMs: PENDING_MS } : provide(service, key, options)
  }
  const provide = async (service: KubernetesObject, key: ObjectKey, options: LoadBalancerOptions): Promise<Again> => {
    const uid = service.metadata.uid ?? ''
    const tell = (reason: string, message: string): Promise<void> =>
      recordEvent(context, service, { type: 'Normal', reason, message, component: 'service-controller' })
    const since = asked.get(uid) ?? context.clock.now().getTime()
    if (!asked.has(uid)) await tell('EnsuringLoadBalancer', 'Ensuring load balancer')
    asked.set(uid, since)
    const left = since + options.delayMs - context.clock.now().getTime()
    if (left > 0) return { againInMs: left }
    const address = freeAddress(cache.list(), options.range, service)
    if (address === undefined) return { againInMs: PENDING_MS }
    const name = `${key.name}-${key.namespace}.${context.client.cluster}.lb.example`
    await write(context, key, [options.mode === 'ip' ? { ip: address, ipMode: 'VIP' } : { hostname: name }])
    await tell('EnsuredLoadBalancer', 'Ensured load balancer')
    await cache.until(() => hasAddress(cache.get(key.namespace, key.name)), 2_000)
    return undefined
  }
  return startController(context, {
    name: 'service-lb-controller',
    watches: [{ resource: services, keys: (service) => [keyOf(service)] }],
    reconcile,
    // One at a time: an address in use is told from the cache.
    workers: 1,
  })
}

function hasAddress(service: KubernetesObject | undefined): boolean {
  return listAt(service, 'status', 'loadBalancer', 'ingress').length > 0
}

/** The wished `spec.loadBalancerIP` when it is of the range, otherwise the lowest free address. */
function freeAddress(
  all: KubernetesObject[],
  range: { from: number; to: number },
  service: KubernetesObject,
): string | undefined {
  const used = new Set(
    all.flatMap((each) => listAt(each, 'status', 'loadBalancer', 'ingress').map((entry) => at(entry, 'ip'))),
  )
  const pool = Array.from({ length: range.to - range.from + 1 }, (_, index) => `192.0.2.${range.from + index}`)
  const wish = textAt(service, 'spec', 'loadBalancerIP')
  if (wish !== undefined && pool.includes(wish) && !used.has(wish)) return wish
  return pool.find((address) => !used.has(address))
}

async function write(context: ActorContext, key: ObjectKey, ingress: object[]): Promise<void> {
  const body = { status: { loadBalancer: { ingress } } }
  await unlessMissing(context.client.patch(services, { ...key, subresource: 'status' }, { type: 'merge', body }))
}
