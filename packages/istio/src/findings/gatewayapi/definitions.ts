import { listAt, textAt } from '@orbweaver/contracts/json'
import { servedOf } from '../../preflight/gateway-api.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge } from '../finding.ts'

const unread: Code = {
  code: 'gatewayapi.version-unread',
  severity: 'error',
  istio: 'ignores',
  aliases: ['IST0156', 'IST0172'],
}

/** The version that istiod asks for (istio pkg/config/schema/gvr, 1.31); a bundle that is too old is another finding. */
const versions: ReadonlyMap<string, string> = new Map([
  ['GatewayClass', 'v1'],
  ['Gateway', 'v1'],
  ['HTTPRoute', 'v1'],
  ['GRPCRoute', 'v1'],
  ['ReferenceGrant', 'v1beta1'],
])

/**
 * Definitions of the Gateway API that do not serve what istiod reads. `istioctl x precheck` takes v1beta1 for enough, and is
 * content with nothing less even where v1 is there.
 */
export const definitions: Judge = {
  says: [unread],
  kinds: [kinds.crd],
  where: 'every',
  judge(subject) {
    const { object } = subject
    const kind = textAt(object, 'spec', 'names', 'kind') ?? ''
    const wanted = textAt(object, 'spec', 'group') === 'gateway.networking.k8s.io' ? versions.get(kind) : undefined
    const served = servedOf(object)
    if (wanted === undefined || listAt(object, 'spec', 'versions').length === 0 || served.includes(wanted)) return []
    return [
      found(subject, unread, { pointer: '/spec/versions', params: { kind, wanted, served: served.join(', ') || '-' } }),
    ]
  },
}
