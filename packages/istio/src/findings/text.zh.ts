import { ambientFindings } from './ambient/text.zh.ts'
import { backendTlsFindings } from './backendtls/text.zh.ts'
import { clusterFindings } from './clusters/text.zh.ts'
import { destinationruleFindings } from './destinationrule/text.zh.ts'
import { envoyfilterFindings } from './envoyfilter/text.zh.ts'
import { gatewayFindings } from './gateway/text.zh.ts'
import { gatewayApiFindings } from './gatewayapi/text.zh.ts'
import { metadataFindings } from './metadata/text.zh.ts'
import { peerFindings } from './mtls/text.zh.ts'
import { namespaceFindings } from './namespace/text.zh.ts'
import { schemaFindings, shadowFindings } from './schema/text.zh.ts'
import { mtlsFindings, securityFindings } from './security/text.zh.ts'
import { serviceFindings } from './service/text.zh.ts'
import { serviceentryFindings } from './serviceentry/text.zh.ts'
import { sidecarFindings } from './sidecar/text.zh.ts'
import { telemetryFindings } from './telemetry/text.zh.ts'
import { upgradeFindings } from './upgrade/text.zh.ts'
import { virtualserviceFindings } from './virtualservice/text.zh.ts'
import { webhookFindings } from './webhook/text.zh.ts'
import { workloadFindings } from './workload/text.zh.ts'
import type { findingText as en } from './text.en.ts'

export const findingText: typeof en = {
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
