import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { configMaps, leases } from '@orbweaver/kube/resources'
import { type ActorContext, messageOf, unlessExisting } from '../controller.ts'
import type { IstiodIdentity } from './identity.ts'

const maps = ['istio-leader', 'istio-namespace-controller-election', 'istio-gateway-status-leader']
const leasesOfRevision = ['istio-gateway-deployment', 'istio-gateway-status-leader']

export type Elections = { stop: () => Promise<void> }

/**
 * Where the replicas of an istiod agree on who leads, which keeps nobody waiting. It takes none of it away when it ends
 * (istio pilot/pkg/leaderelection, pilot/pkg/bootstrap/configcontroller.go, 1.30).
 */
export function startElections(context: ActorContext, identity: IstiodIdentity): Elections {
  const held = hold(context, identity).catch((error: unknown) =>
    context.log(`${context.client.cluster}: elections of ${identity.deployment}: ${messageOf(error)}`),
  )
  return { stop: () => held }
}

async function hold(context: ActorContext, { namespace, revision }: IstiodIdentity): Promise<void> {
  const holder = { 'control-plane.alpha.kubernetes.io/leader': JSON.stringify({ holderKey: revision }) }
  const metadata = (name: string) => ({ name, namespace })
  for (const name of maps) {
    const map: KubernetesObject = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { ...metadata(name), annotations: holder },
    }
    await unlessExisting(context.client.create(configMaps, map))
  }
  for (const name of leasesOfRevision) {
    const lease: KubernetesObject = {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: metadata(`${name}-${revision}`),
      spec: { leaseDurationSeconds: 30 },
    }
    await unlessExisting(context.client.create(leases, lease))
  }
}
