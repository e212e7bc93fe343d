import { textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import { certificatesIn } from '@orbweaver/istio/certificates/certificate'
import type { RootFact } from '@orbweaver/istio/preflight/check'
import type { KubeClient } from '@orbweaver/kube/client'
import { configMaps } from '@orbweaver/kube/resources'
import { inFlight } from '../changes/in-flight.ts'

type RootsInput = { cluster: string; client: KubeClient; namespaces: readonly string[]; patienceMs: number }

/** As istiod names it (istio pilot/pkg/serviceregistry/kube/controller/namespacecontroller.go, 1.30). */
const name = 'istio-ca-root-cert'

/**
 * Roots of trust as istiod hands them out, public all of them: one ConfigMap of each namespace, listed by its name, since
 * the console's own account may list ConfigMaps and get none. Rejects with KubeError.
 */
export async function rootsIn({ cluster, client, namespaces, patienceMs }: RootsInput): Promise<RootFact[]> {
  const lists = await inFlight([...new Set(namespaces)].slice(0, 4), 4, (namespace) =>
    client.list(configMaps, { namespace, fieldSelector: `metadata.name=${name}`, deadlineMs: patienceMs }),
  )
  return Promise.all(lists.flatMap(({ items }) => items).map((each) => rootOf(cluster, each)))
}

/** While a root is changed the new one stands beside the old: of all that are trusted the last to end counts. */
async function rootOf(cluster: string, map: KubernetesObject): Promise<RootFact> {
  const trusted = await certificatesIn(textAt(map, 'data', 'root-cert.pem') ?? '')
  return {
    from: refOf(cluster, map),
    fingerprints: trusted.map(({ fingerprint }) => fingerprint),
    notAfter: trusted
      .map(({ notAfter }) => notAfter)
      .toSorted()
      .at(-1),
  }
}
