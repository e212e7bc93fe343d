import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { textAt } from '@orbweaver/contracts/json'
import { caFileOf, serverOf, tokenOf } from '../cluster-layout.ts'
import { LabError } from '../lab-error.ts'
import { readState } from '../lab-state.ts'
import { runDir } from '../run-dir.ts'
import { command } from '../suite/running-lab.ts'
import { adminApi } from '../api.ts'
import { bytesOf, send } from './http.ts'
import { overloaded } from './lab-overload.ts'
import type { Target } from './target.ts'

export type LabOptions = {
  /** A lab's run directory: used as it is found, else a lab of its own is started and taken down again. */
  readonly dir: string | undefined
  readonly patienceMs: number
}

/** The first cluster of a lab that may hold meshes: a real kube-apiserver with its controllers. */
export async function labTarget({ dir: chosen, patienceMs }: LabOptions): Promise<Target> {
  const dir = runDir(chosen === undefined ? mkdtempSync(join(tmpdir(), 'lab-')) : resolve(chosen))
  if (chosen === undefined) await labCommand('up', '--dir', dir.root, '--clusters', '1')
  const layout = readState(dir)?.clusters.find(({ meshes }) => meshes)
  if (layout === undefined) throw new LabError('conformance', [`no lab is up in ${dir.root}`])
  const endpoint = { server: serverOf(layout), ca: readFileSync(caFileOf(layout), 'utf8') }
  return {
    ...endpoint,
    peer: endpoint,
    token: (user) => tokenOf(layout, user),
    patienceMs,
    disposable: chosen === undefined,
    forget: () => compact(`http://127.0.0.1:${layout.ports.etcdClient}`),
    overload: () => overloaded(adminApi(layout)),
    close: async () => {
      if (chosen === undefined) await labCommand('down', '--dir', dir.root)
    },
  }
}

const labCommand = async (...args: readonly string[]): Promise<void> => {
  const { code, output } = await command(args)
  if (code !== 0) throw new LabError(args.join(' '), [output])
}

/** What kube-apiserver asks of etcd every five minutes, now. Source: etcd 3.6, the JSON gateway of its gRPC API. */
async function compact(server: string): Promise<void> {
  const post = async (path: string, body: object): Promise<unknown> => {
    const bytes = Buffer.from(JSON.stringify(body))
    const answer = await send(
      { server },
      { method: 'POST', path, headers: { 'content-length': `${bytes.length}` }, body: bytes },
    )
    const text = (await bytesOf(answer)).toString('utf8')
    if (answer.statusCode !== 200) throw new LabError('etcd', [`${path}: ${text}`])
    const value: unknown = JSON.parse(text)
    return value
  }
  const revision = textAt(await post('/v3/kv/range', { key: 'AA==' }), 'header', 'revision')
  await post('/v3/kv/compaction', { revision, physical: true })
}
