import { textAt } from '@orbweaver/contracts/json'
import { breaking, ignoring, takingPathFor } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { atLeast, fits, including, not, something, without } from '../fits.ts'
import { withoutAnswered } from '../forms.ts'
import type { Scene } from '../scene.ts'
import { configMap, labelled } from './objects.ts'

const names = ['a', 'b', 'c', 'd', 'e']

/** Five ConfigMaps, a to e; the first two are of tier front, the third of tier back. */
async function five({ ask, at }: Scene): Promise<void> {
  const tiers: Record<string, string> = { a: 'front', b: 'front', c: 'back' }
  for (const name of names) {
    const tier = tiers[name]
    await ask(at('configmaps'), { body: tier === undefined ? configMap(name) : labelled(name, { tier }) })
  }
}

const named = (...list: readonly string[]) => list.map((name) => ({ metadata: { name } }))
/** What every namespace has sooner or later, of its cluster and of an istiod, is not what is asked for. */
const given = ['kube-root-ca.crt', 'istio-ca-root-cert', 'istio-ca-crl']
const own = `fieldSelector=${given.map((name) => `metadata.name!=${name}`).join(',')}`

export const lists: Area = {
  title: 'Lists',
  checks: [
    check(
      'A list has a kind of its own, a resourceVersion, and items without kind.',
      withoutAnswered(['metadata', 'resourceVersion']),
      async (scene) => {
        const { ask, at } = scene
        await five(scene)
        const answer = await ask(at(`configmaps?${own}`))
        fits(answer, {
          status: 200,
          body: { kind: 'ConfigMapList', apiVersion: 'v1', metadata: { resourceVersion: /^\d+$/ } },
        })
        fits(answer.body, {
          items: names.map((name) => ({ kind: undefined, apiVersion: undefined, metadata: { name } })),
        })
      },
    ),
    check(
      'A limit cuts the list into pages, with a continue token and the number of items that remain.',
      ignoring('limit'),
      async (scene) => {
        const { ask, at } = scene
        await five(scene)
        const page = await ask(at('secrets?limit=2'))
        fits(page, { status: 200, body: { metadata: { continue: undefined, remainingItemCount: undefined } } })
        for (const name of names) await ask(at('secrets'), { body: { metadata: { name } } })
        const first = await ask(at('secrets?limit=2'))
        fits(first.body, { items: named('a', 'b'), metadata: { continue: something, remainingItemCount: atLeast(3) } })
      },
    ),
    check(
      'The continue token leads to the next page and the last page has none.',
      ignoring('continue'),
      async (scene) => {
        const { ask, at } = scene
        for (const name of names) await ask(at('secrets'), { body: { metadata: { name } } })
        const first = await ask(at('secrets?limit=3'))
        const token = encodeURIComponent(textAt(first.body, 'metadata', 'continue') ?? '')
        const second = await ask(at(`secrets?limit=3&continue=${token}`))
        fits(second.body, { items: named('d', 'e'), metadata: { continue: undefined, remainingItemCount: undefined } })
      },
    ),
    check(
      'Every page of a list is of the revision of the first: what is made meanwhile is not in it.',
      ignoring('continue'),
      async (scene) => {
        const { ask, at } = scene
        for (const name of names) await ask(at('secrets'), { body: { metadata: { name } } })
        const first = await ask(at('secrets?limit=4'))
        await ask(at('secrets'), { body: { metadata: { name: 'z' } } })
        await ask(at('secrets/e'), { method: 'DELETE' })
        const token = encodeURIComponent(textAt(first.body, 'metadata', 'continue') ?? '')
        const second = await ask(at(`secrets?limit=4&continue=${token}`))
        fits(second.body, {
          items: named('e'),
          metadata: { resourceVersion: textAt(first.body, 'metadata', 'resourceVersion') },
        })
      },
    ),
    check('A page by a selector has no remainingItemCount.', ignoring('labelSelector'), async (scene) => {
      const { ask, at } = scene
      await five(scene)
      const page = await ask(at('configmaps?labelSelector=tier=front&limit=1'))
      fits(page.body, { items: named('a'), metadata: { continue: something, remainingItemCount: undefined } })
    }),
    check('A continue token that is none is 400.', ignoring('continue'), async ({ ask, at }) => {
      fits(await ask(at('configmaps?limit=1&continue=eHl6')), {
        status: 400,
        body: {
          kind: 'Status',
          status: 'Failure',
          reason: 'BadRequest',
          message:
            "invalid continue token: continue key is not valid: invalid character 'x' looking for beginning of value",
        },
      })
    }),
    check('A resourceVersion beside a continue token is 400.', ignoring('resourceVersion'), async (scene) => {
      const { ask, at } = scene
      await five(scene)
      const first = await ask(at('configmaps?limit=1'))
      const token = encodeURIComponent(textAt(first.body, 'metadata', 'continue') ?? '')
      const version = textAt(first.body, 'metadata', 'resourceVersion') ?? ''
      fits(await ask(at(`configmaps?limit=1&continue=${token}&resourceVersion=${version}`)), {
        status: 400,
        body: { message: 'specifying resource version is not allowed when using continue' },
      })
    }),
    check('Label selectors know equality.', ignoring('labelSelector'), async (scene) => {
      const { ask, at } = scene
      await five(scene)
      fits((await ask(at('configmaps?labelSelector=tier=front'))).body, { items: named('a', 'b') })
      fits((await ask(at('configmaps?labelSelector=tier%3D%3Dback'))).body, { items: named('c') })
    }),
    check(
      'Label selectors know inequality, which what has no such label passes.',
      ignoring('labelSelector'),
      async (scene) => {
        const { ask, at } = scene
        await five(scene)
        fits((await ask(at(`configmaps?labelSelector=tier!=front&${own}`))).body, { items: named('c', 'd', 'e') })
      },
    ),
    check('Label selectors know sets: in and notin.', ignoring('labelSelector'), async (scene) => {
      const { ask, at } = scene
      await five(scene)
      const inSet = encodeURIComponent('tier in (back,front)')
      const notInSet = encodeURIComponent('tier,tier notin (back)')
      fits((await ask(at(`configmaps?labelSelector=${inSet}`))).body, { items: named('a', 'b', 'c') })
      fits((await ask(at(`configmaps?labelSelector=${notInSet}`))).body, { items: named('a', 'b') })
    }),
    check('Label selectors know presence and absence.', ignoring('labelSelector'), async (scene) => {
      const { ask, at } = scene
      await five(scene)
      fits((await ask(at('configmaps?labelSelector=tier'))).body, { items: named('a', 'b', 'c') })
      fits((await ask(at(`configmaps?labelSelector=!tier&${own}`))).body, { items: named('d', 'e') })
    }),
    check('A label selector that does not parse is 400.', ignoring('labelSelector'), async ({ ask, at }) => {
      fits(await ask(at(`configmaps?labelSelector=${encodeURIComponent('tier in front')}`)), {
        status: 400,
        body: { reason: 'BadRequest', message: /unable to parse requirement: / },
      })
    }),
    check(
      'Field selectors know metadata.name and metadata.namespace of every kind.',
      ignoring('fieldSelector'),
      async (scene) => {
        const { ask, at, namespace } = scene
        await five(scene)
        fits((await ask(at('configmaps?fieldSelector=metadata.name=b'))).body, { items: named('b') })
        const everywhere = await ask(
          `/api/v1/configmaps?fieldSelector=metadata.namespace=${namespace},metadata.name!=b`,
        )
        fits(everywhere.body, { items: including(...named('a', 'c', 'd', 'e')) })
        fits(everywhere.body, { items: without({ metadata: { name: 'b' } }) })
        fits(everywhere.body, { items: without({ metadata: { namespace: not(namespace) } }) })
      },
    ),
    check(
      'Field selectors know the type of a Secret and the phase of a Namespace.',
      ignoring('fieldSelector'),
      async ({ ask, at, namespace }) => {
        await ask(at('secrets'), { body: { metadata: { name: 'plain' } } })
        await ask(at('secrets'), { body: { metadata: { name: 'own' }, type: 'orbweaver.dev/own' } })
        fits((await ask(at('secrets?fieldSelector=type=orbweaver.dev/own'))).body, { items: named('own') })
        const ending = await ask('/api/v1/namespaces?fieldSelector=status.phase=Terminating')
        fits(ending.body, { items: without({ metadata: { name: namespace } }) })
      },
    ),
    check('A field selector that a kind does not know is 400.', ignoring('fieldSelector'), async ({ ask, at }) => {
      fits(await ask(at('configmaps?fieldSelector=data.a=b')), {
        status: 400,
        body: {
          reason: 'BadRequest',
          message: '"data.a" is not a known field selector: only "metadata.name", "metadata.namespace"',
        },
      })
    }),
    check('resourceVersionMatch=Exact answers the list as it was.', ignoring('resourceVersionMatch'), async (scene) => {
      const { ask, at } = scene
      await five(scene)
      const version = textAt((await ask(at('configmaps'))).body, 'metadata', 'resourceVersion') ?? ''
      await ask(at('configmaps/a'), { method: 'DELETE' })
      const then = await ask(at(`configmaps?resourceVersion=${version}&resourceVersionMatch=Exact`))
      fits(then, {
        status: 200,
        body: { metadata: { resourceVersion: version }, items: including(...named(...names)) },
      })
    }),
    check(
      'resourceVersionMatch=NotOlderThan answers the present or newer.',
      breaking('the difference of NotOlderThan and Exact', ({ query }) => {
        if (query.get('resourceVersionMatch') !== 'NotOlderThan') return
        query.set('resourceVersionMatch', 'Exact')
        query.set('resourceVersion', '1')
      }),
      async (scene) => {
        const { ask, at } = scene
        await five(scene)
        const version = textAt((await ask(at('configmaps'))).body, 'metadata', 'resourceVersion') ?? ''
        await ask(at('configmaps/a'), { method: 'DELETE' })
        const now = await ask(at(`configmaps?resourceVersion=${version}&resourceVersionMatch=NotOlderThan`))
        fits(now, { status: 200, body: { metadata: { resourceVersion: (value) => Number(value) >= Number(version) } } })
      },
    ),
    check(
      'resourceVersionMatch without resourceVersion is 422.',
      ignoring('resourceVersionMatch'),
      async ({ ask, at }) => {
        fits(await ask(at('configmaps?resourceVersionMatch=Exact')), {
          status: 422,
          body: {
            reason: 'Invalid',
            message:
              'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
          },
        })
      },
    ),
    check(
      'A resourceVersion that is still to come is 504 Timeout: Too large resource version.',
      ignoring('resourceVersion'),
      async ({ ask, at }) => {
        fits(await ask(at('configmaps?resourceVersion=99999999999&resourceVersionMatch=NotOlderThan')), {
          status: 504,
          headers: { 'retry-after': '1' },
          body: {
            reason: 'Timeout',
            message: /^Timeout: Too large resource version: 99999999999, current: \d+$/,
            details: { retryAfterSeconds: 1, causes: [{ reason: 'ResourceVersionTooLarge' }] },
          },
        })
      },
    ),
    check('A resourceVersion that is no number is 400.', ignoring('resourceVersion'), async ({ ask, at }) => {
      fits(await ask(at('configmaps?resourceVersion=abc')), {
        status: 400,
        body: { reason: 'BadRequest', message: /^(invalid resource version|resourceVersion: Invalid value)/ },
      })
    }),
    check(
      'A list may be asked for as PartialObjectMetadata.',
      breaking('accept of metadata alone', ({ headers }) => {
        headers.accept = 'application/json'
      }),
      async (scene) => {
        const { ask, at } = scene
        await five(scene)
        const accept = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1'
        fits((await ask(at(`configmaps?${own}`), { headers: { accept } })).body, {
          kind: 'PartialObjectMetadataList',
          apiVersion: 'meta.k8s.io/v1',
          items: names.map((name) => ({
            kind: 'PartialObjectMetadata',
            apiVersion: 'meta.k8s.io/v1',
            metadata: { name },
            data: undefined,
          })),
        })
      },
    ),
    check(
      'A list over all namespaces tells the namespace of each item.',
      takingPathFor(/^\/api\/v1\/configmaps$/, '/api/v1/namespaces/default/configmaps'),
      async (scene) => {
        await five(scene)
        const answer = await scene.ask('/api/v1/configmaps')
        fits(answer.body, { items: including({ metadata: { name: 'a', namespace: scene.namespace } }) })
      },
    ),
  ],
}
