import { type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { labelsOf, refOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { put, replace } from '../operations.ts'

const code: Code = { code: 'istiod.jwks-fetch-open', severity: 'warning', istio: 'accepts', aliases: ['IST0175'] }

const blocked = 'BLOCKED_CIDRS_IN_JWKS_URIS'
/** Where clouds tell a machine its secrets, and the machine itself. */
const ranges = '169.254.0.0/16,127.0.0.0/8'

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
      .some((each) => textAt(each, 'name') === blocked && (textAt(each, 'value') ?? '') !== '')
    if (isClosed) return []
    const rules = world.config.list(kinds.requestAuthentication)
    if (rules.length === 0) return []
    const evidence = rules.slice(0, 5).map((each) => refOf(world.config.cluster, each))
    const params = { count: rules.length }
    const fixes = closing(subject, containers)
    return [found(subject, code, { pointer: '/spec/template/spec/containers', params, evidence, fixes })]
  },
}

function closing(subject: Subject, containers: readonly Json[]) {
  const index = containers.findIndex((each) => textAt(each, 'name') === 'discovery')
  if (index < 0) return []
  const env = listAt(containers[index], 'env')
  const at = env.findIndex((each) => textAt(each, 'name') === blocked)
  const place = `/spec/template/spec/containers/${index}/env`
  const entry: Json = { name: blocked, value: ranges }
  const operation =
    at >= 0 ? replace(`${place}/${at}`, entry) : env.length > 0 ? put(`${place}/-`, entry) : put(place, [entry])
  return [fix(subject, { code: 'close-metadata', params: { ranges } }, [operation])]
}
