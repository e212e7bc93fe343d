import type { JsonRecord } from '@orbweaver/contracts/json'
import { only, takingFor, undeletable } from '../breakage.ts'
import { alone, type Area } from '../check.ts'
import { fits, including } from '../fits.ts'
import type { Scene } from '../scene.ts'
import { cni, deaf, deleted, ended, hollow, installed, patched, rbac, said, sail, settles, ztunnel } from './sail.ts'

const plugin = `${sail}/istiocnis/default`
const tunnel = `${sail}/ztunnels/default`

/** There is one in a cluster: the one before may have to go first. */
const makes = async ({ ask, eventually }: Scene, plural: string, body: JsonRecord): Promise<void> =>
  eventually(() => ask(`${sail}/${plural}`, { body }), { status: 201 })

const healthy = {
  status: {
    observedGeneration: 1,
    state: 'Healthy',
    conditions: [said('Reconciled True Reconciled'), said('Ready True Ready')],
  },
}

const endOfLife = `error reconciling resource: validation error: version "${ended}" is end-of-life and cannot be installed; use a supported version`

export const sailAgents: Area = {
  title: 'Sail node agents',
  checks: [
    alone(
      'An IstioCNI is Healthy when its Pods are ready on every node.',
      deaf('istiocnis', ['spec', 'namespace']),
      async (scene) => {
        const { namespace, at, ask } = scene
        await makes(scene, 'istiocnis', cni('default', { namespace }))
        await settles(scene, plugin, { metadata: { finalizers: ['sailoperator.io/sail-operator'] }, ...healthy })
        const { spec: named } = { spec: { selector: { matchLabels: { 'k8s-app': 'istio-cni-node' } } } }
        fits(await ask(at('apps/v1/daemonsets/istio-cni-node')), {
          status: 200,
          body: {
            metadata: {
              labels: { 'operator.istio.io/component': 'Cni', release: 'istio-cni', 'managed-by': 'sail-operator' },
              ownerReferences: [{ kind: 'IstioCNI', name: 'default', controller: true }],
            },
            spec: {
              ...named,
              template: {
                spec: {
                  serviceAccountName: 'istio-cni',
                  containers: [{ name: 'install-cni', image: 'registry.istio.io/release/install-cni:1.30.3' }],
                },
              },
            },
          },
        })
        fits(await ask(at('configmaps/istio-cni-config')), { status: 200 })
        for (const name of ['istio-cni', 'istio-cni-repair-role']) {
          fits(await ask(`${rbac}/clusterroles/${name}`), { status: 200 })
        }
        fits(await ask(`${rbac}/clusterrolebindings/istio-cni-repair-rolebinding`), { status: 200 })
      },
    ),
    alone(
      'An IstioCNI whose Pods cannot be made is DaemonSetNotReady, and so are those who rely on it.',
      deaf('resourcequotas', ['spec', 'hard']),
      async (scene) => {
        await hollow(scene)
        await makes(scene, 'istiocnis', cni('default', { namespace: scene.namespace }))
        const words = 'no istio-cni-node pods are currently scheduled'
        await settles(scene, plugin, {
          status: {
            state: 'DaemonSetNotReady',
            conditions: [said('Reconciled True Reconciled'), said('Ready False DaemonSetNotReady', words)],
          },
        })
        const values = { pilot: { cni: { enabled: true } } }
        const name = await installed(scene, 'a', { profile: 'remote', values })
        await settles(scene, `${sail}/istiorevisions/${name}`, {
          status: {
            conditions: including(
              said(
                'DependenciesHealthy False IstioCNINotHealthy',
                'IstioCNI resource status indicates that the component is not healthy',
              ),
            ),
          },
        })
      },
    ),
    alone(
      'An IstioCNI in a namespace that is missing, or of a version that has ended, is ReconcileError.',
      takingFor(['spec', 'namespace'], 'default'),
      async (scene) => {
        await makes(scene, 'istiocnis', cni('default', { namespace: 'nowhere' }))
        const missing = 'error reconciling resource: validation error: namespace "nowhere" doesn\'t exist'
        await settles(scene, plugin, {
          status: {
            state: 'ReconcileError',
            conditions: [
              said('Reconciled False ReconcileError', missing),
              said('Ready False DaemonSetNotReady', 'istio-cni-node DaemonSet not found'),
            ],
          },
        })
        await scene.ask(plugin, deleted)
        await makes(scene, 'istiocnis', cni('default', { namespace: scene.namespace, version: ended }))
        await settles(scene, plugin, {
          status: { conditions: including(said('Reconciled False ReconcileError', endOfLife)) },
        })
      },
    ),
    alone(
      'The namespace of a ZTunnel may change: its Pods move. That of an IstioCNI may not.',
      only({ method: 'PATCH' }, deaf('ztunnels', ['spec', 'namespace'])),
      async (scene) => {
        const { ask, at, namespace } = scene
        await makes(scene, 'ztunnels', ztunnel('default', { namespace: 'nowhere' }))
        await settles(scene, tunnel, { status: { state: 'ReconcileError' } })
        fits(await ask(tunnel, patched({ namespace })), { status: 200 })
        await settles(scene, tunnel, { ...healthy, status: { ...healthy.status, observedGeneration: 2 } })
        fits(await ask(at('apps/v1/daemonsets/ztunnel')), {
          status: 200,
          body: {
            metadata: { labels: { 'app.kubernetes.io/instance': 'ztunnel' } },
            spec: {
              selector: { matchLabels: { app: 'ztunnel' } },
              template: { spec: { containers: [{ image: 'registry.istio.io/release/ztunnel:1.30.3-distroless' }] } },
            },
          },
        })
        await makes(scene, 'istiocnis', cni('default', { namespace: 'nowhere' }))
        fits(await ask(plugin, patched({ namespace })), { status: 422 })
      },
    ),
    alone(
      'A ZTunnel names the revision that it takes its values from.',
      deaf('ztunnels', ['spec', 'targetRef']),
      async (scene) => {
        const name = await installed(scene, 'a', { profile: 'remote' })
        const targetRef = { kind: 'Istio', name }
        await makes(scene, 'ztunnels', ztunnel('default', { namespace: scene.namespace, targetRef }))
        await settles(scene, tunnel, { status: { istioRevision: name, state: 'Healthy' } })
        fits(await scene.ask(scene.at('apps/v1/daemonsets/ztunnel')), {
          status: 200,
          body: { metadata: { annotations: { 'istio.io/rev': name } } },
        })
      },
    ),
    alone('A node agent that is deleted takes its DaemonSet along.', undeletable, async (scene) => {
      const { ask, at, eventually, namespace } = scene
      await makes(scene, 'ztunnels', ztunnel('default', { namespace }))
      await settles(scene, tunnel, { status: { state: 'Healthy' } })
      await ask(tunnel, deleted)
      await eventually(() => ask(tunnel), { status: 404 })
      await eventually(() => ask(at('apps/v1/daemonsets/ztunnel')), { status: 404 })
      fits(await ask(at('serviceaccounts/ztunnel')), { status: 404 })
    }),
  ],
}
