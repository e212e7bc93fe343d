import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { createKubeClient } from '@orbweaver/kube/connect'
import { KubeError } from '@orbweaver/kube/error'
import { changes } from '@orbweaver/kube/resources'
import { describe, expect, it } from 'vitest'
import type { ClusterDoor } from '../kube/doors.ts'
import { sweep } from './retention.ts'

const now = new Date('2026-11-28T12:00:00Z')
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString()
const megabyte = 'x'.repeat(1024 * 1024)

type Age = { hours: number; filler?: string }

function head(name: string, phase: string, { hours, filler = '' }: Age): KubernetesObject {
  return {
    apiVersion: 'orbweaver.dev/v1alpha1',
    kind: 'Change',
    metadata: { name, creationTimestamp: hoursAgo(hours) },
    spec: {
      schemaVersion: 1,
      actor: { user: 'ada', groups: [] },
      intent: { type: 'meshes.repair', filler },
      title: { code: 'meshes.repair', params: {} },
      fingerprint: 'f',
      createdAt: hoursAgo(hours),
      items: [],
      hmac: 'h',
    },
    status: { phase },
  }
}

function part(change: string, number: number, { hours, filler = '' }: Age): KubernetesObject {
  return {
    apiVersion: 'orbweaver.dev/v1alpha1',
    kind: 'Change',
    metadata: { name: `${change}-part-${number}`, creationTimestamp: hoursAgo(hours) },
    spec: { schemaVersion: 1, part: { change, number, count: 2 }, items: [], hmac: 'h', filler },
  }
}

/** What is removed of these, in order. `behind` is in the hub, and the mirror has not heard of it. */
async function removed(mirrored: KubernetesObject[], behind: string[] = []): Promise<string[]> {
  const names: string[] = []
  const client = createKubeClient({ cluster: 'hub', connection: { server: 'http://127.0.0.1:9' } })
  const missing = new KubeError({ code: 'not_found', cluster: 'hub', message: 'not found', status: 404 })
  const hub: ClusterDoor = {
    name: 'hub',
    server: client.server,
    ends: [],
    own: {
      ...client,
      get: (_, { name }) =>
        behind.includes(name) ? Promise.resolve(head(name, 'Running', { hours: 0 })) : Promise.reject(missing),
      list: () => Promise.resolve({ items: [], resourceVersion: '1' }),
      remove: (_, { name }) => {
        names.push(name)
        return Promise.resolve(undefined)
      },
    },
    as: () => client,
    may: () => Promise.resolve(true),
    mayBe: () => Promise.resolve('yes'),
    nameOf: ({ user }) => user,
    mirror: {
      list: ({ plural }) => (plural === changes.plural ? mirrored : []),
      get: () => undefined,
      known: () => true,
      version: () => 0,
      truth: () => ({ cluster: 'hub', state: 'fresh' }),
      onChange: () => () => undefined,
    },
  }
  await sweep(hub, now)
  return names
}

describe('history within its bound of 100 MiB', () => {
  const newer = Array.from({ length: 99 }, (_, index) =>
    head(`newer-${index}`, 'Succeeded', { hours: index, filler: megabyte }),
  )

  it('keeps all', async () => {
    expect(await removed(newer)).toEqual([])
  })

  it('gives the oldest that are over up, with their parts, the Change first', async () => {
    const old = [
      head('old', 'Failed', { hours: 200 }),
      part('old', 1, { hours: 200, filler: megabyte }),
      part('old', 2, { hours: 200, filler: megabyte }),
    ]
    expect(await removed([...old, ...newer])).toEqual(['old', 'old-part-1', 'old-part-2'])
  })

  it('never gives one up that is not over, however old', async () => {
    const open = ['Pending', 'Running', 'Paused'].map((phase) =>
      head(`open-${phase}`, phase, { hours: 300, filler: megabyte }),
    )
    const over = head('over', 'Stopped', { hours: 200, filler: megabyte })
    expect(await removed([...open, over, ...newer])).toEqual(['over'])
  })
})

describe('parts of nothing', () => {
  it('are removed when they are an hour old', async () => {
    expect(await removed([part('a', 1, { hours: 2 }), part('a', 2, { hours: 2 })])).toEqual(['a-part-1', 'a-part-2'])
    expect(await removed([part('a', 1, { hours: 0.9 }), part('a', 2, { hours: 0.9 })])).toEqual([])
  })

  it('stay where the Change is there and the mirror does not know it yet', async () => {
    expect(await removed([part('a', 1, { hours: 2 })], ['a'])).toEqual([])
    expect(await removed([head('a', 'Running', { hours: 2 }), part('a', 1, { hours: 2 })])).toEqual([])
  })
})
