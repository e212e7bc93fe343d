import type { Judge } from '../finding.ts'
import { ambient } from './ambient.ts'
import { exportNowhere } from './export-nowhere.ts'
import { hidesOwners } from './hides-owners.ts'
import { hostNotFound } from './host-not-found.ts'
import { noCa } from './no-ca.ts'
import { noClients } from './no-clients.ts'
import { replacedPolicy } from './replaced-policy.ts'
import { severalRules } from './several-rules.ts'
import { subsetEmpty } from './subset-empty.ts'
import { subsetWithoutLabels } from './subset-without-labels.ts'
import { tlsTwice } from './tls-twice.ts'

export const destinationRuleJudges: readonly Judge[] = [
  hostNotFound,
  noCa,
  subsetEmpty,
  subsetWithoutLabels,
  severalRules,
  hidesOwners,
  noClients,
  replacedPolicy,
  tlsTwice,
  exportNowhere,
  ambient,
]
