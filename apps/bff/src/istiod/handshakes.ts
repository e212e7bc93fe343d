import { type KubernetesObject, targetOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import type { Identity } from '@orbweaver/kube/client'
import { KubeError } from '@orbweaver/kube/error'
import { type Answers, createAnswers } from '../kube/answers.ts'
import type { ClusterDoor } from '../kube/doors.ts'

/** `grpc-xds`, which proxies connect to by TLS (pilot/pkg/bootstrap/server.go initSecureDiscoveryService, 1.30). */
const securePort = 15_012
const deadlineMs = 3_000

/** The certificates that one istiod showed, its own first (PEM); or why it did not. */
export type Shown = { pod: string } & ({ shown: string[] } | { why: Message })

/** A page that is told of changes asks often: a person is shown the same for so long (ms). */
const ttlMs = 30_000
const kept = new WeakMap<ClusterDoor, Answers<string[]>>()

/** Connects to an istiod as the person, looks at what it shows, and hangs up. */
export async function handshakeWith(door: ClusterDoor, identity: Identity, istiod: KubernetesObject): Promise<Shown> {
  const pod = istiod.metadata.name
  const { namespace = '' } = istiod.metadata
  const answers = kept.get(door) ?? createAnswers({ ttlMs, max: 500 })
  kept.set(door, answers)
  const key = JSON.stringify([identity.user, identity.groups, istiod.metadata.uid])
  const ask = () =>
    door.as(identity).certificatesThroughPod(targetOf(istiod.metadata), { port: securePort, deadlineMs })
  try {
    return { pod, shown: await answers.get(key, ask) }
  } catch (error) {
    if (!(error instanceof KubeError)) throw error
    const why: Message =
      error.code === 'forbidden'
        ? { code: 'certificates.forward_not_permitted', params: { cluster: door.name, namespace } }
        : { code: 'meshes.istiod_silent', params: { pod, what: `kube.${error.code}` } }
    return { pod, why }
  }
}
