import { at, type Json, numberAt, textAt } from '@orbweaver/contracts/json'
import { refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { byAge } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { replace } from '../operations.ts'
import { share } from '../served-ports.ts'
import type { MeshWorld } from '../world.ts'
import { actionOf, selectorOf, targetsOf } from './policy-rules.ts'

const unknown: Code = { code: 'authorizationpolicy.provider-not-found', severity: 'error', istio: 'accepts' }
const unfit: Code = { code: 'authorizationpolicy.provider-unfit', severity: 'error', istio: 'accepts' }
const lost: Code = { code: 'authorizationpolicy.provider-unreachable', severity: 'error', istio: 'accepts' }
const several: Code = { code: 'authorizationpolicy.providers-differ', severity: 'error', istio: 'accepts' }

/**
 * CUSTOM asks somebody else, who is named in the mesh configuration. Where istiod cannot tell whom, it denies all that the
 * rules match (istio pilot/pkg/security/authz/builder, getExtAuthz, getBadCustomDenyRules).
 */
export const customProviders: Judge = {
  says: [unknown, unfit, lost, several],
  kinds: [kinds.authorizationPolicy],
  judge(subject, world) {
    const name = textAt(subject.object, 'spec', 'provider', 'name') ?? ''
    if (actionOf(subject.object) !== 'CUSTOM' || name === '') return []
    return [...judgeProvider(subject, world, name), ...judgeOthers(subject, world, name)]
  },
}

const pointer = '/spec/provider/name'
const authorizers = ['envoyExtAuthzHttp', 'envoyExtAuthzGrpc']

/** Without any provider the mesh configuration has not been read that far: then nothing is said. */
function judgeProvider(subject: Subject, world: MeshWorld, name: string): Finding[] {
  const { extensionProviders } = world.mesh
  if (extensionProviders.length === 0) return []
  const provider = extensionProviders.find((each) => textAt(each, 'name') === name)
  const fit = extensionProviders.filter((each) => settingsOf(each) !== undefined)
  const [only, ...more] = fit
  const right = textAt(only, 'name')
  const isClear = right !== undefined && more.length === 0 && judgeService(subject, world, only ?? null).length === 0
  const operation = replace(pointer, right ?? null)
  const fixes = isClear ? [fix(subject, { code: 'declared-provider', params: { right } }, [operation])] : []
  if (provider === undefined) return [found(subject, unknown, { pointer, params: { provider: name }, fixes })]
  if (settingsOf(provider) === undefined) return [found(subject, unfit, { pointer, params: { provider: name }, fixes })]
  return judgeService(subject, world, provider)
}

function settingsOf(provider: Json): Json | undefined {
  return authorizers.map((each) => at(provider, each)).find((each) => each !== undefined)
}

/** `[namespace/]host` of a service that there is, at a port it has (istio pilot/pkg/model/telemetry_logging.go, LookupCluster). */
function judgeService(subject: Subject, world: MeshWorld, provider: Json): Finding[] {
  const settings = settingsOf(provider)
  const written = textAt(settings, 'service') ?? ''
  const host = written.slice(written.indexOf('/') + 1)
  if (host === '' || !world.complete(kinds.service) || !world.complete(kinds.serviceEntry)) return []
  const port = numberAt(settings, 'port') ?? 0
  // A whole name: nobody's namespace is put behind it.
  const owner = host.includes('.') ? world.hosts.find(host, world.mesh.rootNamespace) : undefined
  const hasPort = owner?.owners.some(({ ports }) => ports.some(({ number }) => number === port))
  const params = { provider: textAt(provider, 'name') ?? '', host, port }
  return hasPort === true ? [] : [found(subject, lost, { pointer, params })]
}

/** Without a switch of its own istiod lets a workload have one provider, and denies where there are several. */
function judgeOthers(subject: Subject, world: MeshWorld, name: string): Finding[] {
  const { object, namespace } = subject
  if (targetsOf(object).length > 0) return []
  const others = [...new Set([namespace, world.mesh.rootNamespace])]
    .flatMap((each) => world.config.list(kinds.authorizationPolicy, each))
    .filter((each) => actionOf(each) === 'CUSTOM' && targetsOf(each).length === 0)
    .filter((each) => share(world, { namespace, one: selectorOf(each), other: selectorOf(object) }))
    .toSorted(byAge)
  const [oldest] = others
  const first = textAt(oldest, 'spec', 'provider', 'name') ?? ''
  if (oldest === undefined || oldest === object || first === '' || first === name) return []
  const params = { provider: name, first, policy: oldest.metadata.name }
  const operation = replace(pointer, first)
  const fixes = [fix(subject, { code: 'same-provider', params: { right: first } }, [operation])]
  return [found(subject, several, { pointer, params, evidence: [refOf(subject.cluster, oldest)], fixes })]
}
