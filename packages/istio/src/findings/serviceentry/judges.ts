import type { Judge } from '../finding.ts'
import { noAddress } from './addresses.ts'
import { protocolConflict } from './protocol-conflict.ts'

export const serviceEntryJudges: readonly Judge[] = [noAddress, protocolConflict]
