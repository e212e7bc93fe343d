import { type Area, check } from '../check.ts'
import { fits, including } from '../fits.ts'
import { controlPlane, meshConfig } from './control-plane.ts'
import { askIstiod, istiodPod, ports } from './istiod-pod.ts'
import { takingPortFor } from './port-forward.ts'

/** The port of webhooks has no debug API. */
const withoutDebug = takingPortFor(ports.monitoring, ports.webhooks)

export const istiodDebug: Area = {
  title: "istiod's debug API",
  shares: [istiodPod],
  checks: [
    check(
      'The monitoring port tells the version, revision and state of the build, as text.',
      takingPortFor(ports.monitoring, ports.debug),
      async (scene) => {
        fits(await askIstiod(scene, { path: '/version' }), { status: 200, body: /^\d+\.\d+[^-]*-.*-[A-Za-z]+$/ })
      },
    ),
    check(
      'Readiness is asked at the debug port, not at the monitoring port.',
      takingPortFor(ports.monitoring, ports.debug),
      async (scene) => {
        fits(await askIstiod(scene, { port: ports.debug, path: '/ready' }), { status: 200, body: '' })
        fits(await askIstiod(scene, { path: '/ready' }), { status: 404, body: '404 page not found\n' })
      },
    ),
    check('Both ports answer the debug API.', withoutDebug, async (scene) => {
      const [one, other] = [
        await askIstiod(scene, { path: '/debug/syncz' }),
        await askIstiod(scene, { port: ports.debug, path: '/debug/syncz' }),
      ]
      fits(
        [one, other],
        [
          { status: 200, body: [] },
          { status: 200, body: [] },
        ],
      )
    }),
    check('/debug/list names what can be asked.', withoutDebug, async (scene) => {
      fits(await askIstiod(scene, { path: '/debug/list' }), {
        status: 200,
        body: including('adsz', 'clusterz', 'connections', 'mesh', 'syncz'),
      })
    }),
    check('/debug/adsz and /debug/connections count the proxies connected.', withoutDebug, async (scene) => {
      for (const path of ['/debug/adsz', '/debug/connections']) {
        fits(await askIstiod(scene, { path }), { status: 200, body: { totalClients: 0, clients: undefined } })
      }
    }),
    check(
      '/debug/mesh is the mesh configuration at work: what was set, over the defaults.',
      withoutDebug,
      async (scene) => {
        const { namespace, revision } = await controlPlane(scene)
        fits(await askIstiod(scene, { path: '/debug/mesh' }), {
          status: 200,
          body: {
            ...meshConfig,
            rootNamespace: namespace,
            trustDomain: 'cluster.local',
            connectTimeout: '10s',
            enableAutoMtls: true,
            ingressControllerMode: 'STRICT',
            outboundTrafficPolicy: { mode: 'ALLOW_ANY' },
            defaultConfig: {
              discoveryAddress: `istiod-${revision}.${namespace}.svc:15012`,
              proxyAdminPort: 15000,
              terminationDrainDuration: '5s',
            },
            defaultProviders: { metrics: ['prometheus'] },
            extensionProviders: including({ name: 'prometheus' }, { name: 'envoy' }),
          },
        })
      },
    ),
    check('What istiod has no page for is 404, as text.', withoutDebug, async (scene) => {
      fits(await askIstiod(scene, { path: '/debug/nothing' }), { status: 404, body: '404 page not found\n' })
    }),
  ],
}
