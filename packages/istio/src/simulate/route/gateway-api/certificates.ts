import { at, isRecord, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { MeshWorld } from '../../../findings/world.ts'
import { kindOf, kinds } from '../../../world/kinds.ts'
import { namespaceOf } from '../../../world/namespace-of.ts'
import { isGranted, kindIn } from './references.ts'

/**
 * Whether a listener that ends TLS has a certificate that istiod can use: without one it is not served
 * (config/kube/gateway/conversion.go, buildTLS; 1.31). Of Secrets that are held without their content the name is enough.
 */
export function certificatesHold(world: MeshWorld, owner: KubernetesObject, listener: Json): boolean {
  const tls = at(listener, 'tls')
  if (!isRecord(tls) || (textAt(tls, 'mode') ?? 'Terminate') !== 'Terminate') return true
  const option = textAt(tls, 'options', 'gateway.istio.io/tls-terminate-mode') ?? ''
  if (option === 'ISTIO_SIMPLE' || option === 'ISTIO_MUTUAL') return true
  const references = listAt(tls, 'certificateRefs')
  if (references.length > 2) return false
  return references.length === 0 || references.some((each) => isUsable(world, owner, each))
}

function isUsable(world: MeshWorld, owner: KubernetesObject, reference: Json): boolean {
  const namespace = textAt(reference, 'namespace') ?? namespaceOf(owner)
  const name = textAt(reference, 'name') ?? ''
  if (kindIn(reference, { group: '', kind: 'Secret' }) !== kinds.secret) return false
  if (!world.config.has(kinds.secret)) return true
  const secret = world.config.get(kinds.secret, name, namespace)
  if (secret === undefined) return false
  const data = at(secret, 'data')
  const isWhole = !isRecord(data) || holds(data, 'tls.crt', 'tls.key') || holds(data, 'cert', 'key')
  const from = { from: kindOf(owner), fromNamespace: namespaceOf(owner) }
  return isWhole && isGranted(world, { ...from, to: kinds.secret, toNamespace: namespace, name })
}

function holds(data: Readonly<Record<string, Json | undefined>>, ...keys: string[]): boolean {
  return keys.every((each) => data[each] !== undefined && data[each] !== '')
}
