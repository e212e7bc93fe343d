import { textAt } from '@orbweaver/contracts/json'
import { breaking, creating, ignoringSent, only, takingNonsenseFor, takingTypeFor } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits } from '../fits.ts'
import type { Answer, Scene } from '../scene.ts'
import { customKind, objectsOf, serve, widget } from './custom-kind.ts'
import { configMap, deployment, patchType } from './objects.ts'

type Patch = { type: keyof typeof patchType; body: unknown }

const patched = ({ ask, at }: Scene, path: string, { type, body }: Patch): Promise<Answer> =>
  ask(at(path), { method: 'PATCH', type: patchType[type], body })

const withData = async (scene: Scene): Promise<void> => {
  await scene.ask(scene.at('configmaps'), { body: configMap('a', { data: { one: '1', two: '2' } }) })
}

const deployments = 'apps/v1/deployments'

async function twoContainers({ ask, at }: Scene): Promise<void> {
  const containers = [
    {
      name: 'main',
      image: 'main:1',
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
      ],
      args: ['x', 'y'],
    },
    { name: 'side', image: 'side:1' },
  ]
  const body = deployment('a', { template: { metadata: { labels: { app: 'a' } }, spec: { containers } } })
  await ask(at(deployments), { body })
}

const containers = (...list: object[]): object => ({ spec: { template: { spec: { containers: list } } } })

/** JSON patches without their tests. */
const untested = breaking('tests', (sent) => {
  if (Array.isArray(sent.body)) sent.body = sent.body.filter((each) => textAt(each, 'op') !== 'test')
})

