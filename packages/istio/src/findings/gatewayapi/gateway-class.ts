import { textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding, Fix } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import { nearestWord } from '../../values/nearest.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { replace } from '../operations.ts'
import type { MeshWorld } from '../world.ts'
import { ownClasses } from './parents.ts'

const docs = 'tasks/traffic-management/ingress/gateway-api/'
const missing: Code = {
  code: 'k8sgateway.class-not-found',
  severity: 'error',
  istio: 'ignores',
  aliases: ['KIA1504'],
  docs,
}
const others: Code = { code: 'k8sgateway.class-of-others', severity: 'warning', istio: 'ignores', docs }

const own = [...ownClasses.keys()]
const controllers = [...ownClasses.values()]

/** Gateways that nobody carries out, and those of another controller that speak to Istio. */
export const gatewayClass: Judge = {
  says: [missing, others],
  kinds: [kinds.kubernetesGateway],
  judge(subject, world) {
    const { object } = subject
    const name = textAt(object, 'spec', 'gatewayClassName') ?? ''
    if (name === '' || !world.config.has(kinds.gatewayClass)) return []
    const pointer = '/spec/gatewayClassName'
    const used = world.config.get(kinds.gatewayClass, name)
    if (used === undefined) return own.includes(name) ? [] : ofNobody(subject, world, name)
    const controller = textAt(used, 'spec', 'controllerName') ?? ''
    const word = wordToIstio(object)
    if (controller === '' || controllers.includes(controller) || word === undefined) return []
    const evidence = [refOf(subject.cluster, used)]
    return [found(subject, others, { pointer, params: { name, controller, word }, evidence })]
  },
}

/** Controllers make their classes, as istiod does, and files are without them: in a cluster each has a status. */
function ofNobody(subject: Subject, world: MeshWorld, name: string): Finding[] {
  const fixes = near(subject, name)
  const isSeen = world.config.list(kinds.gatewayClass).some(({ status }) => status !== undefined)
  if (!isSeen && fixes.length === 0) return []
  const severity = isSeen ? missing.severity : 'warning'
  return [found(subject, missing, { pointer: '/spec/gatewayClassName', params: { name }, fixes, severity })]
}

/** One of Istio's own, where its name is nearly that. */
function near(subject: Subject, name: string): Fix[] {
  const meant = nearestWord(own, name)
  return meant === undefined
    ? []
    : [fix(subject, { code: 'class', params: { meant } }, [replace('/spec/gatewayClassName', meant)])]
}

/** A label or annotation by which Istio is steered. */
function wordToIstio(object: KubernetesObject): string | undefined {
  const said = [...Object.keys(labelsOf(object)), ...Object.keys(annotationsOf(object))]
  return said.find((each) => /^([\w-]+\.)*istio\.io\//.test(each))
}
