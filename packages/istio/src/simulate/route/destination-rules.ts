import type { Place } from '@orbweaver/contracts/explain'
import { isRecord, type Json, listAt, recordAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import { inTextOrder } from '@orbweaver/contracts/text-order'
import { type MeshWorld, type NameFact, nameFact } from '../../findings/world.ts'
import { exportToOf, resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { isDiscovered } from './discovered.ts'
import { type MadeRule, rulesOfPolicies } from './gateway-api/backend-tls-rules.ts'
import { mostSpecific } from './host-names.ts'
import type { Proxy } from './proxy.ts'
import { reads } from './revisions.ts'
import type { Service } from './services.ts'
import { type TrafficPolicy, trafficPolicy } from './traffic-policies.ts'

export type DefinedSubset = {
  name: string
  labels: Record<string, string>
  policy: TrafficPolicy | undefined
  place: Place
}

/** DestinationRules of one host and one namespace as one (istio pilot/pkg/model/destination_rule.go; 1.31). */
export type MergedRule = {
  namespace: string
  exportTo: readonly string[]
  /** Labels of the clients it is for; undefined where it is for all. */
  selector: Record<string, string> | undefined
  /** That which counts before the others first. */
  policies: readonly TrafficPolicy[]
  /** Whether it is made of BackendTLSPolicies, to begin with. */
  made: boolean
  subsets: readonly DefinedSubset[]
  from: readonly Place[]
}

type Found = { rules: readonly MergedRule[]; where: 'client' | 'service' | 'root' }

/** Which rules a client's proxy has for a host: its own namespace's, the service's, the root's; the first that has any. */
export function rulesFor({ world, proxy }: Client, service: Service): Found | undefined {
  const root = world.mesh.rootNamespace
  const lookup = (namespace: string, part: Part) => {
    return mostSpecific(service.host, world.knownOf(merged[part], proxy.revision, namespace))
  }
  const own = lookup(proxy.namespace, proxy.namespace === root ? 'private' : 'local')
  if (own !== undefined) return { rules: own, where: 'client' }
  for (const [namespace, where] of [
    [service.namespace, 'service'],
    [root, 'root'],
  ] satisfies [string, Found['where']][]) {
    const shown = (lookup(namespace, 'exported') ?? []).filter(
      ({ exportTo }) => exportTo.length === 0 || exportTo.includes('*') || exportTo.includes(proxy.namespace),
    )
    if (shown.length > 0) return { rules: shown, where }
  }
  return undefined
}

/** The one for the client's labels, else the last of those for all (model/sidecar.go, DestinationRule). */
export function ruleFor(found: Found | undefined, proxy: Proxy): MergedRule | undefined {
  let forAll: MergedRule | undefined
  for (const each of found?.rules ?? []) {
    if (each.selector === undefined) forAll = each
    else if (each.namespace === proxy.namespace && selects(each.selector, proxy)) return each
  }
  return forAll
}

/**
 * Whether a sidecar is not given what a rule's TLS needs: credentials of rules for everybody only gateways get, but those of
 * ConfigMaps. It opens the connection as if nothing were said of TLS, in the clear (core/cluster_tls.go,
 * buildUpstreamClusterTLSContext).
 */
export function isWithheld(tls: Json, rule: MergedRule | undefined, { kind }: Pick<Proxy, 'kind'>): boolean {
  const mode = textAt(tls, 'mode')
  const credential = textAt(tls, 'credentialName') ?? ''
  if (kind !== 'sidecar' || rule?.selector !== undefined || (mode !== 'SIMPLE' && mode !== 'MUTUAL')) return false
  return credential !== '' && !credential.startsWith('configmap://')
}

function selects(selector: Record<string, string>, { labels }: Proxy): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value)
}

type Client = { world: MeshWorld; proxy: Proxy }
type Part = 'local' | 'exported' | 'private'

/** Of a namespace, as a revision reads it, by host. */
const merged = { local: mergedFact('local'), exported: mergedFact('exported'), private: mergedFact('private') }

function mergedFact(part: Part): NameFact<ReadonlyMap<string, readonly MergedRule[]>> {
  return nameFact(`route: ${part} destination rules`, (world, revision, namespace) =>
    mergedIn(world, namespace, { part, revision }),
  )
}

type Wanted = { part: Part; revision: string }

function mergedIn(world: MeshWorld, namespace: string, { part, revision }: Wanted): Map<string, MergedRule[]> {
  const byHost = new Map<string, MergedRule[]>()
  if (!isDiscovered(world, namespace)) return byHost
  const isRead = reads(world, revision)
  const written = world.config.list(kinds.destinationRule, namespace).filter(isRead)
  const made = rulesOfPolicies(world, namespace, isRead)
  const rules = [...written.map((each) => ruleOf(world, each)), ...made.map((each) => madeRule(namespace, each))]
  for (const { host, rule } of rules.toSorted(bySelectorAndAge)) {
    if (!belongs(rule.exportTo, part, { namespace, byDefault: world.mesh.exportTo.destinationRule })) continue
    const name = resolveHost(host, namespace, world.mesh.domain)
    byHost.set(name, mergedWith(byHost.get(name) ?? [], rule))
  }
  return byHost
}

