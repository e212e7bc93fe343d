import type { Judge } from '../finding.ts'
import { workloadRestart } from './restart.ts'

export const workloadJudges: readonly Judge[] = [workloadRestart]
