import type { Judge } from '../finding.ts'
import { behaviourJudges } from './behaviours.ts'
import { gatewayMerging } from './gateway-merging.ts'
import { fieldsOfLater } from './later-fields.ts'
import { patchVersions } from './patch-versions.ts'
import { serviceNamespaces } from './service-namespaces.ts'
import { settings } from './settings.ts'
import type { Step } from './step.ts'

/** What is looked for where a mesh is to go to another version. Of a version that cannot be read nothing is said. */
export function upgradeJudges(step: Step): readonly Judge[] {
  return [
    ...behaviourJudges(step),
    patchVersions(step),
    gatewayMerging(step),
    serviceNamespaces(step),
    settings(step),
    fieldsOfLater(step),
  ]
}
