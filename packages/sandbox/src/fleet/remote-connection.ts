import type { KubeClient } from '@orbweaver/kube/client'
import { createKubeClient } from '@orbweaver/kube/connect'
import type { Limits } from '@orbweaver/kube/connection'
import { parseKubeconfig } from '@orbweaver/kube/kubeconfig'

/** A client from a remote Secret's kubeconfig: inline credentials only, as istiod insists. Throws with the reason. */
export function connectRemote(clusterId: string, text: string, limits: Limits): KubeClient {
  const parsed = parseKubeconfig(text)
  if (!parsed.ok) throw new Error(`kubeconfig is refused: ${parsed.refusal.code}`)
  const context = parsed.contexts.find((each) => each.name === parsed.current) ?? parsed.contexts[0]
  if (context === undefined) throw new Error('kubeconfig has no context')
  if (!context.ok) throw new Error(`kubeconfig is refused: ${context.refusal.code}`)
  return createKubeClient({ cluster: clusterId, connection: context.connection, limits })
}
