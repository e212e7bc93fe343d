import {
  type Breakage,
  breaking,
  everybodyIsAdmin,
  ignoring,
  ignoringSent,
  only,
  takingMethodFor,
  takingPathFor,
} from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits } from '../fits.ts'
import type { Scene } from '../scene.ts'
import { istiodPod, ports } from './istiod-pod.ts'
import { pod } from './objects.ts'
import { granted, user } from './roles.ts'

/** A port is taken for another. */
export const takingPortFor = (port: number, other: number): Breakage =>
  breaking(`port ${port}`, ({ query }) => {
    if (query.get('ports') === String(port)) query.set('ports', String(other))
  })

const tried = (scene: Scene, as: string) =>
  scene.through({ namespace: scene.namespace, pod: 'nobody', port: 80, path: '/', as })

const forwards = (...verbs: string[]) => ({
  rules: [{ apiGroups: [''], resources: ['pods/portforward'], verbs }],
  to: user('nora'),
})

const cannotGet =
  /^pods "nobody" is forbidden: User "nora" cannot get resource "pods\/portforward" in API group "" in the namespace "/

const forbidden = (message: string | RegExp) => ({
  refusal: { code: 'forbidden', status: 403, reason: 'Forbidden', message },
})
const missing = { refusal: { code: 'not_found', status: 404, reason: 'NotFound', message: 'pods "nobody" not found' } }

const rights: Area['checks'] = [
  check('Who has no right to forward ports is refused with 403.', everybodyIsAdmin, async (scene) => {
    fits(await tried(scene, 'nora'), forbidden(cannotGet))
  }),
  check('The right to get pods/portforward is not enough to open a WebSocket.', everybodyIsAdmin, async (scene) => {
    await granted(scene, forwards('get'))
    await scene.eventually(() => tried(scene, 'nora'), forbidden('pods "nobody" is forbidden: '))
  }),
  check(
    'The right to create pods/portforward is not enough either, since it begins as a GET.',
    everybodyIsAdmin,
    async (scene) => {
      await granted(scene, forwards('create'))
      fits(await tried(scene, 'nora'), forbidden(cannotGet))
    },
  ),
  check(
    'Who may get and create pods/portforward may forward ports.',
    only({ path: /\/roles$/ }, ignoringSent(['rules'])),
    async (scene) => {
      await granted(scene, forwards('get', 'create'))
      await scene.eventually(() => tried(scene, 'nora'), missing)
    },
  ),
]

const requests: Area['checks'] = [
  check(
    'A port of a Pod that is missing cannot be forwarded.',
    takingPathFor(/\/nobody\/portforward$/, ''),
    async (scene) => {
      fits(await tried(scene, 'lab-admin'), missing)
    },
  ),
  check(
    'A Pod that no node runs has no ports to forward.',
    takingPathFor(/\/portforward$/, ''),
    async ({ ask, at, eventually }) => {
      await eventually(() => ask(at('serviceaccounts/default')), { status: 200 })
      await ask(at('pods'), { body: pod('waiting', {}, { schedulerName: 'nobody' }) })
      fits(await ask(at('pods/waiting/portforward?ports=80')), {
        status: 400,
        body: { reason: 'BadRequest', message: 'pod waiting does not have a host assigned' },
      })
    },
  ),
  check(
    'A request that does not ask for an upgrade is refused.',
    takingPathFor(/\/portforward$/, ''),
    async (scene) => {
      const { namespace, pod: name } = await istiodPod(scene)
      fits(await scene.ask(`/api/v1/namespaces/${namespace}/pods/${name}/portforward?ports=8080`), {
        status: 400,
        body: { reason: 'BadRequest', message: 'Upgrade request required' },
      })
    },
  ),
  check(
    'A port that is no number is refused before anything else is looked at.',
    ignoring('ports'),
    async ({ ask, at }) => {
      fits(await ask(at('pods/nobody/portforward?ports=http')), {
        status: 400,
        body: {
          reason: 'BadRequest',
          message: 'cannot convert to []int32: strconv.ParseUint: parsing "http": invalid syntax',
        },
      })
    },
  ),
  check('Ports are forwarded by GET and POST alone.', takingMethodFor('PUT', 'GET'), async ({ ask, at }) => {
    fits(await ask(at('pods/nobody/portforward?ports=80'), { method: 'PUT', body: {} }), {
      status: 405,
      body: { reason: 'MethodNotAllowed' },
    })
  }),
]

const ready = { status: 200, body: '' }

const answers: Area['checks'] = [
  check('A process in a Pod answers through its forwarded port.', takingPortFor(ports.debug, 9), async (scene) => {
    fits(await scene.through({ ...(await istiodPod(scene)), port: ports.debug, path: '/ready' }), ready)
  }),
  check('Ports can be forwarded many at a time.', takingPortFor(ports.debug, ports.monitoring), async (scene) => {
    const place = await istiodPod(scene)
    const asked = Array.from({ length: 8 }, () => scene.through({ ...place, port: ports.debug, path: '/ready' }))
    fits(await Promise.all(asked), [ready, ready, ready, ready, ready, ready, ready, ready])
  }),
  check(
    'A port at which nobody listens is told within the connection, not by the API server.',
    takingPortFor(9, ports.debug),
    async (scene) => {
      fits(await scene.through({ ...(await istiodPod(scene)), port: 9, path: '/' }), {
        refusal: { code: 'pod_unreachable', status: undefined, message: /^error forwarding port 9 to pod / },
      })
    },
  ),
]

export const portForward: Area = {
  title: 'Forwarded ports',
  shares: [istiodPod],
  checks: [...rights, ...requests, ...answers],
}
