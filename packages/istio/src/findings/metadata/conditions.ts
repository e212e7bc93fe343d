import { at, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { kindOf, kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge, type Subject } from '../finding.ts'

const negative: Code = { code: 'condition.negative', severity: 'warning', istio: 'ignores', aliases: ['IST0171'] }
const unaccepted: Code = {
  code: 'condition.gateway-api',
  severity: 'warning',
  istio: 'ignores',
  aliases: ['IST0171'],
}

const gatewayApi = ['Accepted', 'Programmed', 'ResolvedRefs']
const waypoint = ['istio.io/WaypointBound']
const badWhenFalse: Readonly<Record<string, readonly string[]>> = {
  [kinds.service]: waypoint,
  [kinds.serviceEntry]: waypoint,
  [kinds.workloadEntry]: waypoint,
  [kinds.authorizationPolicy]: ['ZtunnelAccepted', 'WaypointAccepted'],
  [kinds.kubernetesGateway]: gatewayApi,
  [kinds.httpRoute]: gatewayApi,
  [kinds.grpcRoute]: gatewayApi,
}

/**
 * Status that says no: what istiod found when it took the object in (istio pkg/config/analysis/analyzers/conditions). A
 * condition without a status counts too, as there.
 */
export const conditions: Judge = {
  says: [negative, unaccepted],
  kinds: Object.keys(badWhenFalse),
  where: 'every',
  judge(subject) {
    const kind = kindOf(subject.object)
    const code = gatewayApi === badWhenFalse[kind] ? unaccepted : negative
    return conditionsOf(subject.object)
      .filter(({ value }) => isBad(kind, value))
      .map((each) => findingOf(subject, code, each))
  },
}

type Condition = { value: Json; pointer: string }

function conditionsOf(object: KubernetesObject): Condition[] {
  const below = (list: readonly Json[], pointer: string) =>
    list.map((value, index) => ({ value, pointer: `${pointer}/conditions/${index}` }))
  if (object.kind.endsWith('Route')) {
    return listAt(object, 'status', 'parents').flatMap((parent, index) =>
      below(listAt(parent, 'conditions'), `/status/parents/${index}`),
    )
  }
  return below(listAt(object, 'status', 'conditions'), '/status')
}

function isBad(kind: string, condition: Json): boolean {
  const type = textAt(condition, 'type') ?? ''
  const status = at(condition, 'status') ?? ''
  if (badWhenFalse[kind]?.includes(type) === true) {
    const isPartial = type === 'WaypointAccepted' && textAt(condition, 'reason') === 'PartiallyInvalid'
    return status === 'False' || isPartial
  }
  return status === ''
}

function findingOf(subject: Subject, code: Code, { value, pointer }: Condition): Finding {
  const params = {
    type: textAt(value, 'type') ?? '',
    reason: textAt(value, 'reason') ?? '',
    message: textAt(value, 'message') ?? '',
  }
  return found(subject, code, { pointer, params })
}
