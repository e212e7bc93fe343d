import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { istio, istioRevision, istioRevisionTag } from './sail/control-plane.ts'
import { sailDefinition } from './sail/definition.ts'
import { istioCni, ztunnel } from './sail/node-agents.ts'

/** The Sail Operator's five kinds. They are in no registry: written by hand after its API types, without their texts. */
export const sailCrds: readonly KubernetesObject[] = [istio, istioRevision, istioRevisionTag, istioCni, ztunnel].map(
  sailDefinition,
)
