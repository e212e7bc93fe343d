import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { type NamespacePolicy, policyOf } from '../injection/policy.ts'
import { type Injection, simulate } from '../injection/simulate.ts'
import { type InjectionWorld, namespaceLabels } from '../injection/world.ts'
import { kinds } from '../world/kinds.ts'
import { finding, type Judge } from './finding.ts'

/**
 * Namespaces whose labels do not do what they seem to: both labels at once, a value that blocks every path, nobody who
 * answers, or two who do.
 */
export const namespaceInjection: Judge = (world) =>
  world.injection.flatMap((each) => each.view.list(kinds.namespace).flatMap((object) => judgeNamespace(each, object)))

function judgeNamespace(world: InjectionWorld, object: KubernetesObject): Finding[] {
  const { name } = object.metadata
  const labels = namespaceLabels(world.view, name)
  const asked = policyOf(labels)
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'any', namespace: name } }
  const plain = simulate(world, pod, labels)
  const common = { cluster: world.view.cluster, object, pointer: '/metadata/labels' }
  return [labelFinding(asked, plain), doubleFinding(plain)]
    .filter((each) => each !== undefined)
    .map((each) => finding({ ...common, ...each }))
}

type Judged = Pick<Finding, 'code' | 'severity' | 'params'> & { aliases?: string[] }

function labelFinding({ policy, revision = '', value = '' }: NamespacePolicy, plain: Injection): Judged | undefined {
  switch (policy) {
    case 'conflict':
      return {
        code: 'namespace.injection-conflict',
        severity: 'warning',
        params: { value, revision },
        aliases: ['IST0123'],
      }
    case 'blocked':
      return { code: 'namespace.injection-blocked', severity: 'warning', params: { value } }
    case 'enabled':
      return plain.matched.length > 0
        ? undefined
        : { code: 'namespace.default-unserved', severity: 'error', params: {} }
    case 'revision':
      return plain.matched.length > 0
        ? undefined
        : { code: 'namespace.revision-unserved', severity: 'error', params: { revision } }
    case 'disabled':
    case 'none':
      return undefined
  }
}

function doubleFinding({ matched }: Injection): Judged | undefined {
  const [first, second] = matched
  if (first === undefined || second === undefined) return undefined
  const params = { first: first.config, second: second.config }
  return { code: 'namespace.injected-twice', severity: 'error', params }
}
