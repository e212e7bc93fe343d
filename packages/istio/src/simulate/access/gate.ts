import type { Place } from '@orbweaver/contracts/explain'
import { at, listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject, ObjectRef } from '@orbweaver/contracts/kubernetes'
import type { MeshWorld } from '../../findings/world.ts'
import { kinds } from '../../world/kinds.ts'
import { names } from '../../world/names.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { type Answer, every, no, not, some, yes } from './answer.ts'
import type { Facts } from './facts.ts'
import { type Provider, providerOf } from './providers.ts'
import { readRule, type Rule, ruleHolds } from './rule.ts'
import { policiesFor, type Policy, selectorOf, type Target, targetRefsOf } from './target.ts'
import { readZtunnelRule, ztunnelRuleHolds } from './ztunnel-rules.ts'

export const actions = ['CUSTOM', 'DENY', 'ALLOW', 'AUDIT'] as const
export type Action = (typeof actions)[number]

/** A rule as one proxy has it. */
export type GateRule = {
  readonly place: Place
  /** By which Envoy sorts rules: the first that is met is the one it names. */
  readonly name: string
  /** Fields without which it is judged, and the one for which it was left out whole. */
  readonly ignored: readonly string[]
  readonly dropped: string | undefined
  readonly rule: Rule | undefined
  holds(facts: Facts): Answer
}

export type GatePolicy = {
  readonly ref: ObjectRef
  readonly action: Action
  readonly isTrial: boolean
  readonly provider: string
  readonly rules: readonly GateRule[]
  /** It has no rules at all, and so is met by nobody. */
  readonly isEmpty: boolean
}

/** All policies of one proxy, as it judges by them. */
export type Gate = {
  readonly policies: readonly GatePolicy[]
  /** Rules in force of those that deny and of those that allow. */
  readonly denying: readonly GateRule[]
  readonly allowing: readonly GateRule[]
  /** Whether some policy in force allows, so that the rest is denied. */
  readonly isClosed: boolean
  readonly providers: ReadonlyMap<string, Provider>
  /** Policies of action CUSTOM name several providers, which Istio takes for none (authz/builder/builder.go). */
  readonly manyProviders: boolean
}

export function gateFor(world: MeshWorld, target: Target, layer: 'http' | 'tcp'): Gate {
  const { trustDomain, trustDomainAliases } = world.mesh
  const trustDomains = [trustDomain, ...trustDomainAliases]
  return gateOf(
    world,
    policiesFor(world, kinds.authorizationPolicy, target).flatMap((policy) =>
      read(policy, (rule, pointer, action): Omit<GateRule, 'place' | 'name'> => {
        const namespace = namespaceOf(policy.object)
        const made = readRule(rule, pointer, { namespace, layer, allows: action === 'ALLOW', trustDomains })
        return { ...made, rule: made, holds: (facts) => ruleHolds(made, facts) }
      }),
    ),
  )
}

/**
 * What ztunnel is told: policies without targetRefs that allow or deny, of connections only; those on trial not at all
 * (istio pilot/pkg/serviceregistry/ambient/authorization.go, convertAuthorizationPolicy).
 */
export function ztunnelGateFor(world: MeshWorld, target: Target): Gate {
  const labels = Object.fromEntries(Object.entries(target.labels).filter(([key]) => key !== names.gatewayName))
  const told = policiesFor(world, kinds.authorizationPolicy, { ...target, labels, waypoint: false }).filter(
    ({ isTrial, object }) => !isTrial && targetRefsOf(object).length === 0 && !selectsNothing(object),
  )
  const policies = told.flatMap((policy) =>
    read(policy, (rule, pointer, action) => {
      const made = readZtunnelRule(rule, pointer, { namespace: namespaceOf(policy.object), allows: action === 'ALLOW' })
      const dropped = made.dropped ? made.http.join(', ') : undefined
      return { ignored: made.http, dropped, rule: undefined, holds: (facts) => ztunnelRuleHolds(made, facts) }
    }),
  )
  return gateOf(
    world,
    policies.filter(({ action }) => action === 'ALLOW' || action === 'DENY'),
  )
}

/** A selector without labels is attached to no workload, and is not taken for the whole namespace either. */
function selectsNothing(policy: KubernetesObject): boolean {
  return at(policy, 'spec', 'selector') !== undefined && Object.keys(selectorOf(policy)).length === 0
}

function gateOf(world: MeshWorld, policies: readonly GatePolicy[]): Gate {
  const asked = new Set(policies.filter(({ action }) => action === 'CUSTOM').map(({ provider }) => provider))
  const providers = new Map([...asked].toSorted().map((name) => [name, providerOf(world, name)]))
  return {
    policies,
    denying: rulesOf({ policies }, 'DENY', false),
    allowing: rulesOf({ policies }, 'ALLOW', false),
    isClosed: policies.some(({ action, isTrial }) => action === 'ALLOW' && !isTrial),
    providers,
    manyProviders: asked.size > 1,
  }
}

/** Of a place where nothing is judged. */
export const openGate: Gate = {
  policies: [],
  denying: [],
  allowing: [],
  isClosed: false,
  providers: new Map(),
  manyProviders: false,
}

type Make = (rule: unknown, pointer: string, action: Action) => Omit<GateRule, 'place' | 'name'>

