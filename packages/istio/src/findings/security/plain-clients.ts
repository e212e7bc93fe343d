import { refOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { acceptedAt } from '../mtls/modes.ts'
import { getsPlainText, toldPlainBy } from './home-source.ts'
import { identityParts } from './identities.ts'
import { selectorOf } from './policy-rules.ts'

const code: Code = {
  code: 'authorizationpolicy.clients-plain',
  severity: 'error',
  istio: 'accepts',
  aliases: ['KIA0105'],
}

const told: Code = { ...code, code: 'authorizationpolicy.clients-told-plain' }

/** Rules that ask who calls, where every client sends plain text: it is let in, and has no identity. */
export const plainClients: Judge = {
  says: [code, told],
  kinds: [kinds.authorizationPolicy],
  judge(subject, world) {
    const { object, namespace } = subject
    const first = identityParts(subject).find(({ isOthers }) => !isOthers)
    if (first === undefined || !getsPlainText(subject, world)) return []
    if (acceptedAt(world, { namespace, labels: selectorOf(object) }).mode !== 'PERMISSIVE') return []
    const { pointer, field } = first
    const by = toldPlainBy(subject, world)
    if (by === undefined) return [found(subject, code, { pointer, params: { field } })]
    const params = { field, rule: `${namespaceOf(by)}/${by.metadata.name}` }
    return [found(subject, told, { pointer, params, evidence: [refOf(subject.cluster, by)] })]
  },
}
