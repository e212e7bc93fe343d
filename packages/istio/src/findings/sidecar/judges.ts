import type { Judge } from '../finding.ts'
import { selectors } from './selectors.ts'

export const sidecarJudges: readonly Judge[] = [selectors]
