import { stringsAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import type { Fix } from '@orbweaver/contracts/plan'
import { scrapeFault } from '../../injection/scrape-ports.ts'
import { step } from '../../pointer.ts'
import { kinds } from '../../world/kinds.ts'
import { templated } from '../carriers.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { isInjectedIn, ofPod, ofTemplate } from '../in-mesh.ts'

const code: Code = { code: 'workload.metrics-port', severity: 'error', istio: 'rejects', aliases: [] }

/** Pods that the injector refuses for the port of their metrics (istio pkg/kube/inject/webhook.go, applyPrometheusMerge). */
export const metricsPort: Judge = {
  says: [code],
  kinds: [kinds.pod, ...templated],
  where: 'every',
  judge(subject, world) {
    const { object } = subject
    // A Pod that is there was let in, whatever it says.
    if (object.kind === 'Pod' && object.metadata.uid !== undefined) return []
    const { place, annotations } = annotated(object)
    const fault = scrapeFault(annotations, world.mesh)
    if (fault === undefined || !asksForProxy(subject)) return []
    const { name, port, reason } = fault
    const pointer = `${place}${step(name)}`
    return [found(subject, code, { pointer, params: { name, port, reason }, fixes: ways(subject, { name, pointer }) })]
  },
}

function annotated(object: KubernetesObject) {
  return object.kind === 'Pod'
    ? { place: '/metadata/annotations', annotations: annotationsOf(object) }
    : {
        place: '/spec/template/metadata/annotations',
        annotations: stringsAt(object, 'spec', 'template', 'metadata', 'annotations'),
      }
}

/** By whatever label; a revision that nobody serves is told elsewhere. */
function asksForProxy({ object, namespace, view }: Subject): boolean {
  const home = view.get(kinds.namespace, namespace)
  return isInjectedIn(
    object.kind === 'Pod' ? ofPod(object) : ofTemplate(object),
    home === undefined ? {} : labelsOf(home),
  )
}

/** Without it the agent says its own port, which is where Prometheus finds what is merged. */
function ways(subject: Subject, { name, pointer }: { name: string; pointer: string }): Fix[] {
  return [fix(subject, { code: 'drop-annotation', params: { name } }, [{ op: 'remove', path: pointer }])]
}
