import { listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { isLeftToOthers } from '../../simulate/route/gateway-api/backend-tls.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { authorities } from './authorities.ts'
import { conflicted } from './conflicted.ts'
import { sectionNotFound } from './section-not-found.ts'
import { targetNotFound } from './target-not-found.ts'
import { docs } from './targets.ts'
import { trust } from './trust.ts'

const code: Code = { code: 'backendtlspolicy.status', severity: 'error', istio: 'ignores', docs }

/** Those that say of a reason why it is so, and where. */
const others: ReadonlyMap<string, readonly Judge[]> = new Map([
  ['TargetNotFound', [targetNotFound, sectionNotFound]],
  ['Conflicted', [conflicted]],
  ['Invalid', [trust]],
  ['InvalidKind', [authorities]],
  ['InvalidCACertificateRef', [authorities]],
  ['NoValidCACertificate', [authorities]],
])
/** For gateways and for the mesh (istio pkg/config/constants, ManagedGatewayMeshController; 1.31). */
const controllers = ['istio.io/gateway-controller', 'istio.io/mesh-controller']

/** What istiod writes of the policy as it is, for a reason that no other judge sees: of ConfigMaps only some are known. */
export const status: Judge = {
  says: [code],
  kinds: [kinds.backendTlsPolicy],
  judge(subject, world) {
    const { object } = subject
    if (isLeftToOthers(object)) return []
    const generation = numberAt(object, 'metadata', 'generation') ?? 0
    const said = listAt(object, 'status', 'ancestors').flatMap((ancestor, place) =>
      controllers.includes(textAt(ancestor, 'controllerName') ?? '')
        ? listAt(ancestor, 'conditions').map((condition, index) => ({
            condition,
            pointer: `/status/ancestors/${place}/conditions/${index}`,
          }))
        : [],
    )
    const isSaid = (reason: string) =>
      others.get(reason)?.some((each) => each.judge(subject, world).length > 0) === true
    const bad = said.filter(
      ({ condition }) =>
        textAt(condition, 'status') === 'False' &&
        (numberAt(condition, 'observedGeneration') ?? generation) >= generation &&
        !isSaid(textAt(condition, 'reason') ?? ''),
    )
    // Of every Gateway the same is written, and of both conditions where they have one cause.
    const [first] = [...bad].toSorted((a, b) => rank(a.condition) - rank(b.condition))
    if (first === undefined) return []
    const { condition, pointer } = first
    const params = {
      type: textAt(condition, 'type') ?? '',
      reason: textAt(condition, 'reason') ?? '',
      message: textAt(condition, 'message') ?? '',
    }
    return [found(subject, code, { pointer, params })]
  },
}

/** `ResolvedRefs` says which reference it is. */
function rank(condition: Parameters<typeof textAt>[0]): number {
  return textAt(condition, 'type') === 'ResolvedRefs' ? 0 : 1
}
