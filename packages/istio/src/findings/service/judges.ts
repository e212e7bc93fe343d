import type { Judge } from '../finding.ts'
import { portName } from './port-name.ts'

export const serviceJudges: readonly Judge[] = [portName]
