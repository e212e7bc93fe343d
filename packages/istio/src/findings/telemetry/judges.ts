import type { Judge } from '../finding.ts'
import { envoyPatches } from './envoy-filter.ts'
import { logFilters } from './filters.ts'
import { providerKinds } from './provider-kinds.ts'
import { providers } from './providers.ts'
import { selectors } from './selectors.ts'

export const telemetryJudges: readonly Judge[] = [selectors, providers, providerKinds, logFilters, envoyPatches]
