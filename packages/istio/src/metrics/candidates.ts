import { listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../world/kinds.ts'
import type { ClusterView } from '../world/view.ts'

/** A Service that may be a Prometheus, and the port of it that may answer queries. */
export type Candidate = { namespace: string; name: string; port: number }

/** Enough to choose from: a cluster of many teams has one each. */
const most = 10

/** What charts and manifests label a Prometheus, or what answers as one, by (prometheus-community, Istio's addons, Thanos). */
const products = new Set([
  'prometheus',
  'prometheus-server',
  'thanos-query',
  'thanos-query-frontend',
  'querier',
  'query',
])
const named = /(?:^|-)prometheus(?:-server|-k8s|-operated)?$|^thanos-quer(?:y|ier)(?:-frontend)?$/
/** What goes by the name without answering queries. */
const others = /operator$|adapter|alertmanager|exporter|pushgateway|thanos-(?:discovery|sidecar)/
const [usualPort, otherPort] = [9_090, 80]
const portNames = ['web', 'http-web', 'http', 'http-prometheus']

/** Services that look like one: those that have its usual port first. */
export function prometheusCandidates(view: ClusterView): Candidate[] {
  return view
    .list(kinds.service)
    .filter(looksLikeOne)
    .flatMap(candidateOf)
    .toSorted(
      (a, b) =>
        Number(b.port === usualPort) - Number(a.port === usualPort) ||
        a.namespace.localeCompare(b.namespace, 'en') ||
        a.name.localeCompare(b.name, 'en'),
    )
    .slice(0, most)
}

function looksLikeOne(service: KubernetesObject): boolean {
  const { name } = service.metadata
  const { app = '', 'app.kubernetes.io/name': product = '' } = labelsOf(service)
  if (others.test(name) || textAt(service, 'spec', 'type') === 'ExternalName') return false
  return (
    named.test(name) ||
    product === 'prometheus' ||
    (products.has(product) && hasUsualPort(service)) ||
    app === 'prometheus'
  )
}

function hasUsualPort(service: KubernetesObject): boolean {
  return listAt(service, 'spec', 'ports').some((each) => numberAt(each, 'port') === usualPort)
}

function candidateOf(service: KubernetesObject): Candidate[] {
  const { namespace = '', name } = service.metadata
  const ports = listAt(service, 'spec', 'ports')
  const found =
    ports.find((each) => numberAt(each, 'port') === usualPort) ??
    ports.find((each) => portNames.includes(textAt(each, 'name') ?? '')) ??
    ports.find((each) => numberAt(each, 'port') === otherPort)
  const port = numberAt(found, 'port')
  return port === undefined ? [] : [{ namespace, name, port }]
}
