import type { Judge } from '../finding.ts'
import { noAddress } from './addresses.ts'
import { endpoints } from './endpoints.ts'
import { exportNowhere } from './export-nowhere.ts'
import { plainPort } from './plain-port.ts'
import { portTwice } from './port-twice.ts'
import { protocolConflict } from './protocol-conflict.ts'
import { taken } from './taken.ts'

export const serviceEntryJudges: readonly Judge[] = [
  noAddress,
  protocolConflict,
  portTwice,
  endpoints,
  taken,
  plainPort,
  exportNowhere,
]
