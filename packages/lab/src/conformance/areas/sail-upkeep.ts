import { listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { ignoringSent, only, stating, undeletable } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits, including } from '../fits.ts'
import type { Ground } from '../scene.ts'
import { admission, deaf, deleted, hollow, installed, merge, patched, said, sail, settles } from './sail.ts'

const values = deaf('istios', ['spec', 'values'])

/** An Istio with everything but Pods. */
async function hollowly(scene: Ground, spec = {}): Promise<string> {
  await hollow(scene)
  return installed(scene, 'a', spec)
}

export const sailUpkeep: Area = {
  title: 'Sail values and upkeep',
  checks: [
    check(
      'An istiod without Pods is IstiodNotReady: its Deployment has no replicas.',
      only({ path: /\/istios$/ }, stating(['spec', 'profile'], 'remote')),
      async (scene) => {
        const name = await hollowly(scene)
        await settles(scene, `${sail}/istios/${name}`, {
          status: {
            state: 'IstiodNotReady',
            conditions: including(said('Ready False IstiodNotReady', 'istiod Deployment is scaled to zero replicas')),
          },
        })
      },
    ),
    check(
      'The values of a revision are those of the profile, then the given ones, then what the operator forces.',
      values,
      async (scene) => {
        const given = { defaultRevision: 'other', revision: 'other', global: { meshID: 'shop' } }
        const name = await installed(scene, 'a', { profile: 'remote', values: given })
        const { body } = await scene.ask(`${sail}/istiorevisions/${name}`)
        fits(body, {
          spec: {
            values: {
              profile: 'remote',
              revision: name,
              defaultRevision: undefined,
              global: { meshID: 'shop', configValidation: true, istioNamespace: scene.namespace },
            },
          },
        })
      },
    ),
    check(
      'A profile of the charts changes what they make: demo has one istiod, and no autoscaler.',
      deaf('istios', ['spec', 'profile']),
      async (scene) => {
        const name = await hollowly(scene, { profile: 'demo' })
        fits(await scene.ask(scene.at(`autoscaling/v2/horizontalpodautoscalers/istiod-${name}`)), { status: 404 })
        fits(await scene.ask(scene.at(`apps/v1/deployments/istiod-${name}`)), {
          status: 200,
          body: { spec: { replicas: 1 } },
        })
      },
    ),
    check('What is given wins over the profile.', values, async (scene) => {
      const pilot = { autoscaleEnabled: true, autoscaleMin: 2, autoscaleMax: 3 }
      const name = await hollowly(scene, { profile: 'demo', values: { pilot } })
      fits(await scene.ask(scene.at(`autoscaling/v2/horizontalpodautoscalers/istiod-${name}`)), {
        status: 200,
        body: { spec: { minReplicas: 2, maxReplicas: 3 } },
      })
    }),
    check('More than one istiod has a disruption budget, which goes when one is enough.', values, async (scene) => {
      const { ask, at, eventually } = scene
      const name = await hollowly(scene, { values: { pilot: { autoscaleMin: 2 } } })
      const budget = at(`policy/v1/poddisruptionbudgets/istiod-${name}`)
      fits(await ask(budget), {
        status: 200,
        body: { spec: { minAvailable: 1, selector: { matchLabels: { app: 'istiod', 'istio.io/rev': name } } } },
      })
      await ask(`${sail}/istios/${name}`, patched({ values: { pilot: { autoscaleMin: 1 } } }))
      await eventually(() => ask(budget), { status: 404 })
    }),
    check('A mesh configuration that changes is in the ConfigMap.', values, async (scene) => {
      const name = await hollowly(scene)
      const path = scene.at(`configmaps/istio-${name}`)
      await scene.ask(`${sail}/istios/${name}`, patched({ values: { meshConfig: { accessLogFile: '/dev/stdout' } } }))
      await settles(scene, path, { data: { mesh: /accessLogFile: \/dev\/stdout/ } })
    }),
    check(
      'What is installed and edited by somebody is put back.',
      only({ method: 'PATCH', path: /services/ }, ignoringSent(['metadata'])),
      async (scene) => {
        const name = await hollowly(scene)
        const path = scene.at(`services/istiod-${name}`)
        const edit = merge({ metadata: { labels: { 'istio.io/rev': 'edited' } }, spec: { selector: { app: 'other' } } })
        fits(await scene.ask(path, edit), { status: 200, body: { metadata: { labels: { 'istio.io/rev': 'edited' } } } })
        await settles(scene, path, {
          metadata: { labels: { 'istio.io/rev': name } },
          spec: { selector: { app: 'istiod', 'istio.io/rev': name } },
        })
      },
    ),
    check('What is installed and deleted by somebody is made again.', undeletable, async (scene) => {
      const name = await hollowly(scene)
      const path = scene.at(`configmaps/values-${name}`)
      const { body } = await scene.ask(path)
      const uid = textAt(body, 'metadata', 'uid')
      await scene.ask(path, deleted)
      await settles(scene, path, { metadata: { uid: (now: unknown) => typeof now === 'string' && now !== uid } })
    }),
    check(
      'What other people add to it stays.',
      only({ method: 'PATCH', path: /services/ }, ignoringSent(['metadata', 'annotations'])),
      async (scene) => {
        const name = await hollowly(scene)
        const path = scene.at(`services/istiod-${name}`)
        const annotations = { 'example.com/owner': 'platform' }
        fits(await scene.ask(path, merge({ metadata: { annotations }, spec: { selector: { app: 'other' } } })), {
          status: 200,
        })
        await settles(scene, path, { metadata: { annotations }, spec: { selector: { app: 'istiod' } } })
      },
    ),
    check(
      'caBundle and failurePolicy of the validation webhook are istiod’s: its selector is put back, and they stay.',
      only({ method: 'PATCH' }, deaf('validatingwebhookconfigurations', ['webhooks'])),
      async (scene) => {
        const name = await hollowly(scene)
        const path = `${admission}/validatingwebhookconfigurations/istio-validator-${name}-${scene.namespace}`
        const webhook = await scene.ask(path)
        const authority = await scene.ask(scene.at('configmaps/kube-root-ca.crt'))
        const caBundle = Buffer.from(textAt(authority.body, 'data', 'ca.crt') ?? '').toString('base64')
        fits(webhook, { status: 200, body: { webhooks: [{ failurePolicy: 'Ignore' }] } })
        const nothing = { matchLabels: { nothing: 'at-all' } }
        const webhooks = listAt(webhook.body, 'webhooks').map((each) => ({
          ...recordAt(each),
          failurePolicy: 'Fail',
          objectSelector: nothing,
          clientConfig: { ...recordAt(each, 'clientConfig'), caBundle },
        }))
        fits(await scene.ask(path, merge({ webhooks })), { status: 200 })
        const rev = { key: 'istio.io/rev', operator: 'In', values: [name] }
        const back = { failurePolicy: 'Fail', clientConfig: { caBundle }, objectSelector: { matchExpressions: [rev] } }
        await settles(scene, path, { webhooks: [back] })
      },
    ),
    check(
      'An object with sailoperator.io/ignore is put back only when something else is.',
      only({ method: 'PATCH', path: /services/ }, ignoringSent(['metadata', 'annotations'])),
      async (scene) => {
        const { ask, at, eventually } = scene
        const name = await hollowly(scene)
        const other = await installed(scene, 'b')
        const [ignored, watched] = [at(`services/istiod-${name}`), at(`services/istiod-${other}`)]
        const edit = { spec: { selector: { app: 'other' } } }
        const annotations = { 'sailoperator.io/ignore': 'true' }
        const again = async () => {
          await ask(watched, merge(edit))
          await settles(scene, watched, { spec: { selector: { app: 'istiod' } } })
        }
        // Events of the installation may come late, and put back whatever there is: an edit after the last of them stays.
        // The other one may have been waiting already: only what it is given then waits behind this one.
        const edits = async () => {
          await ask(ignored, merge({ metadata: { annotations }, ...edit }))
          await again()
          await again()
          return ask(ignored)
        }
        await eventually(edits, { status: 200, body: { spec: { selector: { app: 'other' } } } })
        await ask(at(`configmaps/values-${name}`), deleted)
        await settles(scene, ignored, { spec: { selector: { app: 'istiod' } } })
      },
    ),
    check('A revision that relies on the CNI plugin says that there is none.', values, async (scene) => {
      const cni = { enabled: true }
      const name = await installed(scene, 'a', { profile: 'remote', values: { pilot: { cni } } })
      await settles(scene, `${sail}/istios/${name}`, {
        status: {
          conditions: including(said('DependenciesHealthy False IstioCNINotFound', 'IstioCNI resource does not exist')),
        },
      })
    }),
    check(
      'A revision in ambient mode says that there is no ztunnel.',
      deaf('istios', ['spec', 'profile']),
      async (scene) => {
        const name = await hollowly(scene, { profile: 'ambient' })
        await settles(scene, `${sail}/istios/${name}`, {
          status: {
            conditions: including(said('DependenciesHealthy False ZTunnelNotFound', 'ZTunnel resource does not exist')),
          },
        })
      },
    ),
  ],
}
