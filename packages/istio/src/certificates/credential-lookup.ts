import { type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../world/kinds.ts'
import type { ClusterView } from '../world/view.ts'
import { credentialIn } from './credential.ts'
import type { ProxyPlace } from './proxy-places.ts'

/** That one rule uses a Secret in one cluster, or would if it were there. */
export type CredentialUse = {
  /** The Gateway, DestinationRule or Gateway of the Gateway API that names it. */
  by: ObjectRef
  pointer: string
  side: 'server' | 'client'
  /** Where the proxies run that want it, and what it is called there. */
  place: ProxyPlace & { name: string }
  /** The Secret that istiod gives them. */
  secret?: ObjectRef
  /** Why they get none: there is no such Secret, it lacks what is wanted of it, or its namespace does not grant it. */
  fault?: 'missing' | 'incomplete' | 'not-granted'
}

export type CredentialWorld = { config: ClusterView; clusters: readonly ClusterView[] }

export type Found = Pick<CredentialUse, 'place' | 'secret' | 'fault'>

/**
 * A proxy is given what its own cluster has, else what the cluster of the configuration has
 * (istio pilot/pkg/credentials/kube/multicluster.go ForCluster, 1.30). Where Secrets were not read nothing is said to be
 * missing.
 */
export function lookUp({ config, clusters }: CredentialWorld, place: Found['place'], part: 'pair' | 'ca'): Found {
  const own = clusters.find(({ cluster }) => cluster === place.cluster)
  for (const view of [own, config]) {
    const secret = view?.get(kinds.secret, place.name, place.namespace)
    if (view === undefined || secret === undefined) continue
    const ref = refOf(view.cluster, secret)
    const whole = credentialIn(secret)?.[part] !== undefined
    return { place, secret: ref, ...(!whole && { fault: 'incomplete' }) }
  }
  const read = [own, config].every((view) => view?.has(kinds.secret) === true)
  return { place, ...(read && { fault: 'missing' }) }
}
