import { listAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf, splitApiVersion } from '@orbweaver/contracts/kubernetes'
import { blueprint } from '@orbweaver/istio/blueprints/blueprint'
import { certificateMaps, electionMaps } from '@orbweaver/istio/blueprints/istiod-writes'
import { controlPlaneSecrets } from '@orbweaver/istio/blueprints/leftovers'
import { isMesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { istioCrds } from './istio.ts'
import { knownResource } from '@orbweaver/kube/known-resources'
import { describe, expect, test } from 'vitest'
import { folder, manifest } from './testing/manifests.ts'

const all = [...folder('crds'), ...folder('rbac')].flatMap((path) => manifest(path).map((object) => ({ path, object })))

type Rule = { role: string; groups: string[]; resources: string[]; urls: string[]; verbs: string[] }
const textsAt = (value: unknown, key: string): string[] =>
  listAt(value, key).flatMap((each) => (typeof each === 'string' ? [each] : []))

function rulesOf(objects: readonly KubernetesObject[]): Rule[] {
  return objects
    .filter(({ kind }) => kind === 'ClusterRole' || kind === 'Role')
    .flatMap((role) =>
      listAt(role, 'rules').map((rule) => ({
        role: role.metadata.name,
        groups: textsAt(rule, 'apiGroups'),
        resources: textsAt(rule, 'resources'),
        urls: textsAt(rule, 'nonResourceURLs'),
        verbs: textsAt(rule, 'verbs'),
      })),
    )
}

const everyRule = rulesOf(all.map(({ object }) => object))
const people = rulesOf(manifest('rbac/personas.yaml'))
const reads = ['get', 'list', 'watch']
const writes = ['create', 'update', 'patch', 'delete', 'deletecollection']

describe('every manifest', () => {
  test.each(all)('$path: $object.kind $object.metadata.name says whose it is', ({ object }) => {
    expect(labelsOf(object)['app.kubernetes.io/part-of']).toBe('orbweaver')
  })

  test.each(everyRule)('$role: $resources$urls with $verbs is spelled out', ({ groups, resources, urls, verbs }) => {
    for (const list of [...(urls.length > 0 ? [urls] : [groups, resources]), verbs]) {
      expect(list).not.toEqual([])
      expect(list.filter((each) => each.includes('*'))).toEqual([])
    }
    expect([...reads, ...writes, 'impersonate']).toEqual(expect.arrayContaining(verbs))
  })

  test('gives nobody the right to give rights', () => {
    const resources = everyRule.filter((rule) => rule.groups.includes('rbac.authorization.k8s.io'))
    expect(resources).toEqual([])
    expect(everyRule.flatMap((rule) => rule.verbs).filter((verb) => verb === 'bind' || verb === 'escalate')).toEqual([])
  })
})

describe('roles for people', () => {
  test('touch no Change', () => {
    expect(people.flatMap((rule) => rule.resources).filter((each) => each.startsWith('changes'))).toEqual([])
  })

  test('neither read nor alter a Secret; only an admin may create one', () => {
    const secrets = people.filter((rule) => rule.resources.some((each) => each.startsWith('secrets')))
    expect(secrets.map(({ role, verbs }) => ({ role, verbs }))).toEqual([
      { role: 'orbweaver-admin', verbs: ['create'] },
    ])
  })

  test('become nobody else, and run nothing in a Pod', () => {
    expect(people.filter((rule) => rule.verbs.includes('impersonate'))).toEqual([])
    const below = people.filter((rule) => rule.resources.some((each) => each.includes('/')))
    expect(below.map(({ role, resources, verbs }) => ({ role, resources, verbs }))).toEqual([
      { role: 'orbweaver-admin', resources: ['pods/log'], verbs: ['get'] },
    ])
  })

  test.each(['orbweaver-viewer', 'orbweaver-namespace-viewer', 'orbweaver-fleet-viewer'])('%s only reads', (role) => {
    const verbs = people.filter((rule) => rule.role === role).flatMap((rule) => rule.verbs)
    expect(verbs).not.toEqual([])
    expect(verbs.filter((verb) => !reads.includes(verb))).toEqual([])
  })

  test('of a namespace hold nothing that is cluster-scoped but the namespace itself', () => {
    const clusterScoped = ['nodes', 'meshes', 'fleetclusters', 'gatewayclasses', 'istios', 'customresourcedefinitions']
    const resources = people.filter((rule) => rule.role.includes('-namespace-')).flatMap((rule) => rule.resources)
    expect(resources.filter((each) => clusterScoped.includes(each))).toEqual([])
  })

  test('leave Meshes and clusters to the admin', () => {
    const writers = people.filter(
      (rule) => rule.groups.includes('orbweaver.dev') && rule.verbs.some((verb) => writes.includes(verb)),
    )
    expect(new Set(writers.map((rule) => rule.role))).toEqual(new Set(['orbweaver-admin']))
  })
})

test('the cleaner deletes by name what an Istio leaves, and reads no Secret but four of it', () => {
  const [role] = manifest('rbac/cleaner.yaml')
  const rules = listAt(role, 'rules')
  expect(new Set(rules.flatMap((rule) => textsAt(rule, 'verbs')))).toEqual(new Set(['get', 'delete']))
  const nameless = rules.filter((rule) => textsAt(rule, 'resourceNames').length === 0)
  expect(nameless.flatMap((rule) => textsAt(rule, 'resources'))).toEqual(['leases', 'validatingwebhookconfigurations'])
  const namesOf = (resource: string) =>
    rules
      .filter((rule) => textsAt(rule, 'resources').includes(resource))
      .flatMap((rule) => textsAt(rule, 'resourceNames'))
  expect(namesOf('secrets')).toEqual(controlPlaneSecrets)
  expect(namesOf('configmaps')).toEqual([...certificateMaps, ...electionMaps])
  const definitions = istioCrds.map(({ metadata }) => metadata.name)
  expect(namesOf('customresourcedefinitions').toSorted()).toEqual(definitions.toSorted())
})

test('who may look may list what istiods write', () => {
  const named = manifest('rbac/personas.yaml').flatMap((role) =>
    listAt(role, 'rules')
      .filter((rule) => textsAt(rule, 'resources').includes('configmaps') && textsAt(rule, 'verbs').includes('list'))
      .map((rule) => ({ role: role.metadata.name, names: textsAt(rule, 'resourceNames') })),
  )
  const names = [...certificateMaps, ...electionMaps]
  const roles = ['orbweaver-admin', 'orbweaver-operator', 'orbweaver-viewer']
  expect(named).toEqual(roles.map((role) => ({ role, names })))
})

describe("the console's account", () => {
  test.each(['rbac/hub.yaml', 'rbac/member.yaml'])('%s can be applied as it is', (path) => {
    const objects = manifest(path)
    expect(objects.slice(0, 2).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'Namespace orbweaver-system',
      'ServiceAccount orbweaver',
    ])
    const roles = objects.filter(({ kind }) => kind === 'ClusterRole' || kind === 'Role')
    const bindings = objects.filter(({ kind }) => kind.endsWith('Binding'))
    expect(new Set(bindings.map((each) => textAt(each, 'roleRef', 'name')))).toEqual(
      new Set(roles.map((each) => each.metadata.name)),
    )
    for (const binding of bindings) {
      expect(listAt(binding, 'subjects')).toEqual([
        { kind: 'ServiceAccount', name: 'orbweaver', namespace: 'orbweaver-system' },
      ])
    }
  })

  test('impersonates people and groups, never ServiceAccounts', () => {
    const impersonated = everyRule.filter((rule) => rule.verbs.includes('impersonate'))
    expect(new Set(impersonated.flatMap((rule) => rule.resources))).toEqual(new Set(['users', 'groups']))
    expect(new Set(impersonated.map((rule) => rule.role))).toEqual(new Set(['orbweaver-hub', 'orbweaver-member']))
  })

  test('is the one the guards name', () => {
    const named = all
      .filter(({ object }) => object.kind === 'ValidatingAdmissionPolicy')
      .flatMap(({ object }) => JSON.stringify(object.spec).match(/system:serviceaccount:[a-z:-]+/g) ?? [])
    expect(new Set(named)).toEqual(new Set(['system:serviceaccount:orbweaver-system:orbweaver']))
  })
})

