import { listAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** What a kubelet would read from an istiod Pod. Pure. */
const containerName = 'discovery'

const containerOf = (pod: KubernetesObject) =>
  listAt(pod, 'spec', 'containers').find((container) => textAt(container, 'name') === containerName)

/** The label is what the charts and the Sail Operator set; kwok's stages make the same distinction. */
export const istiodSelector = 'app=istiod'
export const isIstiodPod = (pod: KubernetesObject): boolean => containerOf(pod) !== undefined

const imageOf = (pod: KubernetesObject): string => textAt(containerOf(pod), 'image') ?? ''

export const podIpOf = (pod: KubernetesObject): string | undefined => textAt(pod, 'status', 'podIP')

/** Ports of the container, and the flag that moves each to an address of this machine. */
export const istiodPorts = [
  { container: 8080, flag: 'httpAddr' },
  { container: 15010, flag: 'grpcAddr' },
  { container: 15012, flag: 'secureGRPCAddr' },
  { container: 15014, flag: 'monitoringAddr' },
  { container: 15017, flag: 'httpsAddr' },
] as const
export const readyPort = 8080

const ours: readonly string[] = [...istiodPorts.map(({ flag }) => flag), 'ctrlz_port', 'ctrlz_address', 'kubeconfig']

const withoutOurs = (args: readonly string[]): readonly string[] =>
  args.filter((arg, index) => {
    const isOurs = (text: string | undefined) => ours.includes((text ?? '').replace(/^--/, '').split('=')[0] ?? '')
    const isValueOfOurs = !arg.startsWith('--') && isOurs(args[index - 1]) && args[index - 1]?.includes('=') === false
    return !isOurs(arg) && !isValueOfOurs
  })

export const argumentsOf = (
  pod: KubernetesObject,
  kubeconfig: string,
  ports: ReadonlyMap<number, number>,
): readonly string[] => {
  const own = listAt(containerOf(pod), 'args').filter((arg) => typeof arg === 'string')
  const addresses = istiodPorts.map(({ container, flag }) => `--${flag}=127.0.0.1:${ports.get(container) ?? 0}`)
  return [...withoutOurs(own), ...addresses, '--ctrlz_port=0', `--kubeconfig=${kubeconfig}`]
}

const fieldOf = (pod: KubernetesObject, path: string): string | undefined => {
  const [, map, key] = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path) ?? []
  return map !== undefined && key !== undefined ? stringsAt(pod, 'metadata', map)[key] : textAt(pod, ...path.split('.'))
}

/** KUBECONFIG names a mount that most installations leave empty: the flag above says which one is used. */
const notPassed = ['KUBECONFIG']

export const environmentOf = (pod: KubernetesObject): Readonly<Record<string, string>> => {
  const entries = listAt(containerOf(pod), 'env').flatMap((variable): [string, string][] => {
    const name = textAt(variable, 'name')
    const path = textAt(variable, 'valueFrom', 'fieldRef', 'fieldPath')
    const value = textAt(variable, 'value') ?? (path === undefined ? undefined : fieldOf(pod, path))
    return name === undefined || value === undefined || notPassed.includes(name) ? [] : [[name, value]]
  })
  return Object.fromEntries(entries)
}

/** A Secret or ConfigMap that appears as files in the container. */
export type Mount = {
  readonly kind: 'Secret' | 'ConfigMap'
  readonly name: string
  /** Relative to the working directory: istiod reads `./etc/cacerts`, and its container starts in `/`. */
  readonly path: string
}

export const mountsOf = (pod: KubernetesObject): readonly Mount[] =>
  listAt(containerOf(pod), 'volumeMounts').flatMap((mount): readonly Mount[] => {
    const volume = listAt(pod, 'spec', 'volumes').find((each) => textAt(each, 'name') === textAt(mount, 'name'))
    const path = `.${textAt(mount, 'mountPath') ?? '/'}`
    const secret = textAt(volume, 'secret', 'secretName')
    if (secret !== undefined) return [{ kind: 'Secret', name: secret, path }]
    const configMap = textAt(volume, 'configMap', 'name')
    return configMap === undefined ? [] : [{ kind: 'ConfigMap', name: configMap, path }]
  })

/** Without these istiod never patches the webhooks' caBundle, and Pods of injected namespaces are refused. */
export const neededConfigMaps = (pod: KubernetesObject): readonly string[] => {
  const revision = environmentOf(pod)['REVISION'] ?? 'default'
  const suffix = revision === 'default' || revision === '' ? '' : `-${revision}`
  return [`istio${suffix}`, `istio-sidecar-injector${suffix}`]
}

export type ContainerState = { readonly ready: boolean; readonly restarts: number; readonly waiting?: string }

/** What a kubelet would report; `waiting` says why the process does not run. */
export const statusOf = (pod: KubernetesObject, state: ContainerState, now: string): KubernetesObject['status'] => {
  const status = state.ready ? 'True' : 'False'
  const reason = state.ready ? {} : { reason: 'ContainersNotReady' }
  const running = state.waiting === undefined
  const container = {
    name: containerName,
    image: imageOf(pod),
    imageID: imageOf(pod),
    ready: state.ready,
    started: running,
    restartCount: state.restarts,
    state: running
      ? { running: { startedAt: now } }
      : { waiting: { reason: state.restarts > 0 ? 'CrashLoopBackOff' : 'ContainerCreating', message: state.waiting } },
  }
  return {
    phase: running || state.restarts > 0 ? 'Running' : 'Pending',
    conditions: ['Ready', 'ContainersReady'].map((type) => ({ type, status, lastTransitionTime: now, ...reason })),
    containerStatuses: [container],
  }
}

export const serviceAccountOf = (pod: KubernetesObject): string =>
  textAt(pod, 'spec', 'serviceAccountName') ?? 'default'

/** The object that lets kwok answer `pods/portforward` of this Pod with the process on this machine. */
export const portForwardOf = (pod: KubernetesObject, ports: ReadonlyMap<number, number>): KubernetesObject => ({
  apiVersion: 'kwok.x-k8s.io/v1alpha1',
  kind: 'PortForward',
  metadata: {
    name: pod.metadata.name,
    namespace: pod.metadata.namespace ?? 'default',
    ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: pod.metadata.name, uid: pod.metadata.uid ?? '' }],
  },
  spec: {
    forwards: [...ports].map(([container, port]) => ({ ports: [container], target: { address: '127.0.0.1', port } })),
  },
})

export const isBeingDeleted = (pod: KubernetesObject): boolean => pod.metadata.deletionTimestamp !== undefined
