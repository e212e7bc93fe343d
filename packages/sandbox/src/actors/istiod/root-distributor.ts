import { textAt } from '@orbweaver/contracts/json'
import { configMaps, namespaces } from '@orbweaver/kube/resources'
import {
  type ActorContext,
  type Controller,
  isDeleting,
  keyOf,
  startController,
  unlessExisting,
} from '../controller.ts'

const NAME = 'istio-ca-root-cert'
const KEY = 'root-cert.pem'
const IGNORED = new Set(['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'])

export type RootDistributor = { recheck: () => void; stop: () => Promise<void> }

/** Puts the mesh's root certificate into every namespace (pilot/pkg/serviceregistry/kube/controller/namespacecontroller.go). */
export function startRootDistributor(
  context: ActorContext,
  { rootPem, leads }: { rootPem: string; leads: () => boolean },
): RootDistributor {
  const cache = context.caches.of(configMaps)
  const controller: Controller = startController(context, {
    name: 'istiod root certificate',
    watches: [
      { resource: namespaces, keys: (namespace) => [{ namespace: '', name: namespace.metadata.name }] },
      {
        resource: configMaps,
        keys: ({ metadata }) => (metadata.name === NAME ? [{ namespace: '', name: metadata.namespace ?? '' }] : []),
      },
    ],
    reconcile: async ({ name }) => {
      const namespace = context.caches.of(namespaces).get('', name)
      if (!leads() || namespace === undefined || isDeleting(namespace) || IGNORED.has(name)) return
      const live = cache.get(name, NAME)
      if (textAt(live, 'data', KEY) === rootPem) return
      const metadata = { name: NAME, namespace: name, labels: { 'istio.io/config': 'true' } }
      const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { [KEY]: rootPem } }
      if (live === undefined) await unlessExisting(context.client.create(configMaps, object))
      else await context.client.replace(configMaps, { ...live, data: object.data })
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
