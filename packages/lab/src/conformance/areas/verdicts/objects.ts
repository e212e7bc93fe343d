import { destinationRules } from './destination-rules.ts'
import { extensions } from './extensions.ts'
import { gateways } from './gateways.ts'
import { general } from './general.ts'
import { httpRoutes } from './http-routes.ts'
import { loadBalancers } from './load-balancers.ts'
import { security } from './security.ts'
import { serviceEntries } from './service-entries.ts'
import { sidecars } from './sidecars.ts'
import type { Verdicts } from './verdict.ts'
import { virtualServices } from './virtual-services.ts'

export const objects: readonly Verdicts[] = [
  ...virtualServices,
  ...httpRoutes,
  ...destinationRules,
  ...loadBalancers,
  ...gateways,
  ...serviceEntries,
  ...sidecars,
  ...security,
  ...extensions,
  ...general,
]
