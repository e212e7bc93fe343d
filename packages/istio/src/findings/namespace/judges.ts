import type { Judge } from '../finding.ts'
import { injectionLabels } from './injection-labels.ts'
import { namespaceInjection } from './injection.ts'
import { proxyImage } from './proxy-image.ts'

export const namespaceJudges: readonly Judge[] = [namespaceInjection, injectionLabels, proxyImage]
