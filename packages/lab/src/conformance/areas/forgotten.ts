import { textAt } from '@orbweaver/contracts/json'
import { asking, ignoring, only } from '../breakage.ts'
import { alone, type Area } from '../check.ts'
import { fits, something } from '../fits.ts'
import type { Scene } from '../scene.ts'

/** Events: an API server keeps no history of them in memory, so that what etcd forgets is forgotten. */
const event = (name: string, namespace: string) => ({
  metadata: { name },
  involvedObject: { namespace },
  type: 'Normal',
})

/** A first page of Events, and then the end of its revision. */
async function forgottenPage({ ask, at, namespace, forget }: Scene): Promise<string> {
  for (const name of ['a', 'b', 'c']) await ask(at('events'), { body: event(name, namespace) })
  const first = await ask(at('events?limit=1'))
  await ask(at('events/b'), { method: 'DELETE' })
  await forget()
  return textAt(first.body, 'metadata', 'continue') ?? ''
}

const expired =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.'

export const forgotten: Area = {
  title: 'Forgotten history',
  checks: [
    alone('A continue token of a forgotten revision is 410 Expired.', ignoring('continue'), async (scene) => {
      const token = encodeURIComponent(await forgottenPage(scene))
      fits(await scene.ask(scene.at(`events?limit=1&continue=${token}`)), {
        status: 410,
        body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'Expired', code: 410, message: expired },
      })
    }),
    alone(
      'The 410 of a continue token carries a token with which the list goes on, as it is now.',
      ignoring('continue'),
      async (scene) => {
        const { ask, at } = scene
        const refused = await ask(at(`events?limit=1&continue=${encodeURIComponent(await forgottenPage(scene))}`))
        fits(refused.body, { metadata: { continue: something } })
        const token = encodeURIComponent(textAt(refused.body, 'metadata', 'continue') ?? '')
        fits((await ask(at(`events?limit=1&continue=${token}`))).body, { items: [{ metadata: { name: 'c' } }] })
      },
    ),
    alone(
      'A list of exactly a forgotten revision is 410 Expired.',
      ignoring('resourceVersionMatch'),
      async ({ ask, at, namespace, forget }) => {
        const version = textAt((await ask(at('events'))).body, 'metadata', 'resourceVersion') ?? ''
        await ask(at('events'), { body: event('a', namespace) })
        await forget()
        fits(await ask(at(`events?resourceVersion=${version}&resourceVersionMatch=Exact`)), {
          status: 410,
          body: { reason: 'Expired', message: 'The resourceVersion for the provided list is too old.' },
        })
      },
    ),
    alone(
      'A watch from a forgotten revision is 200 with one event: ERROR, 410 Expired.',
      only({ path: /\/events$/ }, asking({ resourceVersion: '', timeoutSeconds: '1' })),
      async (scene) => {
        const { ask, at, namespace, watch, forget } = scene
        const version = textAt((await ask(at('events'))).body, 'metadata', 'resourceVersion') ?? ''
        await ask(at('events'), { body: event('a', namespace) })
        await ask(at('events'), { body: event('b', namespace) })
        await forget()
        const { status, events, ended } = await watch(at(`events?watch=true&resourceVersion=${version}`))
        fits({ status, ended }, { status: 200, ended: true })
        fits(events, [
          {
            type: 'ERROR',
            object: { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'Expired', code: 410 },
          },
        ])
      },
    ),
  ],
}
