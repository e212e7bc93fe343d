import { isRecord, type Json, type JsonRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { Connection } from '@orbweaver/kube/connection'
import { writeKubeconfig } from '@orbweaver/kube/kubeconfig'
import { parse, stringify } from 'yaml'
import { adminUser } from '../../people.ts'
import { type Breakage, breaking, ignoringSent, only } from '../breakage.ts'
import { fits } from '../fits.ts'
import type { Scene } from '../scene.ts'
import { controlPlane } from './control-plane.ts'
import { askIstiod } from './istiod-pod.ts'
import { patchType } from './objects.ts'

/** Of Istio 1.30: secrets so labelled in istiod's namespace are kubeconfigs by the name of their cluster. */
export const label = { 'istio/multiCluster': 'true' }

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** The target itself as another cluster, with what a check changes about the way to it. */
export function kubeconfigOf(scene: Scene, change: Partial<Connection> = {}): string {
  const { server, ca } = scene.peer
  const connection = {
    server,
    ...(ca === undefined ? {} : { certificateAuthority: ca }),
    token: scene.token(adminUser),
  }
  return writeKubeconfig([{ name: 'peer', connection: { ...connection, ...change } }])
}

/** Remote Secrets of the control plane, by what a check calls them. */
type Registry = {
  readonly id: (suffix: string) => string
  readonly create: (name: string, kubeconfigs: Record<string, string>, labels?: Record<string, string>) => Promise<void>
  /** Gives it other kubeconfigs. */
  readonly replace: (name: string, kubeconfigs: Record<string, string>) => Promise<void>
  readonly unlabel: (name: string) => Promise<void>
  readonly remove: (name: string) => Promise<void>
  /** Waits until istiod tells these states of the check's clusters, and of no other that its Secrets bring. */
  readonly tells: (states: Record<string, string>) => Promise<void>
}

/**
 * Secrets of clusters that are read go when the check ends: each costs istiod a full set of watches. The others stay: where
 * nothing was ever listed, taking the cluster down can wait for ever, and istiod looks at no other remote Secret meanwhile
 * (multicluster Controller.deleteCluster, informerfactory Shutdown; Istio master eed52ebb66ad).
 */
export async function registering(scene: Scene, work: (registry: Registry) => Promise<void>): Promise<void> {
  const { namespace } = await controlPlane(scene)
  const path = `/api/v1/namespaces/${namespace}/secrets`
  const at = (name: string) => `${path}/${scene.unique(name)}`
  const made = new Set<string>()
  const dataOf = (kubeconfigs: Record<string, string>): JsonRecord =>
    Object.fromEntries(Object.entries(kubeconfigs).map(([id, text]) => [id, base64(text)]))
  const registry: Registry = {
    id: (suffix) => scene.unique(suffix),
    create: async (name, kubeconfigs, labels = label) => {
      made.add(at(name))
      const body = { metadata: { name: scene.unique(name), labels }, data: dataOf(kubeconfigs) }
      fits(await scene.ask(path, { body }), { status: 201 })
    },
    replace: async (name, kubeconfigs) => {
      const body = [{ op: 'replace', path: '/data', value: dataOf(kubeconfigs) }]
      await scene.ask(at(name), { method: 'PATCH', type: patchType.json, body })
    },
    unlabel: async (name) => {
      const body = { metadata: { labels: { 'istio/multiCluster': null } } }
      await scene.ask(at(name), { method: 'PATCH', type: patchType.merge, body })
    },
    remove: async (name) => {
      await scene.ask(at(name), { method: 'DELETE' })
    },
    tells: (states) =>
      scene.eventually(
        async () => {
          const { body } = await askIstiod(scene, { path: '/debug/clusterz' })
          const own = listAt(body).filter((each) =>
            (textAt(each, 'secretName') ?? '').startsWith(`${namespace}/${scene.namespace}-`),
          )
          return sorted(own.map((each) => [textAt(each, 'id') ?? '', textAt(each, 'syncStatus') ?? '']))
        },
        sorted(Object.entries(states).map(([suffix, state]) => [scene.unique(suffix), state])),
      ),
  }
  try {
    await work(registry)
  } finally {
    const { body } = await askIstiod(scene, { path: '/debug/clusterz' })
    for (const each of made) {
      const [secret = ''] = each.split('/').slice(-1)
      const unread = listAt(body).some(
        (told) => textAt(told, 'secretName') === `${namespace}/${secret}` && textAt(told, 'syncStatus') !== 'synced',
      )
      if (!unread) await scene.ground.ask(each, { method: 'DELETE' })
    }
  }
}

const sorted = (states: readonly [string, string][]): string[] => states.map((each) => each.join(' ')).sort()

export const secretsPath = /\/secrets(\/|$)/

/** No Secret is one of a remote cluster. */
export const withoutRemotes = only({ path: secretsPath }, ignoringSent(['metadata', 'labels']))

/** Kubeconfigs are taken for others. */
export const takingKubeconfigsFor = (off: string, change: (kubeconfig: JsonRecord, admin: string) => void): Breakage =>
  breaking(off, ({ body, path }, { admin }) => {
    if (!secretsPath.test(path) || !isRecord(body)) return
    const data = recordAt(body, 'data')
    for (const [id, text] of Object.entries(data)) {
      const kubeconfig: unknown = parse(Buffer.from(typeof text === 'string' ? text : '', 'base64').toString())
      const record = recordAt(kubeconfig)
      change(record, admin)
      data[id] = base64(stringify(record))
    }
    body.data = data
  })

const everyUser = (kubeconfig: JsonRecord, user: JsonRecord): void => {
  kubeconfig.users = listAt(kubeconfig, 'users').map((each): Json => ({ ...recordAt(each), user }))
}

export const anyCredentials = takingKubeconfigsFor('credentials of kubeconfigs', (kubeconfig, admin) =>
  everyUser(kubeconfig, { token: admin }),
)

/** Changes of Secrets come to nothing. */
export const withoutChanges = (...methods: string[]): Breakage =>
  breaking(`${methods.join(', ')} of Secrets`, (sent) => {
    if (secretsPath.test(sent.path) && methods.includes(sent.method)) sent.method = 'GET'
  })

export const withExec = (kubeconfig: string): string => {
  const document: unknown = parse(kubeconfig)
  const record = recordAt(document)
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: '/bin/true', interactiveMode: 'Never' }
  everyUser(record, { exec })
  return stringify(record)
}
