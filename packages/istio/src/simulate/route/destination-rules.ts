import type { Place } from '@orbweaver/contracts/explain'
import {
  isRecord,
  type Json,
  type JsonRecord,
  listAt,
  numberAt,
  recordAt,
  stringsAt,
  textAt,
} from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import { type MeshWorld, type NameFact, nameFact } from '../../findings/world.ts'
import { exportToOf, resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { isDiscovered } from './discovered.ts'
import { mostSpecific } from './host-names.ts'
import type { Proxy } from './proxy.ts'
import { reads } from './revisions.ts'
import type { Service } from './services.ts'

/** A traffic policy and where it is said. */
type Policy = { value: JsonRecord; place: Place }

export type DefinedSubset = { name: string; labels: Record<string, string>; policy: Policy | undefined; place: Place }

/** DestinationRules of one host and one namespace as one (istio pilot/pkg/model/destination_rule.go; 1.31). */
export type MergedRule = {
  namespace: string
  exportTo: readonly string[]
  /** Labels of the clients it is for; undefined where it is for all. */
  selector: Record<string, string> | undefined
  policy: Policy | undefined
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
  const rules = world.config.list(kinds.destinationRule, namespace).filter(isRead).toSorted(bySelectorAndAge)
  for (const object of rules) {
    const exportTo = selectorOf(object) === undefined ? exportToOf(object) : ['.']
    if (!belongs(exportTo, part, { namespace, byDefault: world.mesh.exportTo.destinationRule })) continue
    const rule = ruleOf(world, object, exportTo)
    const host = resolveHost(textAt(object, 'spec', 'host') ?? '', namespace, world.mesh.domain)
    byHost.set(host, mergedWith(byHost.get(host) ?? [], rule))
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
 * Subsets are joined, the first of a name counts; the first traffic policy counts, the others' is dropped. Rules that
 * are exported elsewhere or are for other clients stay apart (mergeDestinationRule).
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
    policy: known.policy ?? rule.policy,
    subsets: [...known.subsets, ...rule.subsets.filter(({ name }) => !names.has(name))],
    from: [...known.from, ...rule.from],
  }
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

function ruleOf(world: MeshWorld, object: KubernetesObject, exportTo: readonly string[]): MergedRule {
  const ref = refOf(world.config.cluster, object)
  const policyAt = (value: Json | undefined, pointer: string): Policy | undefined =>
    isRecord(value) ? { value, place: { ref, pointer } } : undefined
  const subsets = listAt(object, 'spec', 'subsets').flatMap((each, index): DefinedSubset[] => {
    const name = textAt(each, 'name')
    const pointer = `/spec/subsets/${index}`
    if (name === undefined || !isRecord(each)) return []
    const policy = policyAt(each.trafficPolicy, `${pointer}/trafficPolicy`)
    return [{ name, labels: stringsAt(each, 'labels'), policy, place: { ref, pointer } }]
  })
  return {
    namespace: namespaceOf(object),
    exportTo,
    selector: selectorOf(object),
    policy: policyAt(recordAt(object, 'spec').trafficPolicy, '/spec/trafficPolicy'),
    subsets,
    from: [{ ref, pointer: '' }],
  }
}

function bySelectorAndAge(a: KubernetesObject, b: KubernetesObject): number {
  const first = Number(selectorOf(a) === undefined) - Number(selectorOf(b) === undefined)
  if (first !== 0) return first
  const [one, other] = [ageOf(a), ageOf(b)]
  return one < other ? -1 : one > other ? 1 : 0
}

function ageOf({ metadata }: KubernetesObject): string {
  return [metadata.creationTimestamp ?? '', metadata.name].join('\u0000')
}

/** Policies in effect of a port: each with what says it. */
export type Effective = Readonly<Record<string, { value: Json; place: Place }>>

const onPorts = ['connectionPool', 'outlierDetection', 'loadBalancer', 'tls']
const everywhere = [...onPorts, 'tunnel', 'proxyProtocol', 'retryBudget']

/** Port settings take the place of all that is said for all ports (networking/util, GetPortLevelTrafficPolicy). */
function ofPort(policy: Policy | undefined, port: number): { fields: Effective; whole: boolean } {
  if (policy === undefined) return { fields: {}, whole: false }
  const settings = listAt(policy.value, 'portLevelSettings')
  const index = settings.findIndex((each) => numberAt(each, 'port', 'number') === port)
  if (index < 0) return { fields: fieldsOf(policy.value, policy.place, everywhere), whole: false }
  const place = { ref: policy.place.ref, pointer: `${policy.place.pointer}/portLevelSettings/${index}` }
  return { fields: fieldsOf(settings[index], place, onPorts), whole: true }
}

function fieldsOf(value: Json | undefined, place: Place, fields: readonly string[]): Effective {
  const out: Record<string, { value: Json; place: Place }> = {}
  if (!isRecord(value)) return out
  for (const field of fields) {
    const said = value[field]
    if (said !== undefined && said !== null) {
      out[field] = { value: said, place: { ref: place.ref, pointer: `${place.pointer}/${field}` } }
    }
  }
  return out
}

/** What a subset says replaces what the rule says, field by field; its port settings replace all (MergeSubsetTrafficPolicy). */
export function effective(rule: MergedRule | undefined, subset: DefinedSubset | undefined, port: number): Effective {
  const base = ofPort(rule?.policy, port).fields
  if (subset?.policy === undefined) return base
  const own = ofPort(subset.policy, port)
  if (!own.whole) return { ...base, ...own.fields }
  const kept = Object.fromEntries(Object.entries(base).filter(([field]) => !onPorts.includes(field)))
  return { ...kept, ...own.fields }
}
