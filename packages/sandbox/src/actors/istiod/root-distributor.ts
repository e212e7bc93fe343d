import { stringsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { configMaps, namespaces } from '@orbweaver/kube/resources'
import {
  type ActorContext,
  type Controller,
  isDeleting,
  keyOf,
  startController,
  unlessExisting,
} from '../controller.ts'

/** Unlike for injection, kube-system is not among them: ztunnel may live there. */
const IGNORED = new Set(['kube-public', 'kube-node-lease', 'local-path-storage'])

export type RootDistributorOptions = {
  rootPem: () => string
  leads: () => boolean
  /** Whether the mesh knows of the namespace. */
  discovers: (namespace: KubernetesObject) => boolean
}

export type RootDistributor = { recheck: () => void; stop: () => Promise<void> }

/**
 * Puts the mesh's root certificate into every namespace, and beside it the list of revoked ones, which is empty: keys that
 * others add stay (pilot/pkg/serviceregistry/kube/controller/namespacecontroller.go, security/pkg/k8s/configutil.go).
 */
export function startRootDistributor(context: ActorContext, options: RootDistributorOptions): RootDistributor {
  const wanted = (): Record<string, Record<string, string>> => ({
    'istio-ca-root-cert': { 'root-cert.pem': options.rootPem() },
    'istio-ca-crl': { 'ca-crl.pem': '' },
  })
  const cache = context.caches.of(configMaps)
  const keep = async (namespace: string, name: string, data: Record<string, string>): Promise<void> => {
    const live = cache.get(namespace, name)
    const found = stringsAt(live, 'data')
    if (live !== undefined && Object.entries(data).every(([key, value]) => found[key] === value)) return
    const metadata = { name, namespace, labels: { 'istio.io/config': 'true' } }
    if (live === undefined) {
      await unlessExisting(context.client.create(configMaps, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data }))
    } else {
      await context.client.replace(configMaps, { ...live, data: { ...found, ...data } })
    }
  }
  const controller: Controller = startController(context, {
    name: 'istiod root certificate',
    watches: [
      { resource: namespaces, keys: (namespace) => [{ namespace: '', name: namespace.metadata.name }] },
      {
        resource: configMaps,
        keys: ({ metadata }) =>
          wanted()[metadata.name] === undefined ? [] : [{ namespace: '', name: metadata.namespace ?? '' }],
      },
    ],
    reconcile: async ({ name }) => {
      const namespace = context.caches.of(namespaces).get('', name)
      if (!options.leads() || namespace === undefined || isDeleting(namespace) || IGNORED.has(name)) return
      if (!options.discovers(namespace)) return
      for (const [map, data] of Object.entries(wanted())) await keep(name, map, data)
    },
    workers: 8,
  })
  return {
    recheck: () => {
      for (const namespace of context.caches.of(namespaces).list()) controller.enqueue(keyOf(namespace))
    },
    stop: controller.stop,
  }
}
