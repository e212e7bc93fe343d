import { createHash } from 'node:crypto'
import { isRecord, type Json, type JsonRecord, listAt, textAt } from '@orbweaver/contracts/json'
import { isKubernetesObject, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import type { ApiServer } from '../server/api-server.ts'
import type { NamespaceCopies } from '../worlds/world.ts'

/**
 * Repeats a namespace that has come to rest, with everything controllers made in it, under other names: a big world is
 * loaded as it would stand after days, and nobody has work left. What does not differ from the model is shared with it.
 */
export function copyNamespace(server: ApiServer, podNetwork: string, { of: model, to }: NamespaceCopies): void {
  const namespace = server.store.get({ apiVersion: 'v1', kind: 'Namespace', name: model })
  if (namespace === undefined) throw new Error(`${server.name} has no namespace ${model}`)
  const objects = [namespace, ...server.store.within(model)]
  const nodes = server.store.list({ apiVersion: 'v1', kind: 'Node' })
  const addresses = createAddresses(server, podNetwork)
  const recipeOf = createRecipes(model, vocabulary(objects, nodes))
  const recipes = objects.map(recipeOf)
  for (const [index, namespace] of to.entries()) {
    const words = translation({ objects, nodes, addresses, name: namespace, shift: index + 1 })
    for (const recipe of recipes) {
      const object = recipe?.({ namespace, words })
      if (isKubernetesObject(object)) server.store.plant(object)
    }
  }
}

type Words = ReadonlyMap<string, string>

/** Every text of the model that another namespace must not have. */
function vocabulary(objects: readonly KubernetesObject[], nodes: readonly KubernetesObject[]): Set<string> {
  const addresses = { pod: () => '', service: () => '' }
  return new Set(translation({ objects, nodes, addresses, name: '', shift: 1 }).keys())
}

type Translating = {
  objects: readonly KubernetesObject[]
  nodes: readonly KubernetesObject[]
  addresses: Addresses
  name: string
  shift: number
}

function translation({ objects, nodes, addresses, name, shift }: Translating): Words {
  const words = new Map<string, string>()
  const family = createHash('sha256').update(name).digest('hex')
  for (const [index, object] of objects.entries()) {
    const { uid = '', name: was } = object.metadata
    words.set(uid, uuidOf(family, index))
    if (object.kind === 'Pod') {
      words.set(was, renamed(was, name))
      words.set(textAt(object, 'status', 'podIP') ?? '', addresses.pod())
    }
    const clusterIP = textAt(object, 'spec', 'clusterIP')
    if (object.kind === 'Service' && clusterIP !== undefined && clusterIP !== 'None') {
      words.set(clusterIP, addresses.service())
    }
  }
  for (const [from, to] of rotation(nodes, shift)) words.set(from, to)
  words.delete('')
  return words
}

/** The Pods of another namespace run on other nodes: each node's name, address and zone become the next one's. */
function rotation(nodes: readonly KubernetesObject[], shift: number): [string, string][] {
  const said = (node: KubernetesObject | undefined): string[] => [
    node?.metadata.name ?? '',
    textAt(
      listAt(node, 'status', 'addresses').find((each) => textAt(each, 'type') === 'InternalIP'),
      'address',
    ) ?? '',
    node === undefined ? '' : (labelsOf(node)['topology.kubernetes.io/zone'] ?? ''),
  ]
  return nodes.flatMap((node, index) => {
    const other = said(nodes[(index + shift) % nodes.length])
    return said(node).map((from, place): [string, string] => [from, other[place] ?? ''])
  })
}

/** The generated end of a Pod's name, made anew from the namespace it is in. Ordinals stay. */
function renamed(pod: string, namespace: string): string {
  const dash = pod.lastIndexOf('-')
  if (/^\d+$/.test(pod.slice(dash + 1))) return pod
  const digest = createHash('sha256').update(`${namespace}/${pod}`).digest()
  return `${pod.slice(0, dash + 1)}${[...digest.subarray(0, 5)].map((each) => LETTERS[each % LETTERS.length]).join('')}`
}

const LETTERS = 'bcdfghjklmnpqrstvwxz2456789'

function uuidOf(hex: string, index: number): string {
  const last = index.toString(16).padStart(4, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 28)}${last}`
}

type Addresses = { pod: () => string; service: () => string }

/** Far above what kubelets and the API server give out one by one, and going on after what was copied before. */
function createAddresses(server: ApiServer, podNetwork: string): Addresses {
  const count = (kind: string): number => server.store.list({ apiVersion: 'v1', kind }).length
  let pod = FIRST_POD + count('Pod')
  let service = FIRST_SERVICE + count('Service')
  return {
    pod: () => {
      pod += 1
      return `${podNetwork}.${Math.floor(pod / 250)}.${(pod % 250) + 2}`
    },
    service: () => {
      service += 1
      return `10.${97 + Math.floor(service / 62_500)}.${Math.floor((service % 62_500) / 250)}.${(service % 250) + 2}`
    },
  }
}

const FIRST_POD = 20_000
const FIRST_SERVICE = 0

/** How a part of the model becomes that of another namespace. */
type Recipe = (as: Copy) => Json
type Copy = { namespace: string; words: Words }

/**
 * Recipes by a vocabulary: undefined for parts that say none of it, nor the model's name. Those are not copied but shared.
 */
function createRecipes(model: string, spoken: ReadonlySet<string>): (value: Json | undefined) => Recipe | undefined {
  const recipeOf = (value: Json | undefined): Recipe | undefined => {
    if (typeof value === 'string') return ofText(value)
    if (typeof value !== 'object' || value === null) return undefined
    return isRecord(value) ? ofRecord(value) : ofList(value)
  }
  const ofText = (value: string): Recipe | undefined => {
    if (spoken.has(value)) return ({ words }) => words.get(value) ?? value
    return value.includes(model) ? ({ namespace }) => value.replaceAll(model, namespace) : undefined
  }
  const ofList = (value: Json[]): Recipe | undefined => {
    const recipes = value.map(recipeOf)
    if (recipes.every((each) => each === undefined)) return undefined
    return (as) => value.map((each, index) => recipes[index]?.(as) ?? each)
  }
  const ofRecord = (value: JsonRecord): Recipe | undefined => {
    const recipes = Object.entries(value).flatMap(([key, each]): [string, Recipe][] => {
      const recipe = recipeOf(each)
      return recipe === undefined ? [] : [[key, recipe]]
    })
    const keys = Object.keys(value).filter((key) => isOwnKey(key, spoken))
    if (recipes.length === 0 && keys.length === 0) return undefined
    return (as) => {
      const out: JsonRecord = { ...value }
      for (const [key, recipe] of recipes) out[key] = recipe(as)
      for (const key of keys) {
        out[keyIn(key, as.words)] = out[key]
        delete out[key]
      }
      return out
    }
  }
  return recipeOf
}

/** Keys of managedFields name list items by what is in them: `k:{"uid":"…"}`. */
function isOwnKey(key: string, spoken: ReadonlySet<string>): boolean {
  return key.startsWith('k:') && quoted(key).some((each) => spoken.has(each))
}

function keyIn(key: string, words: Words): string {
  return quoted(key).reduce((text, each) => text.replace(`"${each}"`, `"${words.get(each) ?? each}"`), key)
}

function quoted(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"/g)].map((each) => each[1] ?? '')
}
