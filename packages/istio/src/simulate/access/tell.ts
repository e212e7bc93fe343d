import type { TrailStep } from '@orbweaver/contracts/explain'
import type { Params } from '@orbweaver/contracts/message'
import type { Facts } from './facts.ts'
import { actions, type Gate, type GatePolicy, type GateRule } from './gate.ts'
import { branchHolds, type Condition, type Rule } from './rule.ts'
import type { Settled } from './settle.ts'
import { stepOf } from './stop.ts'

/** What a proxy's token check and rules said, each in the order in which they count. */
export function tell(gate: Gate, settled: Settled): TrailStep[] {
  return [...tokenSteps(settled), ...gateSteps(gate, settled.facts), ...endSteps(settled)]
}

function tokenSteps({ token, facts }: Settled): TrailStep[] {
  if (facts.layer === 'tcp' || token.code === 'none' || token.code === 'not-said') return []
  return [stepOf(`token-${token.code}`, {}, token.place)]
}

function gateSteps(gate: Gate, facts: Facts): TrailStep[] {
  if (gate.policies.length === 0) return [stepOf('no-policies')]
  const many = gate.manyProviders
    ? [stepOf('many-providers', { providers: [...gate.providers.keys()].join(', ') })]
    : []
  const seen = (policy: GatePolicy): Facts => (policy.action === 'CUSTOM' ? { ...facts, claims: null } : facts)
  const ordered = actions.flatMap((action) => gate.policies.filter((each) => each.action === action))
  return [...many, ...ordered.flatMap((policy) => policySteps(gate, policy, seen(policy)))]
}

function policySteps(gate: Gate, policy: GatePolicy, facts: Facts): TrailStep[] {
  const { ref, action, isTrial, isEmpty } = policy
  const params = { action, trial: isTrial ? 'dry-run' : '', namespace: ref.namespace ?? '', policy: ref.name }
  const place = { ref, pointer: '' }
  const provider = gate.providers.get(policy.provider)
  const asked = action === 'CUSTOM' && provider !== undefined ? [providerStep(policy, provider.state)] : []
  if (isEmpty) return [...asked, stepOf('policy-empty', params, place)]
  return [...asked, ...policy.rules.flatMap((rule) => ruleSteps(rule, params, facts))]
}

function providerStep({ ref, provider }: GatePolicy, state: string): TrailStep {
  return stepOf(`provider-${state}`, { provider }, { ref, pointer: '/spec/provider/name' })
}

function ruleSteps(rule: GateRule, policy: Params, facts: Facts): TrailStep[] {
  const { place, ignored, dropped } = rule
  const params: Params = { ...policy, rule: Number(place.pointer.split('/').at(-1)) + 1 }
  if (dropped !== undefined) return [stepOf('rule-dropped', { ...params, fields: dropped }, place)]
  const without = ignored.length === 0 ? [] : [stepOf('rule-without', { ...params, fields: ignored.join(', ') }, place)]
  const answer = rule.holds(facts)
  if (answer.is === 'yes') return [...without, stepOf('rule-met', params, place)]
  if (answer.is === 'open') return [...without, stepOf('rule-open', { ...params, on: answer.on.join(', ') }, place)]
  const failing = rule.rule === undefined ? undefined : firstFailing(rule.rule, facts)
  if (failing === undefined) return [...without, stepOf('rule-not-met', params, place)]
  const why = { ...params, field: failing.field, values: failing.values.join(', ') }
  return [...without, stepOf('rule-fails', why, { ref: place.ref, pointer: failing.pointer })]
}

/** Of the part that no alternative meets: the first condition of its first alternative that fails. */
function firstFailing({ to, from }: Rule, facts: Facts): Condition | undefined {
  for (const branches of [to, from]) {
    if (branches.some((each) => branchHolds(each, facts).is !== 'no')) continue
    return branches.flat().find((each) => each.holds(facts).is === 'no')
  }
  return undefined
}

const ends: Readonly<Record<Settled['ruling']['reason'], string>> = {
  denied: 'ends-denied',
  'bad-provider': 'ends-bad-provider',
  'custom-on-trial': 'ends-custom-on-trial',
  'not-allowed': 'ends-not-allowed',
  allowed: 'ends-allowed',
  'no-policy': 'ends-no-allow',
}

function endSteps({ verdict, ruling, token }: Settled): TrailStep[] {
  if (token.refused) return []
  const hint = verdict === 'needs-token' || verdict === 'needs-mtls' ? [stepOf(`ends-${verdict}`)] : []
  if (verdict === 'depends' || verdict === 'unknown') return [stepOf(`ends-${verdict}`)]
  if (verdict === 'asks-provider') return [stepOf('ends-asks-provider', { providers: ruling.providers.join(', ') })]
  return [stepOf(ends[ruling.reason], {}, ruling.by?.place), ...hint]
}
