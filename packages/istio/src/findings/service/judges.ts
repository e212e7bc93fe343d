import type { Judge } from '../finding.ts'
import { endpoints } from './endpoints.ts'
import { exportTo } from './export-to.ts'
import { portName } from './port-name.ts'
import { servicePorts } from './ports.ts'

export const serviceJudges: readonly Judge[] = [portName, servicePorts, endpoints, exportTo]
