import type { InjectionExplanation } from '@orbweaver/contracts/explain-access'
import { flagAt, type Json, listAt, numberAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf, refOf } from '@orbweaver/contracts/kubernetes'
import { injection } from '@orbweaver/istio/simulate/injection/explain'
import { LabError } from '../../lab-error.ts'
import { asked } from '../asked.ts'
import { meshWorldOf } from '../proxies/mesh-world.ts'
import type { PodsWorld } from './worlds.ts'

/** What becomes of a Pod. */
export type Said = {
  readonly outcome: InjectionExplanation['outcome']
  /** The revision whose proxy the Pod has in the end. */
  readonly by: string | undefined
  /** Webhooks that are called, in their order; of a Pod that is refused, none are told. */
  readonly called: readonly string[]
}

export type ComparedPod = {
  readonly world: PodsWorld
  readonly pod: KubernetesObject
  readonly theirs: Said
  readonly ours: Said
}

/** What an API server and istiod do with every Pod, and what we say. */
export async function compare(program: string, worlds: readonly PodsWorld[]): Promise<readonly ComparedPod[]> {
  const answers = await asked({ program, args: ['inject'] }, worlds)
  return worlds.flatMap((world, index) => compared(world, answers[index] ?? null))
}

function compared(world: PodsWorld, answer: unknown): readonly ComparedPod[] {
  const errors = textsAt(answer, 'errors')
  if (errors.length > 0) throw new LabError(`istio-judges inject, world ${world.id}`, errors)
  const mesh = meshWorldOf({ objects: [...world.objects, ...world.pods], meshConfig: '' })
  const answers = listAt(answer, 'pods')
  return world.pods.map((pod, index) => {
    const theirs = theirSaid(world, answers[index] ?? null)
    return { world, pod, theirs, ours: ourSaid(injection(mesh, refOf('default', pod))) }
  })
}

function theirSaid({ objects }: PodsWorld, answer: Json): Said {
  const refused = textAt(answer, 'refused') ?? ''
  if (refused !== '') return { outcome: 'refused', by: undefined, called: [] }
  const calls = listAt(answer, 'calls')
  const revisionOf = (call: Json): string => {
    const config = objects.find(({ metadata: { name } }) => name === textAt(call, 'configuration'))
    return (config && labelsOf(config)['istio.io/rev']) ?? 'default'
  }
  const injecting = new Set(calls.filter((each) => flagAt(each, 'mutated') === true).map(revisionOf))
  const proxies = numberAt(answer, 'proxies') ?? 0
  if (proxies !== Math.min(injecting.size, 1))
    throw new LabError('istio-judges inject', [`${proxies} proxies`, JSON.stringify(answer)])
  return {
    outcome: injecting.size === 0 ? 'not-injected' : injecting.size === 1 ? 'injected' : 'injected-twice',
    by: injecting.size === 0 ? undefined : textAt(answer, 'revision'),
    called: [...new Set(calls.map((each) => `${textAt(each, 'configuration')}/${textAt(each, 'webhook')}`))],
  }
}

const ourSaid = ({ outcome, by, hooks }: InjectionExplanation): Said => ({
  outcome,
  by: by?.revision,
  // Which of them were called before one said no, the API server does not tell.
  called:
    outcome === 'refused'
      ? []
      : hooks.filter(({ matches }) => matches).map(({ config, webhook }) => `${config}/${webhook}`),
})

export const differs = ({ theirs, ours }: ComparedPod): boolean =>
  theirs.outcome !== ours.outcome || theirs.by !== ours.by || theirs.called.join() !== ours.called.join()
