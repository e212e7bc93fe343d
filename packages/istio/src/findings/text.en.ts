import { ambientFindings } from './ambient/text.en.ts'
import { backendTlsFindings } from './backendtls/text.en.ts'
import { clusterFindings } from './clusters/text.en.ts'
import { destinationruleFindings } from './destinationrule/text.en.ts'
import { envoyfilterFindings } from './envoyfilter/text.en.ts'
import { gatewayFindings } from './gateway/text.en.ts'
import { gatewayApiFindings } from './gatewayapi/text.en.ts'
import { metadataFindings } from './metadata/text.en.ts'
import { peerFindings } from './mtls/text.en.ts'
import { namespaceFindings } from './namespace/text.en.ts'
import { schemaFindings, shadowFindings } from './schema/text.en.ts'
import { mtlsFindings, securityFindings } from './security/text.en.ts'
import { serviceFindings } from './service/text.en.ts'
import { serviceentryFindings } from './serviceentry/text.en.ts'
import { sidecarFindings } from './sidecar/text.en.ts'
import { telemetryFindings } from './telemetry/text.en.ts'
import { upgradeFindings } from './upgrade/text.en.ts'
import { virtualserviceFindings } from './virtualservice/text.en.ts'
import { webhookFindings } from './webhook/text.en.ts'
import { workloadFindings } from './workload/text.en.ts'

/** Findings: what is wrong in one line, and what Istio does about it. Nested by the slug's first word. */
export const findingText = {
  ...ambientFindings,
  ...backendTlsFindings,
  ...clusterFindings,
  destinationrule: { ...destinationruleFindings.destinationrule, ...mtlsFindings },
  ...gatewayFindings,
  ...gatewayApiFindings,
  ...metadataFindings,
  ...namespaceFindings,
  ...peerFindings,
  ...schemaFindings,
  ...securityFindings,
  ...serviceFindings,
  ...serviceentryFindings,
  ...sidecarFindings,
  ...telemetryFindings,
  envoyfilter: { ...telemetryFindings.envoyfilter, ...envoyfilterFindings.envoyfilter },
  ...upgradeFindings,
  virtualservice: { ...virtualserviceFindings.virtualservice, ...shadowFindings },
  ...webhookFindings,
  ...workloadFindings,
}
