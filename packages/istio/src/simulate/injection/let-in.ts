import type { Fix } from '@orbweaver/contracts/plan'
import type { MeshWorld } from '../../findings/world.ts'
import { meantValue } from '../../injection/annotation-values.ts'
import { simulate } from '../../injection/simulate.ts'
import type { InjectionWorld } from '../../injection/world.ts'
import { nearestWord } from '../../values/nearest.ts'
import { annotationWay, type Way, waysOff } from './changes.ts'
import { type Refusal, refusalOf, wantedTemplates } from './refusal.ts'
import type { InjectionSubject } from './subject.ts'

type Refused = { own: InjectionWorld; subject: InjectionSubject; refusal: Refusal }

/** Changes after which a Pod that is refused is let in, as the simulator says: with a sidecar first, then without one. */
export function changesToLetIn(world: MeshWorld, { own, subject, refusal }: Refused): Fix[] {
  const isLetIn = ({ pod, labels }: Way) =>
    refusalOf(world, { own, subject: { ...subject, pod }, found: simulate(own, pod, labels) }) === undefined
  const ways = [...respelt(own, subject, refusal), ...waysOff(own, subject)]
  return ways.filter(isLetIn).map(({ fix }) => fix)
}

/** The annotation that is not taken, as it was meant where that can be told, or without it. */
function respelt(own: InjectionWorld, subject: InjectionSubject, { step }: Refusal): Way[] {
  const { name, value, revision } = step.params
  if (typeof name !== 'string') return []
  const meant =
    step.code === 'refused-template' ? meantTemplates(own, subject, String(revision)) : meantValue(name, String(value))
  return [
    ...(meant === undefined ? [] : annotationWay(own, subject, { code: 'respell-annotation', name, value: meant })),
    ...annotationWay(own, subject, { code: 'drop-refused', name }),
  ]
}

/** The templates that are asked for, each by the nearest name that there is; undefined where one is near none. */
function meantTemplates(own: InjectionWorld, subject: InjectionSubject, revision: string): string | undefined {
  const known = own.policies.get(revision)?.templates ?? []
  const meant = wantedTemplates(subject)
    .filter((each) => each !== '')
    .map((each) => (known.includes(each) ? each : nearestWord(known, each)))
  return meant.length === 0 || meant.includes(undefined) ? undefined : meant.join(',')
}
