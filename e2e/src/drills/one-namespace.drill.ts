import { canonicalJson, isRecord, type Json, listAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer, Person } from '../harness/person.ts'
import { type Stage, setStage } from '../harness/stage.ts'
import { listen } from '../harness/stream.ts'
import { madeHistory } from './history-of-both.ts'
import { intentsAbout, meshName, requestsAbout, type Subject } from './requests.ts'
import { planned, settled } from './scenarios.ts'
import { own, secret, secretMark, team, twoTeamsWorld } from './two-teams-world.ts'

let stage: Stage
let nils: Person
let both: { own: Subject; secret: Subject }

beforeAll(async () => {
  stage = await setStage(twoTeamsWorld())
  both = await madeHistory(stage)
  nils = await stage.person('nils')
}, 60_000)
afterAll(() => stage.stop())

/** Everything that can be asked about a subject and answers at once, changing nothing. */
async function asked(person: Person, subject: Subject): Promise<Record<string, Answer>> {
  const answers: Record<string, Answer> = {}
  for (const each of requestsAbout(subject)) {
    if (each.operation === 'events.watch' || each.operation.startsWith('access.')) continue
    answers[each.operation] = await person.send(each.method, each.path, each.body)
  }
  for (const [type, intent] of Object.entries(intentsAbout(subject))) {
    answers[`plan ${type}`] = await person.post('/plans', { intent })
    answers[`execute ${type}`] = await person.post('/changes', { intent, fingerprint: 'none' })
  }
  return answers
}

/** What was asked comes back in some answers, and tells nobody anything new: only the rest counts. */
const asking = { namespace: 'absent-ns-1', workload: 'absent-app-1', rule: 'absent-rule-1', change: 'absent-change-1' }

function withNames(text: string, from: typeof asking, to: typeof asking): string {
  return text
    .replaceAll(from.namespace, to.namespace)
    .replaceAll(from.workload, to.workload)
    .replaceAll(from.rule, to.rule)
    .replaceAll(from.change, to.change)
}

const drifting = new Set(['asOf', 'since', 'createdAt', 'fingerprint', 'range', 'request', 'seconds'])

/** An answer without what differs between two moments. */
function settledText(answer: Answer): string {
  const strip = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(strip)
    if (!isRecord(value)) return value
    // A FleetCluster's own status counts, and whoever may read the record reads them there as well.
    if (value.registeredAt !== undefined) return strip({ ...value, registeredAt: undefined, namespaces: 0, pods: 0 })
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, each]) =>
        drifting.has(key) || each === undefined ? [] : [[key, strip(each)]],
      ),
    )
  }
  const body: unknown = answer.body
  return `${answer.status} ${isRecord(body) ? canonicalJson(strip(body)) : String(body)}`
}

/** Where two walks were answered differently: from the first letter on that is another, with a little before it. */
function differing(
  one: Record<string, Answer>,
  other: Record<string, Answer>,
  renamed: (text: string) => string = (text) => text,
): Record<string, [string, string]> {
  const found: Record<string, [string, string]> = {}
  for (const [name, answer] of Object.entries(one)) {
    const second = other[name]
    const texts: [string, string] = [renamed(settledText(answer)), second === undefined ? '' : settledText(second)]
    const [a, b] = texts
    if (a === b) continue
    let same = 0
    while (same < a.length && a[same] === b[same]) same += 1
    const start = Math.max(0, same - 80)
    found[name] = [a.slice(start, start + 200), b.slice(start, start + 200)]
  }
  return found
}

describe('somebody with one namespace', () => {
  it('sees it, and everybody else sees more', async () => {
    const ada = await stage.person('ada')
    expect(canonicalJson(bodyOf(await ada.get(`/meshes/${meshName}/sidecars/namespaces?size=500`)))).toMatch(secretMark)
    const answer = await nils.get(`/meshes/${meshName}/sidecars/namespaces?size=500`)
    const names = listAt(answer.body, 'items').map((each) => textAt(each, 'namespace'))
    expect(names).toEqual([own.namespace])
    const places = await nils.get(`/meshes/${meshName}/places`)
    expect(textsAt(places.body, 'places', 0, 'namespaces')).toEqual([own.namespace])
  })

  it('receives no other name in any answer, also after everybody else has looked', async () => {
    await asked(await stage.person('ada'), both.own)
    await asked(await stage.person('vic'), both.secret)
    for (const [name, answer] of Object.entries(await asked(nils, both.own))) {
      expect(canonicalJson(bodyOf(answer)), name).not.toMatch(secretMark)
    }
  })

  it('cannot tell what is hidden from what is not there', async () => {
    const hidden = await asked(nils, both.secret)
    const absent = await asked(nils, { ...both.secret, ...asking })
    const there = { ...asking, ...both.secret }
    expect(differing(hidden, absent, (text) => withNames(text, there, asking))).toEqual({})
  })

  it('hears and counts nothing of what goes on elsewhere', { timeout: 60_000 }, async () => {
    const before = await asked(nils, both.own)
    const stream = await listen(nils)
    const made = team({ namespace: 'secret-other-zz', workload: 'secret-other-app-zz', rule: 'secret-other-rule-zz' })
    const store = stage.fleet.fleet.clusters.get(secret.cluster)?.server.store
    for (const each of Object.values(made)) store?.put(each)
    const ada = await stage.person('ada')
    await expect
      .poll(async () => canonicalJson(bodyOf(await ada.get(`/meshes/${meshName}/sidecars/workloads?size=500`))))
      .toMatch(/secret-other-app-zz/)
    const namespaces = [{ cluster: secret.cluster, namespace: 'secret-other-zz' }]
    const intent = { type: 'sidecars.namespaces', mesh: meshName, namespaces, action: 'enable', restart: true }
    await (await planned(ada, intent))()
    await settled(stage.fleet)
    const after = await asked(nils, both.own)
    await stream.stop()
    expect(stream.heard()).not.toMatch(secretMark)
    expect(differing(after, before)).toEqual({})
  })

  it('finds no other name in errors either', async () => {
    const paths = [
      `/meshes/${meshName}/objects?namespace=${own.namespace}&search=secret`,
      `/meshes/${meshName}/sidecars/workloads?search=ledger`,
      `/changes?search=secret`,
      `/changes?mesh=${meshName}`,
      '/changes/absent',
      '/meshes/absent',
      '/clusters/absent',
    ]
    for (const path of paths) expect(canonicalJson(bodyOf(await nils.get(path))), path).not.toMatch(secretMark)
  })
})

function bodyOf({ body }: Answer): Json {
  return isRecord(body) ? body : String(body)
}
