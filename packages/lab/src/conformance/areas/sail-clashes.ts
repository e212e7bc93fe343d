import { only, takingFor, undeletable } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { including } from '../fits.ts'
import { condition, deaf, deleted, istio, later, made, said, sail, settles, tagOf } from './sail.ts'

const path = (tag: string): string => `${sail}/istiorevisiontags/${tag}`
const nowhere = 'nowhere'

export const sailClashes: Area = {
  title: 'Sail names that clash',
  checks: [
    check(
      'A tag may not have the name of an older revision.',
      only({ method: 'POST' }, deaf('istios', ['metadata', 'name'])),
      async (scene) => {
        const name = scene.unique('a')
        await made(scene, 'istios', istio(name, { namespace: nowhere }))
        await settles(scene, `${sail}/istiorevisions/${name}`, {})
        await later(scene, await scene.ask(`${sail}/istiorevisions/${name}`))
        await made(scene, 'istiorevisiontags', tagOf(name, 'Istio', name))
        await settles(scene, path(name), {
          status: {
            state: 'NameAlreadyExists',
            conditions: including(said('Reconciled False NameAlreadyExists', 'an IstioRevision exists with this name')),
          },
        })
      },
    ),
    check(
      'A revision may not have the name of an older tag, and its Istio says so.',
      only(
        { path: /\/istiorevisiontags$/ },
        takingFor(['metadata', 'name'], (was) => `${was}-other`),
      ),
      async (scene) => {
        const name = scene.unique('a')
        await later(scene, await made(scene, 'istiorevisiontags', tagOf(name, 'Istio', name)))
        await made(scene, 'istios', istio(name, { namespace: nowhere }))
        const clash = said('Reconciled False NameAlreadyExists', 'an IstioRevisionTag exists with this name')
        for (const plural of ['istiorevisions', 'istios']) {
          await settles(scene, `${sail}/${plural}/${name}`, {
            status: { state: 'NameAlreadyExists', conditions: including(clash) },
          })
        }
      },
    ),
    check('A revision whose name is free again is installed.', undeletable, async (scene) => {
      const name = scene.unique('a')
      await later(scene, await made(scene, 'istiorevisiontags', tagOf(name, 'Istio', 'nobody')))
      await made(scene, 'istios', istio(name, { namespace: scene.namespace, profile: 'remote' }))
      await settles(scene, `${sail}/istios/${name}`, { status: { state: 'NameAlreadyExists' } })
      await scene.ask(path(name), deleted)
      await settles(scene, `${sail}/istios/${name}`, { status: { conditions: condition('Reconciled', 'True') } })
    }),
  ],
}
