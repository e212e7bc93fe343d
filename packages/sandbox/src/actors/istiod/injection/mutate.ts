import { type JsonRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import {
  containerNames,
  initContainer,
  PROXY_VOLUMES,
  proxyContainer,
  type Template,
  workloadOf,
} from './proxy-container.ts'

export type PatchOperation = { op: 'add'; path: string; value: JsonRecord | JsonRecord[] }

/**
 * The JSON patch that puts a proxy into a Pod, shaped as istiod's (files/injection-template.yaml, pkg/kube/inject
 * reorderPod): classic sidecar last among the containers, native sidecar right after istio-init.
 */
export function injectionPatch(pod: KubernetesObject, template: Template): PatchOperation[] {
  const gateway = annotationsOf(pod)['inject.istio.io/templates'] === 'gateway'
  const parts = gateway ? gatewayParts(pod, template) : sidecarParts(pod, template)
  return [
    { op: 'add', path: '/metadata/labels', value: injectedLabels(pod, template) },
    { op: 'add', path: '/metadata/annotations', value: injectedAnnotations(pod, template, parts) },
    { op: 'add', path: '/spec/initContainers', value: parts.initContainers },
    { op: 'add', path: '/spec/containers', value: parts.containers },
    { op: 'add', path: '/spec/volumes', value: [...records(pod, 'volumes'), ...PROXY_VOLUMES] },
  ]
}

type Parts = { initContainers: JsonRecord[]; containers: JsonRecord[]; addedInit: string[]; addedMain: string[] }

function records(pod: KubernetesObject, list: string): JsonRecord[] {
  return listAt(pod, 'spec', list).map((each) => recordAt(each))
}

function isProxy(container: JsonRecord): boolean {
  return container.name === 'istio-proxy'
}

function sidecarParts(pod: KubernetesObject, template: Template): Parts {
  const init = records(pod, 'initContainers').filter((each) => !isProxy(each))
  const custom = records(pod, 'containers').find(isProxy)
  const main = records(pod, 'containers').filter((each) => !isProxy(each))
  const [setup, proxy] = [
    initContainer(pod, template),
    { ...proxyContainer(pod, template, 'sidecar'), ...overrides(custom) },
  ]
  const setupName = textAt(setup, 'name') ?? ''
  if (template.native) {
    const initContainers = [setup, proxy, ...init]
    return { initContainers, containers: main, addedInit: [setupName, 'istio-proxy'], addedMain: [] }
  }
  const initContainers = setupName === 'istio-validation' ? [setup, ...init] : [...init, setup]
  return { initContainers, containers: [...main, proxy], addedInit: [setupName], addedMain: ['istio-proxy'] }
}

/** Fields of a container named istio-proxy that the Pod brings itself win; image `auto` means the template's. */
function overrides(custom: JsonRecord | undefined): JsonRecord {
  if (custom === undefined) return {}
  const { image, ...rest } = custom
  return image === 'auto' ? rest : custom
}

function gatewayParts(pod: KubernetesObject, template: Template): Parts {
  const proxy = proxyContainer(pod, template, 'router')
  const env = listAt(proxy, 'env').map((each) => recordAt(each))
  const containers = records(pod, 'containers').map((each) => {
    if (!isProxy(each)) return each
    const own = listAt(each, 'env').map((entry) => recordAt(entry))
    return { ...proxy, ...overrides(each), env: [...env, ...own] }
  })
  return { initContainers: records(pod, 'initContainers'), containers, addedInit: [], addedMain: ['istio-proxy'] }
}

function injectedLabels(pod: KubernetesObject, template: Template): Record<string, string> {
  const labels = labelsOf(pod)
  const first = (...keys: string[]): string | undefined =>
    keys.map((key) => labels[key]).find((each) => each !== undefined)
  const name = first('service.istio.io/canonical-name', 'app.kubernetes.io/name', 'app') ?? workloadOf(pod).name
  const network = template.environment.ISTIO_META_NETWORK ?? textAt(template.values, 'global', 'network') ?? ''
  return {
    ...labels,
    'security.istio.io/tlsMode': labels['security.istio.io/tlsMode'] ?? 'istio',
    'service.istio.io/canonical-name': name.slice(0, 63).replace(/^[-_.]+|[-_.]+$/g, ''),
    'service.istio.io/canonical-revision':
      first('service.istio.io/canonical-revision', 'app.kubernetes.io/version', 'version') ?? 'latest',
    ...(network === '' ? {} : { 'topology.istio.io/network': network }),
  }
}

function injectedAnnotations(pod: KubernetesObject, template: Template, parts: Parts): Record<string, string> {
  const [main] = containerNames(pod)
  const container = main ?? 'istio-proxy'
  const status = {
    initContainers: parts.addedInit.length === 0 ? null : parts.addedInit,
    containers: parts.addedMain.length === 0 ? null : parts.addedMain,
    volumes: PROXY_VOLUMES.map((each) => textAt(each, 'name')),
    imagePullSecrets: null,
    revision: template.revision,
  }
  return {
    'kubectl.kubernetes.io/default-container': container,
    'kubectl.kubernetes.io/default-logs-container': container,
    'prometheus.io/path': '/stats/prometheus',
    'prometheus.io/port': '15020',
    'prometheus.io/scrape': 'true',
    ...annotationsOf(pod),
    'istio.io/rev': template.revision,
    'sidecar.istio.io/status': JSON.stringify(status),
  }
}
