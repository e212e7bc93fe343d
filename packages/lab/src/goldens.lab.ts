import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  at,
  canonicalJson,
  isJson,
  isRecord,
  type Json,
  listAt,
  numberAt,
  recordAt,
  textAt,
} from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { binary, type Built, build } from './build.ts'
import { partEnvironment } from './env.ts'
import { objectsOf, yamlStream } from './manifests.ts'
import { generate, installation, type Revision } from './render.ts'
import { goldenMeshes, type GoldenMesh, leavesOf } from './suite/goldens.ts'

let built: Built
beforeAll(async () => {
  built = await build(() => undefined)
}, 3_600_000)

type Installation = { readonly golden: GoldenMesh; readonly istio: KubernetesObject; readonly revision: Revision }

/** One a Sail Istio: members of one mesh are rendered each for itself. */
const installations: readonly Installation[] = goldenMeshes().flatMap((golden) =>
  golden.objects
    .filter(({ object }) => object.kind === 'Istio')
    .map(({ object }) => ({ golden, istio: object, revision: revisionOf(object) })),
)

function revisionOf(istio: KubernetesObject): Revision {
  const version = textAt(istio, 'spec', 'version') ?? ''
  return {
    name: `${istio.metadata.name}-${version.replaceAll('.', '-')}`,
    namespace: textAt(istio, 'spec', 'namespace') ?? '',
    version,
    profile: textAt(istio, 'spec', 'profile') ?? '',
    values: recordAt(istio, 'spec', 'values'),
  }
}

type Rendered = { readonly objects: readonly KubernetesObject[]; readonly said: readonly string[] }

const rendered = new Map<Installation, Promise<Rendered>>()

const rendering = (each: Installation): Promise<Rendered> => {
  const known = rendered.get(each) ?? render(each)
  rendered.set(each, known)
  return known
}

const render = async ({ revision }: Installation): Promise<Rendered> => {
  const { manifest, said } = await generate(built, installation(revision, ['istiod'], {}))
  return { objects: objectsOf(manifest), said }
}

const find = ({ objects }: Rendered, kind: string, name: string): KubernetesObject | undefined =>
  objects.find((each) => each.kind === kind && each.metadata.name === name)

const documentIn = (map: KubernetesObject | undefined, key: string): Json => {
  const value: unknown = parse(textAt(map, 'data', key) ?? 'null')
  return isJson(value) ? value : null
}

/** Whether a rendered document says everything that was asked for. */
const missing = (asked: Json | undefined, said: Json): readonly string[] => {
  const found = new Map(leavesOf(said))
  return leavesOf(asked)
    .filter(([path, value]) => canonicalJson(found.get(path) ?? null) !== canonicalJson(value))
    .map(([path]) => path)
}

const named = (each: Installation): string =>
  `${each.golden.name}, ${textAt(each.revision.values, 'global', 'multiCluster', 'clusterName')}`

describe('istioctl of the lab’s build', () => {
  it('refuses what it does not know', async () => {
    const [first] = installations
    const unknown = { ...first?.revision, values: { pilot: { replicas: 2 } } } as const
    const asked = installation({ name: 'x', namespace: 'y', version: 'v1.30.3', ...unknown }, ['istiod'], {})
    await expect(generate(built, asked)).rejects.toThrow('unknown field "replicas"')
  })

  it.each(installations.map((each) => [named(each), each] as const))(
    'takes the values of %s, and says in every place what they ask for',
    async (_, each) => {
      const made = await rendering(each)
      expect(made.said).toEqual([])
      const { revision } = each
      const values = recordAt(revision.values)
      expect(missing(values, documentIn(find(made, 'ConfigMap', `values-${revision.name}`), 'merged-values'))).toEqual(
        [],
      )
      if (revision.profile === 'remote') asRemote(each, made)
      else asControlPlane(each, made)
    },
  )
})

const environmentOf = (deployment: KubernetesObject | undefined, name: string): readonly (string | undefined)[] =>
  listAt(containerOf(deployment), 'env')
    .filter((each) => textAt(each, 'name') === name)
    .map((each) => textAt(each, 'value'))

const containerOf = (deployment: KubernetesObject | undefined): Json | undefined =>
  listAt(deployment, 'spec', 'template', 'spec', 'containers')[0]

function asControlPlane({ golden, revision }: Installation, made: Rendered): void {
  const { values } = revision
  const istiod = find(made, 'Deployment', `istiod-${revision.name}`)
  expect(istiod?.metadata.namespace).toBe(revision.namespace)
  const hub = textAt(values, 'global', 'hub') ?? 'registry.istio.io/release'
  expect(textAt(containerOf(istiod), 'image')).toBe(`${hub}/pilot:${revision.version.slice(1)}`)
  expect(environmentOf(istiod, 'CLUSTER_ID')).toEqual([textAt(values, 'global', 'multiCluster', 'clusterName')])
  const managed = textAt(golden.mesh, 'spec', 'kind') === 'Managed'
  expect(environmentOf(istiod, 'EXTERNAL_ISTIOD').includes('true')).toBe(managed)
  expect(environmentOf(istiod, 'EXTERNAL_ISTIOD').length).toBeLessThanOrEqual(1)
  expect(missing(at(values, 'pilot', 'resources'), at(containerOf(istiod), 'resources') ?? null)).toEqual([])
  sized(revision, made, istiod)

  const config = find(made, 'ConfigMap', `istio-${revision.name}`)
  const mesh = documentIn(config, 'mesh')
  expect(missing(at(values, 'meshConfig'), mesh)).toEqual([])
  expect(textAt(mesh, 'defaultConfig', 'meshId')).toBe(textAt(values, 'global', 'meshID'))
  const networks = documentIn(config, 'meshNetworks')
  expect(missing(at(values, 'global', 'meshNetworks'), at(networks, 'networks') ?? null)).toEqual([])
  const injector = documentIn(find(made, 'ConfigMap', `istio-sidecar-injector-${revision.name}`), 'values')
  expect(missing({ global: at(values, 'global') }, injector)).toEqual([])
}

