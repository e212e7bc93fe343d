import { type NamespacePolicy, policyOf } from '../../injection/policy.ts'
import { type Injection, simulate } from '../../injection/simulate.ts'
import { namespaceLabels } from '../../injection/world.ts'
import { kinds } from '../../world/kinds.ts'
import { names } from '../../world/names.ts'
import type { Finding } from '@orbweaver/contracts/plan'
import { type Code, found, type Judge } from '../finding.ts'

const conflict: Code = {
  code: 'namespace.injection-conflict',
  severity: 'warning',
  istio: 'ignores',
  aliases: ['IST0123'],
}
/** istioctl does not see it where `istio-injection` forbids, and never in a control plane's usual namespace. */
const unseen: Code = { code: 'namespace.injection-conflict', severity: 'warning', istio: 'ignores' }
const blocked: Code = { code: 'namespace.injection-blocked', severity: 'warning', istio: 'ignores' }
const defaultUnserved: Code = { code: 'namespace.default-unserved', severity: 'error', istio: 'ignores' }
const revisionUnserved: Code = { code: 'namespace.revision-unserved', severity: 'error', istio: 'ignores' }
const twice: Code = { code: 'namespace.injected-twice', severity: 'error', istio: 'accepts' }

/**
 * Namespaces whose labels do not do what they seem to: both labels at once, a value that blocks every path, nobody who
 * answers, or two who do.
 */
export const namespaceInjection: Judge = {
  says: [conflict, blocked, defaultUnserved, revisionUnserved, twice],
  kinds: [kinds.namespace],
  where: 'every',
  judge(subject, world) {
    const injection = world.injection.find(({ view }) => view.cluster === subject.cluster)
    if (injection === undefined) return []
    const { name } = subject.object.metadata
    const labels = namespaceLabels(subject.view, name)
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'any', namespace: name } }
    const plain = simulate(injection, pod, labels)
    const isSeen = name !== 'istio-system' && labels[names.injection] === 'enabled'
    return [labelFinding(policyOf(labels), plain), doubleFinding(plain)]
      .filter((each) => each !== undefined)
      .map(({ code, params }) => ({ code: code === conflict && !isSeen ? unseen : code, params }))
      .map(({ code, params }) => found(subject, code, { pointer: '/metadata/labels', params }))
  },
}

type Judged = { code: Code; params: Finding['params'] }

function labelFinding({ policy, revision = '', value = '' }: NamespacePolicy, plain: Injection): Judged | undefined {
  const isServed = plain.matched.length > 0
  switch (policy) {
    case 'conflict':
      return { code: conflict, params: { value, revision } }
    case 'blocked':
      return { code: blocked, params: { value } }
    case 'enabled':
      return isServed ? undefined : { code: defaultUnserved, params: {} }
    case 'revision':
      return isServed ? undefined : { code: revisionUnserved, params: { revision } }
    case 'disabled':
    case 'none':
      return undefined
  }
}

function doubleFinding({ matched }: Injection): Judged | undefined {
  const [first, second] = matched
  if (first === undefined || second === undefined) return undefined
  return { code: twice, params: { first: first.config, second: second.config } }
}
