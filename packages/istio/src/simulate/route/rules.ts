import type { Place } from '@orbweaver/contracts/explain'
import { isRecord, listAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import { fact, type MeshWorld } from '../../findings/world.ts'
import { byAge, exportToOf, resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { names } from '../../world/names.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { merged } from './delegates.ts'
import { isDiscovered } from './discovered.ts'
import { gatewayName, type Home, type HttpRule, httpRule, type StreamRule, streamRule } from './http-rule.ts'

/** A VirtualService as proxies get it, or what a route of the Gateway API is turned into. */
export type Rule = {
  ref: ObjectRef
  namespace: string
  name: string
  created: string
  /** By what it is told from others, and sorted. */
  key: string
  /** Whose words decide how hosts and paths are compared. */
  semantics: 'istio' | 'gateway-api'
  /** Kind of the Gateway API, where it comes from there. */
  kind: string
  hosts: readonly string[]
  gateways: readonly string[]
  /** Namespaces, `*` or `~`. */
  exportTo: readonly string[]
  http: readonly HttpRule[]
  tcp: readonly StreamRule[]
  tls: readonly StreamRule[]
  /** Routes of it that lead nowhere: what they name is not there, is hidden, or does not fit. */
  lost: readonly { place: Place; why: 'delegate-not-found' | 'delegate-hidden' | 'delegate-conflict'; name: string }[]
}

/** All VirtualServices that a control plane of this revision reads, oldest first. */
export function virtualServices(world: MeshWorld, isRead: (object: KubernetesObject) => boolean): readonly Rule[] {
  return world.known(labelled) ? read(world, isRead) : world.known(unlabelled)
}

const labelled = fact<boolean>('route: rules of revisions', ({ config }) =>
  config.list(kinds.virtualService).some((each) => labelsOf(each)[names.revision] !== undefined),
)

const unlabelled = fact<readonly Rule[]>('route: rules', (world) => read(world, () => true))

function read(world: MeshWorld, isRead: (object: KubernetesObject) => boolean): readonly Rule[] {
  const { config, mesh } = world
  const all = config.list(kinds.virtualService).filter((each) => isRead(each) && isDiscovered(world, namespaceOf(each)))
  const delegates = new Map<string, KubernetesObject>()
  for (const each of all) {
    if (textsAt(each, 'spec', 'hosts').length === 0) delegates.set(`${namespaceOf(each)}/${each.metadata.name}`, each)
  }
  const exported = (object: KubernetesObject) => exportedTo(object, mesh.exportTo.virtualService)
  const toRule = (object: KubernetesObject) =>
    ruleOf(object, { cluster: config.cluster, domain: mesh.domain, delegates, exported })
  return all
    .filter((each) => textsAt(each, 'spec', 'hosts').length > 0)
    .toSorted(byAge)
    .map(toRule)
}

type Reading = {
  cluster: string
  domain: string
  delegates: ReadonlyMap<string, KubernetesObject>
  exported(object: KubernetesObject): string[]
}

function ruleOf(object: KubernetesObject, reading: Reading): Rule {
  const namespace = namespaceOf(object)
  const home = { namespace, domain: reading.domain }
  const ref = refOf(reading.cluster, object)
  const gateways = textsAt(object, 'spec', 'gateways').map((each) => gatewayName(each, home))
  const { http, lost } = httpRules(object, reading, home)
  const streams = (field: string): StreamRule[] =>
    listAt(object, 'spec', field).map((each, index) =>
      streamRule(each, { ref, pointer: `/spec/${field}/${index}` }, home),
    )
  return {
    ref,
    namespace,
    name: object.metadata.name,
    key: object.metadata.name,
    created: textAt(object, 'metadata', 'creationTimestamp') ?? '',
    semantics: 'istio',
    kind: 'VirtualService',
    hosts: textsAt(object, 'spec', 'hosts').map((each) => resolveHost(each, namespace, reading.domain)),
    gateways: gateways.length === 0 ? ['mesh'] : gateways,
    exportTo: reading.exported(object),
    http,
    tcp: streams('tcp'),
    tls: streams('tls'),
    lost,
  }
}

function httpRules(object: KubernetesObject, reading: Reading, home: Home): Pick<Rule, 'http' | 'lost'> {
  const ref = refOf(reading.cluster, object)
  const http: HttpRule[] = []
  const lost: Rule['lost'][number][] = []
  for (const [index, each] of listAt(object, 'spec', 'http').entries()) {
    const place = { ref, pointer: `/spec/http/${index}` }
    const rule = httpRule(each, place, home)
    if (!isRecord(rule.value.delegate)) {
      http.push(rule)
      continue
    }
    const own = textAt(rule.value, 'delegate', 'namespace') ?? ''
    const name = `${own === '' ? home.namespace : own}/${textAt(rule.value, 'delegate', 'name') ?? ''}`
    const delegate = reading.delegates.get(name)
    if (delegate === undefined) {
      lost.push({ place, why: 'delegate-not-found', name })
      continue
    }
    const exportTo = reading.exported(delegate)
    if (!exportTo.includes('*') && !exportTo.includes(home.namespace)) {
      lost.push({ place, why: 'delegate-hidden', name })
      continue
    }
    const under = delegatedRules(rule, delegate, reading)
    http.push(...under.http)
    lost.push(...under.lost.map((at) => ({ place: at, why: 'delegate-conflict' as const, name })))
  }
  return { http, lost }
}

function delegatedRules(
  root: HttpRule,
  delegate: KubernetesObject,
  { cluster, domain }: Reading,
): { http: HttpRule[]; lost: Place[] } {
  const ref = refOf(cluster, delegate)
  const home = { namespace: namespaceOf(delegate), domain }
  const http: HttpRule[] = []
  const lost: Place[] = []
  for (const [index, each] of listAt(delegate, 'spec', 'http').entries()) {
    const own = httpRule(each, { ref, pointer: `/spec/http/${index}` }, home)
    const rule = merged(root, own)
    if (rule === undefined) lost.push(own.place)
    else http.push(rule)
  }
  return { http, lost }
}

/** Who sees an object, `.` written out. */
function exportedTo(object: KubernetesObject, byDefault: readonly string[]): string[] {
  const own = exportToOf(object)
  const said = own.length > 0 ? own : byDefault.length > 0 ? byDefault : ['*']
  return said.map((each) => (each === '.' ? namespaceOf(object) : each))
}

/**
 * Rules bound to a gateway, in the order that decides: for this namespace alone, exported to it, for everybody
 * (model/push_context.go, VirtualServicesForGateway).
 */
export function boundTo(rules: readonly Rule[], gateway: string, namespace: string): Rule[] {
  const { own, exported, open } = parted(rules, gateway, namespace)
  const local = (each: Rule) => each.semantics === 'gateway-api' && each.namespace === namespace
  return [...own, ...exported, ...open.filter(local), ...open.filter((each) => !local(each))]
}

/** As `boundTo`; what a namespace's own routes of the Gateway API say goes first within each part. */
export function parted(
  rules: readonly Rule[],
  gateway: string,
  namespace: string,
): { own: Rule[]; exported: Rule[]; open: Rule[] } {
  const bound = rules.filter((each) => each.gateways.includes(gateway))
  const open = bound.filter((each) => each.exportTo.includes('*'))
  const limited = bound.filter(({ exportTo }) => !exportTo.includes('*') && !exportTo.includes('~'))
  const shown = limited.filter((each) => each.exportTo.includes(namespace))
  return {
    own: shown.filter((each) => each.namespace === namespace),
    exported: shown.filter((each) => each.namespace !== namespace),
    open,
  }
}
