import { at, stringsAt } from '@orbweaver/contracts/json'
import { labelsOf, refOf } from '@orbweaver/contracts/kubernetes'
import type { Fix } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import { hasLabels } from '../../world/labels.ts'
import { names } from '../../world/names.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { type LivePod, spell } from '../pods.ts'
import type { MeshWorld } from '../world.ts'

const ineffective: Code = {
  code: 'policy.gateway-selector',
  severity: 'warning',
  istio: 'ignores',
  aliases: ['IST0166'],
}

/**
 * Policies that select Pods of a Gateway of the Gateway API: those take only what refers to the Gateway (istio
 * analyzers/k8sgateway/workloadselector.go).
 */
export const gatewaySelector: Judge = {
  says: [ineffective],
  kinds: [kinds.authorizationPolicy, kinds.requestAuthentication, kinds.telemetry, kinds.wasmPlugin],
  judge(subject, world) {
    const { object, namespace } = subject
    const isTargeted = (at(object, 'spec', 'targetRef') ?? null) !== null
    if (isTargeted || (at(object, 'spec', 'selector') ?? null) === null) return []
    const labels = stringsAt(object, 'spec', 'selector', 'matchLabels')
    const pods = world.clusters.flatMap((view) =>
      view.list(kinds.pod, namespace).map((pod): LivePod => ({ cluster: view.cluster, pod })),
    )
    const selected = pods.filter(({ pod }) => hasLabels(pod, labels))
    const gateways = new Set(selected.map(({ pod }) => labelsOf(pod)[names.gatewayName]))
    const ofGateways = selected.filter(({ pod }) => labelsOf(pod)[names.gatewayName] !== undefined)
    if (ofGateways.length === 0) return []
    const known = [...gateways].filter((each) => each !== undefined)
    const [only] = known
    const isWhole = gateways.size === 1 && only !== undefined
    return [
      found(subject, ineffective, {
        pointer: '/spec/selector',
        params: { selector: spell(labels), gateways: known.join(', ') },
        evidence: ofGateways.map(({ cluster, pod }) => refOf(cluster, pod)),
        fixes: isWhole ? referring(subject, world, only) : [],
      }),
    ]
  },
}

/** A Telemetry that selects nothing is told from others by its selector: it is left to people. */
function referring(subject: Subject, world: MeshWorld, name: string): Fix[] {
  const { object, namespace } = subject
  const isThere = world.config.get(kinds.kubernetesGateway, name, namespace) !== undefined
  const hasTargets = at(object, 'spec', 'targetRefs') !== undefined
  if (!isThere || hasTargets || object.kind === 'Telemetry') return []
  const value = [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name }]
  return [
    fix(subject, { code: 'refer', params: { name } }, [
      { op: 'remove', path: '/spec/selector' },
      { op: 'add', path: '/spec/targetRefs', value },
    ]),
  ]
}
