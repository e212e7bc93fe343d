import { listAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, conditionOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import {
  authorizationPolicies,
  destinationRules,
  envoyFilters,
  istioGateways,
  peerAuthentications,
  pods,
  requestAuthentications,
  serviceEntries,
  services,
  sidecars,
  virtualServices,
} from '@orbweaver/kube/resources'
import type { Resource } from '@orbweaver/kube/client'
import { admit } from '@orbweaver/istio/validation/admit'
import { type ActorContext, isDeleting } from '../controller.ts'
import { celFault } from './cel-fault.ts'
import type { IstiodIdentity } from './identity.ts'
import { family, histogram } from './exposition.ts'

/** What a rule of each kind is sent to proxies as: the type of a refusal (pilot/pkg/xds v3.GetMetricType). */
const rules: readonly { resource: Resource; type: string }[] = [
  { resource: virtualServices, type: 'rds' },
  { resource: destinationRules, type: 'cds' },
  { resource: serviceEntries, type: 'cds' },
  { resource: istioGateways, type: 'lds' },
  { resource: sidecars, type: 'lds' },
  { resource: envoyFilters, type: 'lds' },
  { resource: peerAuthentications, type: 'lds' },
  { resource: requestAuthentications, type: 'lds' },
  { resource: authorizationPolicies, type: 'lds' },
]
const pushed = ['cds', 'eds', 'lds', 'rds']

/** PILOT_DEBOUNCE_AFTER: changes that come closer together are one push. */
const debounceMs = 100

/** What one Pod of an istiod has counted since it came. */
type Counted = { pushes: number; rejects: Map<string, number>; changes: number; refused: Set<string> }

export type IstiodMetrics = {
  /** What `/metrics` of one of its Pods says. */
  text: (pod: string) => Promise<string>
  /** Counts an answer to an AdmissionReview. */
  answered: (call: { path: string; resource: Record<string, string>; allowed: boolean }) => void
}

type Options = {
  identity: IstiodIdentity
  /** Pods with a proxy in the other clusters that it reads. */
  remotePods: () => Promise<KubernetesObject[]>
}

/**
 * An istiod's metrics, for a world without proxies: each ready Pod that has its sidecar counts as connected to one of its
 * replicas, and gets every change; a rule that istiod would refuse and that is there all the same is refused by all proxies.
 * What the process uses follows from that, and is made up. Names as in Istio 1.30.
 */
export function startMetrics(context: ActorContext, { identity, remotePods }: Options): IstiodMetrics {
  const counted = new Map<string, Counted>()
  const admitted = new Map<string, number>()
  const changes = countChanges(context)
  const replicas = (): KubernetesObject[] => {
    const own = context.caches.of(pods).list(identity.namespace)
    return own.filter((pod) => labelsOf(pod).app === 'istiod' && labelsOf(pod)['istio.io/rev'] === identity.revision)
  }
  return {
    answered: ({ path, resource, allowed }) => {
      const key = answerKey(path, resource, allowed)
      admitted.set(key, (admitted.get(key) ?? 0) + 1)
    },
    text: async (pod) => {
      const connected = [...context.caches.of(pods).list(), ...(await remotePods())].filter((each) =>
        isConnected(each, identity),
      )
      const names = replicas().map((each) => each.metadata.name)
      const all = names.toSorted()
      const mine = connected.filter((_, index) => all[index % Math.max(1, all.length)] === pod)
      const own = counted.get(pod) ?? { pushes: 0, rejects: new Map(), changes: 0, refused: new Set() }
      counted.set(pod, own)
      for (const each of counted.keys()) if (!names.includes(each)) counted.delete(each)
      takeUp(own, { context, proxies: mine.length, changes: changes() })
      const one = replicas().find((each) => each.metadata.name === pod)
      const leads = all[0] === pod
      return [
        ...proxiesText(mine),
        ...pushesText(own),
        ...rulesText(context),
        ...(leads ? [...admitted].map(([series, count]) => `${series} ${count}`) : []),
        ...processText(context, { pod: one, proxies: mine.length, pushes: own.pushes }),
        ...family('pilot_info', 'gauge', [[{ version: identity.version }, 1]]),
        '',
      ].join('\n')
    },
  }
}

function isConnected(pod: KubernetesObject, { revision }: IstiodIdentity): boolean {
  if (annotationsOf(pod)['istio.io/rev'] !== revision || isDeleting(pod)) return false
  return conditionOf(pod, 'Ready')?.status === 'True'
}

/** How often proxies were sent something: what was there at first is not told. */
function countChanges(context: ActorContext): () => number {
  let [count, last, begun] = [0, 0, false]
  const changed = (): void => {
    const now = context.clock.now().getTime()
    if (!begun || now - last < debounceMs) return
    last = now
    count += 1
  }
  for (const { resource } of [{ resource: services }, ...rules]) context.caches.of(resource).onChange(changed)
  begun = true
  return () => count
}

type Since = { context: ActorContext; proxies: number; changes: number }

function takeUp(own: Counted, { context, proxies, changes }: Since): void {
  own.pushes += (changes - own.changes) * proxies
  own.changes = changes
  for (const { resource, type } of rules) {
    for (const each of context.caches.of(resource).list()) {
      const key = `${each.metadata.uid}/${each.metadata.generation}`
      if (own.refused.has(key) || admit(each, 'CREATE', { celFault }).allowed) continue
      own.refused.add(key)
      own.rejects.set(type, (own.rejects.get(type) ?? 0) + proxies)
    }
  }
}

function answerKey(
  path: string,
  { group = '', version = '', resource = '' }: Record<string, string>,
  allowed: boolean,
) {
  if (path.startsWith('/inject')) {
    return allowed ? 'sidecar_injection_success_total' : 'sidecar_injection_failure_total'
  }
  const of = `group="${group}",resource="${resource}",version="${version}"`
  return allowed ? `galley_validation_passed{${of}}` : `galley_validation_failed{${of},reason="invalid_resource"}`
}

function proxiesText(connected: readonly KubernetesObject[]): string[] {
  const versions = new Map<string, number>()
  for (const pod of connected) {
    const containers = [...listAt(pod, 'spec', 'containers'), ...listAt(pod, 'spec', 'initContainers')]
    const image = textAt(
      containers.find((each) => textAt(each, 'name') === 'istio-proxy'),
      'image',
    )
    const version = /:([^:/@]+)(?:@|$)/.exec(image ?? '')?.[1] ?? 'unknown'
    versions.set(version, (versions.get(version) ?? 0) + 1)
  }
  return family(
    'pilot_xds',
    'gauge',
    [...versions].map(([version, count]) => [{ version }, count]),
  )
}

/** A proxy has a change soon after the debounce is over. */
function pushesText({ pushes, rejects }: Counted): string[] {
  const seconds = (debounceMs + 40) / 1_000
  return [
    ...family(
      'pilot_xds_pushes',
      'counter',
      pushed.map((type) => [{ type }, pushes]),
    ),
    ...histogram('pilot_proxy_convergence_time', { bounds: [0.1, 0.5, 1, 3, 5, 10, 20, 30], count: pushes, seconds }),
    ...family(
      'pilot_total_xds_rejects',
      'counter',
      [...rejects].map(([type, count]) => [{ type }, count]),
    ),
  ]
}

function rulesText({ caches }: ActorContext): string[] {
  const known = caches.of(virtualServices).list()
  return [
    ...family('pilot_services', 'gauge', [[{}, caches.of(services).list().length]]),
    ...family('pilot_virt_services', 'gauge', [[{}, known.length]]),
    ...family('pilot_vservice_dup_domain', 'gauge', [[{}, duplicateDomains(known)]]),
  ]
}

/** Hosts that more than one VirtualService of sidecars has: of all but the oldest nothing is taken. */
function duplicateDomains(known: readonly KubernetesObject[]): number {
  const seen = new Set<string>()
  let again = 0
  for (const each of known) {
    const gateways = listAt(each, 'spec', 'gateways')
    if (gateways.length > 0 && !gateways.includes('mesh')) continue
    for (const host of listAt(each, 'spec', 'hosts').map(String)) {
      const whole = host.includes('.') ? host : `${host}.${each.metadata.namespace}`
      if (seen.has(whole)) again += 1
      seen.add(whole)
    }
  }
  return again
}

type Process = { pod: KubernetesObject | undefined; proxies: number; pushes: number }

function processText({ clock, caches }: ActorContext, { pod, proxies, pushes }: Process): string[] {
  const began = Date.parse(textAt(pod, 'status', 'startTime') ?? pod?.metadata.creationTimestamp ?? '')
  const startedAt = Number.isNaN(began) ? clock.now().getTime() : began
  const uptime = Math.max(0, clock.now().getTime() - startedAt) / 1_000
  const objects = rules.reduce((sum, { resource }) => sum + caches.of(resource).list().length, 0)
  const bytes = Math.round((62 + proxies * 0.3 + objects * 0.05) * 2 ** 20)
  return [
    ...family('process_start_time_seconds', 'gauge', [[{}, startedAt / 1_000]]),
    ...family('process_cpu_seconds_total', 'counter', [[{}, uptime * 0.012 + pushes * 0.002]]),
    ...family('process_resident_memory_bytes', 'gauge', [[{}, bytes]]),
    ...family('go_goroutines', 'gauge', [[{}, 340 + proxies * 8]]),
  ]
}

/** Group, version and resource of what an AdmissionReview is about. */
export function reviewedResource(review: unknown): Record<string, string> {
  return stringsAt(review, 'request', 'resource')
}
