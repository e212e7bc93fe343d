import { textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Connection } from '@orbweaver/kube/connection'
import { writeKubeconfig } from '@orbweaver/kube/kubeconfig'
import type { ApiServer } from '../server/api-server.ts'
import type { WorldCluster } from '../worlds/world.ts'

const NAMESPACE = 'orbweaver-system'

/** How the console reaches a cluster: its ServiceAccount's own token, as rbac/member-token.yaml makes one. */
export async function consoleConnection(server: ApiServer, plain = false): Promise<Connection> {
  await server.settled()
  const secret = server.store.get({ apiVersion: 'v1', kind: 'Secret', namespace: NAMESPACE, name: 'orbweaver-token' })
  const token = textAt(secret, 'data', 'token')
  if (token === undefined) throw new Error(`${server.name}: the console's token was not issued`)
  const place = plain ? { server: server.url } : { server: server.secureUrl, certificateAuthority: server.ca }
  return { ...place, token: Buffer.from(token, 'base64').toString('utf8') }
}

/** A FleetCluster with its credentials, as the console's own registration writes them. */
export function registration(world: WorldCluster, connection: Connection): KubernetesObject[] {
  const { name, displayName, provider, region, network, prometheus } = world
  const secretName = `cluster-${name}`
  const kubeconfig = writeKubeconfig([{ name, connection }])
  return [
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: secretName, namespace: NAMESPACE, labels: { 'app.kubernetes.io/part-of': 'orbweaver' } },
      type: 'orbweaver.dev/kubeconfig',
      data: { kubeconfig: Buffer.from(kubeconfig).toString('base64') },
    },
    {
      apiVersion: 'orbweaver.dev/v1alpha1',
      kind: 'FleetCluster',
      metadata: { name },
      spec: {
        displayName,
        provider,
        region,
        network,
        credentialsSecretName: secretName,
        ...(prometheus === undefined ? {} : { prometheus: { service: prometheus } }),
      },
    },
  ]
}
