import type { Judge } from '../finding.ts'
import { conflictingPorts } from './conflicting-ports.ts'
import { imageAuto } from './image-auto.ts'
import { proxyMissing } from './proxy-missing.ts'
import { workloadRestart } from './restart.ts'
import { userOfProxy } from './user-of-proxy.ts'

export const workloadJudges: readonly Judge[] = [
  workloadRestart,
  proxyMissing,
  imageAuto,
  conflictingPorts,
  userOfProxy,
]
