import { at, isRecord, listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Fix } from '@orbweaver/contracts/plan'
import { isServed } from '../../simulate/route/gateway-api/listeners.ts'
import { isGranted, kindIn } from '../../simulate/route/gateway-api/references.ts'
import { kindOf, kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { put } from '../operations.ts'
import { credentialFault } from '../secrets.ts'
import type { MeshWorld } from '../world.ts'
import { granting } from './granting.ts'
import { listenersOf } from './parents.ts'

const docs = 'tasks/traffic-management/ingress/secure-ingress/'
const missing: Code = { code: 'k8sgateway.certificate-not-found', severity: 'error', istio: 'ignores', docs }
const refused: Code = { code: 'k8sgateway.certificate-not-granted', severity: 'error', istio: 'ignores', docs }

/**
 * Certificates of listeners that end TLS: what istiod cannot use it leaves out, and with it the listener, if it has no other
 * (istio pilot/pkg/config/kube/gateway/conversion.go, buildTLS; 1.31).
 */
export const certificates: Judge = {
  says: [missing, refused],
  kinds: [kinds.kubernetesGateway],
  judge(subject, world) {
    const { object, namespace } = subject
    if (!isServed(world, object)) return []
    return listenersOf(object).flatMap(({ value, pointer, name: listener }) => {
      const tls = at(value, 'tls')
      if (!isRecord(tls) || (textAt(tls, 'mode') ?? 'Terminate') !== 'Terminate') return []
      if ((textAt(tls, 'options', 'gateway.istio.io/tls-terminate-mode') ?? '').startsWith('ISTIO_')) return []
      return listAt(tls, 'certificateRefs').flatMap((reference, index) => {
        if (kindIn(reference, { group: '', kind: 'Secret' }) !== kinds.secret) return []
        const wanted = {
          kind: kinds.secret,
          name: textAt(reference, 'name') ?? '',
          namespace: textAt(reference, 'namespace') ?? namespace,
        }
        const said = {
          pointer: `${pointer}/tls/certificateRefs/${index}`,
          params: { name: wanted.name, namespace: wanted.namespace, listener },
        }
        if (isRefused(subject, world, wanted)) {
          return [found(subject, refused, { ...said, fixes: granting(subject, world, wanted) })]
        }
        if (!world.config.has(kinds.secret)) return []
        if (world.config.get(kinds.secret, wanted.name, wanted.namespace) !== undefined) return []
        return [found(subject, missing, { ...said, fixes: onlySecret(subject, world, { ...wanted, ...said }) })]
      })
    })
  },
}

type Wanted = { name: string; namespace: string }

function isRefused({ object, namespace }: Subject, world: MeshWorld, wanted: Wanted): boolean {
  if (wanted.namespace === namespace || !world.config.has(kinds.referenceGrant)) return false
  const from = { from: kindOf(object), fromNamespace: namespaceOf(object) }
  return !isGranted(world, { ...from, to: kinds.secret, toNamespace: wanted.namespace, name: wanted.name })
}

/** The only Secret of TLS of that namespace. */
function onlySecret(subject: Subject, world: MeshWorld, at: Wanted & { pointer: string }): Fix[] {
  const usable = world.config.list(kinds.secret, at.namespace).filter(isTls(world))
  const [only, ...others] = usable
  if (only === undefined || others.length > 0) return []
  const { name, namespace } = only.metadata
  if (isRefused(subject, world, { name, namespace: namespace ?? '' })) return []
  return [fix(subject, { code: 'secret', params: { name } }, [put(`${at.pointer}/name`, name)])]
}

const isTls = (world: MeshWorld) => (secret: KubernetesObject) =>
  secret['type'] === 'kubernetes.io/tls' && credentialFault(secret, world.now()) === undefined
