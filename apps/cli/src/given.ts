import { isJson, isRecord, type JsonRecord } from '@orbweaver/contracts/json'
import { readFileSync } from 'node:fs'
import { kubernetesYaml } from '@orbweaver/istio/kubernetes-yaml'
import { parse } from 'yaml'
import { type Live, readLive } from './live.ts'
import type { Read, Sourced } from './read/documents.ts'
import { messageOf, readPaths } from './read/files.ts'
import { Unusable } from './unusable.ts'
import { type Around, assemble, type Assembled, defaultResources, type Given } from './world.ts'

/** Where a world comes from, as options say it. */
export type WorldOptions = {
  kubeconfig?: string
  context?: string
  meshConfig?: string
  istioNamespace: string
  rootNamespace?: string
  autoMtls?: boolean
  cluster: readonly string[]
  useDefaultResources: boolean
}

export type Gathered = { world: Assembled; unreadKinds: Live['unread'] } & Readonly<Pick<Read, 'unread' | 'leftOut'>>

/** The world that paths and options describe: files alone, a live cluster, or files laid over one. Throws Unusable. */
export async function gather(paths: readonly string[], options: WorldOptions): Promise<Gathered> {
  const clusters = options.cluster.map(namedCluster)
  const isLive = options.kubeconfig !== undefined || options.context !== undefined
  if (paths.length + clusters.length === 0 && !isLive)
    throw new Unusable('nothing to look at: give paths, --cluster NAME=PATH or --kubeconfig FILE')
  const files = readPaths(paths)
  const live = isLive ? await readLive(options) : undefined
  const ground = groundOf(options, live)
  const [first, ...others] = givenOf({ files: files.objects, isThere: isLive || paths.length > 0 }, clusters)
  const given = first === undefined ? [] : [{ ...first, ...ground.own }, ...others]
  return {
    world: assemble(given, ground.around),
    unread: [files, ...clusters.map(({ read }) => read)].flatMap((each) => each.unread),
    leftOut: [files, ...clusters.map(({ read }) => read)].flatMap((each) => each.leftOut),
    unreadKinds: live?.unread ?? [],
  }
}

/** What the first cluster has beside files, and what is said of the mesh: a file's word goes before the cluster's. */
function groundOf(
  options: WorldOptions,
  live: Live | undefined,
): { around: Around; own: Pick<Given, 'live' | 'unread'> } {
  const configured = options.meshConfig === undefined ? undefined : readMeshConfig(options.meshConfig)
  const around = aroundOf(options, configured ?? live?.meshConfig ?? {})
  if (live !== undefined) return { around, own: { live: live.objects, unread: live.unread.map(({ kind }) => kind) } }
  return { around, own: { live: options.useDefaultResources ? defaultResources(around) : [] } }
}

type Named = { name: string; read: Read }

function namedCluster(text: string): Named {
  const [name = '', path = '', ...more] = text.split('=')
  if (name === '' || path === '' || more.length > 0) throw new Unusable(`--cluster wants NAME=PATH, not ${text}`)
  return { name, read: readPaths([path]) }
}

function aroundOf({ istioNamespace, rootNamespace, autoMtls }: WorldOptions, meshConfig: JsonRecord): Around {
  return {
    meshConfig,
    istioNamespace,
    ...(rootNamespace !== undefined && { rootNamespace }),
    ...(autoMtls === false && { autoMtls }),
  }
}

/** The cluster without a name comes first; where there is none, the first that was named is where rules are read. */
function givenOf(
  { files, isThere }: { files: readonly Sourced[]; isThere: boolean },
  clusters: readonly Named[],
): Given[] {
  const named = new Map<string, Sourced[]>()
  for (const { name, read } of clusters) named.set(name, [...(named.get(name) ?? []), ...read.objects])
  const given = [...named].map(([cluster, objects]): Given => ({ cluster, files: objects }))
  return isThere ? [{ cluster: 'default', files }, ...given] : given
}

/** Of a file of MeshConfig, or of the ConfigMap that istiod reads it from. */
function readMeshConfig(file: string): JsonRecord {
  try {
    const document: unknown = parse(readFileSync(file, 'utf8'), kubernetesYaml)
    const value = mapped(document) ?? document
    if (value === null) return {}
    if (isRecord(value) && isJson(value)) return value
  } catch (error) {
    throw new Unusable(`${file}: ${messageOf(error)}`)
  }
  throw new Unusable(`${file}: no mesh configuration`)
}

function mapped(document: unknown): unknown {
  if (!isRecord(document) || document.kind !== 'ConfigMap' || !isRecord(document.data)) return undefined
  const { mesh } = document.data
  return typeof mesh === 'string' ? parse(mesh, kubernetesYaml) : undefined
}
