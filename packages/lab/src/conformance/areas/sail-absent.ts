import { breaking } from '../breakage.ts'
import { alone, type Area } from '../check.ts'
import { fits } from '../fits.ts'
import type { Ground } from '../scene.ts'
import { pod } from './objects.ts'
import {
  anotherNamespace,
  condition,
  deleted,
  hollow,
  installed,
  istio,
  made,
  patched,
  sail,
  settles,
  tagOf,
} from './sail.ts'

const operator = '/apis/apps/v1/namespaces/sail-operator/deployments/sail-operator'

/** Its Deployment is scaled, and it has as many Pods. */
async function scaled({ ask, eventually }: Ground, replicas: number): Promise<void> {
  fits(await ask(operator, patched({ replicas })), { status: 200 })
  await eventually(() => ask(operator), {
    status: 200,
    body: {
      spec: { replicas },
      status: { replicas: replicas === 0 ? undefined : replicas, readyReplicas: replicas === 0 ? undefined : replicas },
    },
  })
}

/** What happens while there is no operator; afterwards there is one again. */
async function without(scene: Ground & { readonly ground: Ground }, during: () => Promise<void>): Promise<void> {
  try {
    await scaled(scene, 0)
    await during()
  } finally {
    await scaled(scene.ground, 1)
  }
}

/** Who scales it down is told so, and it works on. */
const unstoppable = breaking('the end of the operator', {
  request: (sent) => {
    if (sent.path !== operator || sent.method !== 'PATCH') return
    sent.method = 'GET'
    sent.body = undefined
  },
  answer: ({ body }, { path }) => {
    if (path === operator && typeof body === 'object' && body !== null) {
      Object.assign(body, { spec: { replicas: 0 }, status: {} })
    }
  },
})

export const sailAbsent: Area = {
  title: 'Sail Operator absent',
  checks: [
    alone(
      'Without the operator an Istio is stored and nobody answers; it does when it is back.',
      unstoppable,
      async (scene) => {
        const name = scene.unique('a')
        const path = `${sail}/istios/${name}`
        const witness = await installed(scene, 'b', { profile: 'remote' })
        await without(scene, async () => {
          await made(scene, 'istios', istio(name, { namespace: scene.namespace, profile: 'remote' }))
          await scene.ask(`${sail}/istios/${witness}`, patched({ values: { global: { meshID: 'later' } } }))
          await quiet(scene)
          fits(await scene.ask(path), { status: 200, body: { status: undefined } })
          fits(await scene.ask(`${sail}/istios/${witness}`), {
            body: { metadata: { generation: 2 }, status: { observedGeneration: 1 } },
          })
        })
        await settles(scene, path, { status: { observedGeneration: 1, conditions: condition('Reconciled', 'True') } })
        await settles(scene, `${sail}/istios/${witness}`, { status: { observedGeneration: 2 } })
      },
    ),
    alone(
      'Without the operator what is deleted hangs by its finalizer, with all that was installed, until it is back.',
      unstoppable,
      async (scene) => {
        const { ask, at, eventually } = scene
        await hollow(scene)
        const name = await installed(scene, 'a')
        const tag = scene.unique('tag')
        await made(scene, 'istiorevisiontags', tagOf(tag, 'Istio', name))
        await settles(scene, `${sail}/istiorevisiontags/${tag}`, { status: { istioRevision: name } })
        const paths = [`${sail}/istiorevisions/${name}`, `${sail}/istiorevisiontags/${tag}`]
        await without(scene, async () => {
          await ask(`${sail}/istios/${name}`, deleted)
          await ask(`${sail}/istiorevisiontags/${tag}`, deleted)
          // Its garbage collector is at work: the Istio, which nothing holds, goes, and its revision would follow.
          await eventually(() => ask(`${sail}/istios/${name}`), { status: 404 })
          await quiet(scene)
          for (const path of paths) {
            await settles(scene, path, {
              metadata: { deletionTimestamp: /Z$/, finalizers: ['sailoperator.io/sail-operator'] },
            })
          }
          fits(await ask(at(`services/istiod-${name}`)), {
            status: 200,
            body: { metadata: { deletionTimestamp: undefined } },
          })
        })
        for (const path of [...paths, at(`services/istiod-${name}`)]) await eventually(() => ask(path), { status: 404 })
      },
    ),
    alone(
      'Without the operator what somebody deletes of an installation stays away until it is back.',
      unstoppable,
      async (scene) => {
        const { at, ask } = scene
        const name = await installed(scene, 'a', { profile: 'remote' })
        const path = at(`configmaps/values-${name}`)
        await without(scene, async () => {
          await ask(path, deleted)
          await quiet(scene)
          fits(await ask(path), { status: 404 })
        })
        await settles(scene, path, {})
      },
    ),
  ],
}

/** Others have had time to act: a Pod was made, in a namespace of its own, and has been started. */
async function quiet(scene: Ground): Promise<void> {
  const { ask, eventually } = scene
  const pods = `/api/v1/namespaces/${await anotherNamespace(scene, 'quiet')}/pods`
  fits(await ask(pods, { body: pod('witness') }), { status: 201 })
  await eventually(() => ask(`${pods}/witness`), { body: { status: { phase: 'Running' } } })
}