export const patches: Area = {
  title: 'Patches',
  checks: [
    check(
      'A JSON patch adds, replaces, removes, moves, copies and tests.',
      takingTypeFor(patchType.json, patchType.merge),
      async (scene) => {
        await withData(scene)
        const body = [
          { op: 'test', path: '/data/one', value: '1' },
          { op: 'add', path: '/data/three', value: '3' },
          { op: 'replace', path: '/data/one', value: '11' },
          { op: 'copy', from: '/data/one', path: '/data/copied' },
          { op: 'move', from: '/data/three', path: '/data/moved' },
          { op: 'remove', path: '/data/two' },
        ]
        const { status, body: answer } = await patched(scene, 'configmaps/a', { type: 'json', body })
        fits(
          { status, answer },
          { status: 200, answer: { data: { one: '11', copied: '11', moved: '3', two: undefined, three: undefined } } },
        )
      },
    ),
    check('A JSON patch whose test fails changes nothing: 422.', untested, async (scene) => {
      await withData(scene)
      const body = [
        { op: 'add', path: '/data/three', value: '3' },
        { op: 'test', path: '/data/one', value: 'other' },
      ]
      fits(await patched(scene, 'configmaps/a', { type: 'json', body }), {
        status: 422,
        body: { reason: 'Invalid', message: 'the server rejected our request due to an error in our request' },
      })
      fits((await scene.ask(scene.at('configmaps/a'))).body, { data: { three: undefined } })
    }),
    check(
      'A JSON patch knows ~1 and the end of a list.',
      takingTypeFor(patchType.json, patchType.merge),
      async (scene) => {
        const { ask, at } = scene
        await ask(at('configmaps'), {
          body: configMap('a', { metadata: { name: 'a', finalizers: ['orbweaver.dev/one'], annotations: {} } }),
        })
        const body = [
          { op: 'add', path: '/metadata/finalizers/-', value: 'orbweaver.dev/two' },
          { op: 'add', path: '/metadata/annotations', value: {} },
          { op: 'add', path: '/metadata/annotations/orbweaver.dev~1note', value: 'x' },
        ]
        fits((await patched(scene, 'configmaps/a', { type: 'json', body })).body, {
          metadata: {
            finalizers: ['orbweaver.dev/one', 'orbweaver.dev/two'],
            annotations: { 'orbweaver.dev/note': 'x' },
          },
        })
        await patched(scene, 'configmaps/a', { type: 'merge', body: { metadata: { finalizers: null } } })
      },
    ),
    check(
      'A merge patch sets, and null removes.',
      only({ method: 'PATCH' }, ignoringSent(['data', 'one'])),
      async (scene) => {
        await withData(scene)
        const answer = await patched(scene, 'configmaps/a', {
          type: 'merge',
          body: { data: { one: null, three: '3' } },
        })
        fits(answer, { status: 200, body: { data: { one: undefined, two: '2', three: '3' } } })
      },
    ),
    check('A merge patch replaces lists whole.', takingTypeFor(patchType.merge, patchType.strategic), async (scene) => {
      await twoContainers(scene)
      const answer = await patched(scene, `${deployments}/a`, {
        type: 'merge',
        body: containers({ name: 'new', image: 'new:1' }),
      })
      fits(answer.body, { spec: { template: { spec: { containers: [{ name: 'new' }] } } } })
    }),
    check(
      'A patch with a resourceVersion of before is 409 Conflict.',
      ignoringSent(['metadata', 'resourceVersion']),
      async (scene) => {
        await withData(scene)
        const body = { metadata: { resourceVersion: '1' }, data: { one: '3' } }
        fits(await patched(scene, 'configmaps/a', { type: 'merge', body }), {
          status: 409,
          body: { reason: 'Conflict' },
        })
      },
    ),
    check('A patch may not rename.', only({ method: 'PATCH' }, ignoringSent(['metadata', 'name'])), async (scene) => {
      await withData(scene)
      fits(await patched(scene, 'configmaps/a', { type: 'merge', body: { metadata: { name: 'b' } } }), {
        status: 400,
        body: { reason: 'BadRequest', message: 'the name of the object (b) does not match the name on the URL (a)' },
      })
    }),
    check(
      'A strategic patch merges containers and their environment by name.',
      takingTypeFor(patchType.strategic, patchType.merge),
      async (scene) => {
        await twoContainers(scene)
        const body = containers({ name: 'main', image: 'main:2', env: [{ name: 'B', value: '3' }] })
        fits((await patched(scene, `${deployments}/a`, { type: 'strategic', body })).body, {
          spec: {
            template: {
              spec: {
                containers: [
                  {
                    name: 'main',
                    image: 'main:2',
                    env: [
                      { name: 'A', value: '1' },
                      { name: 'B', value: '3' },
                    ],
                  },
                  { name: 'side', image: 'side:1' },
                ],
              },
            },
          },
        })
      },
    ),
    check(
      'A strategic patch replaces lists that have no key.',
      ignoringSent(['spec', 'template', 'spec', 'containers', '*', 'args']),
      async (scene) => {
        await twoContainers(scene)
        const body = containers({ name: 'main', args: ['z'] })
        fits((await patched(scene, `${deployments}/a`, { type: 'strategic', body })).body, {
          spec: { template: { spec: { containers: [{ name: 'main', args: ['z'] }, { name: 'side' }] } } },
        })
      },
    ),
    check(
      '$patch: delete in a strategic patch removes an item.',
      ignoringSent(['spec', 'template', 'spec', 'containers', '*', '$patch']),
      async (scene) => {
        await twoContainers(scene)
        const body = containers({ name: 'side', $patch: 'delete' })
        fits((await patched(scene, `${deployments}/a`, { type: 'strategic', body })).body, {
          spec: { template: { spec: { containers: [{ name: 'main' }] } } },
        })
      },
    ),
    check(
      '$patch: replace in a strategic patch replaces a map.',
      ignoringSent(['metadata', 'annotations', '$patch']),
      async (scene) => {
        const { ask, at } = scene
        await ask(at('configmaps'), {
          body: configMap('a', { metadata: { name: 'a', annotations: { one: '1', two: '2' } } }),
        })
        const body = { metadata: { annotations: { $patch: 'replace', three: '3' } } }
        fits((await patched(scene, 'configmaps/a', { type: 'strategic', body })).body, {
          metadata: { annotations: { one: undefined, two: undefined, three: '3' } },
        })
      },
    ),
    check(
      '$retainKeys in a strategic patch drops the keys that it does not name.',
      ignoringSent(['spec', 'strategy', '$retainKeys']),
      async (scene) => {
        await twoContainers(scene)
        const body = { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } }
        fits(await patched(scene, `${deployments}/a`, { type: 'strategic', body }), {
          status: 200,
          body: { spec: { strategy: { type: 'Recreate', rollingUpdate: undefined } } },
        })
      },
    ),
    check(
      '$setElementOrder in a strategic patch orders the list.',
      ignoringSent(['spec', 'template', 'spec', '$setElementOrder/containers']),
      async (scene) => {
        await twoContainers(scene)
        const order = [{ name: 'side' }, { name: 'main' }]
        const body = {
          spec: {
            template: {
              spec: { '$setElementOrder/containers': order, containers: [{ name: 'main', image: 'main:3' }] },
            },
          },
        }
        fits((await patched(scene, `${deployments}/a`, { type: 'strategic', body })).body, {
          spec: { template: { spec: { containers: [{ name: 'side' }, { name: 'main', image: 'main:3' }] } } },
        })
      },
    ),
    check(
      '$deleteFromPrimitiveList in a strategic patch removes finalizers.',
      ignoringSent(['metadata', '$deleteFromPrimitiveList/finalizers']),
      async (scene) => {
        const { ask, at } = scene
        const finalizers = ['orbweaver.dev/one', 'orbweaver.dev/two']
        await ask(at('configmaps'), { body: configMap('a', { metadata: { name: 'a', finalizers } }) })
        const body = { metadata: { '$deleteFromPrimitiveList/finalizers': ['orbweaver.dev/one'] } }
        const answer = await patched(scene, 'configmaps/a', { type: 'strategic', body })
        await patched(scene, 'configmaps/a', { type: 'merge', body: { metadata: { finalizers: null } } })
        fits(answer.body, { metadata: { finalizers: ['orbweaver.dev/two'] } })
      },
    ),
    check(
      'Custom kinds know no strategic patch: 415 with the types that they know.',
      takingTypeFor(patchType.strategic, patchType.merge),
      async (scene) => {
        const kind = customKind(scene, {})
        await serve(scene, kind)
        await scene.ask(objectsOf(scene, kind), { body: widget(kind, 'a') })
        const path = `${objectsOf(scene, kind)}/a`
        fits(await scene.ask(path, { method: 'PATCH', type: patchType.strategic, body: { spec: { size: 1 } } }), {
          status: 415,
          body: {
            reason: 'UnsupportedMediaType',
            message:
              'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
          },
        })
      },
    ),
    check(
      'A patch of a type that nobody knows is 415.',
      takingTypeFor('text/plain', patchType.merge),
      async (scene) => {
        await withData(scene)
        const answer = await scene.ask(scene.at('configmaps/a'), { method: 'PATCH', type: 'text/plain', body: '{}' })
        fits(answer, { status: 415, body: { reason: 'UnsupportedMediaType', code: 415 } })
      },
    ),
    check('A patch that does not parse is 400.', takingNonsenseFor({}), async (scene) => {
      await withData(scene)
      fits(await patched(scene, 'configmaps/a', { type: 'merge', body: '{"data":' }), {
        status: 400,
        body: { reason: 'BadRequest' },
      })
    }),
    check('A patch of what is not there is 404.', creating, async (scene) => {
      fits(await patched(scene, 'configmaps/none', { type: 'merge', body: { data: {} } }), {
        status: 404,
        body: { reason: 'NotFound', message: 'configmaps "none" not found' },
      })
    }),
  ],
}
