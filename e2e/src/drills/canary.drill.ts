import { randomBytes } from 'node:crypto'
import { textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { parseKubeconfig } from '@orbweaver/kube/kubeconfig'
import * as kinds from '@orbweaver/kube/resources'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { request, startConsole } from '../harness/console.ts'
import type { Answer, Person } from '../harness/person.ts'
import { type Stage, setStage } from '../harness/stage.ts'
import { listen, type Listening } from '../harness/stream.ts'
import { settled } from './scenarios.ts'
import { twoTeamsWorld } from './two-teams-world.ts'

let stage: Stage
let ada: Person
let stream: Listening
const answers: { asked: string; text: string }[] = []

/** Words like no other, each planted in one place. */
const planted: string[] = []
function canary(place: string): string {
  const word = `canary-${place}-${randomBytes(12).toString('hex')}`
  planted.push(word)
  return word
}

beforeAll(async () => {
  const world = twoTeamsWorld()
  const unregistered = world.members.map((member) => ({ ...member, registered: member.name !== 'member-2' }))
  stage = await setStage({ ...world, members: unregistered })
  ada = await stage.person('ada')
  stream = await listen(ada)
}, 60_000)
afterAll(async () => {
  await stream.stop()
  await stage.stop()
})

async function post(path: string, body: unknown): Promise<Answer> {
  const answer = await ada.post(path, body)
  answers.push({ asked: path, text: JSON.stringify(answer.body) })
  return answer
}

/** A kubeconfig of the second member, with a word in its token or wherever it is put. */
function kubeconfig(token: string, server = stage.fleet.gate.url('member-2')): string {
  const user = `{ name: u, user: { token: ${JSON.stringify(token)} } }`
  const cluster = `{ name: c, cluster: { server: "${server}" } }`
  const context = '{ name: member-2, context: { cluster: c, user: u } }'
  return `apiVersion: v1\nkind: Config\nclusters: [${cluster}]\nusers: [${user}]\ncontexts: [${context}]\ncurrent-context: member-2\n`
}

const register = (text: string) => ({
  type: 'clusters.register',
  source: { kind: 'pasted', kubeconfig: text },
  clusters: [{ name: 'second', spec: {}, context: 'member-2' }],
})

/** The token with which the console would reach the second member, as its own kubeconfig has it. */
function workingToken(): string {
  const parsed = parseKubeconfig(stage.fleet.fleet.kubeconfig)
  const context = parsed.ok ? parsed.contexts.find((each) => each.name === 'member-2') : undefined
  const token = context?.ok === true ? textAt(context.connection, 'token') : undefined
  if (token === undefined) throw new Error('the world gave the console no token')
  planted.push(token)
  return token
}

async function every(path: string, intent: object): Promise<void> {
  await post('/plans', { intent })
  await post('/changes', { intent, fingerprint: 'none' })
  await post(path, { source: { kind: 'pasted', kubeconfig: 'x' } })
}

describe('a secret that is put in', () => {
  it('is refused without being repeated where it cannot be used', { timeout: 60_000 }, async () => {
    const exec = `apiVersion: v1\nkind: Config\nclusters: [{ name: c, cluster: { server: https://127.0.0.1:1 } }]\nusers: [{ name: u, user: { exec: { command: aws, args: ["${canary('exec')}"], env: [{ name: SECRET, value: "${canary('env')}" }] } } }]\ncontexts: [{ name: x, context: { cluster: c, user: u } }]\n`
    const texts = [
      kubeconfig(canary('wrong')),
      kubeconfig(canary('refused'), 'http://127.0.0.1:1'),
      kubeconfig(`${canary('newline')}\nX-Injected: yes`),
      exec,
      `{{{ not yaml ${canary('malformed')}`,
      `users: [{ name: u, user: { password: ${canary('password')}, username: x } }]`,
      `${canary('long')}${'x'.repeat(1_048_577)}`,
      `apiVersion: v1\nkind: Config\n"${canary('key')}": [`,
    ]
    for (const text of texts) {
      const source = { kind: 'pasted', kubeconfig: text }
      const tested = await post('/kubeconfig/test', { source })
      expect(tested.status).toBeLessThan(500)
      expect((await post('/kubeconfig/read', { source })).status).toBeLessThan(500)
      await every('/kubeconfig/test', register(text))
    }
    await post('/kubeconfig/test', { source: { kind: canary('kind'), kubeconfig: canary('beside') } })
    await post('/session', { mode: 'local', persona: canary('persona') })
    await post('/session', { mode: 'token', token: canary('token') })
    await post('/session', { mode: 'token', token: [canary('shape')] })
  })

  it('is kept in the one Secret it belongs to where it can', { timeout: 30_000 }, async () => {
    const intent = register(kubeconfig(workingToken()))
    const plan = await post('/plans', { intent })
    const change = await post('/changes', { intent, fingerprint: textAt(plan.body, 'fingerprint') })
    expect(textAt(change.body, 'phase')).toBe('pending')
    await settled(stage.fleet)
    await post('/plans', { intent })
    const name = textAt(change.body, 'name') ?? ''
    for (const path of ['/changes', `/changes/${name}`, '/clusters', '/clusters/second', '/start']) {
      answers.push({ asked: path, text: JSON.stringify((await ada.get(path)).body) })
    }
    expect(await holders()).toEqual(['Secret orbweaver-system/cluster-second'])
  })

  it('replaces what was there, and the old one is kept nowhere', { timeout: 30_000 }, async () => {
    const source = { kind: 'pasted', kubeconfig: kubeconfig(workingToken()) }
    const tested = await post('/kubeconfig/test', { source, name: 'second' })
    expect(textAt(tested.body, 'refusal', 'code')).toBeUndefined()
    const intent = { type: 'clusters.edit', name: 'second', spec: { region: 'east' }, source }
    const plan = await post('/plans', { intent })
    const change = await post('/changes', { intent, fingerprint: textAt(plan.body, 'fingerprint') })
    expect(textAt(change.body, 'phase')).toBe('pending')
    await settled(stage.fleet)
    for (const path of ['/changes', `/changes/${textAt(change.body, 'name') ?? ''}`, '/clusters/second']) {
      answers.push({ asked: path, text: JSON.stringify((await ada.get(path)).body) })
    }
    expect(await holders()).toEqual(['Secret orbweaver-system/cluster-second.2'])
  })

  it('is repeated by no answer, notice or log line', () => {
    for (const word of planted) {
      expect(answers.filter(({ text }) => text.includes(word)).map(({ asked }) => asked)).toEqual([])
      expect(stream.heard()).not.toContain(word)
      expect(stage.console.logs().includes(word), word.slice(0, 20)).toBe(false)
    }
    expect(answers.length).toBeGreaterThan(30)
  })

  it('is in no log and no object either where people sign in with tokens', { timeout: 30_000 }, async () => {
    const options = { ...stage.fleet.files, instance: 'by-token', mode: 'token' } as const
    const console = await startConsole(options)
    try {
      const hubToken = workingHubToken()
      const tokens = [
        canary('signin'),
        `${canary('signin')}\nX: y`,
        `${canary('signin')}${'x'.repeat(20_000)}`,
        hubToken,
      ]
      const statuses: number[] = []
      for (const token of tokens) {
        const answer = await request(`${console.url}/api/v1/session`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: console.url },
          body: JSON.stringify({ mode: 'token', token }),
        })
        statuses.push(answer.status)
        expect(await answer.text()).not.toContain(token)
      }
      expect(statuses).toEqual([403, 403, 400, 200])
      for (const token of tokens) expect(console.logs().includes(token.slice(0, 40))).toBe(false)
      // Sessions are sealed: not even their own Secret holds a token in the clear.
      expect(await holders()).toEqual(['Secret orbweaver-system/cluster-second.2'])
    } finally {
      await console.stop()
    }
  })
})

