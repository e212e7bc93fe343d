import { listAt, textAt } from '@orbweaver/contracts/json'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge } from '../finding.ts'

const code: Code = {
  code: 'referencegrant.namespace-not-found',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['KIA1601'],
}

/** Grants for a namespace that does not exist let nobody in, until somebody makes it. */
export const grantFromNowhere: Judge = {
  says: [code],
  kinds: [kinds.referenceGrant],
  judge(subject, world) {
    if (!world.config.has(kinds.namespace)) return []
    return listAt(subject.object, 'spec', 'from').flatMap((from, index) => {
      const namespace = textAt(from, 'namespace') ?? ''
      if (namespace === '' || world.config.get(kinds.namespace, namespace) !== undefined) return []
      return [found(subject, code, { pointer: `/spec/from/${index}/namespace`, params: { namespace } })]
    })
  },
}