function sized({ name, values }: Revision, made: Rendered, istiod: KubernetesObject | undefined): void {
  const scaler = find(made, 'HorizontalPodAutoscaler', `istiod-${name}`)
  const replicas = numberAt(values, 'pilot', 'replicaCount')
  if (replicas !== undefined) {
    expect(scaler).toBeUndefined()
    expect(numberAt(istiod, 'spec', 'replicas')).toBe(replicas)
    return
  }
  const { min, max } = {
    min: numberAt(values, 'pilot', 'autoscaleMin') ?? 1,
    max: numberAt(values, 'pilot', 'autoscaleMax') ?? 5,
  }
  expect(scaler?.['spec']).toMatchObject({ minReplicas: min, maxReplicas: max })
}

function asRemote({ revision }: Installation, made: Rendered): void {
  const { values, name } = revision
  expect(made.objects.filter(({ kind }) => kind === 'Deployment')).toEqual([])
  const address = textAt(values, 'global', 'remotePilotAddress') ?? ''
  const service = find(made, 'Service', `istiod-${name}`)
  if (/^[0-9.]+$/.test(address)) {
    const slice = made.objects.find(({ kind }) => kind === 'EndpointSlice' || kind === 'Endpoints')
    expect(JSON.stringify(slice)).toContain(`"${address}"`)
  } else {
    expect(service?.['spec']).toMatchObject({ type: 'ExternalName', externalName: address })
  }
  const hooks = made.objects.filter(({ kind }) => kind === 'MutatingWebhookConfiguration')
  const webhooks = hooks.flatMap((each) => listAt(each, 'webhooks'))
  const path = textAt(values, 'istiodRemote', 'injectionPath')
  expect(new Set(webhooks.map((each) => textAt(each, 'clientConfig', 'service', 'path')))).toEqual(new Set([path]))
}

type Message = { readonly level: string; readonly code: string; readonly message: string }

/** Everything that would lie in the cluster of an installation. */
const inCluster = async (each: Installation): Promise<readonly KubernetesObject[]> => {
  const { objects } = await rendering(each)
  const cluster = each.golden.objects.find(({ object }) => object === each.istio)?.stage.split('@')[1]
  const own = each.golden.objects.filter(({ stage, object }) => {
    const secret = stage.startsWith('remote-secret@')
    const isHere = secret ? each.revision.profile !== 'remote' : stage.endsWith(`@${cluster}`)
    return isHere && !object.apiVersion.startsWith('sailoperator.io/')
  })
  return [...own.map(({ object }) => object), ...objects]
}

const analyzed = (objects: readonly KubernetesObject[], revision: string): Promise<readonly Message[]> =>
  new Promise((done, fail) => {
    const scratch = mkdtempSync(join(tmpdir(), 'lab-goldens-'))
    const file = join(scratch, 'objects.yaml')
    writeFileSync(file, yamlStream(objects))
    const args = ['analyze', '--use-kube=false', '--all-namespaces', '--revision', revision, '--output', 'json', file]
    execFile(binary(built, 'istio', 'istioctl'), args, { env: partEnvironment() }, (error, stdout, stderr) => {
      rmSync(scratch, { recursive: true, force: true })
      const read: unknown = stdout.trim() === '' ? undefined : JSON.parse(stdout)
      // It ends with 79 when it found something, and with 1 when it could not look.
      if (!Array.isArray(read)) fail(new Error(`istioctl analyze: ${stderr}${stdout}${error?.message ?? ''}`))
      else done(read.filter(isRecord).map((each) => messageOf(each)))
    })
  })

const messageOf = (each: object): Message => ({
  level: textAt(each, 'level') ?? '',
  code: textAt(each, 'code') ?? '',
  message: textAt(each, 'message') ?? '',
})

/**
 * Of the Sidecar in the root namespace its validator takes `./` for the root namespace, while istiod takes it for that of
 * each workload (istio pkg/config/validation, pilot/pkg/model/sidecar.go): both hosts are needed.
 */
const isMistaken = ({ level, message }: Message): boolean =>
  level === 'Warning' && /duplicated egress host: [a-z-]+\/\*$/.test(message)

describe('istioctl analyze', () => {
  it('finds what is wrong', async () => {
    const spec = {
      selector: { istio: 'eastwestgateway' },
      servers: [{ port: { number: 1, name: 'x', protocol: 'NONE' } }],
    }
    const gateway = {
      apiVersion: 'networking.istio.io/v1',
      kind: 'Gateway',
      metadata: { name: 'bad', namespace: 'x' },
      spec,
    }
    expect((await analyzed([gateway], 'default')).map(({ level }) => level)).toContain('Error')
  })

  it.each(installations.map((each) => [named(each), each] as const))('finds no fault with %s', async (_, each) => {
    const found = await analyzed(await inCluster(each), each.revision.name)
    expect(found.filter((one) => one.level !== 'Info' && !isMistaken(one))).toEqual([])
  })
})
