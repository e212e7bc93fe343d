import type { Labels } from '../promql/labels.ts'
import type { Flow, Peer } from './flow.ts'
import type { PodFacts } from './pod-facts.ts'

const unknown = 'unknown'

/** The labels that all of Istio's standard metrics have (pilot/pkg/model/telemetry.go); what nobody knows is `unknown`. */
export function requestLabels({ reporter, from, service, to }: Flow): Labels {
  const bothSpeak = from.pod.proxy !== undefined && to?.pod.proxy !== undefined
  return {
    reporter,
    ...peerLabels('source', from),
    ...(to === undefined ? nobody('destination') : peerLabels('destination', to)),
    destination_service: `${service.name}.${service.namespace}.svc.cluster.local`,
    destination_service_name: service.name,
    destination_service_namespace: service.namespace,
    request_protocol: service.protocol,
    // Only who is called knows.
    connection_security_policy: reporter === 'source' ? unknown : bothSpeak ? 'mutual_tls' : 'none',
  }
}

/** Who has no proxy is known by what its control plane says of its endpoint: the workload, and nothing that it would say itself. */
function peerLabels(side: 'source' | 'destination', { pod, cluster }: Peer): Labels {
  const { proxy } = pod
  return {
    [`${side}_workload`]: pod.workload,
    [`${side}_workload_namespace`]: pod.namespace,
    [`${side}_principal`]: proxy?.principal ?? unknown,
    [`${side}_app`]: proxy === undefined ? unknown : (pod.labels.app ?? unknown),
    [`${side}_version`]: proxy === undefined ? unknown : (pod.labels.version ?? unknown),
    [`${side}_cluster`]: proxy?.cluster ?? cluster,
    [`${side}_canonical_service`]: canonicalService(pod),
    [`${side}_canonical_revision`]: canonicalRevision(pod),
  }
}

/** pkg/model/labels.go CanonicalServiceLabels. */
function canonicalService({ labels, workload }: PodFacts): string {
  return labels['service.istio.io/canonical-name'] ?? labels['app.kubernetes.io/name'] ?? labels.app ?? workload
}

function canonicalRevision({ labels }: PodFacts): string {
  return (
    labels['service.istio.io/canonical-revision'] ?? labels['app.kubernetes.io/version'] ?? labels.version ?? 'latest'
  )
}

function nobody(side: string): Labels {
  const parts = [
    'workload',
    'workload_namespace',
    'principal',
    'app',
    'version',
    'cluster',
    'canonical_service',
    'canonical_revision',
  ]
  return Object.fromEntries(parts.map((part) => [`${side}_${part}`, unknown]))
}

/** What the scrape configuration of Istio's addon adds: where a target is, and its Pod's labels. */
export function targetLabels({ namespace, name, address, node, labels }: PodFacts): Labels {
  const own = Object.entries(labels).map(([key, value]): [string, string] => [
    key.replaceAll(/[^a-zA-Z0-9_]/g, '_'),
    value,
  ])
  return {
    ...Object.fromEntries(own.filter(([, value]) => value !== '')),
    namespace,
    pod: name,
    node,
    instance: `${address}:15020`,
    job: 'kubernetes-pods',
  }
}
