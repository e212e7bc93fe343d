import { isJson, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { imageVersion } from '../plain.ts'
import { names } from '../world/names.ts'

/** What runs beside (or in front of) a Pod's containers, read from the Pod itself. */
export type Proxy =
  | { kind: 'none' }
  | { kind: 'ambient'; ready: boolean }
  /** Made by istiod for a Gateway API Gateway or waypoint: it follows its control plane by itself. */
  | { kind: 'managed-gateway'; waypoint: boolean; revision: string | undefined; version: string | undefined }
  | { kind: 'sidecar' | 'gateway'; revision: string; version: string | undefined; native: boolean }

/**
 * The truth about a Pod's proxy. The annotation `istio.io/rev` is who injected (never a tag); the label of that name is
 * only a wish. Native sidecars are init containers with restartPolicy Always, the default on kubelets from 1.33.
 */
export function readProxy(pod: KubernetesObject): Proxy {
  const annotations = annotationsOf(pod)
  const managed = labelsOf(pod)[names.gatewayManaged]
  if (managed !== undefined) {
    const waypoint = managed === 'istio.io-mesh-controller'
    const version = imageVersion(proxyContainer(pod)?.image)
    return { kind: 'managed-gateway', waypoint, revision: annotations[names.revision], version }
  }
  const status = annotations[names.status]
  if (status !== undefined) return injectedProxy(pod, annotations, status)
  const redirection = annotations[names.redirection]
  if (redirection === 'enabled' || redirection === 'pending') {
    return { kind: 'ambient', ready: redirection === 'enabled' }
  }
  return { kind: 'none' }
}

/** Whether the injector is asked for a proxy on its own, in front of no application (istio `inject.istio.io/templates`). */
export function asksForGateway(annotations: Readonly<Record<string, string>>): boolean {
  return (annotations[names.templates] ?? '').split(',').some((each) => each.trim() === 'gateway')
}

function injectedProxy(pod: KubernetesObject, annotations: Record<string, string>, status: string): Proxy {
  const container = proxyContainer(pod)
  return {
    kind: asksForGateway(annotations) ? 'gateway' : 'sidecar',
    revision: annotations[names.revision] ?? revisionInStatus(status) ?? 'default',
    version: imageVersion(container?.image),
    native: container?.native ?? false,
  }
}

function proxyContainer(pod: KubernetesObject): { image: string | undefined; native: boolean } | undefined {
  const isProxy = (each: Json) => textAt(each, 'name') === 'istio-proxy'
  const plain = listAt(pod, 'spec', 'containers').find(isProxy)
  if (plain !== undefined) return { image: textAt(plain, 'image'), native: false }
  const init = listAt(pod, 'spec', 'initContainers').find(isProxy)
  if (init === undefined || textAt(init, 'restartPolicy') !== 'Always') return undefined
  return { image: textAt(init, 'image'), native: true }
}

function revisionInStatus(status: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(status)
    const revision = isJson(parsed) ? textAt(parsed, 'revision') : undefined
    return revision === '' ? undefined : revision
  } catch {
    return undefined
  }
}
