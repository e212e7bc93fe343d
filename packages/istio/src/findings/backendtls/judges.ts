import type { Judge } from '../finding.ts'
import { authorities } from './authorities.ts'
import { conflicted } from './conflicted.ts'
import { hidden } from './hidden.ts'
import { overridden } from './overridden.ts'
import { sectionNotFound } from './section-not-found.ts'
import { severalAuthorities } from './several-authorities.ts'
import { status } from './status.ts'
import { strictServer } from './strict-server.ts'
import { targetNotFound } from './target-not-found.ts'
import { trust } from './trust.ts'
import { withoutWaypoint } from './without-waypoint.ts'

export const backendTlsJudges: readonly Judge[] = [
  targetNotFound,
  sectionNotFound,
  authorities,
  severalAuthorities,
  trust,
  conflicted,
  overridden,
  hidden,
  strictServer,
  withoutWaypoint,
  status,
]
