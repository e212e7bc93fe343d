import { readFileSync } from 'node:fs'
import { request as send } from 'node:http'
import { isRecord } from '@orbweaver/contracts/json'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../harness/person.ts'
import { type Stage, setStage } from '../harness/stage.ts'
import { isUpkeep } from '../harness/upkeep.ts'
import { madeHistory } from './history-of-both.ts'
import { type Asked, intentsAbout, requestsAbout, type Subject } from './requests.ts'
import { twoTeamsWorld } from './two-teams-world.ts'

let stage: Stage
let ada: Person
let subject: Subject

beforeAll(async () => {
  stage = await setStage(twoTeamsWorld())
  subject = (await madeHistory(stage)).own
  ada = await stage.person('ada')
  stage.fleet.gate.reset()
}, 60_000)
afterAll(() => stage.stop())

/** The same runs every time: a drill that fails must fail again. */
const runs = { numRuns: 100, seed: 20_261_123 }

const spoilers = [
  ["'", '"', '`', '{', '}', '{{x}}', '..', '../../etc/passwd', '%2e%2e%2f', '\n', '\r\nX-Injected: 1', '\0', '%00'],
  ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '', ' ', '/', '\\', '%', '%ff', '?a=b', '#'],
  ['a'.repeat(5_000), '𝒳'.repeat(300), '\u202e', '\ud800', '名前', '-1', '1e309', 'NaN', '$(id)', '<script>', '*'],
].flat()

/** What has broken servers before, and what nobody thought of. */
const nasty = fc.oneof(fc.constantFrom(...spoilers), fc.string({ unit: 'binary', maxLength: 300 }))

const nastyJson: fc.Arbitrary<unknown> = fc.oneof(
  nasty,
  fc.jsonValue(),
  fc.dictionary(fc.constantFrom('__proto__', 'constructor', 'name', 'kind', 'type', 'x'), fc.jsonValue()),
  fc.constantFrom(null, -1, 0, 1e308, true, [], {}),
)

type Told = { status: number; asked: string }

async function told({ method, path, body }: { method: string; path: string; body?: unknown }): Promise<Told> {
  const answer = await ada.send(method, path, body)
  return {
    status: answer.status,
    asked: `${method} ${path.slice(0, 200)} ${(JSON.stringify(body) || '').slice(0, 600)}`,
  }
}

function expectSane(answer: Told): void {
  if (answer.status < 500) return
  throw new Error(`${answer.status} for ${answer.asked}`)
}

const walk = () =>
  requestsAbout(subject).filter(({ operation }) => operation !== 'events.watch' && !operation.startsWith('access.sign'))
const changing = new Set(['history.retry', 'history.skip', 'history.stop', 'history.resume', 'history.execute'])

/** Fills one place somewhere in a JSON document with something else; its shape stays as it is. */
function withPlace(value: unknown, place: number, planted: unknown): unknown {
  let at = 0
  const visit = (each: unknown): unknown => {
    at += 1
    if (at === place) return planted
    if (Array.isArray(each)) return each.map(visit)
    if (isRecord(each)) return Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, visit(inner)]))
    return each
  }
  return visit(value)
}

/** Speaking of a cluster that is offered makes the console test it whole, each time: that is another drill's. */
function quick(value: unknown): unknown {
  const plain: unknown = JSON.parse(JSON.stringify(value).replaceAll('"member-2"', '"nowhere"'))
  return plain
}

