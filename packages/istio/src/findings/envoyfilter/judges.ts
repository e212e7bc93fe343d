import type { Judge } from '../finding.ts'
import { filterNames } from './filter-names.ts'
import { hosts } from './hosts.ts'
import { operations } from './operations.ts'
import { places } from './places.ts'
import { proxyVersions } from './proxy-versions.ts'

export const envoyFilterJudges: readonly Judge[] = [operations, places, proxyVersions, hosts, filterNames]
