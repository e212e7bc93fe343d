import { listAt, textAt } from '@orbweaver/contracts/json'
import { kinds } from '../../world/kinds.ts'
import { isNowhere } from '../exports.ts'
import { type Code, found, type Judge } from '../finding.ts'
import type { MeshWorld } from '../world.ts'
import { routeKinds } from './parents.ts'

const code: Code = {
  code: 'referencegrant.namespace-not-found',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['KIA1601'],
}

/** What a grant is for: a Gateway or a route of files that do not tell of its namespace. */
const holdsOne = ({ config }: MeshWorld, namespace: string): boolean =>
  [kinds.kubernetesGateway, kinds.listenerSet, ...routeKinds].some((kind) => config.list(kind, namespace).length > 0)

/** Grants for a namespace that does not exist let nobody in, until somebody makes it. */
export const grantFromNowhere: Judge = {
  says: [code],
  kinds: [kinds.referenceGrant],
  judge(subject, world) {
    if (!world.config.has(kinds.namespace)) return []
    return listAt(subject.object, 'spec', 'from').flatMap((from, index) => {
      const namespace = textAt(from, 'namespace') ?? ''
      if (namespace === '' || !isNowhere(world, namespace) || holdsOne(world, namespace)) return []
      return [found(subject, code, { pointer: `/spec/from/${index}/namespace`, params: { namespace } })]
    })
  },
}
