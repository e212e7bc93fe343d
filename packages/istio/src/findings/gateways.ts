import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../world/kinds.ts'
import { defineIndex, type Index } from './index-of.ts'

/** Gateways by their bare name, whatever the namespace. */
export const gatewaysByName: Index<KubernetesObject> = defineIndex({
  name: 'gateways by name',
  kinds: [kinds.gateway],
  entries: (object) => [[object.metadata.name, object]],
})
