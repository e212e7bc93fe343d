import type { Judge } from '../finding.ts'
import { authorization } from './authorization.ts'
import { conflictingPorts } from './conflicting-ports.ts'
import { imageAuto } from './image-auto.ts'
import { telemetryLabels } from './labels.ts'
import { workloadPorts } from './ports.ts'
import { metricsPort } from './metrics-port.ts'
import { proxiesTwice } from './proxies-twice.ts'
import { proxyMissing } from './proxy-missing.ts'
import { workloadRestart } from './restart.ts'
import { statefulSets } from './stateful-sets.ts'
import { userOfProxy } from './user-of-proxy.ts'
import { injectionWishes } from './wishes.ts'
import { workloadGroups } from './workload-groups.ts'

export const workloadJudges: readonly Judge[] = [
  workloadRestart,
  proxyMissing,
  imageAuto,
  conflictingPorts,
  userOfProxy,
  injectionWishes,
  telemetryLabels,
  workloadPorts,
  authorization,
  statefulSets,
  proxiesTwice,
  metricsPort,
  workloadGroups,
]
