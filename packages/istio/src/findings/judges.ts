import { ambientJudges } from './ambient/judges.ts'
import { backendTlsJudges } from './backendtls/judges.ts'
import { clusterJudges } from './clusters/judges.ts'
import { destinationRuleJudges } from './destinationrule/judges.ts'
import { envoyFilterJudges } from './envoyfilter/judges.ts'
import type { Judge } from './finding.ts'
import { gatewayJudges } from './gateway/judges.ts'
import { gatewayApiJudges } from './gatewayapi/judges.ts'
import { metadataJudges } from './metadata/judges.ts'
import { mtlsJudges } from './mtls/judges.ts'
import { namespaceJudges } from './namespace/judges.ts'
import { schemaJudges } from './schema/judges.ts'
import { policyJudges, securityJudges } from './security/judges.ts'
import { serviceEntryJudges } from './serviceentry/judges.ts'
import { sidecarJudges } from './sidecar/judges.ts'
import { virtualServiceJudges } from './virtualservice/judges.ts'
import { serviceJudges } from './service/judges.ts'
import { telemetryJudges } from './telemetry/judges.ts'
import { webhookJudges } from './webhook/judges.ts'
import { workloadJudges } from './workload/judges.ts'

const ruleJudges: readonly Judge[] = [
  ...virtualServiceJudges,
  ...destinationRuleJudges,
  ...gatewayJudges,
  ...gatewayApiJudges,
  ...backendTlsJudges,
  ...securityJudges,
  ...serviceEntryJudges,
  ...sidecarJudges,
  ...schemaJudges,
]

/** Everything that is looked for in a mesh. */
export const judges: readonly Judge[] = [
  ...ruleJudges,
  ...ambientJudges,
  ...clusterJudges,
  ...metadataJudges,
  ...namespaceJudges,
  ...workloadJudges,
  ...serviceJudges,
  ...telemetryJudges,
  ...envoyFilterJudges,
  ...policyJudges,
  ...webhookJudges,
  ...mtlsJudges,
]
