import { onTestFinished } from 'vitest'
import { startInformer } from '../informer.ts'
import type { InformerTiming } from '../informer/session.ts'
import type { InformerState } from '../informer/truth.ts'
import { pods } from '../resources.ts'
import { clientOf } from './server.ts'

const quick: InformerTiming = {
  backoff: { firstMs: 2, mostMs: 20 },
  slowMs: 30,
  probeMs: 10_000,
  initialSilenceMs: 200,
}

/** An informer of pods as `name@resourceVersion`, and all that it told: states, and what its changes add up to. */
export function observe(server: { url: string }, timing: InformerTiming = {}, pageSize = 500) {
  const states: InformerState[] = []
  const log: string[] = []
  const told = new Map<string, string>()
  const batches: number[] = []
  const client = clientOf(server)
  const informer = startInformer({
    client,
    resource: pods,
    pageSize,
    timing: { ...quick, ...timing },
    project: ({ metadata }) => `${metadata.name}@${metadata.resourceVersion}`,
    onState: (state) => states.push(state),
    onChange(batch) {
      batches.push(batch.length)
      for (const change of batch) {
        const [name = ''] = change.object.split('@')
        log.push(`${change.type} ${name}`)
        if (change.type === 'DELETED') told.delete(name)
        else told.set(name, change.object)
      }
    },
  })
  onTestFinished(() => informer.stop())
  return { client, informer, states, log, told, batches, names: () => [...informer.objects.values()].toSorted() }
}
