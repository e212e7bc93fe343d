import type { Judge } from '../finding.ts'
import { networkRegistries } from './networks.ts'
import { serviceDiffers } from './service-differs.ts'

export const clusterJudges: readonly Judge[] = [serviceDiffers, networkRegistries]
