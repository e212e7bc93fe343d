import { at, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import { ask, change, deployment, testServer } from '../testing/server.ts'
import type { ApiServer } from '../api-server.ts'

const maps = '/api/v1/namespaces/default/configmaps'

function config(data: Record<string, string>, labels?: Record<string, string>): unknown {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: labels === undefined ? { name: 's' } : { name: 's', labels },
    data,
  }
}

function apply(server: ApiServer, by: { manager: string; body: unknown; force?: boolean }) {
  const force = by.force === true ? '&force=true' : ''
  return change(server, `${maps}/s?fieldManager=${by.manager}${force}`, { type: 'apply', body: by.body })
}

describe('server-side apply', () => {
  it('needs a manager', async () => {
    const server = await testServer()
    const refused = await change(server, `${maps}/s`, { type: 'apply', body: config({}) })
    expect(textAt(refused.body, 'message')).toBe(
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    )
  })

  it('names every conflict, and forces on demand', async () => {
    const server = await testServer()
    expect((await apply(server, { manager: 'one', body: config({ a: '1', b: '2' }) })).status).toBe(201)
    const conflict = await apply(server, { manager: 'two', body: config({ a: '2', b: '3' }) })
    expect(conflict.body).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message: 'Apply failed with 2 conflicts: conflicts with "one":\n- .data.a\n- .data.b',
      details: {
        causes: [
          { reason: 'FieldManagerConflict', message: 'conflict with "one"', field: '.data.a' },
          { reason: 'FieldManagerConflict', message: 'conflict with "one"', field: '.data.b' },
        ],
      },
    })
    const forced = await apply(server, { manager: 'two', body: config({ a: '2' }), force: true })
    expect(listAt(forced.body, 'metadata', 'managedFields')).toMatchObject([
      { manager: 'one', operation: 'Apply', fieldsV1: { 'f:data': { 'f:b': {} } } },
      { manager: 'two', operation: 'Apply', fieldsV1: { 'f:data': { 'f:a': {} } } },
    ])
  })

  it('removes what its manager no longer says, and leaves what others own', async () => {
    const server = await testServer()
    await apply(server, { manager: 'one', body: config({ a: '1', b: '2' }, { team: 'x' }) })
    await change(server, `${maps}/s?fieldManager=three`, { type: 'merge', body: { data: { c: '3' } } })
    const less = await apply(server, { manager: 'one', body: config({ a: '1' }) })
    expect(at(less.body, 'data')).toEqual({ a: '1', c: '3' })
    expect(at(less.body, 'metadata', 'labels')).toBeUndefined()
  })

  it('speaks of an updater with its version', async () => {
    const server = await testServer()
    await apply(server, { manager: 'one', body: config({ a: '1' }) })
    await change(server, `${maps}/s?fieldManager=three`, { type: 'merge', body: { data: { a: '7' } } })
    const conflict = await apply(server, { manager: 'one', body: config({ a: '1' }) })
    expect(textAt(conflict.body, 'message')).toBe(
      'Apply failed with 1 conflict: conflict with "three" using v1: .data.a',
    )
  })

  it('names the managers one below the other when there are several', async () => {
    const server = await testServer()
    await apply(server, { manager: 'one', body: config({ a: '1' }) })
    await apply(server, { manager: 'two', body: config({ b: '1' }) })
    const conflict = await apply(server, { manager: 'three', body: config({ a: '2', b: '2' }) })
    expect(textAt(conflict.body, 'message')).toBe(
      'Apply failed with 2 conflicts: conflicts with "one":\n- .data.a\nconflicts with "two":\n- .data.b',
    )
  })

  it('lets kubectl take over what it has applied client side, as long as nobody has changed it since', async () => {
    const server = await testServer()
    const annotation = 'kubectl.kubernetes.io/last-applied-configuration'
    const last = (data: Record<string, string>): string => JSON.stringify(config(data))
    const metadata = { name: 's', annotations: { [annotation]: last({ a: '1', b: '1' }) } }
    const made = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: '1', b: '1' } }
    await ask(server, `${maps}?fieldManager=kubectl-client-side-apply`, { body: made })
    await change(server, `${maps}/s?fieldManager=other`, { type: 'merge', body: { data: { b: '2' } } })
    const conflict = await apply(server, { manager: 'kubectl', body: config({ a: '3', b: '3' }) })
    expect(textAt(conflict.body, 'message')).toBe(
      'Apply failed with 1 conflict: conflict with "other" using v1: .data.b',
    )
    expect((await apply(server, { manager: 'someone', body: config({ a: '3' }) })).status).toBe(409)
    const taken = await apply(server, { manager: 'kubectl', body: config({ a: '3' }) })
    expect(at(taken.body, 'data')).toEqual({ a: '3', b: '2' })
    expect(JSON.parse(textAt(taken.body, 'metadata', 'annotations', annotation) ?? '')).toMatchObject({
      data: { a: '3' },
    })
  })

  it('believes a writer who says who owns what', async () => {
    const server = await testServer()
    const before = await apply(server, { manager: 'one', body: config({ a: '1' }) })
    const managers = listAt(before.body, 'metadata', 'managedFields').map((each) => ({
      ...recordAt({ each }, 'each'),
      manager: 'heir',
    }))
    const body = [{ op: 'replace', path: '/metadata/managedFields', value: managers }]
    const after = await change(server, `${maps}/s?fieldManager=writer`, { type: 'json', body })
    expect(listAt(after.body, 'metadata', 'managedFields').map((each) => textAt(each, 'manager'))).toEqual(['heir'])
  })

  it('merges keyed lists by their keys', async () => {
    const server = await testServer()
    const path = '/apis/apps/v1/namespaces/default/deployments'
    await ask(server, path, { body: deployment('web') })
    const containers = [{ name: 'side', image: 'side:1' }]
    const body = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: { template: { spec: { containers } } },
    }
    const added = await change(server, `${path}/web?fieldManager=side`, { type: 'apply', body })
    const names = listAt(added.body, 'spec', 'template', 'spec', 'containers').map((each) => textAt(each, 'name'))
    expect(names).toEqual(['main', 'side'])
    const none = { ...body, spec: {} }
    const removed = await change(server, `${path}/web?fieldManager=side`, { type: 'apply', body: none })
    expect(listAt(removed.body, 'spec', 'template', 'spec', 'containers')).toHaveLength(1)
  })

  it('refuses fields that are not in the schema', async () => {
    const server = await testServer()
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 's' }, dat: {} }
    const refused = await apply(server, { manager: 'one', body })
    expect(textAt(refused.body, 'message')).toBe(
      'failed to create typed patch object (/s; /v1, Kind=ConfigMap): .dat: field not declared in schema',
    )
  })
})