describe('what a blueprint makes', () => {
  const verbsOf = (role: string, { apiVersion, kind }: KubernetesObject): Set<string> => {
    const { group } = splitApiVersion(apiVersion)
    const plural = knownResource(group, kind)?.plural ?? ''
    const rules = everyRule.filter((rule) => rule.role === role && rule.groups.includes(group))
    return new Set(rules.filter((rule) => rule.resources.includes(plural)).flatMap((rule) => rule.verbs))
  }

  /** Two networks, so that gateways are needed, and every setting that makes an object of its own. */
  const read = readMesh({
    apiVersion: 'orbweaver.dev/v1alpha1',
    kind: 'Mesh',
    metadata: { name: 'shop' },
    spec: {
      kind: 'Managed',
      version: 'v1.30.3',
      controlPlane: { cluster: 'hub' },
      members: [{ cluster: 'east' }],
      settings: { sidecar: { discoveryIsolation: true } },
    },
  })
  if (!isMesh(read)) throw new Error('not a mesh')
  const seen = (network: string) => ({ view: undefined, network, server: `https://${network}.example` })
  const stages = blueprint(
    read,
    new Map([
      ['hub', seen('n1')],
      ['east', seen('n2')],
    ]),
  )
  const objects = stages.flatMap((stage) => stage.objects)

  test('covers every stage of a managed mesh on two networks', () => {
    expect(new Set(stages.filter((stage) => stage.objects.length > 0).map((stage) => stage.name))).toEqual(
      new Set([
        'namespace',
        'entrance',
        'control-plane',
        'default-tag',
        'discovery-scope',
        'member-namespace',
        'reader',
        'member-control-plane',
        'remote-secret',
        'member-default',
        'east-west',
        'cross-network',
      ]),
    )
  })

  test.each(objects)('$kind $metadata.name is within the rights of the mesh builder', (object) => {
    const wanted = object.kind === 'Namespace' ? ['create', 'patch'] : ['create', 'patch', 'delete']
    expect([...verbsOf('orbweaver-mesh-builder', object)]).toEqual(expect.arrayContaining(wanted))
  })

  /** The plan of a Mesh asks this of the person; of Secrets only whether they may be created. */
  test.each(objects)('$kind $metadata.name is within the rights of an admin', (object) => {
    const wanted: Record<string, string[]> = { Namespace: ['create', 'patch'], Secret: ['create'] }
    const verbs = wanted[object.kind] ?? ['create', 'patch', 'delete']
    expect([...verbsOf('orbweaver-admin', object)]).toEqual(expect.arrayContaining(verbs))
  })

  test('has names that the guard lets through', () => {
    const guarded = objects.filter(({ kind }) => kind === 'Secret' || kind === 'MutatingWebhookConfiguration')
    const rules = JSON.stringify(manifest('rbac/mesh-builder-guard.yaml'))
    const prefixes = [...rules.matchAll(/startsWith\('([^']+)'\)/g)].map((found) => found[1] ?? '')
    expect(guarded.length).toBeGreaterThan(2)
    expect(guarded.filter(({ metadata }) => !prefixes.some((prefix) => metadata.name.startsWith(prefix)))).toEqual([])
  })
})
