import { type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import { namespaceOf } from '../world/namespace-of.ts'
import type { ClusterView } from '../world/view.ts'
import { type CredentialUse, type CredentialWorld, lookUp } from './credential-lookup.ts'

const group = 'gateway.networking.k8s.io'
const apiKinds = {
  gateway: `${group}/Gateway`,
  gatewayClass: `${group}/GatewayClass`,
  referenceGrant: `${group}/ReferenceGrant`,
} as const

/**
 * Uses by listeners of the Gateway API. istiod reads such Secrets in the cluster of the configuration, and those of other
 * namespaces only where a ReferenceGrant lets it (istio pilot/pkg/config/kube/gateway/conversion.go buildTLS, 1.30).
 */
export function apiGatewayUses(world: CredentialWorld): CredentialUse[] {
  const { config } = world
  const gateways = config.list(apiKinds.gateway).filter((each) => isIstios(config, each))
  return gateways.flatMap((gateway) =>
    listAt(gateway, 'spec', 'listeners').flatMap((listener, index) => {
      const pointer = `/spec/listeners/${index}/tls`
      if (textAt(listener, 'tls', 'mode') === 'Passthrough') return []
      return [
        ...named(listener, 'tls', 'certificateRefs').map((to) => ({ to, part: 'pair' as const })),
        ...named(listener, 'tls', 'frontendValidation', 'caCertificateRefs').map((to) => ({ to, part: 'ca' as const })),
      ].map(({ to, part }): CredentialUse => {
        const own = namespaceOf(gateway)
        const place = { cluster: config.cluster, namespace: to.namespace ?? own, name: to.name }
        const use = { by: refOf(config.cluster, gateway), pointer, side: 'server' as const }
        if (place.namespace !== own && !isGranted(config, own, place)) return { ...use, place, fault: 'not-granted' }
        return { ...use, ...lookUp(world, place, part) }
      })
    }),
  )
}

/** Classes of istiod's own; the one called `istio` it makes itself when it starts. */
function isIstios(config: ClusterView, gateway: KubernetesObject): boolean {
  const name = textAt(gateway, 'spec', 'gatewayClassName') ?? ''
  const controller = textAt(config.get(apiKinds.gatewayClass, name), 'spec', 'controllerName')
  return controller === undefined ? name === 'istio' : controller.startsWith('istio.io/')
}

/** References to Secrets, which is what one without a kind is to. */
function named(listener: Json, ...path: string[]): { name: string; namespace: string | undefined }[] {
  return listAt(listener, ...path).flatMap((each) => {
    const name = textAt(each, 'name')
    const isSecret = (textAt(each, 'group') ?? '') === '' && (textAt(each, 'kind') ?? 'Secret') === 'Secret'
    return name !== undefined && isSecret ? [{ name, namespace: textAt(each, 'namespace') }] : []
  })
}

function isGranted(config: ClusterView, from: string, to: { namespace: string; name: string }): boolean {
  return config.list(apiKinds.referenceGrant, to.namespace).some((grant) => {
    const fromHere = listAt(grant, 'spec', 'from').some(
      (each) =>
        textAt(each, 'group') === group && textAt(each, 'kind') === 'Gateway' && textAt(each, 'namespace') === from,
    )
    const toSecret = listAt(grant, 'spec', 'to').some(
      (each) =>
        (textAt(each, 'group') ?? '') === '' &&
        textAt(each, 'kind') === 'Secret' &&
        (textAt(each, 'name') ?? to.name) === to.name,
    )
    return fromHere && toSecret
  })
}
