import { at, isRecord, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import type { ApiServer } from '../api-server.ts'
import { ask, change, testServer, watchLines } from '../testing/server.ts'

const maps = '/api/v1/namespaces/default/configmaps'

async function seeded(names: string[]): Promise<ApiServer> {
  const server = await testServer()
  for (const name of names) {
    const metadata = { name, namespace: 'default', labels: { first: name.charAt(0) } }
    server.store.put({ apiVersion: 'v1', kind: 'ConfigMap', metadata })
  }
  return server
}

function names(body: Json): (string | undefined)[] {
  return listAt(body, 'items').map((each) => textAt(each, 'metadata', 'name'))
}

/** The first events of a watch, until one is as wanted. */
async function until(lines: AsyncIterable<Json>, wanted: (event: Json) => boolean): Promise<Json[]> {
  const seen: Json[] = []
  for await (const line of lines) {
    seen.push(line)
    if (wanted(line)) break
  }
  return seen
}

const isLast = (event: Json): boolean =>
  at(event, 'object', 'metadata', 'annotations', 'k8s.io/initial-events-end') === 'true'

describe('list', () => {
  it('pages over one snapshot and says when it is gone', async () => {
    const server = await seeded(['a1', 'a2', 'a3'])
    const first = await ask(server, `${maps}?limit=2`)
    expect(names(first.body)).toEqual(['a1', 'a2'])
    expect(at(first.body, 'metadata', 'remainingItemCount')).toBe(2)
    const token = textAt(first.body, 'metadata', 'continue') ?? ''
    await ask(server, `${maps}/a3`, { method: 'DELETE' })
    expect(names((await ask(server, `${maps}?limit=2&continue=${token}`)).body)).toEqual(['a3', 'kube-root-ca.crt'])
    server.compact()
    const gone = await ask(server, `${maps}?limit=2&continue=${token}`)
    expect(gone.body).toMatchObject({ code: 410, reason: 'Expired' })
    const rest = textAt(gone.body, 'metadata', 'continue') ?? ''
    expect(names((await ask(server, `${maps}?limit=2&continue=${rest}`)).body)).toEqual(['kube-root-ca.crt'])
  })

  it('selects by labels and fields', async () => {
    const server = await seeded(['a1', 'b1', 'c1'])
    const select = async (query: string) => names((await ask(server, `${maps}?${query}`)).body)
    expect(await select('labelSelector=first%20in%20(a,b)')).toEqual(['a1', 'b1'])
    expect(await select('labelSelector=first!%3Da,first')).toEqual(['b1', 'c1'])
    expect(await select('fieldSelector=metadata.name%3Dc1')).toEqual(['c1'])
    const bad = await ask(server, `${maps}?fieldSelector=spec.x%3D1`)
    expect(textAt(bad.body, 'message')).toBe(
      '"spec.x" is not a known field selector: only "metadata.name", "metadata.namespace"',
    )
  })

  it('answers metadata alone and tables', async () => {
    const server = await seeded(['a1'])
    const accept = (as: string) => ({ headers: { Accept: `application/json;as=${as};g=meta.k8s.io;v=v1` } })
    const partial = await ask(server, maps, accept('PartialObjectMetadataList'))
    expect(partial.body).toMatchObject({ kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1' })
    const table = await ask(server, maps, accept('Table'))
    expect(listAt(table.body, 'columnDefinitions').map((each) => textAt(each, 'name'))).toEqual(['Name', 'Data', 'Age'])
    expect(at(table.body, 'rows', 0, 'cells', 0)).toBe('a1')
  })
})

describe('watch', () => {
  it('starts with what there is and says when that is all', async () => {
    const server = await seeded(['a1'])
    const query = 'watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true'
    const events = await until(watchLines(server, `${maps}?${query}`), isLast)
    expect(events.map((each) => textAt(each, 'type'))).toEqual(['ADDED', 'ADDED', 'BOOKMARK'])
  })

  it('goes on from a revision, and shows what leaves a selector as deleted', async () => {
    const server = await seeded(['a1', 'a2'])
    const from = server.store.revision()
    await change(server, `${maps}/a1`, { type: 'merge', body: { metadata: { labels: { first: 'z' } } } })
    await change(server, `${maps}/a2`, { type: 'merge', body: { data: { k: 'v' } } })
    const path = `${maps}?watch=1&resourceVersion=${from}&labelSelector=first%3Da`
    const events = await until(watchLines(server, path), (event) => textAt(event, 'type') === 'MODIFIED')
    expect(events.map((each) => [textAt(each, 'type'), textAt(each, 'object', 'metadata', 'name')])).toEqual([
      ['DELETED', 'a1'],
      ['MODIFIED', 'a2'],
    ])
  })

  it('answers a forgotten revision with an error event', async () => {
    const server = await seeded(['a1'])
    const from = Number(server.store.revision()) - 1
    server.compact()
    const events = await until(watchLines(server, `${maps}?watch=1&resourceVersion=${from}`), isRecord)
    expect(events).toMatchObject([{ type: 'ERROR', object: { code: 410, reason: 'Expired' } }])
    expect(textAt(events[0], 'object', 'message')).toContain(`too old resource version: ${from}`)
  })

  it('sends bookmarks, ends in time and can be cut', async () => {
    const server = await testServer({ bookmarkMs: 20 })
    const bookmark = (event: Json): boolean => textAt(event, 'type') === 'BOOKMARK'
    const path = `${maps}?watch=1&allowWatchBookmarks=true`
    expect((await until(watchLines(server, path), bookmark)).some(bookmark)).toBe(true)
    const ended = await until(watchLines(server, `${maps}?watch=1&timeoutSeconds=1`), () => false)
    expect(ended).toHaveLength(1)
    const cut = until(watchLines(server, maps.concat('?watch=1')), () => {
      server.faults.cutWatches()
      return false
    })
    expect((await cut).length).toBeGreaterThan(0)
  })
})