type Said = { namespace: string; byDefault: readonly string[] }

function belongs(exportTo: readonly string[], part: Part, { namespace, byDefault }: Said): boolean {
  const own = exportTo.length === 0 || ['*', '.', namespace].some((each) => exportTo.includes(each))
  if (part === 'local') return own
  const isPrivate =
    exportTo.length === 0
      ? byDefault.includes('.')
      : new Set(exportTo).size === 1 && (exportTo.includes('.') || exportTo.includes(namespace))
  return part === 'private' ? isPrivate : !isPrivate
}

/**
 * Subsets are joined, the first of a name counts; the first traffic policy counts, the others' is dropped. What is made of
 * a BackendTLSPolicy adds what a written rule leaves open. Rules that are exported elsewhere or are for other clients stay
 * apart (mergeDestinationRule).
 */
function mergedWith(known: readonly MergedRule[], rule: MergedRule): MergedRule[] {
  if (known.length === 0) return [rule]
  const all = known.map((each) => beside(each, rule))
  const apart = all.reduce((before, each) => each.apart ?? before, true)
  return apart ? [...all.map((each) => each.rule), rule] : all.map((each) => each.rule)
}

/** A known rule with what another adds to it, and whether that other stays a rule of its own as well; undefined: as before. */
function beside(known: MergedRule, rule: MergedRule): { rule: MergedRule; apart: boolean | undefined } {
  const [same, wider] = compared(rule.exportTo, known.exportTo)
  if (!same && !wider) return { rule: known, apart: true }
  const { selector } = rule
  const isForSame = (selector === undefined) === (known.selector === undefined)
  if (selector !== undefined && known.selector !== undefined && !sameLabels(selector, known.selector)) {
    return { rule: known, apart: true }
  }
  return { rule: joined(known, rule), apart: !same && !isForSame }
}

function joined(known: MergedRule, rule: MergedRule): MergedRule {
  const names = new Set(known.subsets.map(({ name }) => name))
  return {
    ...known,
    policies: policiesOf(known, rule),
    subsets: [...known.subsets, ...rule.subsets.filter(({ name }) => !names.has(name))],
    from: [...known.from, ...rule.from],
  }
}

function policiesOf(known: MergedRule, rule: MergedRule): readonly TrafficPolicy[] {
  if (known.made === rule.made) return known.policies.length > 0 ? known.policies : rule.policies
  return rule.made ? [...known.policies, ...rule.policies] : [...rule.policies, ...known.policies]
}

/** Whether two say the same namespaces, and whether the first says more than the second, which says some. */
function compared(exportTo: readonly string[], known: readonly string[]): [same: boolean, wider: boolean] {
  const [own, other] = [new Set(exportTo), new Set(known)]
  const covers = [...other].every((each) => own.has(each))
  return [covers && own.size === other.size, other.size > 0 && covers]
}

function sameLabels(a: Record<string, string>, b: Record<string, string>): boolean {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key])
}

function selectorOf(object: KubernetesObject): Record<string, string> | undefined {
  const said = recordAt(object, 'spec').workloadSelector
  return isRecord(said) ? stringsAt(said, 'matchLabels') : undefined
}

/** A rule as it is read: for a host, in an order. */
type ReadRule = { host: string; age: string; rule: MergedRule }

function ruleOf(world: MeshWorld, object: KubernetesObject): ReadRule {
  const ref = refOf(world.config.cluster, object)
  const selector = selectorOf(object)
  const subsets = listAt(object, 'spec', 'subsets').flatMap((each, index): DefinedSubset[] => {
    const name = textAt(each, 'name')
    const pointer = `/spec/subsets/${index}`
    if (name === undefined || !isRecord(each)) return []
    const policy = trafficPolicy(each.trafficPolicy, { ref, pointer: `${pointer}/trafficPolicy` })
    return [{ name, labels: stringsAt(each, 'labels'), policy, place: { ref, pointer } }]
  })
  const policy = trafficPolicy(recordAt(object, 'spec').trafficPolicy, { ref, pointer: '/spec/trafficPolicy' })
  return {
    host: textAt(object, 'spec', 'host') ?? '',
    age: ageOf(object.metadata.creationTimestamp ?? '', object.metadata.name),
    rule: {
      namespace: namespaceOf(object),
      exportTo: selector === undefined ? exportToOf(object) : ['.'],
      selector,
      policies: policy === undefined ? [] : [policy],
      made: false,
      subsets,
      from: [{ ref, pointer: '' }],
    },
  }
}

/** Without an age, and so older than all that is written. */
function madeRule(namespace: string, { name, host, policy, from }: MadeRule): ReadRule {
  const own = { exportTo: [], selector: undefined, subsets: [] }
  return { host, age: ageOf('', name), rule: { ...own, namespace, policies: [policy], made: true, from } }
}

function bySelectorAndAge(a: ReadRule, b: ReadRule): number {
  const first = Number(a.rule.selector === undefined) - Number(b.rule.selector === undefined)
  if (first !== 0) return first
  if (a.rule.made !== b.rule.made) return a.rule.made ? -1 : 1
  return inTextOrder(a.age, b.age)
}

function ageOf(created: string, name: string): string {
  return [created, name].join('\u0000')
}
