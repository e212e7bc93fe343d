import { ignoringSent, only } from '../breakage.ts'
import { alone, type Area } from '../check.ts'
import { fits } from '../fits.ts'
import type { Ground } from '../scene.ts'
import { quiet, condition, deleted, hollow, installed, istio, made, patched, sail, settles, tagOf } from './sail.ts'

const operator = '/apis/apps/v1/namespaces/sail-operator/deployments/sail-operator'
const itsPods = '/api/v1/namespaces/sail-operator/pods'

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

/** A Deployment counts no Pod that is going, and what runs in one works on to its end. */
async function ended(ground: Ground): Promise<void> {
  await ground.eventually(() => ground.ask(itsPods), { status: 200, body: { items: [] } })
  await quiet(ground, 1)
}

/** What happens while there is no operator; afterwards there is one again. */
async function without(scene: Ground & { readonly ground: Ground }, during: () => Promise<void>): Promise<void> {
  try {
    await scaled(scene, 0)
    await ended(scene)
    await during()
  } finally {
    await scaled(scene.ground, 1)
  }
}

/** It works on. */
const unstoppable = only({ path: /\/sail-operator$/ }, ignoringSent(['spec', 'replicas']))

export const sailAbsent: Area = {
  title: 'Sail Operator absent',
  checks: [
    alone(
      'Without the operator nobody answers an Istio or puts anything back, until it is there again.',
      unstoppable,
      async (scene) => {
        const { ask, at, unique } = scene
        const [fresh, old] = [unique('a'), await installed(scene, 'b', { profile: 'remote' })]
        const path = (name: string): string => `${sail}/istios/${name}`
        const lost = at(`configmaps/values-${old}`)
        await without(scene, async () => {
          await made(scene, 'istios', istio(fresh, { namespace: scene.namespace, profile: 'remote' }))
          await ask(path(old), patched({ values: { global: { meshID: 'later' } } }))
          await ask(lost, deleted)
          await quiet(scene, 2)
          fits(await ask(path(fresh)), { status: 200, body: { status: undefined } })
          fits(await ask(path(old)), { body: { metadata: { generation: 2 }, status: { observedGeneration: 1 } } })
          fits(await ask(lost), { status: 404 })
        })
        await settles(scene, path(fresh), {
          status: { observedGeneration: 1, conditions: condition('Reconciled', 'True') },
        })
        await settles(scene, path(old), { status: { observedGeneration: 2 } })
        await settles(scene, lost, {})
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
          await quiet(scene, 2)
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
  ],
}
