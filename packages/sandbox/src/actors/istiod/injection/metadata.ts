import { annotationsOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { containerNames, networkOf, type Template, workloadOf } from './proxy-container.ts'

/** `mutual` is for workloads, whose proxies take mutual TLS for them; gateways have no such label. */
export function injectedLabels(
  pod: KubernetesObject,
  template: Template,
  { mutual }: { mutual: boolean },
): Record<string, string> {
  const labels = labelsOf(pod)
  /** An empty label counts as none: the template says `default`. */
  const first = (...keys: string[]): string | undefined =>
    keys.map((key) => labels[key]).find((each) => each !== undefined && each !== '')
  const name = first('service.istio.io/canonical-name', 'app.kubernetes.io/name', 'app') ?? workloadOf(pod).name
  const network = networkOf(pod, template)
  return {
    ...labels,
    ...(mutual ? { 'security.istio.io/tlsMode': first('security.istio.io/tlsMode') ?? 'istio' } : {}),
    'service.istio.io/canonical-name': name.slice(0, 63).replace(/^[-_.]+|[-_.]+$/g, ''),
    'service.istio.io/canonical-revision':
      first('service.istio.io/canonical-revision', 'app.kubernetes.io/version', 'version') ?? 'latest',
    ...(network === '' ? {} : { 'topology.istio.io/network': network }),
  }
}

/** Annotation sidecar.istio.io/status: what injection has added, by name. */
export type Added = { initContainers: string[]; containers: string[]; volumes: string[]; revision: string }

const orNull = (names: string[]): string[] | null => (names.length === 0 ? null : names)

export function injectedAnnotations(
  pod: KubernetesObject,
  template: Template,
  { added, overrides }: { added: Added; overrides: string | undefined },
): Record<string, string> {
  const own = annotationsOf(pod)
  const status = {
    initContainers: orNull(added.initContainers),
    containers: orNull(added.containers),
    volumes: orNull(added.volumes),
    imagePullSecrets: null,
    revision: added.revision,
  }
  const [main] = containerNames(pod)
  const names =
    main === undefined
      ? {}
      : { 'kubectl.kubernetes.io/default-container': main, 'kubectl.kubernetes.io/default-logs-container': main }
  return {
    ...names,
    ...scraped(own),
    'istio.io/rev': template.revision,
    ...(overrides === undefined ? {} : { 'proxy.istio.io/overrides': overrides }),
    'sidecar.istio.io/status': JSON.stringify(status),
    ...template.injectedAnnotations,
  }
}

const SCRAPE = /^prometheus[./_]io[./_](path|port|scrape)$/
const AGENT_PORT = '15020'

/** Points Prometheus at the agent, which merges the metrics of both (pkg/kube/inject/webhook.go applyPrometheusMerge). */
function scraped(annotations: Record<string, string>): Record<string, string> {
  const named = (what: string): string | undefined =>
    Object.entries(annotations).find(([key]) => SCRAPE.exec(key)?.[1] === what)?.[1]
  const refused = ['0', 'f', 'F', 'false', 'FALSE', 'False']
  const merges = annotations['prometheus.istio.io/merge-metrics'] ?? 'true'
  if (refused.includes(named('scrape') ?? '') || refused.includes(merges)) return annotations
  if (named('port') === AGENT_PORT) return annotations
  return {
    ...Object.fromEntries(Object.entries(annotations).filter(([key]) => !SCRAPE.test(key))),
    'prometheus.io/path': '/stats/prometheus',
    'prometheus.io/port': AGENT_PORT,
    'prometheus.io/scrape': 'true',
  }
}
