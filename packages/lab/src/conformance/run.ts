import { randomBytes } from 'node:crypto'
import { adminUser } from '../people.ts'
import { type Breakage, intact } from './breakage.ts'
import type { Area, Check } from './check.ts'
import { Difference } from './fits.ts'
import { openFront } from './front.ts'
import { bytesOf, send } from './http.ts'
import { createGround, type Ground } from './scene.ts'
import type { Target } from './target.ts'
import type { WebhookServer } from './webhook-server.ts'

export type Result = {
  readonly area: string
  readonly says: string
  /** `same`: as the check says. `different`: otherwise. `error`: the check itself failed to run. */
  readonly outcome: 'same' | 'different' | 'error'
  readonly detail: string
  readonly ms: number
}

export type RunOptions = {
  /** Every check gets a target that is broken in its own way. */
  readonly broken: boolean
  readonly tell?: (result: Result) => void
}

/** Checks at one moment, each in a namespace of its own. */
const atOnce = 12

/** Milliseconds within which what checks share must stand, on any target, broken or not. */
const sharedPatienceMs = 60_000

const namespaces = '/api/v1/namespaces'

export async function runChecks(
  target: Target,
  areas: readonly Area[],
  options: RunOptions,
): Promise<readonly Result[]> {
  const prefix = `c-${randomBytes(3).toString('hex')}`
  const todo = areas
    .flatMap(({ title, checks }) => checks.map((check) => ({ area: title, check })))
    .map((each, index) => ({ ...each, namespace: `${prefix}-${index + 1}` }))
  const space = `${prefix}-shared`
  const shared = await enter(target, { namespace: space, breakage: intact, patienceMs: sharedPatienceMs })
  // Whoever needs it asks again, and tells what went wrong.
  for (const share of areas.flatMap(({ shares = [] }) => shares)) share(shared).catch(() => undefined)
  const results: Result[] = []
  const queue = todo.filter(({ check }) => check.alone !== true).values()
  const run = async (job: Job): Promise<void> => {
    const result = await runCheck(target, job, {
      ground: shared.ground,
      breakage: options.broken ? job.check.broken : intact,
    })
    results.push(result)
    options.tell?.(result)
  }
  const worker = async (): Promise<void> => {
    for (const job of queue) await run(job)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  for (const job of todo) if (job.check.alone === true) await run(job)
  await shared.leave()
  // Not before: what ends hundreds of namespaces would keep a real cluster's controllers from what is checked.
  if (!target.disposable) {
    for (const { namespace } of todo) await directly(target, 'DELETE', { path: `${namespaces}/${namespace}` })
    await directly(target, 'DELETE', { path: `${namespaces}/${space}` })
  }
  return results
}

type Job = { readonly area: string; readonly check: Check; readonly namespace: string }

type Within = { readonly ground: Ground; readonly breakage: Breakage }

async function runCheck(target: Target, { area, check, namespace }: Job, within: Within): Promise<Result> {
  const own = await enter(target, { namespace, breakage: within.breakage, patienceMs: target.patienceMs })
  const started = performance.now()
  const ended = (outcome: Result['outcome'], detail: string): Result => ({
    area,
    says: check.says,
    outcome,
    detail,
    ms: Math.round(performance.now() - started),
  })
  try {
    await check.run({ ...own.ground, ground: within.ground })
    return ended('same', '')
  } catch (error) {
    if (error instanceof Difference) return ended('different', error.message)
    return ended('error', error instanceof Error ? (error.stack ?? error.message) : String(error))
  } finally {
    await own.leave()
  }
}

type Place = { readonly namespace: string; readonly breakage: Breakage; readonly patienceMs: number }

/** A namespace and a front, until the result is left: then goes what was made at the cluster scope, last first. */
async function enter(
  target: Target,
  { namespace, breakage, patienceMs }: Place,
): Promise<{ ground: Ground; leave: () => Promise<void> }> {
  await directly(target, 'POST', { path: namespaces, body: { metadata: { name: namespace } } })
  const made: string[] = []
  const webhooks: WebhookServer[] = []
  const front = await openFront({ endpoint: target, admin: target.token(adminUser), breakage })
  const ground = createGround({
    target,
    front,
    namespace,
    patienceMs,
    made: (path) => void made.push(path),
    opened: (server) => void webhooks.push(server),
  })
  const leave = async (): Promise<void> => {
    await front.close()
    for (const path of made.reverse()) await directly(target, 'DELETE', { path })
    for (const webhook of webhooks) await webhook.close()
  }
  return { ground, leave }
}

/** Past the front: preparations and clearing up are not what is checked. */
async function directly(
  target: Target,
  method: string,
  { path, body }: { path: string; body?: object },
): Promise<void> {
  const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body))
  const headers = {
    authorization: `Bearer ${target.token(adminUser)}`,
    ...(bytes === undefined ? {} : { 'content-type': 'application/json', 'content-length': `${bytes.length}` }),
  }
  const answer = await send(target, { method, path, headers, body: bytes })
  const text = (await bytesOf(answer)).toString('utf8')
  const status = answer.statusCode ?? 0
  if (method === 'POST' && status !== 201) throw new Error(`${method} ${path}: ${status} ${text}`)
}
