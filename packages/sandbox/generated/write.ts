/**
 * Writes the data files in src/server/builtins/generated: structure of the built-in kinds (OpenAPI v3, all description texts dropped),
 * discovery and the user-facing bootstrap roles, from the module k8s.io/kubernetes v1.36.3.
 *
 *   tsx packages/sandbox/generated/write.ts "$(go list -m -f '{{.Dir}}' k8s.io/kubernetes)"
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseAllDocuments } from 'yaml'

const root = process.argv[2] ?? '.'
const groupVersions = [
  'api/v1', 'apis/apps/v1', 'apis/batch/v1', 'apis/autoscaling/v1', 'apis/autoscaling/v2', 'apis/policy/v1',
  'apis/rbac.authorization.k8s.io/v1', 'apis/admissionregistration.k8s.io/v1', 'apis/apiextensions.k8s.io/v1',
  'apis/coordination.k8s.io/v1', 'apis/discovery.k8s.io/v1', 'apis/events.k8s.io/v1', 'apis/networking.k8s.io/v1',
  'apis/authentication.k8s.io/v1', 'apis/authorization.k8s.io/v1', 'apis/storage.k8s.io/v1', 'apis/scheduling.k8s.io/v1',
  'apis/apiregistration.k8s.io/v1',
]
const noText = (key: string, value: unknown): unknown => (key === 'description' && typeof value === 'string' ? undefined : value)
const json = (path: string): any => JSON.parse(readFileSync(`${root}/${path}`, 'utf8'), noText)
const schemas: Record<string, unknown> = {}
const members: Record<string, string[]> = {}
for (const gv of groupVersions) {
  const document = json(`api/openapi-spec/v3/${gv.replaceAll('/', '__')}_openapi.json`)
  members[gv] = Object.keys(document.components.schemas)
  for (const [name, schema] of Object.entries<any>(document.components.schemas)) {
    if ((schema['x-kubernetes-group-version-kind'] ?? []).length > 3) delete schema['x-kubernetes-group-version-kind']
    schemas[name] ??= schema
  }
}
const wanted = new Set(groupVersions.map((gv) => gv.replace(/^api\//, '/').replace(/^apis\//, '')))
const groups = json('api/discovery/aggregated_v2.json').items as any[]
const core = json('api/discovery/api__v1.json').resources as any[]
const discovery: unknown[] = []
const singular = (group: string, version: string): any[] =>
  group === '' ? core : json(`api/discovery/apis__${group}__${version}.json`).resources
const add = (group: string, version: string): void => {
  const plain = singular(group, version)
  for (const main of plain.filter((each) => !each.name.includes('/'))) {
    const subresources = plain.filter((each) => each.name.startsWith(`${main.name}/`))
    discovery.push({ group, version, plural: main.name, singular: main.singularName, kind: main.kind, namespaced: main.namespaced,
      shortNames: main.shortNames ?? [], categories: main.categories ?? [], verbs: main.verbs, hash: main.storageVersionHash,
      subresources: subresources.map((each) => ({ name: each.name.split('/')[1], kind: each.kind, group: each.group ?? group, version: each.version ?? version, verbs: each.verbs })) })
  }
}
add('', 'v1')
for (const group of groups) for (const version of group.versions) {
  if (wanted.has(`${group.metadata.name}/${version.version}`)) add(group.metadata.name, version.version)
}
const policy = 'plugin/pkg/auth/authorizer/rbac/bootstrappolicy/testdata'
const keep = /^(cluster-admin|admin|edit|view|system:(aggregate-to-.*|discovery|basic-user|public-info-viewer|monitoring|auth-delegator|service-account-issuer-discovery|masters))$/
const roles = ['cluster-roles', 'cluster-role-bindings'].flatMap((file) =>
  parseAllDocuments(readFileSync(`${root}/${policy}/${file}.yaml`, 'utf8')).flatMap((document) => (document.toJS() as any).items))
  .filter((each: any) => keep.test(each.metadata.name))
for (const role of roles) delete role.metadata.creationTimestamp
const write = (name: string, value: unknown): void =>
  writeFileSync(new URL(`../src/server/builtins/generated/${name}.ts`, import.meta.url), `/** Written by packages/sandbox/generated/write.ts from k8s.io/kubernetes v1.36.3. JSON in a string: parsed once, when first asked for. */\nexport const ${name} = ${JSON.stringify(JSON.stringify(value))}\n`)
write('openapi', { schemas, members })
write('resources', discovery)
write('roles', roles)