describe('whatever is sent', () => {
  it('in paths and queries, is answered and no error of the server', { timeout: 60_000 }, async () => {
    const routes = walk().filter(({ method }) => method === 'GET')
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...routes), nasty, fc.nat(7), async (asked, text, place) => {
        expectSane(await told({ method: asked.method, path: spoiled(asked, text, place) }))
      }),
      runs,
    )
  })

  it('in place of a name, is refused as none', { timeout: 60_000 }, async () => {
    const named = walk().filter(
      ({ method, path }) => method === 'GET' && path.split('?', 1)[0]?.split('/').length !== 2,
    )
    const names = spoilers.filter((text) => !isPlace(text))
    const taken: string[] = []
    for (const { path } of named) {
      for (const text of names) {
        const steps = (path.split('?', 1)[0] ?? '').split('/').with(2, encodeURIComponent(wellFormed(text)))
        const { status, asked } = await told({ method: 'GET', path: steps.join('/') })
        if (status < 400 || status > 499) taken.push(`${status} ${asked}`)
      }
    }
    expect(taken).toEqual([])
    expect(named.length * names.length).toBeGreaterThan(100)
  })

  it('in bodies, is answered and no error of the server', { timeout: 60_000 }, async () => {
    const bodies = walk().filter(({ body }) => body !== undefined)
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...bodies), fc.nat(40), nastyJson, async (asked, place, planted) => {
        expectSane(await told({ ...asked, body: withPlace(quick(asked.body), place + 1, planted) }))
      }),
      runs,
    )
  })

  it('as an intent, is planned or refused', { timeout: 90_000 }, async () => {
    const intents = Object.values(intentsAbout(subject))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...intents), fc.nat(30), nastyJson, async (intent, place, planted) => {
        const body = { intent: withPlace(quick(intent), place + 2, planted) }
        expectSane(await told({ method: 'POST', path: '/plans', body }))
        // Nobody agreed to this: whatever it is, its fingerprint is not this one.
        const done = await told({ method: 'POST', path: '/changes', body: { ...body, fingerprint: 'none' } })
        expectSane(done)
        expect(done.status, done.asked).toBeGreaterThanOrEqual(400)
      }),
      runs,
    )
  })

  it('as an order about a change, stops at what is no change', { timeout: 60_000 }, async () => {
    const orders = walk().filter(({ operation }) => changing.has(operation))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...orders), nasty, async (asked, text) => {
        expectSane(
          await told({ ...asked, path: asked.path.replace(subject.change, encodeURIComponent(wellFormed(text))) }),
        )
      }),
      runs,
    )
  })

  it('as a kubeconfig, is refused within seconds', { timeout: 60_000 }, async () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x,x]', ...['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map(doubled)].join('\n')
    const texts = [
      bomb,
      '['.repeat(100_000),
      '- '.repeat(50_000),
      `x: ${'{a: '.repeat(5_000)}`,
      '!!js/function "x"',
      '&a *a',
    ]
    for (const kubeconfig of texts) {
      const startedAt = performance.now()
      const body = { source: { kind: 'pasted', kubeconfig } }
      const answer = await told({ method: 'POST', path: '/kubeconfig/test', body })
      expect({ text: kubeconfig.slice(0, 40), status: answer.status < 500 }).toEqual({
        text: kubeconfig.slice(0, 40),
        status: true,
      })
      expect(performance.now() - startedAt).toBeLessThan(5_000)
    }
  })

  it('a hundred megabytes, or ten thousand levels, are refused unread', { timeout: 60_000 }, async () => {
    const before = residentBytes()
    const chunk = Buffer.alloc(1_048_576, 'x')
    expect(await streamed(100, chunk)).toBe(413)
    for (const deep of ['{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000), '['.repeat(10_000) + ']'.repeat(10_000)]) {
      expect(await streamed(1, Buffer.from(`{"intent":${deep}}`))).toBe(400)
    }
    expect(residentBytes() - before).toBeLessThan(150 * 1_048_576)
  })

  it('has changed nothing, and the server lives', async () => {
    expect(stage.fleet.gate.writes.filter((write) => !isUpkeep(write))).toEqual([])
    expect((await ada.get('/session')).status).toBe(200)
    expect((await ada.get(`/changes/${subject.change}`)).status).toBe(200)
    expect(residentBytes()).toBeLessThan(1_073_741_824)
  })
})

/** Clients take these out of a path before they send it: another route is asked then. */
function isPlace(text: string): boolean {
  return ['', '.', '..'].includes(text)
}

function doubled(letter: string): string {
  const before = String.fromCharCode(letter.charCodeAt(0) - 1)
  return `${letter}: &${letter} [${Array.from({ length: 10 }, () => `*${before}`).join(',')}]`
}

/** Half a surrogate pair cannot be in a URL at all: clients refuse to send it. */
function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8')
}

/** Puts the text where a parameter is, or into the query: named, or as a name. */
function spoiled({ path }: Asked, raw: string, place: number): string {
  const text = encodeURIComponent(wellFormed(raw))
  const [route = '', query = ''] = path.split('?', 2)
  const steps = route.split('/')
  if (place < 4 && steps.length > 2) return `${steps.with(2 + (place % (steps.length - 2)), text).join('/')}?${query}`
  const names = ['size', 'page', 'sort', 'search', 'order', 'namespace', 'cluster', 'kinds', '__proto__', 'kind']
  return `${route}?${query}&${names[raw.length % names.length] ?? 'x'}=${text}&${text}=1`
}

/** Resident memory of the console's own process, from Linux. */
function residentBytes(): number {
  const pages = readFileSync(`/proc/${stage.console.pid}/statm`, 'utf8').split(' ')[1]
  return Number(pages ?? 0) * 4_096
}

/** Sends a body piece by piece, as long as the server takes it, and tells the status. */
function streamed(times: number, chunk: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', origin: stage.console.url, ...ada.headers }
    const target = `${stage.console.url}/api/v1/plans`
    const call = send(target, { method: 'POST', headers }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
      call.destroy()
    })
    call.on('error', reject)
    const push = (left: number): void => {
      if (call.destroyed) return
      if (left === 0) call.end()
      else call.write(chunk, () => push(left - 1))
    }
    push(times)
  })
}
