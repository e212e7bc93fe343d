import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { acceptedAt } from '../mtls/modes.ts'
import { getsPlainText } from './home-source.ts'
import { identityParts } from './identities.ts'
import { selectorOf } from './policy-rules.ts'

const code: Code = {
  code: 'authorizationpolicy.clients-plain',
  severity: 'error',
  istio: 'accepts',
  aliases: ['KIA0105'],
}

/** Rules that ask who calls, where every client sends plain text: it is let in, and has no identity. */
export const plainClients: Judge = {
  says: [code],
  kinds: [kinds.authorizationPolicy],
  judge(subject, world) {
    const { object, namespace } = subject
    const first = identityParts(subject).find(({ field }) => !field.startsWith('not'))
    if (first === undefined || !getsPlainText(subject, world)) return []
    if (acceptedAt(world, { namespace, labels: selectorOf(object) }).mode !== 'PERMISSIVE') return []
    return [found(subject, code, { pointer: first.pointer, params: { field: first.field } })]
  },
}
