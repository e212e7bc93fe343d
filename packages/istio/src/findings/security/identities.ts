import { type Json, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding, Fix } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { isPlainSomewhere } from '../mtls/client-rules.ts'
import { type Accepted, acceptedAt, isWhole, modeOf } from '../mtls/modes.ts'
import { replace } from '../operations.ts'
import type { MeshWorld } from '../world.ts'
import { getsPlainText } from './home-source.ts'
import { isAllInMesh } from './peer-scope.ts'
import { actionOf, type Part, type Rule, rulesOf, selectorOf, targetsOf } from './policy-rules.ts'

const needed: Code = {
  code: 'authorizationpolicy.needs-mtls',
  severity: 'error',
  istio: 'accepts',
  aliases: ['KIA0105'],
}
const passed: Code = { code: 'authorizationpolicy.plain-text-passes', severity: 'warning', istio: 'accepts' }

/**
 * Callers have an identity by mutual TLS alone. Where it is switched off no rule by identity matches; where plain text is
 * let in too, who sends it has none, and a DENY by identity does not stop them.
 */
export const identities: Judge = {
  says: [needed, passed],
  kinds: [kinds.authorizationPolicy],
  judge(subject, world) {
    const { object, namespace } = subject
    if (targetsOf(object).length > 0 || !world.config.has(kinds.peerAuthentication)) return []
    const [first] = [...identityParts(subject), ...serverNames(subject)]
    if (first === undefined) return []
    const accepted = acceptedAt(world, { namespace, labels: selectorOf(object) })
    if (accepted.mode === 'DISABLE') return [judgeNeeded(subject, world, { first, accepted })]
    const isOpen = accepted.mode === 'PERMISSIVE' && actionOf(object) === 'DENY'
    return isOpen && !rulesOf(object).some(stopsStrangers) ? judgePassed(subject) : []
  },
}

const fields = ['principals', 'namespaces', 'serviceAccounts', 'trustDomains']
const keys = ['source.principal', 'source.namespace', 'source.serviceAccount', 'source.trustDomain']
/** Read from the hello of TLS, where it is looked at (istio pilot/pkg/networking/core/listener_inbound.go, needsTLS). */
const serverName = 'connection.sni'

/** With `isOthers` it only leaves out some callers, who have an identity: one without is let by. */
type Asked = { pointer: string; field: string; isOthers: boolean }

/** Sources and conditions that ask who calls. */
export function identityParts({ object }: Subject): Asked[] {
  return rulesOf(object).flatMap(({ from, when }) => [
    ...from.flatMap((part) =>
      part.asked
        .filter(({ field }) => fields.includes(field))
        .map(({ field, not, values }) => ({
          pointer: `${part.pointer}/${values.length > 0 ? field : not}`,
          field: values.length > 0 ? field : not,
          isOthers: values.length === 0,
        })),
    ),
    ...when.flatMap((part) => (keys.includes(keyOf(part)) ? [conditionOf(part)] : [])),
  ])
}

function serverNames({ object }: Subject): Asked[] {
  return rulesOf(object).flatMap(({ when }) => when.filter((part) => keyOf(part) === serverName).map(conditionOf))
}

function conditionOf(part: Part): Asked {
  const isOthers = part.asked.every(({ values }) => values.length === 0)
  return { pointer: `${part.pointer}/key`, field: keyOf(part), isOthers }
}

function keyOf({ value }: Part): string {
  return textAt(value, 'key') ?? ''
}

type Needed = { first: Asked; accepted: Accepted }

function judgeNeeded(subject: Subject, world: MeshWorld, { first: at, accepted: { by } }: Needed): Finding {
  const params = { field: at.field, policy: by?.metadata.name ?? '', namespace: by?.metadata.namespace ?? '' }
  const evidence = by === undefined ? [] : [refOf(subject.cluster, by)]
  const fixes = actionOf(subject.object) === 'ALLOW' && by !== undefined ? opened(subject, world, by) : []
  return found(subject, needed, { pointer: at.pointer, params, evidence, fixes })
}

/** By the policy that has switched it off: to where it did not matter, and mutual TLS is taken again. */
function opened(subject: Subject, world: MeshWorld, by: KubernetesObject): Fix[] {
  if (getsPlainText(subject, world)) return []
  const { cluster } = subject
  const mode = isWhole(by) && isAllInMesh(world) && world.mesh.autoMtls ? 'STRICT' : 'PERMISSIVE'
  if (modeOf(by) !== 'DISABLE' || (mode === 'STRICT' && isPlainSomewhere(world))) return []
  return [fix({ cluster, object: by }, { code: 'other-mode', params: { mode } }, [replace('/spec/mtls/mode', mode)])]
}

/** Whether a rule denies those without an identity. */
function stopsStrangers({ from, to, when }: Rule): boolean {
  if (to.length + when.length > 0) return false
  return from.length === 0 || from.some(isOfStrangers)
}

function isOfStrangers(part: Part): boolean {
  return part.asked.every(({ field, values }) => fields.includes(field) && values.length === 0)
}

function judgePassed(subject: Subject): Finding[] {
  const [named] = rulesOf(subject.object).flatMap(({ from }) =>
    from.filter((part) => part.asked.some(({ field, values }) => fields.includes(field) && values.length > 0)),
  )
  if (named === undefined) return []
  const rule: Json = { from: [{ source: { notPrincipals: ['*'] } }] }
  const way = fix(subject, { code: 'deny-strangers' }, [{ op: 'add', path: '/spec/rules/-', value: rule }])
  return [found(subject, passed, { pointer: named.pointer, fixes: [way] })]
}
