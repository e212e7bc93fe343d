import type { Judge } from '../finding.ts'
import { selectorEmpty } from './selector-empty.ts'

export const gatewayJudges: readonly Judge[] = [selectorEmpty]
