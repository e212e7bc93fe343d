import type { Judge } from '../finding.ts'
import { envoyPatches } from './envoy-filter.ts'
import { providers } from './providers.ts'
import { selectors } from './selectors.ts'

export const telemetryJudges: readonly Judge[] = [selectors, providers, envoyPatches]
