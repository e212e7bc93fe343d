import { at, listAt, textAt } from '@orbweaver/contracts/json'
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
