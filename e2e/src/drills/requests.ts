import type { Intent } from '@orbweaver/contracts/intent'
import { operations } from '../harness/operations.ts'
import type { Team } from './two-teams-world.ts'

/** What the requests of a walk speak of. */
export type Subject = Team & { mesh: string; change: string; item: string; uid: string }

export type Asked = { operation: string; method: string; path: string; body?: object }

type Sample = { params?: Record<string, string>; query?: Record<string, string>; body?: object }

export const meshName = 'payments'

export const meshSpec = {
  kind: 'Dedicated',
  version: 'v1.30.3',
  controlPlane: { cluster: 'member-1' },
} as const

function ruleRef({ cluster, namespace, rule }: Team) {
  return { cluster, group: 'networking.istio.io', version: 'v1', kind: 'VirtualService', namespace, name: rule }
}

function workloadRef({ cluster, namespace, workload }: Team) {
  return { cluster, group: 'apps', version: 'v1', kind: 'Deployment', namespace, name: workload }
}

function requestOf(team: Team) {
  return { from: { kind: 'workload', ref: workloadRef(team) }, host: 'elsewhere.example.com', port: 80 }
}

function callOf(team: Team) {
  const ref = workloadRef(team)
  return { from: { kind: 'workload', ref }, to: { ref, port: 80 }, protocol: 'http', mtls: 'auto' }
}

/** Every request of the contract about one subject. A new operation without a sample fails the walk that asks. */
export function requestsAbout(subject: Subject): Asked[] {
  const samples = samplesOf(subject)
  return operations().map(({ name, method, path }) => {
    const sample = samples[name]
    if (sample === undefined) throw new Error(`no drill asks ${name} yet`)
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, param: string) => sample.params?.[param] ?? `no-${param}`)
    const query = sample.query === undefined ? '' : `?${new URLSearchParams(sample.query).toString()}`
    return {
      operation: name,
      method,
      path: `${filled}${query}`,
      ...(sample.body !== undefined && { body: sample.body }),
    }
  })
}

function samplesOf(subject: Subject): Record<string, Sample> {
  const { mesh, cluster, namespace, change, item } = subject
  const list = { size: '500' }
  return {
    'access.session': {},
    'access.signIn': { body: { mode: 'local', persona: 'nobody' } },
    'access.signOut': {},
    'clusters.list': { query: list },
    'clusters.get': { params: { name: cluster } },
    'clusters.test': { body: { source: { kind: 'offered', context: 'member-2' } } },
    'clusters.contexts': { body: { source: { kind: 'offered' } } },
    'clusters.manifest': {},
    'clusters.offered': {},
    'meshes.list': { query: list },
    ...numbersAbout(mesh),
    'meshes.get': { params: { name: mesh } },
    'meshes.stage': { params: { name: mesh, cluster: 'member-1', stage: 'control-plane' } },
    'meshes.strays': { params: { name: mesh } },
    'meshes.removal': { params: { name: mesh } },
    'clusters.leftovers': { params: { name: cluster } },
    'meshes.export': { params: { name: mesh } },
    'meshes.supportBundle': { params: { name: mesh } },
    'meshes.drift': { params: { name: mesh } },
    'meshes.networks': { params: { name: mesh } },
    'meshes.sameServices': { params: { name: mesh }, query: list },
    'meshes.certificates': { params: { name: mesh } },
    'meshes.preflight': {
      body: { name: 'another', spec: { ...meshSpec, controlPlane: { cluster: 'member-2', namespace } } },
    },
    'meshes.choices': { query: { kind: 'Dedicated' } },
    'meshes.path': {},
    'sidecars.injectable': { params: { cluster } },
    'sidecars.namespaces': { params: { mesh }, query: { ...list, system: 'true' } },
    'sidecars.workloads': { params: { mesh }, query: { ...list, namespace } },
    ...comparisonsAbout(subject),
    'sidecars.explain': { params: { mesh }, body: { ref: workloadRef(subject) } },
    'traffic.explain': { params: { mesh }, body: { request: requestOf(subject) } },
    'security.explain': { params: { mesh }, body: { call: callOf(subject) } },
    'security.reach': { params: { mesh }, body: { ref: workloadRef(subject), direction: 'callees' } },
    'security.secrets': { params: { mesh }, query: { ...list, namespace } },
    'security.secret': { params: { mesh, cluster, namespace, name: 'none' } },
    'security.istiodCertificates': { params: { mesh } },
    'security.proxyCertificates': { params: { mesh }, query: { of: 'workloads', cluster, namespace } },
    'objects.findings': { params: { mesh }, query: { ...list, namespace } },
    'objects.findingCodes': {},
    'objects.list': { params: { mesh }, query: { ...list, namespace } },
    'objects.get': { body: { mesh, ref: ruleRef(subject) } },
    'objects.schema': { params: { cluster }, query: { group: 'networking.istio.io', kind: 'VirtualService' } },
    'objects.places': { params: { mesh } },
    'history.plan': { body: { intent: intentsAbout(subject)['sidecars.namespaces'] } },
    'history.execute': { body: { intent: intentsAbout(subject)['sidecars.namespaces'], fingerprint: 'none' } },
    'history.list': { query: list },
    'history.get': { params: { name: change } },
    'history.retry': { params: { name: change, item } },
    'history.skip': { params: { name: change, item } },
    'history.stop': { params: { name: change } },
    'history.resume': { params: { name: change } },
    'events.watch': {},
  }
}

