import type { Judge } from '../finding.ts'
import { backendIncomplete } from './backend-incomplete.ts'
import { backends } from './backends.ts'
import { certificates } from './certificates.ts'
import { definitions } from './definitions.ts'
import { gatewayAddresses } from './gateway-addresses.ts'
import { gatewayClass } from './gateway-class.ts'
import { gatewayParameters } from './gateway-parameters.ts'
import { gatewayTls } from './gateway-tls.ts'
import { grantFromNowhere } from './grant-from-nowhere.ts'
import { listenerConflict } from './listener-conflict.ts'
import { listenerSet } from './listener-set.ts'
import { listenerUnserved } from './listener-unserved.ts'
import { parentNotFound } from './parent-not-found.ts'
import { parentRefuses } from './parent-refuses.ts'
import { sameMatch } from './same-match.ts'
import { sharedAddress } from './shared-address.ts'
import { status } from './status.ts'
import { unsupportedFilter } from './unsupported-filter.ts'

export const gatewayApiJudges: readonly Judge[] = [
  parentNotFound,
  parentRefuses,
  backends,
  backendIncomplete,
  unsupportedFilter,
  sameMatch,
  status,
  gatewayClass,
  listenerConflict,
  listenerUnserved,
  sharedAddress,
  gatewayAddresses,
  gatewayParameters,
  gatewayTls,
  certificates,
  listenerSet,
  grantFromNowhere,
  definitions,
]
