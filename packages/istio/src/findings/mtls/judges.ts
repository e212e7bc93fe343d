import type { Judge } from '../finding.ts'
import { bothSides } from './both-sides.ts'
import { openPorts } from './open-ports.ts'
import { withoutAutoMtls } from './without-auto.ts'

export const mtlsJudges: readonly Judge[] = [bothSides, openPorts, withoutAutoMtls]
