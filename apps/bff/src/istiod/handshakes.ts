import { type KubernetesObject, targetOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import type { Identity } from '@orbweaver/kube/client'
import { KubeError } from '@orbweaver/kube/error'
import type { ClusterDoor } from '../kube/doors.ts'
import { createPodAnswers } from './pod-answers.ts'

/** `grpc-xds`, which proxies connect to by TLS (pilot/pkg/bootstrap/server.go initSecureDiscoveryService, 1.30). */
const securePort = 15_012
const deadlineMs = 3_000

/** The certificates that one istiod showed, its own first (PEM); or why it did not. */
export type Shown = { pod: string } & ({ shown: string[] } | { why: Message })

const kept = createPodAnswers<string[]>()

/** Connects to an istiod as the person, looks at what it shows, and hangs up. */
export async function handshakeWith(door: ClusterDoor, identity: Identity, istiod: KubernetesObject): Promise<Shown> {
  const pod = istiod.metadata.name
  const { namespace = '' } = istiod.metadata
  const ask = () =>
    door.as(identity).certificatesThroughPod(targetOf(istiod.metadata), { port: securePort, deadlineMs })
  try {
    return { pod, shown: await kept({ door, identity, pod: istiod }, ask) }
  } catch (error) {
    if (!(error instanceof KubeError)) throw error
    const why: Message =
      error.code === 'forbidden'
        ? { code: 'certificates.forward_not_permitted', params: { cluster: door.name, namespace } }
        : { code: 'meshes.istiod_silent', params: { pod, what: `kube.${error.code}` } }
    return { pod, why }
  }
}
