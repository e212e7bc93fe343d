import type { JsonRecord } from '@orbweaver/contracts/json'
import { listAt, textAt } from '@orbweaver/contracts/json'
import { make } from '../draft.ts'
import { add, type Platform } from '../proxies/platform.ts'

/** BackendTLSPolicies of half of the worlds, with the ConfigMaps that they name: some at the edge of what istiod takes. */
export function backendTls(made: Platform): void {
  const { random, namespaces } = made
  if (random.chance(0.5)) return
  for (const namespace of namespaces) {
    add(made, make('ConfigMap', 'ca', { namespace, data: { [random.pick(['ca.crt', 'cacert'])]: 'certificate' } }))
    add(made, make('ConfigMap', 'empty', { namespace, data: { 'ca.pem': 'certificate' } }))
    if (random.chance(0.4)) besides(made, namespace)
    for (let each = 1 + random.below(4); each > 0; each--) policy(made, `tls-${random.below(9)}`, namespace)
  }
}

/** A rule that says something of one port, and that names a credential. */
function besides(made: Platform, namespace: string): void {
  const { random, apps } = made
  const app = random.any(apps.filter((each) => each.namespace === namespace))
  if (app === undefined) return
  const number = random.any(app.ports)?.number ?? 80
  const tls = random.pick<JsonRecord>([{}, { tls: { mode: 'SIMPLE', sni: 'rule.example.com', credentialName: 'ca' } }])
  add(
    made,
    make('DestinationRule', `ports-${app.name}`, {
      namespace,
      spec: {
        host: `${app.name}.${namespace}.svc.cluster.local`,
        trafficPolicy: {
          ...(random.chance(0.4) && tls),
          portLevelSettings: [{ port: { number }, loadBalancer: { simple: 'RANDOM' }, ...(random.chance(0.4) && tls) }],
        },
      },
    }),
  )
}

/** With a UID: by it istiod tells a policy from the others of its target. */
function policy(made: Platform, name: string, namespace: string): void {
  const { random } = made
  const object = make('BackendTLSPolicy', name, {
    namespace,
    ...(random.chance(0.06) && { annotations: { 'istio.io/ignore-policy-attachment': random.pick(['true', 'TRUE']) } }),
    spec: { targetRefs: targets(made, namespace), validation: validation(made) },
  })
  const uid = `${namespace}-${name}`
  add(made, { ...object, metadata: { ...object.metadata, uid } })
}

function targets(made: Platform, namespace: string): JsonRecord[] {
  const { random } = made
  const first = target(made, namespace)
  if (random.chance(0.7)) return [first]
  const second = target(made, namespace)
  return first.name === second.name && first.kind === second.kind ? [first] : [first, second]
}

function target(made: Platform, namespace: string): JsonRecord {
  const { random, objects } = made
  const entries = objects.filter(({ kind, metadata }) => kind === 'ServiceEntry' && metadata.namespace === namespace)
  const entry = random.chance(0.25) ? random.any(entries) : undefined
  if (entry === undefined) return service(made, namespace)
  const port = textAt(random.any(listAt(entry, 'spec', 'ports')), 'name')
  const section = random.chance(0.4) && port !== undefined && { sectionName: port }
  return { group: 'networking.istio.io', kind: 'ServiceEntry', name: entry.metadata.name, ...section }
}

function service({ random, apps }: Platform, namespace: string): JsonRecord {
  const app = random.any(apps.filter((each) => each.namespace === namespace))
  const name = app?.name ?? 'web'
  const ports = ['nothing', ...(app?.ports ?? []).map((each) => each.name)]
  return {
    group: '',
    kind: random.chance(0.05) ? 'Secret' : 'Service',
    name: random.chance(0.05) ? 'nobody' : name,
    ...(random.chance(0.35) && { sectionName: random.any(ports) }),
  }
}

function validation({ random }: Platform): JsonRecord {
  const hostname = random.pick(['web.example.com', 'api.example.com'])
  const subjectAltNames: JsonRecord[] = [
    { type: 'Hostname', hostname },
    { type: 'URI', uri: 'spiffe://example.com/web' },
  ]
  const [kind, name] = random.pick<[string, string]>([
    ['ConfigMap', 'ca'],
    ['ConfigMap', 'ca'],
    ['ConfigMap', 'empty'],
    ['Secret', 'ca'],
    ['Service', 'web'],
  ])
  return {
    hostname,
    ...(random.chance(0.3) && { subjectAltNames: subjectAltNames.slice(random.below(2)) }),
    ...(random.chance(0.5)
      ? { wellKnownCACertificates: 'System' }
      : { caCertificateRefs: [{ group: '', kind, name }] }),
  }
}