/** A token that the hub takes, of a ServiceAccount that is not the console's. */
function workingHubToken(): string {
  const token = canary('session')
  stage.fleet.fleet.clusters.get('hub')?.server.addUser({ token, name: 'grace', groups: ['fleet-viewers'] })
  return token
}

/** Which objects of the hub hold a planted word, also where it is coded in base64. */
async function holders(): Promise<string[]> {
  const hub = stage.fleet.admin('hub')
  const stored = Object.values(kinds).filter((kind) => typeof kind === 'object')
  const lists = await Promise.all(stored.map((kind) => hub.list(kind).catch(() => ({ items: [] }))))
  return lists
    .flatMap(({ items }) => items)
    .filter((object) => !isSeeded(object) && planted.some((word) => textOf(object).includes(word)))
    .map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`)
}

/** What the world put there before the console came: the console's own account. */
function isSeeded({ metadata }: KubernetesObject): boolean {
  return metadata.name === 'orbweaver-token'
}

/** The object, and everything in it that reads as base64, decoded; twice, as Secrets may hold coded things. */
function textOf(object: KubernetesObject): string {
  const text = JSON.stringify(object)
  return [text, decoded(text), decoded(decoded(text))].join(' ')
}

function decoded(text: string): string {
  const parts = text.match(/[A-Za-z0-9+/=]{16,}/g) ?? []
  return parts.map((part) => Buffer.from(part, 'base64').toString('utf8')).join(' ')
}
