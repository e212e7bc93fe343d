import { textAt } from '@orbweaver/contracts/json'
import { asking, ignoring, ignoringHeader } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits, including, something } from '../fits.ts'
import { swallowing, withoutInEvents } from '../forms.ts'
import type { Scene } from '../scene.ts'
import { configMap, labelled, patchType } from './objects.ts'

const nowOf = async ({ ask, at }: Scene): Promise<string> =>
  textAt((await ask(at('secrets'))).body, 'metadata', 'resourceVersion') ?? ''

const secret = (name: string, labels: Record<string, string> = {}) => ({ metadata: { name, labels } })
const merge = (body: object) => ({ method: 'PATCH', type: patchType.merge, body })

export const watches: Area = {
  title: 'Watches',
  checks: [
    check(
      'A watch from a revision tells ADDED, MODIFIED and DELETED in their order, with whole objects.',
      swallowing('MODIFIED'),
      async (scene) => {
        const { ask, at, watch } = scene
        const from = await nowOf(scene)
        const during = async () => {
          await ask(at('secrets'), { body: secret('a') })
          await ask(at('secrets/a'), merge({ data: { k: 'dg==' } }))
          await ask(at('secrets/a'), { method: 'DELETE' })
        }
        const { events } = await watch(at(`secrets?watch=true&resourceVersion=${from}`), { during, until: 3 })
        fits(events, [
          { type: 'ADDED', object: { kind: 'Secret', apiVersion: 'v1', metadata: { name: 'a', uid: something } } },
          { type: 'MODIFIED', object: { data: { k: 'dg==' } } },
          { type: 'DELETED', object: { metadata: { name: 'a', resourceVersion: /^\d+$/ } } },
        ])
      },
    ),
    check('A watch from an earlier revision tells what came since.', ignoring('resourceVersion'), async (scene) => {
      const { ask, at, watch } = scene
      await ask(at('secrets'), { body: secret('a-before') })
      const from = await nowOf(scene)
      await ask(at('secrets'), { body: secret('after') })
      const { events } = await watch(at(`secrets?watch=true&resourceVersion=${from}`), { until: 1 })
      fits(events, [{ type: 'ADDED', object: { metadata: { name: 'after' } } }])
    }),
    check(
      'A watch without a revision begins with what is there, as ADDED.',
      asking({ sendInitialEvents: 'false', resourceVersionMatch: 'NotOlderThan' }),
      async ({ ask, at, watch }) => {
        await ask(at('secrets'), { body: secret('a') })
        await ask(at('secrets'), { body: secret('b') })
        const { events } = await watch(at('secrets?watch=true'), { until: 2 })
        fits(
          events,
          including(
            { type: 'ADDED', object: { metadata: { name: 'a' } } },
            { type: 'ADDED', object: { metadata: { name: 'b' } } },
          ),
        )
      },
    ),
    check(
      'A DELETED event has the revision of the deletion, later than that of the last state.',
      withoutInEvents('object', 'metadata', 'resourceVersion'),
      async (scene) => {
        const { ask, at, watch } = scene
        const made = await ask(at('secrets'), { body: secret('a') })
        const version = textAt(made.body, 'metadata', 'resourceVersion') ?? ''
        const during = () => ask(at('secrets/a'), { method: 'DELETE' })
        const { events } = await watch(at(`secrets?watch=true&resourceVersion=${version}`), { during, until: 1 })
        fits(events, [
          { type: 'DELETED', object: { metadata: { resourceVersion: (value) => Number(value) > Number(version) } } },
        ])
      },
    ),
    check(
      'A watch by label sees an object that loses the label as DELETED.',
      ignoring('labelSelector'),
      async (scene) => {
        const { ask, at, watch } = scene
        await ask(at('configmaps'), { body: labelled('a', { tier: 'front' }) })
        const from = await nowOf(scene)
        const during = () => ask(at('configmaps/a'), merge({ metadata: { labels: { tier: 'back' } } }))
        const { events } = await watch(at(`configmaps?watch=true&labelSelector=tier=front&resourceVersion=${from}`), {
          during,
          until: 1,
        })
        fits(events, [{ type: 'DELETED', object: { metadata: { name: 'a' } } }])
      },
    ),
    check(
      'A watch by label sees an object that gains the label as ADDED.',
      ignoring('labelSelector'),
      async (scene) => {
        const { ask, at, watch } = scene
        await ask(at('configmaps'), { body: labelled('a', { tier: 'back' }) })
        const from = await nowOf(scene)
        const during = () => ask(at('configmaps/a'), merge({ metadata: { labels: { tier: 'front' } } }))
        const { events } = await watch(at(`configmaps?watch=true&labelSelector=tier=front&resourceVersion=${from}`), {
          during,
          until: 1,
        })
        fits(events, [{ type: 'ADDED', object: { metadata: { name: 'a' } } }])
      },
    ),
    check('A watch by metadata.name sees one object only.', ignoring('fieldSelector'), async (scene) => {
      const { ask, at, watch } = scene
      const from = await nowOf(scene)
      const during = async () => {
        await ask(at('secrets'), { body: secret('other') })
        await ask(at('secrets'), { body: secret('a') })
      }
      const { events } = await watch(at(`secrets?watch=true&fieldSelector=metadata.name=a&resourceVersion=${from}`), {
        during,
        until: 1,
      })
      fits(events, [{ type: 'ADDED', object: { metadata: { name: 'a' } } }])
    }),
    check(
      'WatchList tells what is there, then a bookmark that says so, then changes.',
      ignoring('sendInitialEvents', 'resourceVersionMatch'),
      async (scene) => {
        const { ask, at, watch } = scene
        await ask(at('secrets'), { body: secret('a') })
        const query = 'watch=true&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan'
        const { events } = await watch(at(`secrets?${query}`), { until: { type: 'BOOKMARK' } })
        fits(events, [
          { type: 'ADDED', object: { metadata: { name: 'a' } } },
          {
            type: 'BOOKMARK',
            object: {
              kind: 'Secret',
              apiVersion: 'v1',
              metadata: { resourceVersion: /^\d+$/, annotations: { 'k8s.io/initial-events-end': 'true' } },
            },
          },
        ])
      },
    ),
    check(
      'sendInitialEvents without resourceVersionMatch=NotOlderThan is 422.',
      ignoring('sendInitialEvents'),
      async ({ at, watch }) => {
        const answer = await watch(at('secrets?watch=true&sendInitialEvents=true&allowWatchBookmarks=true'), {
          until: 1,
        })
        fits(answer, {
          status: 422,
          body: {
            reason: 'Invalid',
            message:
              'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
          },
        })
      },
    ),
    check(
      'resourceVersionMatch for a watch is 422 without sendInitialEvents.',
      ignoring('resourceVersionMatch'),
      async ({ at, watch }) => {
        fits(await watch(at('secrets?watch=true&resourceVersionMatch=NotOlderThan&resourceVersion=1'), { until: 1 }), {
          status: 422,
          body: {
            message:
              /resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided/,
          },
        })
      },
    ),
    check(
      'A watch that ends soon sends a bookmark before it does, with the revision of what it did not show.',
      ignoring('allowWatchBookmarks'),
      async (scene) => {
        const { ask, at, watch } = scene
        const from = await nowOf(scene)
        let made = ''
        const during = async () => {
          const answer = await ask(at('secrets'), { body: secret('a') })
          made = textAt(answer.body, 'metadata', 'resourceVersion') ?? ''
        }
        const options = 'allowWatchBookmarks=true&timeoutSeconds=4&fieldSelector=metadata.name=none'
        const { events } = await watch(at(`secrets?watch=true&${options}&resourceVersion=${from}`), {
          during,
          until: 1,
        })
        const resourceVersion = (value: unknown): boolean => Number(value) >= Number(made)
        fits(events, [
          { type: 'BOOKMARK', object: { kind: 'Secret', apiVersion: 'v1', metadata: { resourceVersion } } },
        ])
      },
    ),
    check('timeoutSeconds ends a watch without an error.', ignoring('timeoutSeconds'), async (scene) => {
      const from = await nowOf(scene)
      const { events, ended } = await scene.watch(
        scene.at(`secrets?watch=true&timeoutSeconds=1&resourceVersion=${from}`),
      )
      fits({ events, ended }, { events: [], ended: true })
    }),
    check(
      'Watch events may be asked for as PartialObjectMetadata.',
      ignoringHeader('accept'),
      async ({ ask, at, watch }) => {
        await ask(at('configmaps'), { body: configMap('a', { data: { k: 'v' } }) })
        const accept = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1'
        const { events } = await watch(at('configmaps?watch=true&fieldSelector=metadata.name=a'), { until: 1, accept })
        fits(events, [
          {
            type: 'ADDED',
            object: {
              kind: 'PartialObjectMetadata',
              apiVersion: 'meta.k8s.io/v1',
              data: undefined,
              metadata: { name: 'a' },
            },
          },
        ])
      },
    ),
  ],
}
