import { listAt, textAt } from '@orbweaver/contracts/json'
import { labelsOf, refOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge } from '../finding.ts'

const code: Code = { code: 'istiod.jwks-fetch-open', severity: 'warning', istio: 'accepts', aliases: ['IST0175'] }

/** istiod fetches keys from wherever a RequestAuthentication says, unless it is told where not (istio analyzers/authn). */
export const jwksFetch: Judge = {
  says: [code],
  kinds: [kinds.deployment],
  where: 'every',
  judge(subject, world) {
    const { object } = subject
    if (labelsOf(object).app !== 'istiod') return []
    const containers = listAt(object, 'spec', 'template', 'spec', 'containers')
    const isClosed = containers
      .flatMap((each) => listAt(each, 'env'))
      .some((each) => textAt(each, 'name') === 'BLOCKED_CIDRS_IN_JWKS_URIS' && (textAt(each, 'value') ?? '') !== '')
    if (isClosed) return []
    const rules = world.config.list(kinds.requestAuthentication)
    if (rules.length === 0) return []
    const evidence = rules.slice(0, 5).map((each) => refOf(world.config.cluster, each))
    return [
      found(subject, code, { pointer: '/spec/template/spec/containers', params: { count: rules.length }, evidence }),
    ]
  },
}
