import { apply } from './areas/apply.ts'
import { customKinds } from './areas/custom-kinds.ts'
import { deletion } from './areas/deletion.ts'
import { discovery } from './areas/discovery.ts'
import { dryRun } from './areas/dry-run.ts'
import { forgotten } from './areas/forgotten.ts'
import { identity } from './areas/identity.ts'
import { lists } from './areas/lists.ts'
import { patches } from './areas/patches.ts'
import { policies } from './areas/policies.ts'
import { refusals } from './areas/refusals.ts'
import { rights } from './areas/rights.ts'
import { celRules } from './areas/rules.ts'
import { subresources } from './areas/subresources.ts'
import { validation } from './areas/validation.ts'
import { watches } from './areas/watches.ts'
import { webhooks } from './areas/webhooks.ts'
import { writes } from './areas/writes.ts'
import type { Area } from './check.ts'

/** Every area, in the order of the table. */
export const areas: readonly Area[] = [
  discovery,
  lists,
  watches,
  forgotten,
  writes,
  patches,
  apply,
  dryRun,
  validation,
  deletion,
  customKinds,
  celRules,
  subresources,
  rights,
  identity,
  webhooks,
  policies,
  refusals,
]
