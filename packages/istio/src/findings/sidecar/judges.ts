import type { Judge } from '../finding.ts'
import { egress } from './egress.ts'
import { hidden } from './hidden.ts'
import { selectors } from './selectors.ts'

export const sidecarJudges: readonly Judge[] = [selectors, egress, hidden]
