import { textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject } from '@orbweaver/contracts/kubernetes'

/**
 * Native sidecars: the Pod's annotation, else istiod's ENABLE_NATIVE_SIDECARS, else kubelets at 1.33 or newer: the one of the Pod's node
 * when it has one, otherwise every one (pkg/kube/inject/webhook.go DetectNativeSidecar).
 */
export function wantsNative(pod: KubernetesObject, setting: string | undefined, all: KubernetesObject[]): boolean {
  const wish = annotationsOf(pod)['sidecar.istio.io/nativeSidecar'] ?? ''
  if (wish !== '') return wish !== 'false'
  if (setting === 'true' || setting === 'false') return setting === 'true'
  const own = all.find((each) => each.metadata.name === textAt(pod, 'spec', 'nodeName'))
  return own === undefined ? all.every(supportsNative) : supportsNative(own)
}

function supportsNative(node: KubernetesObject): boolean {
  const version = /^v1\.(\d+)\./.exec(textAt(node, 'status', 'nodeInfo', 'kubeletVersion') ?? '')?.[1]
  return version !== undefined && Number(version) >= 33
}
