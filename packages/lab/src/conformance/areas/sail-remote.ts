import { listAt, textAt } from '@orbweaver/contracts/json'
import { breaking, only } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits, including, not } from '../fits.ts'
import { controlPlane } from './control-plane.ts'
import {
  admission,
  condition,
  deaf,
  installed,
  istio,
  made,
  notReferenced,
  patched,
  remoteProfile,
  said,
  sail,
  settles,
  tagOf,
} from './sail.ts'

const address = '192.0.2.50'
const remote = remoteProfile(address)
const local = deaf('istios', ['spec', 'profile'])
const probe = 'sailoperator.io/readinessProbe'
const webhookOf = (name: string, namespace: string): string =>
  `${admission}/mutatingwebhookconfigurations/istio-sidecar-injector-${name}-${namespace}`

export const sailRemote: Area = {
  title: 'Sail, profile remote',
  shares: [controlPlane],
  checks: [
    check('A control plane elsewhere that does not answer is RemoteIstiodNotReady.', local, async (scene) => {
      const name = await installed(scene, 'a', remote)
      await settles(scene, `${sail}/istios/${name}`, {
        status: {
          state: 'RemoteIstiodNotReady',
          revisions: { total: 1, ready: 0, inUse: 0 },
          conditions: [
            said('Reconciled True Reconciled'),
            said('Ready False RemoteIstiodNotReady', 'readiness probe on remote istiod failed'),
            said('DependenciesHealthy True DependenciesHealthy'),
          ],
        },
      })
    }),
    check('Its revision says the same, and that nothing refers to it.', local, async (scene) => {
      const name = await installed(scene, 'a', remote)
      await settles(scene, `${sail}/istiorevisions/${name}`, {
        status: {
          state: 'RemoteIstiodNotReady',
          conditions: including(
            said('Ready False RemoteIstiodNotReady', 'readiness probe on remote istiod failed'),
            notReferenced,
          ),
        },
      })
    }),
    check('Its Service has no selector and ports 15012 and 443.', local, async (scene) => {
      const name = await installed(scene, 'a', remote)
      fits(await scene.ask(scene.at(`services/istiod-${name}`)), {
        status: 200,
        body: {
          metadata: { labels: { 'istio.io/rev': name } },
          spec: {
            type: 'ClusterIP',
            selector: undefined,
            ports: [
              { name: 'tcp-istiod', port: 15012, targetPort: 15012, protocol: 'TCP' },
              { name: 'tcp-webhook', port: 443, targetPort: 15017, protocol: 'TCP' },
            ],
          },
        },
      })
    }),
    check(
      'Its EndpointSlice has the address, and ports 15012 and 15017.',
      deaf('istios', ['spec', 'values', 'global']),
      async (scene) => {
        const name = await installed(scene, 'a', remote)
        fits(await scene.ask(scene.at(`discovery.k8s.io/v1/endpointslices/istiod-${name}`)), {
          status: 200,
          body: {
            metadata: { labels: { 'kubernetes.io/service-name': `istiod-${name}` } },
            addressType: 'IPv4',
            endpoints: [{ addresses: [address] }],
            ports: [
              { name: 'tcp-istiod', port: 15012, protocol: 'TCP' },
              { name: 'tcp-webhook', port: 15017, protocol: 'TCP' },
            ],
          },
        })
      },
    ),
    check(
      'An address that is a name makes the Service an external name.',
      deaf('istios', ['spec', 'values', 'global']),
      async (scene) => {
        const name = await installed(scene, 'a', remoteProfile('istiod.example.com'))
        fits(await scene.ask(scene.at(`services/istiod-${name}`)), {
          status: 200,
          body: { spec: { type: 'ExternalName', externalName: 'istiod.example.com' } },
        })
        fits(await scene.ask(scene.at(`discovery.k8s.io/v1/endpointslices/istiod-${name}`)), { status: 404 })
      },
    ),
    check(
      'An address that changes moves the EndpointSlice.',
      only({ method: 'PATCH' }, deaf('istios', ['spec', 'values'])),
      async (scene) => {
        const name = await installed(scene, 'a', remote)
        await scene.ask(`${sail}/istios/${name}`, patched({ values: { global: { remotePilotAddress: '192.0.2.51' } } }))
        await settles(scene, scene.at(`discovery.k8s.io/v1/endpointslices/istiod-${name}`), {
          endpoints: [{ addresses: ['192.0.2.51'] }],
        })
      },
    ),
    check(
      'Its webhooks are two, of the revision only, and call the path of the cluster.',
      deaf('istios', ['spec', 'values', 'istiodRemote']),
      async (scene) => {
        const path = '/inject/cluster/member/net/network-2'
        const name = await installed(scene, 'a', remoteProfile(address, { istiodRemote: { injectionPath: path } }))
        const clientConfig = { service: { name: `istiod-${name}`, namespace: scene.namespace, path, port: 443 } }
        fits(await scene.ask(webhookOf(name, scene.namespace)), {
          status: 200,
          body: {
            metadata: { labels: { 'istio.io/rev': name, app: 'sidecar-injector' } },
            webhooks: [
              { name: 'rev.namespace.sidecar-injector.istio.io', clientConfig },
              { name: 'rev.object.sidecar-injector.istio.io', clientConfig },
            ],
          },
        })
      },
    ),
    check(
      'It has no istiod, no mesh configuration and no validation: only its values are in a ConfigMap.',
      local,
      async (scene) => {
        const name = await installed(scene, 'a', remote)
        fits(await scene.ask(scene.at(`configmaps/values-${name}`)), { status: 200 })
        for (const path of [
          scene.at(`apps/v1/deployments/istiod-${name}`),
          scene.at(`configmaps/istio-${name}`),
          scene.at(`configmaps/istio-sidecar-injector-${name}`),
          scene.at(`serviceaccounts/istiod-${name}`),
          `${admission}/validatingwebhookconfigurations/istio-validator-${name}-${scene.namespace}`,
        ]) {
          fits(await scene.ask(path), { status: 404 })
        }
      },
    ),
    check('The outcome of the probe is on the webhook: without a caBundle it fails.', local, async (scene) => {
      const name = await installed(scene, 'a', remote)
      await settles(scene, webhookOf(name, scene.namespace), {
        metadata: {
          annotations: {
            [`${probe}.status`]: 'false',
            [`${probe}.reason`]:
              "webhooks[].clientConfig.caBundle hasn't been set; check if the remote istiod can access this cluster",
          },
        },
      })
    }),
    check(
      'Webhooks that call a URL cannot be probed: such a revision is never ready.',
      deaf('istios', ['spec', 'values', 'istiodRemote']),
      async (scene) => {
        const injectionURL = 'https://istiod.example.com:15017/inject'
        const name = await installed(scene, 'a', remoteProfile(address, { istiodRemote: { injectionURL } }))
        await settles(scene, webhookOf(name, scene.namespace), {
          metadata: {
            annotations: {
              [`${probe}.status`]: 'false',
              [`${probe}.reason`]: 'missing webhooks[].clientConfig.service',
            },
          },
          webhooks: [{ clientConfig: { url: injectionURL } }, { clientConfig: { url: injectionURL } }],
        })
      },
    ),
    check('A revision tag may not point at it.', local, async (scene) => {
      const name = await installed(scene, 'a', remote)
      const tag = scene.unique('tag')
      await made(scene, 'istiorevisiontags', tagOf(tag, 'Istio', name))
      const message =
        'error reconciling resource: validation error: IstioRevisionTag cannot reference a remote IstioRevision'
      await settles(scene, `${sail}/istiorevisiontags/${tag}`, {
        status: {
          state: 'ReconcileError',
          conditions: [said('Reconciled False ReconcileError', message), notReferenced],
          istioRevision: '',
        },
      })
    }),
    check(
      'It is ready once the istiod behind its address answers.',
      breaking('the address', ({ body, path }) => {
        if (path.endsWith('/istios') && typeof body === 'object')
          Object.assign(body ?? {}, { spec: { profile: 'remote', namespace: 'nowhere' } })
      }),
      async (scene) => {
        const { ask, eventually } = scene
        const plane = await controlPlane(scene)
        const service = `/api/v1/namespaces/${plane.namespace}/services`
        const metadata = { name: scene.unique('entrance') }
        const ports = [
          { name: 'tls-istiod', port: 15012, targetPort: 15012 },
          { name: 'tls-webhook', port: 15017, targetPort: 15017 },
        ]
        const selector = { app: 'istiod', 'istio.io/rev': plane.revision }
        const spec = { type: 'LoadBalancer', selector, ports }
        fits(await ask(service, { body: { apiVersion: 'v1', kind: 'Service', metadata, spec } }), { status: 201 })
        const entrance = async () => {
          const { body } = await ask(`${service}/${metadata.name}`)
          return textAt(body, 'status', 'loadBalancer', 'ingress', 0, 'ip')
        }
        await eventually(entrance, /^192\.0\.2\./)
        const webhook = await ask(webhookOf(plane.revision, plane.namespace))
        const [first] = listAt(webhook.body, 'webhooks')
        const injectionCABundle = textAt(first, 'clientConfig', 'caBundle') ?? ''
        const profile = remoteProfile((await entrance()) ?? '', { istiodRemote: { injectionCABundle } })
        // istiod's certificate is for this name too, in its own namespace.
        await made(scene, 'istios', istio('remote', { namespace: plane.namespace, ...profile }))
        await settles(scene, `${sail}/istios/remote`, {
          status: {
            state: 'Healthy',
            revisions: { total: 1, ready: 1 },
            conditions: condition('Ready', 'True', { reason: 'Ready' }),
          },
        })
        await settles(scene, webhookOf('remote', plane.namespace), {
          metadata: { annotations: { [`${probe}.status`]: 'true', [`${probe}.reason`]: not(/./) } },
        })
      },
    ),
  ],
}