function read({ object, ref, isTrial }: Policy, make: Make): GatePolicy[] {
  const action = actions.find((each) => each === (textAt(object, 'spec', 'action') ?? 'ALLOW'))
  if (action === undefined) return []
  const written = listAt(object, 'spec', 'rules')
  const rules = written.flatMap((rule, index): GateRule[] => {
    if (rule === null) return []
    const pointer = `/spec/rules/${index}`
    const name = `ns[${namespaceOf(object)}]-policy[${object.metadata.name}]-rule[${index}]`
    return [{ ...make(rule, pointer, action), place: { ref, pointer }, name }]
  })
  const provider = textAt(object, 'spec', 'provider', 'name') ?? ''
  return [{ ref, action, isTrial, provider, rules, isEmpty: written.length === 0 }]
}

/** What a gate says of a call: whether it passes, by whose word, and who outside is asked. */
export type Ruling = {
  readonly passes: Answer
  readonly by: GateRule | undefined
  readonly reason: 'denied' | 'bad-provider' | 'custom-on-trial' | 'not-allowed' | 'allowed' | 'no-policy'
  readonly asks: Answer
  readonly providers: readonly string[]
}

/** CUSTOM, then DENY, then ALLOW. Where no policy allows anything, everything passes. */
export function rule(gate: Gate, facts: Facts): Ruling {
  const custom = customRuling(gate, facts)
  const denies = met(gate.denying, facts)
  const allows = met(gate.allowing, facts)
  const allowed = gate.isClosed ? allows.is : yes
  const passes = every([not(custom.denies.is), not(denies.is), allowed])
  const rest = { passes, asks: custom.asks, providers: custom.providers }
  if (custom.denies.by !== undefined && passes.is === 'no')
    return { ...rest, by: custom.denies.by, reason: custom.reason }
  if (denies.by !== undefined && passes.is === 'no') return { ...rest, by: denies.by, reason: 'denied' }
  if (allowed.is === 'no') return { ...rest, by: undefined, reason: 'not-allowed' }
  if (allows.by !== undefined) return { ...rest, by: allows.by, reason: 'allowed' }
  return { ...rest, by: undefined, reason: gate.isClosed ? 'not-allowed' : 'no-policy' }
}

export function rulesOf({ policies }: Pick<Gate, 'policies'>, action: Action, isTrial: boolean): GateRule[] {
  return policies
    .filter((each) => each.action === action && each.isTrial === isTrial)
    .flatMap(({ rules }) => rules)
    .filter(({ dropped }) => dropped === undefined)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

type Met = { is: Answer; by: GateRule | undefined }

/** Whether one of the rules is met, and the first that is. */
export function met(rules: readonly GateRule[], facts: Facts): Met {
  const open: Answer[] = []
  for (const each of rules) {
    const answer = each.holds(facts)
    if (answer.is === 'yes') return { is: yes, by: each }
    if (answer.is === 'open') open.push(answer)
  }
  return { is: open.length === 0 ? no : some(open), by: undefined }
}

type CustomRuling = { denies: Met; reason: Ruling['reason']; asks: Answer; providers: string[] }

const noCustom: CustomRuling = { denies: { is: no, by: undefined }, reason: 'bad-provider', asks: no, providers: [] }

/**
 * Providers are asked before tokens are looked at, so that their rules see none. What names a provider that cannot be
 * built denies; so do those on trial, which Istio puts among the rules in force (builder.go, buildHTTP).
 */
function customRuling(gate: Gate, facts: Facts): CustomRuling {
  if (gate.providers.size === 0) return noCustom
  const seen: Facts = { ...facts, claims: null }
  const customs = gate.policies.filter(({ action }) => action === 'CUSTOM')
  const taken = (policy: GatePolicy) => takenFor(gate, policy, facts.layer)
  const of = (policies: readonly GatePolicy[]) => met(byProvider(policies), seen)
  const refused = of(customs.filter((each) => taken(each) === 'refuses'))
  const tried = of(customs.filter((each) => taken(each) === 'tries'))
  const asking = customs.filter((each) => taken(each) === 'asks')
  const asked = asking.map((policy) => ({ policy, is: of([policy]).is })).filter(({ is }) => is.is !== 'no')
  return {
    denies: { is: some([refused.is, tried.is]), by: refused.by ?? tried.by },
    reason: refused.by === undefined ? 'custom-on-trial' : 'bad-provider',
    asks: some(asked.map(({ is }) => is)),
    providers: [...new Set(asked.map(({ policy }) => policy.provider))],
  }
}

/** Each provider has a filter of its own, in the order of their names. */
function byProvider(policies: readonly GatePolicy[]): GateRule[] {
  const providers = [...new Set(policies.map(({ provider }) => provider))].toSorted()
  return providers.flatMap((provider) => {
    const own = policies.filter((each) => each.provider === provider)
    return [false, true].flatMap((isTrial) => rulesOf({ policies: own }, 'CUSTOM', isTrial))
  })
}

function takenFor(
  gate: Gate,
  { provider, isTrial }: GatePolicy,
  layer: 'http' | 'tcp',
): 'refuses' | 'tries' | 'asks' | 'nothing' {
  const state = gate.providers.get(provider)?.state
  if (gate.manyProviders || state === 'bad') return isTrial ? 'nothing' : 'refuses'
  if (layer === 'tcp' && state === 'http') return 'nothing'
  return isTrial ? 'tries' : 'asks'
}