function numbersAbout(name: string) {
  const params = { name }
  return { 'meshes.controlPlane': { params }, 'metrics.mesh': { params }, 'metrics.crossings': { params } }
}

/** What a plan makes of things: asked beside the plan itself. */
function comparisonsAbout(subject: Subject) {
  const params = { mesh: subject.mesh }
  const intents = intentsAbout(subject)
  const intent = intents['objects.edit']
  return {
    'sidecars.compare': { params, body: { intent: intents['sidecars.namespaces'] } },
    'sidecars.comparePods': {
      params,
      body: { intent: intents['sidecars.namespaces'], refs: [callOf(subject).to.ref] },
    },
    'traffic.compare': { params, body: { intent, requests: [requestOf(subject)] } },
    'security.compare': { params, body: { intent, calls: [callOf(subject)] } },
    'security.compareReach': { params, body: { intent } },
  }
}

/** One intent of every type there is about one subject: a type that is added does not compile without one. */
export function intentsAbout(subject: Subject): Record<Intent['type'], object> {
  const { mesh, cluster, namespace, change, uid } = subject
  const ref = ruleRef(subject)
  const rule = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: subject.rule, namespace, uid },
    spec: { hosts: [subject.workload], http: [{ route: [{ destination: { host: subject.workload } }] }] },
  }
  const edited = { ...rule, spec: { ...rule.spec, hosts: [subject.workload, 'another'] } }
  const created = { ...rule, metadata: { name: 'made-by-drill', namespace } }
  return {
    'clusters.prepare-hub': { type: 'clusters.prepare-hub' },
    'clusters.register': {
      type: 'clusters.register',
      source: { kind: 'offered' },
      clusters: [{ name: 'another', spec: {}, context: 'member-2' }],
    },
    'clusters.edit': {
      type: 'clusters.edit',
      name: cluster,
      spec: { displayName: 'Renamed' },
      source: { kind: 'offered', context: 'member-2' },
    },
    'clusters.remove': { type: 'clusters.remove', name: 'member-2' },
    ...networkIntents(subject),
    'clusters.clean': { type: 'clusters.clean', name: cluster, objects: [workloadRef(subject)] },
    ...meshIntentsAbout(subject, created),
    'sidecars.namespaces': {
      type: 'sidecars.namespaces',
      mesh,
      namespaces: [{ cluster, namespace }],
      action: 'disable',
      restart: true,
    },
    'sidecars.workloads': { type: 'sidecars.workloads', mesh, workloads: [workloadRef(subject)], action: 'disable' },
    'sidecars.restart': { type: 'sidecars.restart', mesh, workloads: [workloadRef(subject)] },
    'objects.create': { type: 'objects.create', mesh, cluster, object: created },
    'objects.edit': { type: 'objects.edit', mesh, ref, base: rule, object: edited },
    'objects.delete': { type: 'objects.delete', mesh, ref, uid },
    ...findingIntents(mesh, ref),
    'history.undo': { type: 'history.undo', change },
  }
}

