import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { isJson, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { isKubernetesObject, type KubernetesObject, splitApiVersion } from '@orbweaver/contracts/kubernetes'
import { kubernetesYaml } from '@orbweaver/istio/kubernetes-yaml'
import { keyOf, placed } from '@orbweaver/istio/world/placed'
import { type Document, parseAllDocuments } from 'yaml'
import type { World } from './real-judges.ts'

/** Files larger than this are no rules: bundles of definitions, recorded answers. */
const mostBytes = 400_000

/**
 * Each folder with rules of Istio or the Gateway API as a world, by its own files and by all below it. Templates and what
 * cannot be read are left out; of an object that is there twice the last counts.
 */
export function foldersIn(root: string): readonly World[] {
  const own = new Map<string, readonly KubernetesObject[]>()
  for (const path of filesIn(root)) {
    const folder = dirname(path)
    own.set(folder, [...(own.get(folder) ?? []), ...objectsOf(readFileSync(path, 'utf8'))])
  }
  const all = [...own.keys()].flatMap((folder) => ancestors(folder, root))
  const below = [...new Set(all)].toSorted().map((folder): World => {
    const objects = [...own].flatMap(([each, held]) => (isBelow(each, folder) ? held : []))
    return { id: `${relative(root, folder)}/**`, objects: latest(objects) }
  })
  const alone = [...own].map(([folder, objects]): World => ({ id: relative(root, folder), objects: latest(objects) }))
  const seen = new Set<string>()
  return [...alone, ...below].filter(({ objects }) => {
    const key = JSON.stringify(objects)
    if (seen.has(key) || !objects.some(isRule)) return false
    seen.add(key)
    return true
  })
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return ['.git', 'node_modules'].includes(entry.name) ? [] : filesIn(path)
    return entry.isFile() && /\.ya?ml$/.test(entry.name) && statSync(path).size <= mostBytes ? [path] : []
  })
}

const isBelow = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`)

const ancestors = (folder: string, root: string): string[] =>
  folder === root ? [root] : [folder, ...ancestors(dirname(folder), root)]

function objectsOf(text: string): KubernetesObject[] {
  if (text.includes('{{')) return []
  return parseAllDocuments(text, kubernetesYaml)
    .filter((document) => document.errors.length === 0)
    .flatMap((document) => {
      const value = valueOf(document)
      return isKubernetesList(value) ? listAt(value, 'items') : [value]
    })
    .filter((value) => isKubernetesObject(value))
    .map(placed)
}

function valueOf(document: Document): Json {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 })
    return isJson(value) ? value : null
  } catch {
    return null
  }
}

const isKubernetesList = (value: Json): boolean => textAt(value, 'kind') === 'List'

function latest(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return [...new Map(objects.map((each) => [keyOf(each), each])).values()]
}

const isRule = ({ apiVersion }: KubernetesObject): boolean =>
  /(^|\.)istio\.io$|^gateway\.networking\.k8s\.io$/.test(splitApiVersion(apiVersion).group)
