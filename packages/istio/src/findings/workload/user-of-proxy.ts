import { at, type Json, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge } from '../finding.ts'
import { isOfControlPlane } from '../in-mesh.ts'

const code: Code = { code: 'workload.user-of-proxy', severity: 'warning', istio: 'accepts', aliases: ['IST0144'] }

/** The user that Istio's proxy runs as: what it sends goes past the proxy (istio-iptables, --proxy-uid). */
const proxyUser = 1337

/** Applications that run as the proxy's user (istio analyzers/deployment/pod.go): their traffic is not intercepted. */
export const userOfProxy: Judge = {
  says: [code],
  kinds: [kinds.pod, kinds.deployment],
  where: 'every',
  judge(subject) {
    const { object } = subject
    if (isOfControlPlane(object)) return []
    const place = object.kind === 'Pod' ? '/spec' : '/spec/template/spec'
    const spec = object.kind === 'Pod' ? object.spec : at(object, 'spec', 'template', 'spec')
    const containers = listAt(spec, 'containers').flatMap((each, index) =>
      isApplication(each) && runsAsProxy(each) ? [`${place}/containers/${index}/securityContext/runAsUser`] : [],
    )
    const whole = runsAsProxy(spec) ? [`${place}/securityContext/runAsUser`] : []
    const [pointer] = [...whole, ...containers]
    if (pointer === undefined) return []
    // A Pod's is fixed for its life: its workload's is what can be changed.
    const paths = object.kind === 'Pod' ? [] : [...whole, ...containers]
    const operations = paths.map((path) => ({ op: 'replace' as const, path, value: 1338 }))
    const fixes = operations.length === 0 ? [] : [fix(subject, { code: 'other-user' }, operations)]
    return [found(subject, code, { pointer, params: { user: proxyUser }, fixes })]
  },
}

function runsAsProxy(value: unknown): boolean {
  return numberAt(value, 'securityContext', 'runAsUser') === proxyUser
}

function isApplication(container: Json): boolean {
  return !['istio-proxy', 'istio-operator'].includes(textAt(container, 'name') ?? '')
}