function findingIntents(mesh: string, ref: object) {
  return {
    'objects.fix': {
      type: 'objects.fix',
      mesh,
      finding: { code: 'virtualservice.host-not-found', ref, pointer: '/spec/hosts/0' },
      fix: { code: 'use-host', params: {}, patches: [] },
    },
    'objects.mute': { type: 'objects.mute', mesh, ref, code: '*', reason: 'asked by a drill' },
    'objects.unmute': { type: 'objects.unmute', mesh, ref, code: '*' },
  }
}

function networkIntents(subject: Subject) {
  const { mesh, cluster, namespace } = subject
  return {
    'clusters.locality': { type: 'clusters.locality', cluster, nodes: [`${cluster}-node-1`], subzone: 'rack-1' },
    'meshes.move-network': { type: 'meshes.move-network', name: mesh, clusters: [cluster], network: 'another' },
    'meshes.east-west-gateway': { type: 'meshes.east-west-gateway', name: mesh, gateway: { cluster, replicas: 2 } },
    'meshes.expose-services': { type: 'meshes.expose-services', name: mesh, expose: false },
    'meshes.keep-local': {
      type: 'meshes.keep-local',
      name: mesh,
      hosts: [`${subject.workload}.${namespace}.svc.cluster.local`],
      local: true,
    },
  }
}

function meshIntentsAbout(subject: Subject, created: object) {
  const { mesh, cluster, namespace } = subject
  return {
    'meshes.create': {
      type: 'meshes.create',
      name: 'another',
      spec: { ...meshSpec, controlPlane: { cluster: 'member-2', namespace } },
    },
    'meshes.update': { type: 'meshes.update', name: mesh, spec: { ...meshSpec, displayName: 'Renamed' } },
    'meshes.join': { type: 'meshes.join', name: mesh, members: [{ cluster: 'member-2' }] },
    'meshes.leave': { type: 'meshes.leave', name: mesh, clusters: ['member-2'] },
    'meshes.repair': { type: 'meshes.repair', name: mesh },
    'meshes.adopt-drift': {
      type: 'meshes.adopt-drift',
      name: mesh,
      places: [{ ref: workloadRef(subject), pointer: '/spec/replicas' }],
    },
    'meshes.suspend': { type: 'meshes.suspend', name: mesh },
    'meshes.resume': { type: 'meshes.resume', name: mesh },
    'meshes.plug-ca': {
      type: 'meshes.plug-ca',
      name: mesh,
      ca: { caCert: 'none', caKey: 'none', certChain: 'none', rootCert: 'none' },
    },
    'meshes.trust-roots': { type: 'meshes.trust-roots', name: mesh, roots: 'none' },
    'security.apply-secret': {
      type: 'security.apply-secret',
      mesh,
      namespace,
      name: 'shop-tls',
      clusters: [cluster],
      pair: { certificate: 'none', key: 'none' },
    },
    'security.delete-secrets': {
      type: 'security.delete-secrets',
      mesh,
      secrets: [{ cluster, namespace, name: 'shop-tls', uid: 'none' }],
    },
    'meshes.import': {
      type: 'meshes.import',
      name: mesh,
      objects: [{ cluster, object: { ...created, metadata: { name: 'imported', namespace } } }],
      conflicts: 'keep',
    },
    'meshes.move-default': { type: 'meshes.move-default', name: mesh },
    'meshes.protect': { type: 'meshes.protect', name: mesh, protected: true },
    'meshes.delete-gateways': {
      type: 'meshes.delete-gateways',
      name: mesh,
      gateways: [{ ...workloadRef(subject), name: 'istio-ingressgateway' }],
    },
    'meshes.delete': { type: 'meshes.delete', name: mesh, uninstall: true },
  }
}
