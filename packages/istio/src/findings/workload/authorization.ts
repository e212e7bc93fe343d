import { kinds } from '../../world/kinds.ts'
import { templated, templateLabels } from '../carriers.ts'
import type { Labels } from '../../world/labels.ts'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { type Code, found, type Judge } from '../finding.ts'
import { selectorOf, targetsOf } from '../security/policy-rules.ts'
import { runsInMesh } from './template.ts'

const code: Code = { code: 'workload.no-authorization', severity: 'info', istio: 'accepts', aliases: ['KIA1301'] }

/** Workloads that no policy is for, where others of their namespace have one: everybody may call them. */
export const authorization: Judge = {
  says: [code],
  kinds: templated,
  where: 'every',
  judge(subject, world) {
    const { object, namespace } = subject
    if (!world.config.has(kinds.authorizationPolicy) || !world.complete(kinds.pod)) return []
    const own = world.config.list(kinds.authorizationPolicy, namespace).filter(isOfSidecars)
    const ofMesh = world.config.list(kinds.authorizationPolicy, world.mesh.rootNamespace).filter(isOfSidecars)
    const labels = templateLabels(object)
    if (own.length === 0 || [...own, ...ofMesh].some((each) => isFor(each, labels)) || !runsInMesh(subject)) return []
    return [found(subject, code, { params: { namespace, count: own.length } })]
  },
}

function isOfSidecars(policy: KubernetesObject): boolean {
  return targetsOf(policy).length === 0
}

function isFor(policy: KubernetesObject, labels: Labels): boolean {
  return Object.entries(selectorOf(policy)).every(([key, value]) => labels[key] === value)
}
