import { at as valueAt, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { ignoringHeader, ignoringSent, takingPathFor } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits, including, something } from '../fits.ts'
import { withoutAnswered } from '../forms.ts'
import { customKind, serve, specSchema } from './custom-kind.ts'

const aggregated = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'

export const discovery: Area = {
  title: 'Discovery and OpenAPI',
  checks: [
    check('/version tells the version as gitVersion, major and minor.', withoutAnswered(['minor']), async ({ ask }) => {
      fits(await ask('/version'), { status: 200, body: { gitVersion: /^v1\.\d+\.\d+/, major: '1', minor: /^\d+/ } })
    }),
    check(
      '/healthz, /livez and /readyz say ok in plain text.',
      takingPathFor(/^\/(healthz|livez|readyz)$/, '/nowhere'),
      async ({ ask }) => {
        for (const path of ['/healthz', '/livez', '/readyz']) {
          fits(await ask(path), { status: 200, text: 'ok', headers: { 'content-type': 'text/plain; charset=utf-8' } })
        }
      },
    ),
    check('/api lists the versions of the core group.', withoutAnswered(['versions']), async ({ ask }) => {
      fits(await ask('/api'), { status: 200, body: { kind: 'APIVersions', versions: ['v1'] } })
    }),
    check(
      '/apis lists the groups with their versions and the preferred one.',
      withoutAnswered(['groups', '*', 'preferredVersion']),
      async ({ ask }) => {
        const version = { groupVersion: 'apps/v1', version: 'v1' }
        fits(await ask('/apis'), {
          status: 200,
          body: {
            kind: 'APIGroupList',
            apiVersion: 'v1',
            groups: including({ name: 'apps', versions: [version], preferredVersion: version }),
          },
        })
      },
    ),
    check(
      '/apis is aggregated on request: every group, version and resource in one answer.',
      ignoringHeader('accept'),
      async ({ ask }) => {
        const answer = await ask('/apis', { headers: { accept: aggregated } })
        fits(answer, {
          status: 200,
          headers: { 'content-type': aggregated },
          body: { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2' },
        })
        const apps = listAt(answer.body, 'items').find((each) => textAt(each, 'metadata', 'name') === 'apps')
        const deployments = {
          resource: 'deployments',
          responseKind: { group: '', version: '', kind: 'Deployment' },
          scope: 'Namespaced',
          singularResource: 'deployment',
          shortNames: ['deploy'],
          categories: ['all'],
          verbs: including('create', 'get', 'list', 'watch', 'patch', 'update', 'delete', 'deletecollection'),
          subresources: including(
            { subresource: 'scale', responseKind: { group: 'autoscaling', version: 'v1', kind: 'Scale' } },
            { subresource: 'status', verbs: including('get', 'patch', 'update') },
          ),
        }
        fits(apps, { versions: [{ version: 'v1', freshness: 'Current', resources: including(deployments) }] })
      },
    ),
    check('/api is aggregated on request, too.', ignoringHeader('accept'), async ({ ask }) => {
      const answer = await ask('/api', { headers: { accept: aggregated } })
      const pods = { resource: 'pods', scope: 'Namespaced', shortNames: ['po'], responseKind: { kind: 'Pod' } }
      const nodes = { resource: 'nodes', scope: 'Cluster', shortNames: ['no'] }
      fits(answer.body, {
        kind: 'APIGroupDiscoveryList',
        items: [{ versions: [{ version: 'v1', resources: including(pods, nodes) }] }],
      })
    }),
    check('/apis/GROUP is the group alone.', takingPathFor(/^\/apis\/apps$/, '/apis'), async ({ ask }) => {
      fits(await ask('/apis/apps'), {
        status: 200,
        body: { kind: 'APIGroup', apiVersion: 'v1', name: 'apps', preferredVersion: { groupVersion: 'apps/v1' } },
      })
    }),
    check(
      '/apis/GROUP/VERSION lists resources and subresources with kind, verbs, short names and categories.',
      withoutAnswered(['resources', '*', 'shortNames']),
      async ({ ask }) => {
        fits((await ask('/apis/apps/v1')).body, {
          kind: 'APIResourceList',
          groupVersion: 'apps/v1',
          resources: including(
            { name: 'deployments', kind: 'Deployment', namespaced: true, shortNames: ['deploy'], categories: ['all'] },
            { name: 'deployments/status', kind: 'Deployment', verbs: ['get', 'patch', 'update'] },
            { name: 'deployments/scale', kind: 'Scale', group: 'autoscaling', version: 'v1' },
          ),
        })
      },
    ),
    check(
      'A group or version that is not served is 404.',
      takingPathFor(/^\/apis\/.*/, '/apis/apps/v1'),
      async ({ ask }) => {
        fits(await ask('/apis/nobody.example.com/v1'), { status: 404, text: '404 page not found\n' })
        fits(await ask('/apis/apps/v9'), {
          status: 404,
          body: { reason: 'NotFound', message: 'the server could not find the requested resource', details: {} },
        })
      },
    ),
    check(
      'A custom kind is in plain discovery while its CRD is there.',
      takingPathFor(/^\/apis\/[^/]+\.conformance\.orbweaver\.dev\/v1$/, '/apis/apps/v1'),
      async (scene) => {
        const { ask, eventually } = scene
        const kind = customKind(scene, { shortNames: ['wd'], categories: ['conformance'] })
        await serve(scene, kind)
        const { group, plural } = kind
        const resource = {
          name: plural,
          kind: kind.kind,
          namespaced: true,
          singularName: kind.singular,
          shortNames: ['wd'],
        }
        // The kind may be served a moment before discovery tells of it.
        await eventually(() => ask(`/apis/${group}/v1`), {
          status: 200,
          body: { resources: including({ ...resource, categories: ['conformance'] }) },
        })
        fits((await ask(`/apis/${group}`)).body, { kind: 'APIGroup', name: group })
        await ask(`/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${plural}.${group}`, { method: 'DELETE' })
        await eventually(() => ask(`/apis/${group}/v1`), { status: 404 })
      },
    ),
    check('A custom kind is in aggregated discovery.', ignoringHeader('accept'), async (scene) => {
      const kind = customKind(scene, {})
      await serve(scene, kind)
      const responseKind = { group: kind.group, version: 'v1', kind: kind.kind }
      const found = async () => {
        const { body } = await scene.ask('/apis', { headers: { accept: aggregated } })
        return listAt(body, 'items').find((each) => textAt(each, 'metadata', 'name') === kind.group)
      }
      await scene.eventually(found, {
        versions: [{ version: 'v1', resources: [{ resource: kind.plural, responseKind, scope: 'Namespaced' }] }],
      })
    }),
    check(
      '/openapi/v3 leads to a document of every group and version, by a URL with a hash.',
      withoutAnswered(['paths', '*', 'serverRelativeURL']),
      async ({ ask }) => {
        fits((await ask('/openapi/v3')).body, {
          paths: {
            'api/v1': { serverRelativeURL: /^\/openapi\/v3\/api\/v1\?hash=\w+/ },
            'apis/apps/v1': { serverRelativeURL: /^\/openapi\/v3\/apis\/apps\/v1\?hash=\w+/ },
          },
        })
      },
    ),
    check(
      'The OpenAPI document of a built-in group has the schema of its kinds, with keys and merge rules of lists.',
      withoutAnswered(['components', 'schemas', '*', 'properties', '*', 'x-kubernetes-list-map-keys']),
      async ({ ask }) => {
        const { body } = await ask('/openapi/v3/apis/apps/v1')
        const schemas = 'components'
        const deployment = valueAt(body, schemas, 'schemas', 'io.k8s.api.apps.v1.Deployment')
        fits(deployment, {
          type: 'object',
          'x-kubernetes-group-version-kind': [{ group: 'apps', version: 'v1', kind: 'Deployment' }],
        })
        fits(valueAt(body, schemas, 'schemas', 'io.k8s.api.core.v1.PodSpec'), {
          required: ['containers'],
          properties: {
            containers: {
              type: 'array',
              'x-kubernetes-list-type': 'map',
              'x-kubernetes-list-map-keys': ['name'],
              'x-kubernetes-patch-strategy': 'merge',
              'x-kubernetes-patch-merge-key': 'name',
            },
          },
        })
      },
    ),
    check(
      'The OpenAPI document of a custom group has the schema of the CRD, with metadata and enums.',
      ignoringSent([...specSchema, 'properties', 'colour', 'enum']),
      async (scene) => {
        const colour = { type: 'string', enum: ['red', 'green'] }
        const kind = customKind(scene, { spec: { colour } })
        await serve(scene, kind)
        await scene.eventually(() => scene.ask(`/openapi/v3/apis/${kind.group}/v1`), { status: 200 })
        const { body } = await scene.ask(`/openapi/v3/apis/${kind.group}/v1`)
        const schemas = Object.values(recordAt(body, 'components', 'schemas'))
        const own = schemas.find((each) => textAt(each, 'x-kubernetes-group-version-kind', 0, 'kind') === kind.kind)
        fits(own, { properties: { spec: { type: 'object', properties: { colour } }, metadata: something } })
      },
    ),
    check(
      'The OpenAPI paths tell which verbs know dryRun, fieldManager and fieldValidation.',
      withoutAnswered(['paths', '*', '*', 'parameters']),
      async ({ ask }) => {
        const { body } = await ask('/openapi/v3/apis/apps/v1')
        const base = '/apis/apps/v1/namespaces/{namespace}/deployments'
        const parameters = including(
          { name: 'dryRun', in: 'query' },
          { name: 'fieldManager' },
          { name: 'fieldValidation' },
        )
        const gvk = { group: 'apps', version: 'v1', kind: 'Deployment' }
        const wanted = (action: string) => ({
          'x-kubernetes-action': action,
          'x-kubernetes-group-version-kind': gvk,
          parameters,
        })
        fits(valueAt(body, 'paths', base), { post: wanted('post') })
        fits(valueAt(body, 'paths', `${base}/{name}`), { patch: wanted('patch'), put: wanted('put') })
      },
    ),
  ],
}
