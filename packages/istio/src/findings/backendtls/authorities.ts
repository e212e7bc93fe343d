import { at, listAt, textAt } from '@orbweaver/contracts/json'
import { refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { authoritiesOf, isLeftToOthers } from '../../simulate/route/gateway-api/backend-tls.ts'
import { kindIn } from '../../simulate/route/gateway-api/references.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge, type Subject } from '../finding.ts'
import type { MeshWorld } from '../world.ts'
import { docs } from './targets.ts'

const kind: Code = { code: 'backendtlspolicy.ca-kind', severity: 'error', istio: 'ignores', docs }
const empty: Code = { code: 'backendtlspolicy.ca-without-certificate', severity: 'error', istio: 'ignores', docs }

const place = '/spec/validation/caCertificateRefs'

/**
 * References to CA certificates that istiod does not take (istio pilot/pkg/config/kube/gateway/backend_policies.go,
 * getBackendTLSCredentialName; 1.31). A ConfigMap that is not known may be there: that it is not is told by the status.
 */
export const authorities: Judge = {
  says: [kind, empty],
  kinds: [kinds.backendTlsPolicy],
  judge(subject, world) {
    const validation = at(subject.object, 'spec', 'validation')
    if (isLeftToOthers(subject.object) || at(validation, 'wellKnownCACertificates') !== undefined) return []
    return ofFirst(subject, world)
  },
}

function ofFirst(subject: Subject, world: MeshWorld): Finding[] {
  const known = authoritiesOf(world, subject.object)
  if (known.from !== 'nothing') return []
  const [reference] = listAt(subject.object, 'spec', 'validation', 'caCertificateRefs')
  const name = textAt(reference, 'name') ?? ''
  const pointer = `${place}/0`
  if (known.fault === 'kind') {
    const params = { kind: kindIn(reference, { group: '', kind: '' }), name }
    return [found(subject, kind, { pointer, params })]
  }
  const map = world.config.get(kinds.configMap, name, subject.namespace)
  const evidence = map === undefined ? [] : [refOf(subject.cluster, map)]
  return [found(subject, empty, { pointer, params: { name, namespace: subject.namespace }, evidence })]
}
