import type { Finding } from '@orbweaver/contracts/plan'
import { isSystemNamespace } from '../injection/policy.ts'
import { type WorkloadState, workloadStates } from '../injection/workload-state.ts'
import type { InjectionWorld } from '../injection/world.ts'
import { kinds } from '../world/kinds.ts'
import type { Judge } from './finding.ts'

/** Workloads whose Pods are not what new ones would be: injection happens only when a Pod is made. */
export const workloadRestart: Judge = (world) =>
  world.injection.flatMap((each) =>
    each.view
      .list(kinds.namespace)
      .filter((namespace) => !isSystemNamespace(namespace.metadata.name))
      .flatMap((namespace) => pendingIn(each, namespace.metadata.name)),
  )

function pendingIn(world: InjectionWorld, namespace: string): Finding[] {
  return workloadStates(world, namespace)
    .filter((each) => each.pods.pendingRestart > 0)
    .map(readFinding)
}

/** Codes are `workload.` and how its first lagging Pod differs: other-revision, older-proxy, missing, unwanted. */
function readFinding(state: WorkloadState): Finding {
  const how = state.why?.code ?? 'missing'
  return {
    code: `workload.${how}`,
    severity: 'warning',
    ref: state.ref,
    pointer: '',
    params: paramsOf(state),
    evidence: [],
    aliases: aliases[how] ?? [],
  }
}

const aliases: Record<string, string[]> = { 'older-proxy': ['IST0158'], missing: ['IST0103'] }

function paramsOf({ why, pods }: WorkloadState): Finding['params'] {
  return { ...why?.params, pending: pods.pendingRestart, total: pods.total }
}
