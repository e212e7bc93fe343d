import { at, isRecord, type Json, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import type { Finding } from '@orbweaver/contracts/plan'
import { isServed } from '../../simulate/route/gateway-api/listeners.ts'
import { isGranted, kindIn } from '../../simulate/route/gateway-api/references.ts'
import { type KindKey, kindOf, kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge, type Subject } from '../finding.ts'
import { credentialFault } from '../secrets.ts'
import type { MeshWorld } from '../world.ts'
import { granting } from './granting.ts'
import { listenersOf } from './parents.ts'

const docs = 'tasks/traffic-management/ingress/secure-ingress/'
const client: Code = { code: 'k8sgateway.client-certificate-unusable', severity: 'error', istio: 'ignores', docs }
const authority: Code = { code: 'k8sgateway.ca-certificate-unusable', severity: 'error', istio: 'ignores', docs }

/**
 * What a Gateway shows to backends, and what it knows clients by (istio pilot/pkg/config/kube/gateway/conversion.go,
 * validateBackendClientCertificateRef, buildTLS, buildCaCertificateReference; 1.31). ConfigMaps are not looked into: of those
 * only Istio's own are known.
 */
export const gatewayTls: Judge = {
  says: [client, authority],
  kinds: [kinds.kubernetesGateway],
  judge(subject, world) {
    if (!isServed(world, subject.object)) return []
    const reference = at(subject.object, 'spec', 'tls', 'backend', 'clientCertificateRef')
    const ofClient = reference === undefined ? [] : faultsOf({ subject, world }, { reference, ...ofBackend })
    return [...ofClient, ...authoritiesOf(subject.object).flatMap((each) => ofAuthorities({ subject, world }, each))]
  },
}

const ofBackend = {
  code: client,
  pointer: '/spec/tls/backend/clientCertificateRef',
  byDefault: { group: '', kind: 'Secret' },
  known: [kinds.secret],
}

type Around = { subject: Subject; world: MeshWorld }
type Asked = {
  reference: Json
  code: Code
  pointer: string
  byDefault: { group: string; kind: string }
  known: readonly KindKey[]
}

/** For no kind that is known, a Secret that is not there or cannot be used, or what nobody lets the Gateway have. */
function faultsOf({ subject, world }: Around, { reference, code, pointer, byDefault, known }: Asked): Finding[] {
  const kind = kindIn(reference, byDefault)
  const name = textAt(reference, 'name') ?? ''
  const namespace = textAt(reference, 'namespace') ?? subject.namespace
  const say = (fault: string, fixes: Finding['fixes'] = []) => [
    found(subject, code, { pointer, params: { kind, name, namespace, fault }, fixes }),
  ]
  if (!known.includes(kind)) return say('kind')
  const from = { from: kindOf(subject.object), fromNamespace: subject.namespace }
  if (
    world.config.has(kinds.referenceGrant) &&
    !isGranted(world, { ...from, to: kind, toNamespace: namespace, name })
  ) {
    return say('not-granted', granting(subject, world, { kind, name, namespace }))
  }
  if (kind !== kinds.secret || !world.config.has(kinds.secret)) return []
  const secret = world.config.get(kinds.secret, name, namespace)
  if (secret === undefined) return say('not-found')
  const fault = code === client ? credentialFault(secret, world.now()) : undefined
  return fault === undefined ? [] : say(fault)
}

type Authorities = { references: readonly Json[]; pointer: string }

/** Those of ports on which a listener ends TLS: a port's own, else those for all (resolveGatewayTLS). */
function authoritiesOf(gateway: Subject['object']): Authorities[] {
  const ending = listenersOf(gateway).filter(({ value }) => endsTls(value))
  const perPort = listAt(gateway, 'spec', 'tls', 'frontend', 'perPort')
  const own = perPort.flatMap((each, index) =>
    ending.some(({ value }) => numberAt(value, 'port') === numberAt(each, 'port'))
      ? [{ tls: at(each, 'tls'), pointer: `/spec/tls/frontend/perPort/${index}/tls` }]
      : [],
  )
  const isOpen = ending.some(({ value }) => perPort.every((each) => numberAt(each, 'port') !== numberAt(value, 'port')))
  const general = { tls: at(gateway, 'spec', 'tls', 'frontend', 'default'), pointer: '/spec/tls/frontend/default' }
  return [...own, ...(isOpen ? [general] : [])].map(({ tls, pointer }) => ({
    references: listAt(tls, 'validation', 'caCertificateRefs'),
    pointer: `${pointer}/validation/caCertificateRefs`,
  }))
}

function endsTls(listener: Json): boolean {
  const tls = at(listener, 'tls')
  const option = textAt(tls, 'options', 'gateway.istio.io/tls-terminate-mode') ?? ''
  return isRecord(tls) && (textAt(tls, 'mode') ?? 'Terminate') === 'Terminate' && !option.startsWith('ISTIO_')
}

function ofAuthorities(around: Around, { references, pointer }: Authorities): Finding[] {
  const [reference, ...more] = references
  if (reference === undefined) return []
  if (more.length > 0) {
    const params = { kind: '', name: '', namespace: '', fault: 'several' }
    return [found(around.subject, authority, { pointer, params })]
  }
  const byDefault = { group: '', kind: '' }
  const known = [kinds.secret, kinds.configMap]
  return faultsOf(around, { reference, code: authority, pointer: `${pointer}/0`, byDefault, known })
}
