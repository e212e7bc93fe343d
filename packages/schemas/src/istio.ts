import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { definitionsOf } from './generated.ts'

/** Istio's own kinds, as the chart `base` of the pinned build installs them. */
export const istioCrds: readonly KubernetesObject[] = [
  'extensions.istio.io',
  'networking.istio.io',
  'security.istio.io',
  'telemetry.istio.io',
].flatMap(definitionsOf)

/** The standard channel of the Gateway API, in the version that build of Istio was made with. */
export const gatewayApiCrds: readonly KubernetesObject[] = definitionsOf('gateway.networking.k8s.io')
