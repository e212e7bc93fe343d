import { isRecord, type JsonRecord, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { configMapNames } from '@orbweaver/istio/meshes/config-maps'
import { type KindKey, kinds } from '@orbweaver/istio/world/kinds'
import type { KubeClient } from '@orbweaver/kube/client'
import { createKubeClient } from '@orbweaver/kube/connect'
import { discover, findServed } from '@orbweaver/kube/discovery'
import { type KubeconfigContext, parseKubeconfig } from '@orbweaver/kube/kubeconfig'
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import { kubernetesYaml } from '@orbweaver/istio/kubernetes-yaml'
import { parse } from 'yaml'
import { env } from './env.ts'
import { messageOf } from './read/files.ts'
import { Unusable } from './unusable.ts'

export type LiveOptions = { kubeconfig?: string; context?: string; istioNamespace: string }

/** What a cluster holds, as far as the person may read it. */
export type Live = {
  objects: KubernetesObject[]
  /** Kinds that could not be read: their absence says nothing. */
  unread: { kind: KindKey; why: string }[]
  meshConfig: JsonRecord | undefined
}

/** Reads every kind that findings look at. Throws Unusable where there is no way to the cluster. */
export async function readLive(options: LiveOptions): Promise<Live> {
  const context = contextOf(options)
  if (!context.ok) throw new Unusable(`context ${context.name} cannot be used: ${context.refusal.code}`)
  const client = createKubeClient({ cluster: 'default', connection: context.connection })
  try {
    return await readAll(client, options)
  } catch (error) {
    throw new Unusable(`${context.connection.server}: ${messageOf(error)}`)
  } finally {
    await client.close()
  }
}

function contextOf({ kubeconfig, context }: LiveOptions): KubeconfigContext {
  const file = kubeconfig ?? env.kubeconfig ?? join(homedir(), '.kube', 'config')
  const parsed = parseKubeconfig(textOf(file), {
    files: (path) => textOf(isAbsolute(path) ? path : join(dirname(file), path)),
  })
  if (!parsed.ok) throw new Unusable(`${file}: ${parsed.refusal.code}`)
  const wanted = context ?? parsed.current
  const found = parsed.contexts.find(({ name }) => name === wanted)
  if (found === undefined) throw new Unusable(`${file}: no context ${wanted ?? '(none is current)'}`)
  return found
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new Unusable(`${file}: ${messageOf(error)}`)
  }
}

async function readAll(client: KubeClient, { istioNamespace }: LiveOptions): Promise<Live> {
  const served = await discover(client)
  const live: Live = { objects: [], unread: [], meshConfig: undefined }
  for (const kind of Object.values(kinds)) {
    const slash = kind.lastIndexOf('/')
    const resource = findServed(served, { group: kind.slice(0, Math.max(slash, 0)), kind: kind.slice(slash + 1) })
    // What the cluster does not serve it has none of.
    if (resource === undefined) continue
    try {
      const { items } = await client.list(resource)
      const { group, version } = resource
      const apiVersion = group === '' ? version : `${group}/${version}`
      live.objects.push(...items.map((each) => ({ ...each, apiVersion, kind: resource.kind })))
    } catch (error) {
      live.unread.push({ kind, why: messageOf(error) })
    }
  }
  return { ...live, meshConfig: meshConfigIn(live.objects, istioNamespace) }
}

/** Of the default revision, else of the first that there is. */
function meshConfigIn(objects: readonly KubernetesObject[], namespace: string): JsonRecord | undefined {
  const maps = objects.filter(({ kind, metadata }) => kind === 'ConfigMap' && metadata.namespace === namespace)
  const named = configMapNames('istio', 'default').map((name) => maps.find(({ metadata }) => metadata.name === name))
  const first = maps.find(({ metadata }) => /^istio-(?!ca-|sidecar-)/.test(metadata.name))
  const text = textAt(named.find((each) => each !== undefined) ?? first, 'data', 'mesh')
  const document: unknown = text === undefined ? undefined : parse(text, kubernetesYaml)
  return isRecord(document) ? document : undefined
}
