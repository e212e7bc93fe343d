import { type KubernetesObject, targetOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { type ProxySecrets, readProxySecrets } from '@orbweaver/istio/certificates/proxy-certificate'
import type { Identity, PodAnswer } from '@orbweaver/kube/client'
import { KubeError } from '@orbweaver/kube/error'
import type { ClusterDoor } from '../kube/doors.ts'
import { createPodAnswers } from './pod-answers.ts'

/** Envoy's administration, on the Pod's loopback alone (mesh.proto ProxyConfig.proxyAdminPort, 1.30). */
const request = {
  port: 15_000,
  path: '/config_dump?resource=dynamic_active_secrets',
  deadlineMs: 2_500,
  maxAnswerBytes: 1024 * 1024,
}

const kept = createPodAnswers<PodAnswer>()

/** What the proxy of a Pod was given, asked as the person; or why it is not known. */
export async function secretsOfProxy(
  door: ClusterDoor,
  identity: Identity,
  pod: KubernetesObject,
): Promise<ProxySecrets | { why: Message }> {
  const { name, namespace = '' } = pod.metadata
  try {
    const ask = () => door.as(identity).getThroughPod(targetOf(pod.metadata), request)
    const { status, body } = await kept({ door, identity, pod }, ask)
    if (status !== 200) return { why: { code: 'certificates.proxy_refused', params: { pod: name, status } } }
    return readProxySecrets(body) ?? unreadable(name)
  } catch (error) {
    if (!(error instanceof KubeError)) throw error
    if (error.code === 'forbidden') {
      return { why: { code: 'certificates.forward_not_permitted', params: { cluster: door.name, namespace } } }
    }
    return { why: { code: 'certificates.proxy_silent', params: { pod: name, what: `kube.${error.code}` } } }
  }
}

export function unreadable(pod: string): { why: Message } {
  return { why: { code: 'certificates.proxy_unreadable', params: { pod } } }
}
