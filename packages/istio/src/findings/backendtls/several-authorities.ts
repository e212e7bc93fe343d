import { at, listAt, textAt } from '@orbweaver/contracts/json'
import { isLeftToOthers } from '../../simulate/route/gateway-api/backend-tls.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge } from '../finding.ts'
import { remove } from '../operations.ts'
import { docs } from './targets.ts'

const code: Code = { code: 'backendtlspolicy.ca-several', severity: 'warning', istio: 'ignores', docs }

/** Of several references to CA certificates istiod takes the first (backend_policies.go, getBackendTLSCredentialName; 1.31). */
export const severalAuthorities: Judge = {
  says: [code],
  kinds: [kinds.backendTlsPolicy],
  judge(subject) {
    const validation = at(subject.object, 'spec', 'validation')
    const references = listAt(validation, 'caCertificateRefs')
    const isSystem = at(validation, 'wellKnownCACertificates') !== undefined
    if (isLeftToOthers(subject.object) || isSystem || references.length < 2) return []
    const place = '/spec/validation/caCertificateRefs'
    const name = textAt(references[0], 'name') ?? ''
    const extra = [...references.keys()].slice(1).toReversed()
    const fixes = [
      fix(
        subject,
        { code: 'first-only', params: { name } },
        extra.map((index) => remove(`${place}/${index}`)),
      ),
    ]
    return [found(subject, code, { pointer: `${place}/1`, params: { count: references.length, name }, fixes })]
  },
}
