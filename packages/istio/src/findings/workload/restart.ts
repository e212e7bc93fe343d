import type { Finding } from '@orbweaver/contracts/plan'
import { isSystemNamespace } from '../../injection/policy.ts'
import { type WorkloadState, workloadStates } from '../../injection/workload-state.ts'
import { kinds } from '../../world/kinds.ts'
import type { Code, Judge } from '../finding.ts'

const lagging = (how: string): Code => ({ code: `workload.${how}`, severity: 'warning', istio: 'accepts' })
/** By how the first lagging Pod of a workload differs from what a new one would be. */
const codes = {
  'other-revision': lagging('other-revision'),
  'older-proxy': lagging('older-proxy'),
  missing: lagging('missing'),
  unwanted: lagging('unwanted'),
}
const byReason = new Map<string, Code>(Object.entries(codes))

/** Workloads whose Pods are not what new ones would be: injection happens only when a Pod is made. */
export const workloadRestart: Judge = {
  says: Object.values(codes),
  kinds: [kinds.namespace],
  where: 'every',
  judge(subject, world) {
    const { name } = subject.object.metadata
    const injection = world.injection.find(({ view }) => view.cluster === subject.cluster)
    if (injection === undefined || isSystemNamespace(name)) return []
    return workloadStates(injection, name)
      .filter((each) => each.pods.pendingRestart > 0)
      .map(readFinding)
  },
}

function readFinding(state: WorkloadState): Finding {
  const { code, severity } = byReason.get(state.why?.code ?? 'missing') ?? codes.missing
  const { pendingRestart, total } = state.pods
  const params = { ...state.why?.params, pending: pendingRestart, total }
  return { code, severity, ref: state.ref, pointer: '', params, evidence: [], aliases: [], fixes: [] }
}
