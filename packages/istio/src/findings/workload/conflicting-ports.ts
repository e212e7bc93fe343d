import { listAt, numberAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf, refOf } from '@orbweaver/contracts/kubernetes'
import { groupedBy } from '../../world/grouped.ts'
import { kinds } from '../../world/kinds.ts'
import { names } from '../../world/names.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { isInMesh, ofTemplate } from '../in-mesh.ts'

const protocols: Code = { code: 'workload.port-protocols', severity: 'warning', istio: 'accepts', aliases: ['IST0116'] }
const targets: Code = { code: 'workload.target-ports', severity: 'warning', istio: 'accepts', aliases: ['IST0137'] }

type Served = { service: KubernetesObject; port: number; protocol: string; target: string }

/**
 * Services over one Deployment that contradict each other (istio analyzers/deployment/services.go): one port by two
 * protocols, or one port of the Pods behind two ports. A sidecar has one listener for a port of its Pod.
 */
export const conflictingPorts: Judge = {
  says: [protocols, targets],
  kinds: [kinds.deployment],
  where: 'every',
  judge(subject) {
    const { object, namespace, view } = subject
    const isWaypoint = labelsOf(object)[names.gatewayManaged] === 'istio.io-mesh-controller'
    if (isWaypoint || !isInMesh(view, namespace, ofTemplate(object))) return []
    const labels = stringsAt(object, 'spec', 'template', 'metadata', 'labels')
    const served = view
      .list(kinds.service, namespace)
      .filter((each) => selects(each, labels))
      .flatMap(portsOf)
    const said = (code: Code, params: Record<string, string>, of: readonly Served[]) =>
      found(subject, code, {
        pointer: '/spec/template/metadata/labels',
        params: { ...params, services: [...new Set(of.map(({ service }) => service.metadata.name))].join(', ') },
        evidence: [...new Set(of.map(({ service }) => service))].map((each) => refOf(subject.cluster, each)),
      })
    const byPort = groupedBy(served, ({ port }) => String(port))
    const byTarget = groupedBy(served, ({ target }) => target)
    return [
      ...[...byPort].flatMap(([port, of]) =>
        differ(of, ({ protocol }) => protocol) ? [said(protocols, { port }, of)] : [],
      ),
      ...[...byTarget].flatMap(([target, of]) =>
        differ(of, ({ port }) => port)
          ? [said(targets, { target, ports: [...new Set(of.map(({ port }) => port))].join(', ') }, of)]
          : [],
      ),
    ]
  },
}

function differ(served: readonly Served[], by: (each: Served) => string | number): boolean {
  return new Set(served.map(by)).size > 1
}

function selects(service: KubernetesObject, labels: Readonly<Record<string, string>>): boolean {
  const selector = Object.entries(stringsAt(service, 'spec', 'selector'))
  return selector.length > 0 && selector.every(([key, value]) => labels[key] === value)
}

function portsOf(service: KubernetesObject): Served[] {
  return listAt(service, 'spec', 'ports').map((each) => {
    const port = numberAt(each, 'port') ?? 0
    const target = String(numberAt(each, 'targetPort') ?? textAt(each, 'targetPort') ?? '')
    const protocol = textAt(each, 'protocol') ?? 'TCP'
    return { service, port, protocol, target: target === '' || target === '0' ? String(port) : target }
  })
}
