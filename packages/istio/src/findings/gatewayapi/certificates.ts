import { at, isRecord, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding, Fix } from '@orbweaver/contracts/plan'
import { isServed } from '../../simulate/route/gateway-api/listeners.ts'
import { isGranted, kindIn } from '../../simulate/route/gateway-api/references.ts'
import { kindOf, kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { put } from '../operations.ts'
import { credentialFault, severityWithout } from '../secrets.ts'
import type { MeshWorld } from '../world.ts'
import { granting } from './granting.ts'
import { gatewayOf, type Listener, listenersOf } from './parents.ts'

const docs = 'tasks/traffic-management/ingress/secure-ingress/'
const missing: Code = { code: 'k8sgateway.certificate-not-found', severity: 'error', istio: 'ignores', docs }
const refused: Code = { code: 'k8sgateway.certificate-not-granted', severity: 'error', istio: 'ignores', docs }
const unusable: Code = { code: 'k8sgateway.certificate-unusable', severity: 'error', istio: 'ignores', docs }
const kind: Code = { code: 'k8sgateway.certificate-kind', severity: 'error', istio: 'ignores', docs }
const many: Code = { code: 'k8sgateway.certificates-too-many', severity: 'error', istio: 'ignores', docs }

/**
 * Certificates of listeners that end TLS: what istiod cannot use it leaves out, and with it the listener, if it has no other
 * (istio pilot/pkg/config/kube/gateway/conversion.go, buildTLS, buildSecretReference; 1.31).
 */
export const certificates: Judge = {
  says: [missing, refused, unusable, kind, many],
  kinds: [kinds.kubernetesGateway, kinds.listenerSet],
  judge(subject, world) {
    const gateway = gatewayOf(world, subject.object)
    if (gateway === undefined || !isServed(world, gateway)) return []
    return listenersOf(subject.object).flatMap((listener) => ofListener(subject, world, listener))
  },
}

function ofListener(subject: Subject, world: MeshWorld, { value, pointer, name: listener }: Listener): Finding[] {
  const tls = at(value, 'tls')
  if (!isRecord(tls) || (textAt(tls, 'mode') ?? 'Terminate') !== 'Terminate') return []
  if ((textAt(tls, 'options', 'gateway.istio.io/tls-terminate-mode') ?? '').startsWith('ISTIO_')) return []
  const references = listAt(tls, 'certificateRefs')
  const place = `${pointer}/tls/certificateRefs`
  if (references.length > 2) {
    return [found(subject, many, { pointer: place, params: { listener, count: references.length } })]
  }
  const faults = references.flatMap((reference, index) => {
    const wanted = {
      kind: kinds.secret,
      name: textAt(reference, 'name') ?? '',
      namespace: textAt(reference, 'namespace') ?? subject.namespace,
    }
    return ofReference(subject, world, { ...wanted, reference, listener, pointer: `${place}/${index}` })
  })
  // With another that can be used the listener is served.
  return faults.length < references.length ? faults.map((each) => ({ ...each, severity: 'warning' })) : faults
}

type Wanted = { name: string; namespace: string }
type Asked = Wanted & { kind: typeof kinds.secret; reference: Json; listener: string; pointer: string }

function ofReference(subject: Subject, world: MeshWorld, asked: Asked): Finding[] {
  const { name, namespace, listener, pointer } = asked
  const said = { pointer, params: { name, namespace, listener } }
  const key = kindIn(asked.reference, { group: '', kind: 'Secret' })
  if (key !== kinds.secret) return [found(subject, kind, { pointer, params: { ...said.params, kind: key } })]
  if (isRefused(subject, world, asked)) {
    return [found(subject, refused, { ...said, fixes: granting(subject, world, asked) })]
  }
  if (!world.config.has(kinds.secret)) return []
  const secret = world.config.get(kinds.secret, name, namespace)
  if (secret === undefined) {
    const fixes = onlySecret(subject, world, asked)
    return [found(subject, missing, { ...said, fixes, severity: severityWithout(world) })]
  }
  const fault = credentialFault(secret, world.now())
  if (fault === undefined) return []
  const params = { ...said.params, fault }
  const evidence = [refOf(subject.cluster, secret)]
  return [found(subject, unusable, { pointer, params, evidence, fixes: onlySecret(subject, world, asked) })]
}

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
