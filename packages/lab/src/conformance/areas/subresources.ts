import { type JsonRecord, recordAt } from '@orbweaver/contracts/json'
import { breaking, ignoring, ignoringHeader, ignoringSent, only, takingFor, takingPathFor } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits, including } from '../fits.ts'
import type { Scene } from '../scene.ts'
import { customKind, type CustomKind, objectsOf, serve, widget } from './custom-kind.ts'
import { configMap, deployment, patchType } from './objects.ts'

const merge = (body: object) => ({ method: 'PATCH', type: patchType.merge, body })
const table = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' }

const scalePaths = {
  specReplicasPath: '.spec.replicas',
  statusReplicasPath: '.status.replicas',
  labelSelectorPath: '.status.selector',
}

async function scalable(scene: Scene): Promise<{ kind: CustomKind; path: string }> {
  const subresources = { status: {}, scale: scalePaths }
  const additionalPrinterColumns: JsonRecord[] = [
    { name: 'Replicas', type: 'integer', jsonPath: '.spec.replicas', description: 'wished' },
    { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
    { name: 'Wide', type: 'string', jsonPath: '.spec.note', priority: 1 },
    { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
  ]
  const spec = { replicas: { type: 'integer' }, note: { type: 'string' } }
  const kind = customKind(scene, { spec, version: { subresources, additionalPrinterColumns } })
  await serve(scene, kind)
  const path = objectsOf(scene, kind)
  await scene.ask(path, { body: { ...widget(kind, 'a', { replicas: 2, note: 'n' }), status: { replicas: 9 } } })
  return { kind, path: `${path}/a` }
}

/** What the versions of a CRD say of subresources. */
const given = ['spec', 'versions', '*', 'subresources']

const deployments = 'apps/v1/deployments'

/** Columns do not look for a condition: they take the first. */
const takingFirstForReady = takingFor(['spec', 'versions', '*', 'additionalPrinterColumns', '*', 'jsonPath'], (was) =>
  was.replace(/\[\?.*\]/, '[0]'),
)

export const subresources: Area = {
  title: 'Subresources and tables',
  checks: [
    check(
      'With a status subresource, creation and update leave status alone.',
      ignoringSent([...given, 'status']),
      async (scene) => {
        const { path } = await scalable(scene)
        fits((await scene.ask(path)).body, { spec: { replicas: 2 }, status: undefined })
        fits((await scene.ask(path, merge({ status: { replicas: 3 }, spec: { replicas: 4 } }))).body, {
          spec: { replicas: 4 },
          status: undefined,
        })
      },
    ),
    check(
      'The status subresource changes status alone, and no generation.',
      ignoringSent(['status']),
      async (scene) => {
        const { path } = await scalable(scene)
        const body = { status: { replicas: 3 }, spec: { replicas: 7 }, metadata: { labels: { x: 'y' } } }
        fits(await scene.ask(`${path}/status`, merge(body)), {
          status: 200,
          body: { status: { replicas: 3 }, spec: { replicas: 2 }, metadata: { generation: 1, labels: undefined } },
        })
      },
    ),
    check(
      'The scale subresource of a custom kind reads and writes the paths that the CRD names.',
      ignoringSent([...given, 'scale', 'labelSelectorPath']),
      async (scene) => {
        const { path } = await scalable(scene)
        await scene.ask(`${path}/status`, merge({ status: { replicas: 1, selector: 'app=a' } }))
        fits(await scene.ask(`${path}/scale`), {
          status: 200,
          body: {
            kind: 'Scale',
            apiVersion: 'autoscaling/v1',
            metadata: { name: 'a' },
            spec: { replicas: 2 },
            status: { replicas: 1, selector: 'app=a' },
          },
        })
        fits(await scene.ask(`${path}/scale`, merge({ spec: { replicas: 5 } })), {
          status: 200,
          body: { spec: { replicas: 5 } },
        })
        fits((await scene.ask(path)).body, { spec: { replicas: 5 }, metadata: { generation: 2 } })
      },
    ),
    check('A subresource that a kind has not is 404.', takingPathFor(/\/(scale|status)$/, ''), async (scene) => {
      const { ask, at } = scene
      await ask(at('configmaps'), { body: configMap('a') })
      fits(await ask(at('configmaps/a/scale')), {
        status: 404,
        body: { reason: 'NotFound', message: 'the server could not find the requested resource' },
      })
      const kind = customKind(scene, {})
      await serve(scene, kind)
      await ask(objectsOf(scene, kind), { body: widget(kind, 'a') })
      fits(await ask(`${objectsOf(scene, kind)}/a/status`, merge({ status: {} })), { status: 404 })
    }),
    check(
      'The scale of a Deployment has its selector, and sets its replicas.',
      only({ method: 'PUT' }, ignoringSent(['spec', 'replicas'])),
      async ({ ask, at }) => {
        await ask(at(deployments), { body: deployment('a') })
        const scale = at(`${deployments}/a/scale`)
        fits((await ask(scale)).body, { spec: { replicas: undefined }, status: { replicas: 0, selector: 'app=a' } })
        const body = { kind: 'Scale', apiVersion: 'autoscaling/v1', metadata: { name: 'a' }, spec: { replicas: 2 } }
        fits(await ask(`${scale}?dryRun=All`, { method: 'PUT', body }), {
          status: 200,
          body: { spec: { replicas: 2 } },
        })
      },
    ),
    check(
      'The status of a Deployment is changed by its subresource alone.',
      ignoringSent(['status']),
      async ({ ask, at }) => {
        await ask(at(deployments), { body: deployment('a') })
        const status = { conditions: [{ type: 'Seen', status: 'True', reason: 'Test', message: 'x' }] }
        const answer = await ask(at(`${deployments}/a/status`), merge({ status, spec: { replicas: 7 } }))
        fits(answer, {
          status: 200,
          body: { spec: { replicas: 0 }, status: { conditions: including({ type: 'Seen' }) } },
        })
      },
    ),
    check(
      'A list as Table has the columns of the CRD, with the priority of wide ones.',
      ignoringHeader('accept'),
      async (scene) => {
        const { kind } = await scalable(scene)
        const { body } = await scene.ask(objectsOf(scene, kind), { headers: table })
        fits(body, {
          kind: 'Table',
          apiVersion: 'meta.k8s.io/v1',
          columnDefinitions: [
            { name: 'Name', type: 'string', format: 'name', priority: 0 },
            { name: 'Replicas', type: 'integer', description: 'wished' },
            { name: 'Ready' },
            { name: 'Wide', priority: 1 },
            { name: 'Age', type: 'date' },
          ],
          rows: [
            {
              cells: ['a', 2, undefinedOrNull, 'n', /^\d+s$/],
              object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: { name: 'a' } },
            },
          ],
        })
      },
    ),
    check('A printer column may look for a condition by its type.', takingFirstForReady, async (scene) => {
      const { path } = await scalable(scene)
      const conditions = [
        { type: 'Other', status: 'False' },
        { type: 'Ready', status: 'True' },
      ]
      await scene.ask(`${path}/status`, merge({ status: { conditions } }))
      fits((await scene.ask(path, { headers: table })).body, {
        kind: 'Table',
        rows: [{ cells: ['a', 2, 'True', 'n', /s$/] }],
      })
    }),
    check('A Table of ConfigMaps has Name, Data and Age.', ignoringHeader('accept'), async ({ ask, at }) => {
      await ask(at('configmaps'), { body: configMap('a', { data: { x: '1', y: '2' } }) })
      fits((await ask(at('configmaps?fieldSelector=metadata.name=a'), { headers: table })).body, {
        columnDefinitions: [{ name: 'Name' }, { name: 'Data' }, { name: 'Age' }],
        rows: [{ cells: ['a', 2, /^\d+s$/] }],
      })
    }),
    check(
      'A Table of Deployments has Ready, Up-to-date and Available, and wide columns for containers.',
      ignoringHeader('accept'),
      async ({ ask, at }) => {
        await ask(at(deployments), { body: deployment('a') })
        fits((await ask(at(deployments), { headers: table })).body, {
          columnDefinitions: [
            { name: 'Name' },
            { name: 'Ready' },
            { name: 'Up-to-date' },
            { name: 'Available' },
            { name: 'Age' },
            { name: 'Containers', priority: 1 },
            { name: 'Images', priority: 1 },
            { name: 'Selector', priority: 1 },
          ],
          rows: [{ cells: ['a', '0/0', 0, 0, /^\d+s$/, 'main', 'registry.k8s.io/pause:3.10', 'app=a'] }],
        })
      },
    ),
    check(
      'includeObject says how much of each object a Table carries.',
      ignoring('includeObject'),
      async ({ ask, at }) => {
        await ask(at('configmaps'), { body: configMap('a', { data: { x: '1' } }) })
        const path = at('configmaps?fieldSelector=metadata.name=a')
        fits((await ask(`${path}&includeObject=Object`, { headers: table })).body, {
          rows: [{ object: { kind: 'ConfigMap', data: { x: '1' } } }],
        })
        fits((await ask(`${path}&includeObject=None`, { headers: table })).body, {
          rows: [{ object: undefinedOrNull }],
        })
      },
    ),
    check('One object may be asked for as PartialObjectMetadata.', ignoringHeader('accept'), async ({ ask, at }) => {
      await ask(at('configmaps'), { body: configMap('a', { data: { x: '1' } }) })
      const accept = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1'
      fits(await ask(at('configmaps/a'), { headers: { accept } }), {
        status: 200,
        body: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: { name: 'a' }, data: undefined },
      })
    }),
    check(
      'An evicted Pod goes; a PodDisruptionBudget without room forbids it: 429 with its name.',
      takingFor(['spec', 'minAvailable'], 0),
      async ({ ask, at, eventually }) => {
        const pod = (name: string) => ({
          metadata: { name, labels: { app: name } },
          spec: { nodeName: 'nowhere', containers: [{ name: 'main', image: 'registry.k8s.io/pause:3.10' }] },
        })
        const eviction = (name: string) => ({ body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name } } })
        await eventually(() => ask(at('serviceaccounts/default')), { status: 200 })
        fits(await ask(at('pods'), { body: pod('guarded') }), { status: 201 })
        fits(await ask(at('pods'), { body: pod('free') }), { status: 201 })
        const spec = { minAvailable: 1, selector: { matchLabels: { app: 'guarded' } } }
        await ask(at('policy/v1/poddisruptionbudgets'), { body: { metadata: { name: 'budget' }, spec } })
        const running = { status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } }
        await ask(at('pods/guarded/status'), merge(running))
        await eventually(() => ask(at('pods/guarded/eviction'), eviction('guarded')), {
          status: 429,
          body: {
            reason: 'TooManyRequests',
            message: "Cannot evict pod as it would violate the pod's disruption budget.",
            details: {
              causes: [
                {
                  reason: 'DisruptionBudget',
                  message: /^The disruption budget budget needs 1 healthy pods and has \d currently$/,
                },
              ],
            },
          },
        })
        fits(await ask(at('pods/free/eviction'), eviction('free')), {
          status: 201,
          body: { kind: 'Status', status: 'Success', code: 201 },
        })
      },
    ),
    check(
      'A Lease keeps its holder and times of six decimals, and is taken over by an update with its version.',
      ignoringSent(['metadata', 'resourceVersion']),
      async ({ ask, at }) => {
        const leases = at('coordination.k8s.io/v1/leases')
        const spec = (holderIdentity: string) => ({
          holderIdentity,
          leaseDurationSeconds: 15,
          renewTime: '2026-01-02T03:04:05.678901Z',
        })
        const made = await ask(leases, { body: { metadata: { name: 'a' }, spec: spec('one') } })
        fits(made, { status: 201, body: { spec: spec('one') } })
        const metadata = recordAt(made.body, 'metadata')
        fits(await ask(`${leases}/a`, { method: 'PUT', body: { metadata, spec: spec('two') } }), {
          status: 200,
          body: { spec: spec('two') },
        })
        fits(await ask(`${leases}/a`, { method: 'PUT', body: { metadata, spec: spec('three') } }), {
          status: 409,
          body: { reason: 'Conflict', details: { group: 'coordination.k8s.io', kind: 'leases' } },
        })
      },
    ),
    check(
      'An update creates a Lease that is not there.',
      breaking('creation by updates', (sent) => {
        if (sent.method !== 'PUT') return
        sent.method = 'PATCH'
        sent.headers['content-type'] = patchType.merge
      }),
      async ({ ask, at }) => {
        const body = { metadata: { name: 'a' }, spec: { holderIdentity: 'one' } }
        fits(await ask(at('coordination.k8s.io/v1/leases/a'), { method: 'PUT', body }), {
          status: 201,
          body: { spec: { holderIdentity: 'one' } },
        })
      },
    ),
  ],
}

function undefinedOrNull(value: unknown): boolean {
  return value === undefined || value === null
}
