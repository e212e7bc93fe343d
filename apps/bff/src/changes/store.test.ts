import { listAt, numberAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { KubeError } from '@orbweaver/kube/error'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ChangeHub, namespacesPlan, openChangeHub, storeIn } from '../testing/change-hub.ts'
import type { ChangeRecord } from './record.ts'
import { ownRecord, ownRecords } from './seal.ts'

let hub: ChangeHub

beforeEach(async () => {
  hub = await openChangeHub()
})
afterEach(() => hub.close())

const reading = () => ({ hub: hub.door, keys: hub.keys })

async function stored(count: number): Promise<ChangeRecord> {
  const record = await storeIn(hub, namespacesPlan(count))
  if (record === undefined) throw new Error('it was not stored')
  return record
}

/** A part as it lies in the hub, past all guards. */
function replacePart(name: string, alter: (part: KubernetesObject) => KubernetesObject): void {
  const part = hub.stored().find(({ metadata }) => metadata.name === name)
  if (part === undefined) throw new Error(`there is no ${name}`)
  const { apiVersion, kind } = part
  hub.server.store.remove({ apiVersion, kind, name })
  const { spec = {} } = alter(part)
  hub.server.store.put({ apiVersion, kind, metadata: { name }, spec })
}

describe('a long change', () => {
  it('is stored in parts, the Change itself last, and read back whole', async () => {
    const record = await stored(1_100)
    const { name } = record
    expect(hub.writes.map((write) => write.name)).toEqual([1, 2, 3].map((part) => `${name}-part-${part}`).concat(name))
    expect(record.items.map(({ id }) => id)).toEqual(Array.from({ length: 1_100 }, (_, index) => `item-${index + 1}`))
    const fresh = await ownRecord(reading(), name)
    expect(fresh?.items).toEqual(record.items)
    expect(fresh?.lost).toEqual([])
    expect((await ownRecords(reading())).map((each) => each.name)).toEqual([name])
  })

  it('is not there where the console died before the Change itself was stored', async () => {
    hub.before.write = ({ name }) => {
      if (!name.includes('-part-')) throw new Error('killed')
    }
    await expect(stored(600)).rejects.toThrow('killed')
    expect(hub.stored()).toHaveLength(2)
    expect(await ownRecords(reading())).toEqual([])
    for (const { metadata } of hub.stored()) expect(await ownRecord(reading(), metadata.name)).toBeUndefined()
  })

  it('is refused where one object would be too large, and leaves nothing', async () => {
    expect(await storeIn(hub, namespacesPlan(1, 600 * 1024))).toBeUndefined()
    expect(hub.stored()).toEqual([])
    expect(await storeIn(hub, namespacesPlan(3, 400 * 1024))).toBeDefined()
    expect(hub.stored()).toHaveLength(4)
  })

  it('is refused by definitions that do not know parts', async () => {
    const at = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      name: 'changes.orbweaver.dev',
    }
    const definition = hub.server.store.get(at)
    const text = JSON.stringify(definition).replaceAll('"parts":', '"pieces":').replaceAll('self.parts', 'self.pieces')
    const older: unknown = JSON.parse(text)
    if (!isKubernetesObject(older)) throw new Error('it is no object any more')
    hub.server.store.put(older)
    await hub.server.settled()
    await expect(stored(600)).rejects.toBeInstanceOf(KubeError)
    expect(await ownRecords(reading())).toEqual([])
  })
})

describe('a part', () => {
  it('that is missing is lost, and its items with it', async () => {
    const { name } = await stored(600)
    hub.server.store.remove({ apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Change', name: `${name}-part-1` })
    const record = await ownRecord(reading(), name)
    expect(record?.lost).toEqual([1])
    expect(record?.items.map(({ id }) => id)).toEqual(Array.from({ length: 100 }, (_, index) => `item-${index + 501}`))
  })

  it('with another item in it is lost', async () => {
    const { name } = await stored(600)
    replacePart(`${name}-part-2`, (part) => {
      const [first, ...rest] = listAt(part, 'spec', 'items')
      return { ...part, spec: { ...recordAt(part, 'spec'), items: [{ ...recordAt(first), op: 'delete' }, ...rest] } }
    })
    expect((await ownRecord(reading(), name))?.lost).toEqual([2])
  })

  it('with fewer items in it is lost', async () => {
    const { name } = await stored(600)
    replacePart(`${name}-part-2`, (part) => ({
      ...part,
      spec: { ...recordAt(part, 'spec'), items: listAt(part, 'spec', 'items').slice(1) },
    }))
    expect((await ownRecord(reading(), name))?.lost).toEqual([2])
  })

  it('in the place of another is lost, and so is the other', async () => {
    const { name } = await stored(600)
    const [one, two] = [1, 2].map((number) =>
      hub.stored().find(({ spec }) => numberAt(spec, 'part', 'number') === number),
    )
    for (const [number, other] of [two, one].entries()) {
      replacePart(`${name}-part-${number + 1}`, (part) => ({ ...part, ...(other?.spec && { spec: other.spec }) }))
    }
    const record = await ownRecord(reading(), name)
    expect([record?.lost, record?.items]).toEqual([[1, 2], []])
  })

  it('of another change is lost, whatever it says of itself', async () => {
    const [mine, other] = [await stored(101), await stored(102)]
    const foreign = hub.stored().find(({ spec }) => textAt(spec, 'part', 'change') === other.name)
    replacePart(`${mine.name}-part-1`, (part) => ({ ...part, ...(foreign?.spec && { spec: foreign.spec }) }))
    expect((await ownRecord(reading(), mine.name))?.lost).toEqual([1])
    replacePart(`${mine.name}-part-1`, (part) => ({
      ...part,
      spec: { ...recordAt(foreign, 'spec'), part: { change: mine.name, number: 1, count: 1 } },
    }))
    expect((await ownRecord(reading(), mine.name))?.lost).toEqual([1])
    expect((await ownRecord(reading(), other.name))?.lost).toEqual([])
  })
})
