import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { deployments, namespaces, nodes, pods, services } from '@orbweaver/kube/resources'
import { expect, test } from 'vitest'
import { namespace, pod } from '../testing/clusters.ts'
import type { Mirror } from './doors.ts'
import type { NamespaceRules } from './namespace-rules.ts'
import type * as reviews from './reviews.ts'
import { createVisibility } from './visibility.ts'

const objects: Record<string, KubernetesObject[]> = {
  namespaces: ['shop', 'bank', 'empty'].map(namespace),
  pods: [pod('web', 'shop'), pod('api', 'shop'), pod('ledger', 'bank')],
  nodes: [{ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' } }],
}

const mirror: Mirror = {
  list: ({ plural }, inNamespace) =>
    (objects[plural] ?? []).filter((each) => inNamespace === undefined || each.metadata.namespace === inNamespace),
  get: () => undefined,
  known: () => true,
  version: () => 0,
  truth: () => ({ cluster: 'east', state: 'fresh' }),
  onChange: () => () => undefined,
}

type Rights = {
  /** `list pods`, `list pods shop`, `get namespaces shop`: what reviews of one question answer yes to. */
  yes?: string[]
  /** By namespace, what its rules allow: `list pods`. */
  rules?: Record<string, string[]>
  incomplete?: boolean
  /** Nobody answers. */
  down?: boolean
}

function look({ yes = [], rules = {}, incomplete = false, down = false }: Rights) {
  const asked: string[] = []
  const answers: reviews.Rights = {
    may({ verb, resource, namespace: inNamespace, name }) {
      const question = [verb, resource, inNamespace, name].filter((part) => part !== undefined).join(' ')
      asked.push(question)
      const verdict: reviews.Verdict = down ? 'unknown' : yes.includes(question) ? 'yes' : 'no'
      return Promise.resolve(verdict)
    },
    rules(inNamespace) {
      asked.push(`rules ${inNamespace}`)
      const allows: NamespaceRules['allows'] = ({ verb, resource }) =>
        (rules[inNamespace] ?? []).includes(`${verb} ${resource}`)
      return Promise.resolve(down ? undefined : { complete: !incomplete, allows })
    },
  }
  const mirrored = [pods, services, deployments, namespaces]
  return { asked, seen: createVisibility({ mirror, rights: answers, mirrored }) }
}

const names = (found: readonly KubernetesObject[]) => found.map((each) => each.metadata.name)

test('who may list everywhere sees everything, and costs one question', async () => {
  const { seen, asked } = look({ yes: ['list pods'] })
  expect(names(await seen.visible(pods))).toEqual(['web', 'api', 'ledger'])
  expect(asked).toEqual(['list pods'])
})

test('who may list in one namespace sees that one, and never the name of another', async () => {
  const { seen } = look({ rules: { shop: ['list pods'] } })
  expect(names(await seen.visible(pods))).toEqual(['web', 'api'])
  expect(names(await seen.visible(pods, 'bank'))).toEqual([])
  expect(names(await seen.visible(namespaces))).toEqual(['shop'])
  expect(await seen.seesNamespace('bank')).toBe(false)
  expect(await seen.sees(pods, { namespace: 'bank', name: 'ledger' })).toBe(false)
  expect(await seen.sees(pods, { namespace: 'shop', name: 'web' })).toBe(true)
})

test('only namespaces that hold such objects are asked about', async () => {
  const { seen, asked } = look({})
  expect(names(await seen.visible(pods))).toEqual([])
  expect(asked.filter((each) => each.startsWith('rules'))).toEqual(['rules shop', 'rules bank'])
})

test('a namespace’s name is known to who may get it, or list anything mirrored in it', async () => {
  expect(names(await look({ rules: { bank: ['get namespaces'] } }).seen.visible(namespaces))).toEqual(['bank'])
  expect(names(await look({ rules: { bank: ['list services'] } }).seen.visible(namespaces))).toEqual(['bank'])
  expect(names(await look({ rules: { bank: ['list secrets', 'create pods'] } }).seen.visible(namespaces))).toEqual([])
})

test('who may do nothing sees nothing', async () => {
  const { seen } = look({})
  for (const resource of [pods, namespaces, nodes]) expect(names(await seen.visible(resource))).toEqual([])
  expect(await seen.sees(nodes, { name: 'n1' })).toBe(false)
})

test('where rules are incomplete, one more question decides', async () => {
  const { seen } = look({ incomplete: true, yes: ['list pods shop'] })
  expect(names(await seen.visible(pods))).toEqual(['web', 'api'])
  expect(names(await seen.visible(namespaces))).toEqual(['shop'])
})

test('what nobody answers is hidden', async () => {
  const { seen } = look({ down: true, rules: { shop: ['list pods'] }, yes: ['list pods'] })
  for (const resource of [pods, namespaces, nodes]) expect(names(await seen.visible(resource))).toEqual([])
  expect(await seen.seesNamespace('shop')).toBe(false)
})

test('a cluster-scoped object is seen by who may get it', async () => {
  const { seen } = look({ yes: ['get nodes n1'] })
  expect(await seen.sees(nodes, { name: 'n1' })).toBe(true)
  expect(names(await seen.visible(nodes))).toEqual([])
})
