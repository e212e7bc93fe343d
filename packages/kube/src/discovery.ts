import { type Json, listAt, recordAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { splitApiVersion } from '@orbweaver/contracts/kubernetes'
import type { KubeClient, Resource } from './client.ts'
import { KubeError } from './error.ts'
import { createPool } from './pool.ts'

/** A kind as one cluster serves it, at one version. */
export type ServedResource = Resource & { verbs: string[]; shortNames: string[]; subresources: string[] }

export type Discovery = {
  /** Groups and versions in the server's order of preference: the first of a kind is the one to speak. */
  resources: ServedResource[]
  /** API versions (`metrics.k8s.io/v1beta1`) that are announced but whose server did not answer. */
  unavailable: string[]
}

type Cached = { startedAt: number; answer: Promise<Discovery> }
const cache = new WeakMap<KubeClient, Cached>()

/**
 * What the cluster serves: two requests where the server aggregates (Kubernetes 1.27 and newer), else one a version.
 * An answer is used again for `maxAgeMs` (default a minute), a failure never. Rejects with KubeError.
 */
export function discover(client: KubeClient, { maxAgeMs = 60_000 }: { maxAgeMs?: number } = {}): Promise<Discovery> {
  const known = cache.get(client)
  if (known !== undefined && performance.now() - known.startedAt < maxAgeMs) return known.answer
  const answer = readDiscovery(client)
  cache.set(client, { startedAt: performance.now(), answer })
  answer.catch(() => cache.delete(client))
  return answer
}

/** The kind at the version the server prefers, or at a given one. */
export function findServed(
  { resources }: Discovery,
  { group, kind, version }: { group: string; kind: string; version?: string },
): ServedResource | undefined {
  const versionFits = (each: Resource) => version === undefined || each.version === version
  return resources.find((each) => each.group === group && each.kind === kind && versionFits(each))
}

const aggregated = ['v2', 'v2beta1'].map(
  (v) => `application/json;g=apidiscovery.k8s.io;v=${v};as=APIGroupDiscoveryList`,
)
const accept = [...aggregated, 'application/json'].join(',')

async function readDiscovery(client: KubeClient): Promise<Discovery> {
  const [core, others] = await Promise.all([readRoot(client, '/api'), readRoot(client, '/apis')])
  return {
    resources: [...core.resources, ...others.resources],
    unavailable: [...core.unavailable, ...others.unavailable],
  }
}

async function readRoot(client: KubeClient, root: '/api' | '/apis'): Promise<Discovery> {
  const { body } = await client.raw(root, { accept })
  const kind = textAt(body, 'kind')
  if (kind === 'APIGroupDiscoveryList') return readAggregated(body)
  if (kind === 'APIVersions')
    return readVersions(
      client,
      listAt(body, 'versions').filter((each) => typeof each === 'string'),
    )
  if (kind === 'APIGroupList') return readVersions(client, groupVersionsOf(body))
  const message = 'the answer is no list of API groups'
  throw new KubeError({ code: 'bad_answer', cluster: client.cluster, message, reason: 'NotADiscovery' })
}

function readAggregated(body: unknown): Discovery {
  const versions = listAt(body, 'items').flatMap((item) => {
    const group = textAt(item, 'metadata', 'name') ?? ''
    return listAt(item, 'versions').map((content) => ({ group, version: textAt(content, 'version') ?? '', content }))
  })
  const stale = versions.filter(({ content }) => textAt(content, 'freshness') === 'Stale')
  return {
    resources: versions.flatMap(({ group, version, content }) =>
      listAt(content, 'resources').map((each) => aggregatedResource(each, { group, version })),
    ),
    unavailable: stale.map(({ group, version }) => `${group}/${version}`),
  }
}

function aggregatedResource(each: Json, { group, version }: { group: string; version: string }): ServedResource {
  return {
    group,
    version,
    plural: textAt(each, 'resource') ?? '',
    kind: textAt(each, 'responseKind', 'kind') ?? '',
    namespaced: textAt(each, 'scope') === 'Namespaced',
    verbs: textsAt(each, 'verbs'),
    shortNames: textsAt(each, 'shortNames'),
    subresources: listAt(each, 'subresources').map((one) => textAt(one, 'subresource') ?? ''),
  }
}

/** The preferred version of each group first; the server lists the others by its own order. */
function groupVersionsOf(body: unknown): string[] {
  return listAt(body, 'groups').flatMap((group) => {
    const all = listAt(group, 'versions').map((each) => textAt(each, 'groupVersion') ?? '')
    const preferred = textAt(group, 'preferredVersion', 'groupVersion') ?? all[0] ?? ''
    return [preferred, ...all.filter((each) => each !== preferred)]
  })
}

async function readVersions(client: KubeClient, versions: string[]): Promise<Discovery> {
  const pool = createPool(10)
  const read = await Promise.all(versions.map((version) => pool(() => readVersion(client, version))))
  return {
    resources: read.flatMap((each) => each ?? []),
    unavailable: versions.filter((_, index) => read[index] === undefined),
  }
}

/** Undefined when the version's own server is down: the others are still worth having. */
async function readVersion(client: KubeClient, apiVersion: string): Promise<ServedResource[] | undefined> {
  const { group, version } = splitApiVersion(apiVersion)
  try {
    const { body } = await client.raw(group === '' ? `/api/${version}` : `/apis/${apiVersion}`)
    return plainResources(listAt(body, 'resources'), { group, version })
  } catch (error) {
    if (error instanceof KubeError && error.status !== undefined && error.status >= 500) return undefined
    throw error
  }
}

/** Subresources are listed as resources of their own, named `pods/log`. */
function plainResources(list: Json[], { group, version }: { group: string; version: string }): ServedResource[] {
  const named = list.map((each) => ({ each: recordAt(each), name: textAt(each, 'name') ?? '' }))
  return named
    .filter(({ name }) => !name.includes('/'))
    .map(({ each, name }) => ({
      group,
      version,
      plural: name,
      kind: textAt(each, 'kind') ?? '',
      namespaced: each.namespaced === true,
      verbs: textsAt(each, 'verbs'),
      shortNames: textsAt(each, 'shortNames'),
      subresources: named
        .filter((one) => one.name.startsWith(`${name}/`))
        .map((one) => one.name.slice(name.length + 1)),
    }))
}
