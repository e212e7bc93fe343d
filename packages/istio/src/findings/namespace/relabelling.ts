import { labelsOf } from '@orbweaver/contracts/kubernetes'
import { policyOf } from '../../injection/policy.ts'
import { simulate } from '../../injection/simulate.ts'
import { workloadStates } from '../../injection/workload-state.ts'
import type { InjectionWorld } from '../../injection/world.ts'
import { step } from '../../pointer.ts'
import type { Labels } from '../../world/labels.ts'
import { fix, type Subject } from '../finding.ts'
import { put, remove } from '../operations.ts'

/** Other labels of a namespace: what is taken away, and what is put in its place. */
export type Relabelling = { code: string; without?: readonly string[]; with?: Labels }

/**
 * A way out by other labels, where they are answered and no Pod would lag behind them: none that is there now would have
 * to be restarted for it. Names are labels' own, so that a sentence can say what is written.
 */
export function relabelled(subject: Subject, injection: InjectionWorld, relabelling: Relabelling) {
  const { object } = subject
  const { name } = object.metadata
  const now = labelsOf(object)
  const gone = (relabelling.without ?? []).filter((each) => now[each] !== undefined)
  const wanted = relabelling.with ?? {}
  const kept = Object.entries(now).filter(([key]) => !gone.includes(key))
  const labels: Labels = { ...Object.fromEntries(kept), ...wanted, 'kubernetes.io/metadata.name': name }
  const before = lagging(injection, name, { ...now, 'kubernetes.io/metadata.name': name })
  if (!isSound(injection, name, labels) || lagging(injection, name, labels).some((each) => !before.includes(each)))
    return []
  const said = Object.entries(wanted).map(([key, value]) => `${key}=${value}`)
  const operations = [
    ...gone.filter((key) => wanted[key] === undefined).map((key) => remove(`/metadata/labels${step(key)}`)),
    ...Object.entries(wanted).map(([key, value]) => put(`/metadata/labels${step(key)}`, value)),
  ]
  const isBare = object.metadata.labels === undefined
  const whole = [put('/metadata/labels', { ...wanted })]
  const params = { labels: said.join(', '), gone: gone.join(', ') }
  return [fix(subject, { code: relabelling.code, params }, isBare ? whole : operations)]
}

/** They do what they say: nobody is asked who is not there, and no two answer. */
function isSound(injection: InjectionWorld, name: string, labels: Labels): boolean {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'any', namespace: name } }
  const { matched } = simulate(injection, pod, labels)
  const { policy } = policyOf(labels)
  if (policy === 'conflict' || policy === 'blocked' || matched.length > 1) return false
  return policy === 'disabled' || policy === 'none' || matched.length === 1
}

function lagging(injection: InjectionWorld, name: string, labels: Labels): string[] {
  return workloadStates(injection, name, labels)
    .filter(({ pods }) => pods.pendingRestart > 0)
    .map(({ ref, why }) => `${ref.kind}/${ref.name} ${why?.code ?? ''}`)
}
