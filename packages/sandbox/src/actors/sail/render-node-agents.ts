import { type JsonRecord, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { type AgentChart, chartObject, commonLabels, type RevisionToRender } from './chart-objects.ts'

/** Charts istio-cni and ztunnel: names, labels and the DaemonSet, without what its Pods do on a node. */

const RBAC = 'rbac.authorization.k8s.io'
const HUB = 'registry.istio.io/release'
const TOLERATIONS = [
  { effect: 'NoSchedule', operator: 'Exists' },
  { key: 'CriticalAddonsOnly', operator: 'Exists' },
  { effect: 'NoExecute', operator: 'Exists' },
]

type Agent = {
  readonly name: string
  readonly account: string
  readonly container: string
  readonly image: string
  readonly selector: Record<string, string>
  readonly updates: JsonRecord
  readonly labels: Record<string, string>
  readonly annotations?: Record<string, string>
}

function daemonSet(agent: Agent, { namespace }: RevisionToRender): KubernetesObject {
  const podLabels = {
    ...agent.labels,
    ...agent.selector,
    'sidecar.istio.io/inject': 'false',
    'istio.io/dataplane-mode': 'none',
  }
  const spec = {
    selector: { matchLabels: agent.selector },
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: agent.updates },
    template: {
      metadata: { labels: podLabels, annotations: { 'sidecar.istio.io/inject': 'false' } },
      spec: {
        nodeSelector: { 'kubernetes.io/os': 'linux' },
        serviceAccountName: agent.account,
        priorityClassName: 'system-node-critical',
        tolerations: TOLERATIONS,
        containers: [{ name: agent.container, image: agent.image }],
      },
    },
  }
  const place = { apiVersion: 'apps/v1', kind: 'DaemonSet', name: agent.name, namespace, labels: agent.labels }
  const made = chartObject(place, { spec })
  const { annotations } = agent
  return annotations === undefined ? made : { ...made, metadata: { ...made.metadata, annotations } }
}

/** Of the agent's own values, then of all components'. */
function imageOf(
  { values, version }: RevisionToRender,
  of: { values: string; image: string; variant?: string },
): string {
  const said = (field: string): string | undefined =>
    textAt(values, of.values, field) ?? textAt(values, 'global', field)
  const variant = said('variant') ?? of.variant
  const tag = said('tag') ?? version.replace(/^v/, '')
  return `${said('hub') ?? HUB}/${of.image}:${tag}${variant === undefined ? '' : `-${variant}`}`
}

function account(name: string, namespace: string, labels: Record<string, string>): KubernetesObject {
  return chartObject({ apiVersion: 'v1', kind: 'ServiceAccount', name, namespace, labels }, {})
}

/** The labels of each chart name the chart itself. */
function agentLabels(chart: AgentChart, component: string): Record<string, string> {
  return { ...commonLabels('default', component), 'helm.sh/chart': `${chart}-1.0.0` }
}

function cni(wanted: RevisionToRender): KubernetesObject[] {
  const { namespace, version } = wanted
  const name = 'istio-cni'
  const labels: Record<string, string> = {
    ...agentLabels('cni', name),
    release: name,
    'istio.io/rev': 'default',
    'install.operator.istio.io/owning-resource': 'unknown',
    'operator.istio.io/component': 'Cni',
  }
  const own = { ...labels, app: name }
  const role = (of: string, rules: JsonRecord[]): KubernetesObject =>
    chartObject({ apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', name: of, labels: own }, { rules })
  const bound = (as: string, to: string, marked: Record<string, string>): KubernetesObject =>
    chartObject(
      { apiVersion: `${RBAC}/v1`, kind: 'ClusterRoleBinding', name: as, labels: { ...labels, ...marked } },
      {
        roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: to },
        subjects: [{ kind: 'ServiceAccount', name, namespace }],
      },
    )
  const read = [{ apiGroups: [''], resources: ['pods', 'nodes', 'namespaces'], verbs: ['get', 'list', 'watch'] }]
  const data = { CURRENT_AGENT_VERSION: version.replace(/^v/, ''), CHAINED_CNI_PLUGIN: 'true', REPAIR_ENABLED: 'true' }
  return [
    account(name, namespace, own),
    role(name, read),
    role(`${name}-repair-role`, read),
    bound(name, name, { app: name }),
    bound(`${name}-repair-rolebinding`, `${name}-repair-role`, { 'k8s-app': `${name}-repair` }),
    chartObject({ apiVersion: 'v1', kind: 'ConfigMap', name: `${name}-config`, namespace, labels: own }, { data }),
    daemonSet(
      {
        name: `${name}-node`,
        account: name,
        container: 'install-cni',
        image: imageOf(wanted, { values: 'cni', image: 'install-cni' }),
        selector: { 'k8s-app': `${name}-node` },
        updates: { maxUnavailable: 1 },
        labels,
      },
      wanted,
    ),
  ]
}

function ztunnel(wanted: RevisionToRender): KubernetesObject[] {
  const name = 'ztunnel'
  const labels = agentLabels('ztunnel', name)
  const set = daemonSet(
    {
      name,
      account: name,
      container: 'istio-proxy',
      image: imageOf(wanted, { values: name, image: name, variant: 'distroless' }),
      selector: { app: name },
      updates: { maxSurge: 1, maxUnavailable: 0 },
      labels,
      annotations: wanted.name === 'default' ? {} : { 'istio.io/rev': wanted.name },
    },
    wanted,
  )
  return [account(name, wanted.namespace, labels), set]
}

export function renderAgent(chart: AgentChart, wanted: RevisionToRender): Promise<KubernetesObject[]> {
  return Promise.resolve(chart === 'cni' ? cni(wanted) : ztunnel(wanted))
}
