import { isRecord, type Json, type JsonRecord, listAt, numberAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { ensureRecord } from '../clone.ts'
import { duplicateValue, type FieldError, invalidValue, notSupportedValue, required } from '../field-errors.ts'
import { nameComplaints } from '../names.ts'
import type { ObjectStore } from '../store/store.ts'
import { type Behaviour, fallback } from './behaviour.ts'

/** Services: defaults, cluster IPs and node ports. Source: kubernetes pkg/registry/core/service v1.36. */
export const service: Behaviour = {
  nameRule: 'label',
  withoutGeneration: true,
  defaults,
  prepare,
  validate,
}

function defaults(object: KubernetesObject): void {
  const spec = ensureRecord(object, 'spec')
  fallback(spec, 'type', 'ClusterIP')
  fallback(spec, 'sessionAffinity', 'None')
  if (spec.sessionAffinity === 'ClientIP') {
    fallback(ensureRecord(ensureRecord(spec, 'sessionAffinityConfig'), 'clientIP'), 'timeoutSeconds', 10_800)
  }
  for (const port of listAt(spec, 'ports')) {
    if (!isRecord(port)) continue
    fallback(port, 'protocol', 'TCP')
    fallback(port, 'targetPort', port.port)
  }
  if (spec.type === 'ExternalName') return
  fallback(spec, 'internalTrafficPolicy', 'Cluster')
  if (spec.type === 'NodePort' || spec.type === 'LoadBalancer') fallback(spec, 'externalTrafficPolicy', 'Cluster')
  if (spec.type === 'LoadBalancer') fallback(spec, 'allocateLoadBalancerNodePorts', true)
}

function prepare(store: ObjectStore, object: KubernetesObject, before: KubernetesObject | undefined): void {
  const spec = ensureRecord(object, 'spec')
  const balancer = ensureRecord(ensureRecord(object, 'status'), 'loadBalancer')
  for (const each of listAt(balancer, 'ingress'))
    if (isRecord(each) && each.ip !== undefined) fallback(each, 'ipMode', 'VIP')
  if (spec.type === 'ExternalName') return
  addresses(store, spec, before)
  fallback(spec, 'ipFamilies', ['IPv4'])
  fallback(spec, 'ipFamilyPolicy', 'SingleStack')
  const nodePorts =
    spec.type === 'NodePort' || (spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false)
  if (nodePorts) assignNodePorts(store, spec, before)
}

function addresses(store: ObjectStore, spec: JsonRecord, before: KubernetesObject | undefined): void {
  const old = textAt(before, 'spec', 'clusterIP')
  if (spec.clusterIP === undefined || spec.clusterIP === '') spec.clusterIP = old ?? freeAddress(store)
  spec.clusterIPs = [spec.clusterIP]
}

/** Addresses of 10.96.0.0/16 in turn, as a fresh cluster has them, skipping those in use. */
function freeAddress(store: ObjectStore): string {
  const used = new Set(store.list('services').map((each) => textAt(each.object, 'spec', 'clusterIP')))
  for (let index = 257; index < 65_535; index += 1) {
    const address = `10.96.${index >> 8}.${index & 255}`
    if (!used.has(address)) return address
  }
  throw new Error('no free cluster IP is left')
}

function assignNodePorts(store: ObjectStore, spec: JsonRecord, before: KubernetesObject | undefined): void {
  const old = new Map(listAt(before, 'spec', 'ports').map((each) => [portKey(each), numberAt(each, 'nodePort')]))
  const used = new Set(
    store
      .list('services')
      .flatMap((each) => listAt(each.object, 'spec', 'ports').map((port) => numberAt(port, 'nodePort'))),
  )
  let next = 30_000
  for (const port of listAt(spec, 'ports')) {
    if (!isRecord(port) || (typeof port.nodePort === 'number' && port.nodePort > 0)) continue
    while (used.has(next)) next += 1
    port.nodePort = old.get(portKey(port)) ?? next
    used.add(numberAt(port, 'nodePort'))
  }
}

function portKey(port: unknown): string {
  return `${textAt(port, 'protocol') ?? ''}/${numberAt(port, 'port') ?? 0}`
}

const kinds = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']

function validate(object: KubernetesObject, before: KubernetesObject | undefined): FieldError[] {
  const { type = '', externalName = '' } = stringsAt(object, 'spec')
  const errors = portsErrors(object, type)
  if (!kinds.includes(type)) errors.push(notSupportedValue('spec.type', type, kinds))
  if (type !== 'ExternalName') return [...errors, ...addressErrors(object, before)]
  return externalName === '' ? [...errors, required('spec.externalName')] : errors
}

/** A Service without an address of its own may be without ports. */
function portsErrors(object: KubernetesObject, type: string): FieldError[] {
  const ports = listAt(object, 'spec', 'ports')
  const portless = type === 'ExternalName' || textAt(object, 'spec', 'clusterIP') === 'None'
  return ports.length === 0 && !portless ? [required('spec.ports')] : portErrors(ports)
}

function addressErrors(object: KubernetesObject, before: KubernetesObject | undefined): FieldError[] {
  const old = textAt(before, 'spec', 'clusterIP') ?? ''
  const now = textAt(object, 'spec', 'clusterIP') ?? ''
  if (old === '' || old === now) return []
  return [invalidValue('spec.clusterIPs[0]', [now], 'may not change once set')]
}

function portErrors(ports: Json[]): FieldError[] {
  const errors: FieldError[] = []
  const names = new Set<string>()
  const seen = new Set<string>()
  for (const [index, port] of ports.entries()) {
    const path = `spec.ports[${index}]`
    const name = textAt(port, 'name') ?? ''
    errors.push(...onePortErrors(port, path, ports.length > 1))
    if (name !== '' && names.has(name)) errors.push(duplicateValue(`${path}.name`, name))
    if (seen.has(portKey(port))) errors.push(duplicateValue(path, portIdentity(port)))
    names.add(name)
    seen.add(portKey(port))
  }
  return errors
}

/** The key of a port as Go prints it. */
function portIdentity(port: Json): Json {
  const [protocol, number] = [textAt(port, 'protocol') ?? 'TCP', numberAt(port, 'port') ?? 0]
  return { Name: '', Protocol: protocol, AppProtocol: null, Port: number, TargetPort: 0, NodePort: 0 }
}

function onePortErrors(port: Json, path: string, named: boolean): FieldError[] {
  const errors: FieldError[] = []
  const name = textAt(port, 'name') ?? ''
  if (name === '' && named) errors.push(required(`${path}.name`))
  if (name !== '') {
    for (const complaint of nameComplaints('label', name)) errors.push(invalidValue(`${path}.name`, name, complaint))
  }
  for (const field of ['port', 'targetPort']) {
    const number = numberAt(port, field)
    if (number === undefined || (number > 0 && number < 65_536)) continue
    errors.push(invalidValue(`${path}.${field}`, number, 'must be between 1 and 65535, inclusive'))
  }
  return errors
}
