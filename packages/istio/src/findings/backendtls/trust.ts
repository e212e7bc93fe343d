import { at, isRecord, listAt, textAt } from '@orbweaver/contracts/json'
import { isLeftToOthers } from '../../simulate/route/gateway-api/backend-tls.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge } from '../finding.ts'
import { put, remove } from '../operations.ts'
import { docs } from './targets.ts'

const both: Code = { code: 'backendtlspolicy.ca-both', severity: 'rejected', istio: 'rejects', docs }
const none: Code = { code: 'backendtlspolicy.ca-none', severity: 'rejected', istio: 'rejects', docs }
const unknown: Code = { code: 'backendtlspolicy.well-known-unknown', severity: 'error', istio: 'ignores', docs }

const wellKnown = '/spec/validation/wellKnownCACertificates'
const references = '/spec/validation/caCertificateRefs'

/**
 * Either certificates of its own or those of the system: the definition of the kind asks for one of them and takes no both
 * (gateway-api apis/v1/backendtlspolicy_types.go, 1.5); of names istiod knows `System` (getBackendTLSCredentialName; 1.31).
 */
export const trust: Judge = {
  says: [both, none, unknown],
  kinds: [kinds.backendTlsPolicy],
  judge(subject) {
    const validation = at(subject.object, 'spec', 'validation')
    if (!isRecord(validation)) return []
    const name = textAt(validation, 'wellKnownCACertificates') ?? ''
    const count = listAt(validation, 'caCertificateRefs').length
    const system = put(wellKnown, 'System')
    if (name === '' && count === 0) {
      return [
        found(subject, none, { pointer: '/spec/validation', fixes: [fix(subject, { code: 'system' }, [system])] }),
      ]
    }
    if (name !== '' && count > 0) {
      const own = fix(subject, { code: 'own' }, [remove(wellKnown)])
      const others = fix(subject, { code: 'system' }, [remove(references), system])
      return [found(subject, both, { pointer: '/spec/validation', params: { name }, fixes: [own, others] })]
    }
    if (name === '' || name === 'System' || isLeftToOthers(subject.object)) return []
    const fixes = [fix(subject, { code: 'system' }, [system])]
    return [found(subject, unknown, { pointer: wellKnown, params: { name }, fixes })]
  },
}
