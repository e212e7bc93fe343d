import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { textAt } from '@orbweaver/contracts/json'
import { createKubeClient } from '@orbweaver/kube/connect'
import { parseKubeconfig } from '@orbweaver/kube/kubeconfig'
import { namespaces } from '@orbweaver/kube/resources'
import { afterAll, beforeAll, expect, test } from 'vitest'

const MAIN = new URL('./main.ts', import.meta.url).pathname

type Sandbox = { child: ChildProcess; line: unknown; ended: Promise<unknown[]> }

async function launch(out: string, ...more: string[]): Promise<Sandbox> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions=source', MAIN, '--world', 'empty', '--out', out, ...more],
    {
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  )
  const ended = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })
  const first: unknown[] = await Promise.race([once(lines, 'line'), ended])
  const line: unknown = JSON.parse(String(first[0]))
  return { child, line, ended }
}

type Reply = { status: number; body: unknown }

async function post(url: string, token: string, body: object): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const call = request(url, { method: 'POST', headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => {
        text += String(chunk)
      })
      response.on('end', () => {
        const parsed: unknown = JSON.parse(text)
        resolve({ status: response.statusCode ?? 0, body: parsed })
      })
    })
    call.on('error', reject)
    call.end(JSON.stringify(body))
  })
}

let out: string
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'orbweaver-sandbox-'))
})
afterAll(() => rm(out, { recursive: true }))

test('prints one line, writes the files, takes faults, and stops at once', { timeout: 60_000 }, async () => {
  const { child, line, ended } = await launch(out)
  const kubeconfig = textAt(line, 'kubeconfig') ?? ''
  expect((await stat(kubeconfig)).mode & 0o077).toBe(0)
  expect(await readFile(textAt(line, 'personas') ?? '', 'utf8')).toContain('user: ada')
  const parsed = parseKubeconfig(await readFile(kubeconfig, 'utf8'))
  const hub = parsed.ok ? parsed.contexts.find((each) => each.name === parsed.current) : undefined
  if (!hub?.ok) throw new Error('no hub')
  const client = createKubeClient({ cluster: 'hub', connection: hub.connection, limits: { attempts: 1 } })
  expect((await client.list(namespaces)).items.length).toBeGreaterThan(3)
  const control = {
    url: `${textAt(line, 'control', 'url') ?? ''}/faults`,
    token: textAt(line, 'control', 'token') ?? '',
  }
  expect((await post(control.url, 'wrong', { cluster: 'hub' })).status).toBe(401)
  expect((await post(control.url, control.token, { cluster: 'nowhere' })).status).toBe(404)
  const told = await post(control.url, control.token, { cluster: 'hub', unauthorized: true })
  expect(told).toMatchObject({ status: 200, body: { cluster: 'hub', faults: { unauthorized: true } } })
  await expect(client.list(namespaces)).rejects.toMatchObject({ code: 'unauthorized' })
  await post(control.url, control.token, { cluster: 'hub', reset: true })
  const trouble = await post(control.url, control.token, { cluster: 'member-1', operator: 'absent' })
  expect(trouble).toMatchObject({ status: 200, body: { faults: { unauthorized: false, operator: 'absent' } } })
  const wrong = await post(control.url, control.token, { cluster: 'member-1', operator: 'tired' })
  expect(wrong).toEqual({ status: 400, body: { error: 'operator is one of absent, slow, crash-looping' } })
  const clock = `${textAt(line, 'control', 'url') ?? ''}/clock`
  const stood = await post(clock, control.token, { freeze: true })
  const later = await post(clock, control.token, { advanceMs: 86_400_000 })
  expect(later.body).toMatchObject({ frozen: true })
  expect(Date.parse(textAt(later.body, 'now') ?? '') - Date.parse(textAt(stood.body, 'now') ?? '')).toBe(86_400_000)
  expect((await post(clock, control.token, { advanceMs: -1 })).status).toBe(400)
  await post(clock, control.token, { thaw: true })
  expect((await client.list(namespaces)).items.length).toBeGreaterThan(3)
  await client.close()
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
})

test('ends with its parent', { timeout: 60_000 }, async () => {
  const { child, ended } = await launch(out, '--with-parent')
  child.stdin?.end()
  expect(await ended).toEqual([0, null])
})

test('a wrong world is one clear line', { timeout: 60_000 }, async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=source', MAIN, '--world', 'mars'])
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += String(chunk)
  })
  expect(await once(child, 'close')).toEqual([1, null])
  expect(said).toBe('sandbox: there is no world mars: demo, first-light, broken, large, empty\n')
})
