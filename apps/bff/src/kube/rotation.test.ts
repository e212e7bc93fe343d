import { channel } from 'node:diagnostics_channel'
import { recordAt, textAt } from '@orbweaver/contracts/json'
import { pods } from '@orbweaver/kube/resources'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { bind, pod, register, startHub, startMember } from '../testing/clusters.ts'
import { openFleet } from './fleet.ts'

const until = { timeout: 20_000, interval: 20 }
const sent = channel('undici:request:create')

/** What was asked of one server since, as undici tells it: `GET /api/v1/pods`, the query left out. */
function listen(origin: string): { asked: string[]; stop(): unknown } {
  const asked: string[] = []
  const note = (message: unknown): void => {
    const request = recordAt(message, 'request')
    const to = request.origin instanceof URL ? request.origin.origin : request.origin
    if (to !== origin) return
    const path = textAt(message, 'request', 'path') ?? ''
    asked.push(`${textAt(message, 'request', 'method') ?? ''} ${path.replace(/\?.*/, '')}`)
  }
  sent.subscribe(note)
  return { asked, stop: () => sent.unsubscribe(note) }
}

test('while credentials are replaced every change is seen, at every moment, and each kind is read anew once', async () => {
  const hub = await startHub()
  const east = await startMember('east')
  register(hub, east)
  const fleet = openFleet({ hub: hub.connection, self: false, log: pino({ level: 'silent' }), offered: [] })
  let making: NodeJS.Timeout | undefined
  try {
    await expect.poll(() => fleet.get('east')?.mirror.truth().state, until).toBe('fresh')
    const door = fleet.get('east')
    const before = door?.own
    let made = 0
    let most = 0
    let gaps = 0
    making = setInterval(() => {
      const seen = door?.mirror.list(pods).length ?? 0
      // What was seen once is there ever after: nothing is deleted.
      if (seen < most || door?.mirror.known(pods) !== true || door.mirror.truth().state !== 'fresh') gaps += 1
      most = Math.max(most, seen)
      made += 1
      east.store.put(pod(`web-${made}`, 'default'))
    }, 5)
    await expect.poll(() => most, until).toBeGreaterThan(5)
    east.addUser({ token: 'rotated', name: 'rotated', groups: ['system:authenticated'] })
    for (const role of ['orbweaver-member', 'orbweaver-secret-reader']) bind(east, { user: 'rotated', role })
    const heard = listen(new URL(east.url).origin)
    register(hub, { name: 'east', connection: { ...east.connection, token: 'rotated' } })
    await expect.poll(() => door?.own !== before, until).toBe(true)
    const taken = most
    await expect.poll(() => most, until).toBeGreaterThan(taken + 5)
    clearInterval(making)
    await expect.poll(() => door?.mirror.list(pods).length, until).toBe(made)
    heard.stop()
    expect([gaps, fleet.get('east') === door]).toEqual([0, true])
    const times = new Map<string, number>()
    for (const each of heard.asked) times.set(each, (times.get(each) ?? 0) + 1)
    // One list and one watch, or a watch that lists first: whatever is asked more often is asked again for no reason.
    expect(times.get('GET /api/v1/pods')).toBeGreaterThan(0)
    expect([...times].filter(([asked, count]) => asked.startsWith('GET /api') && count > 2)).toEqual([])
  } finally {
    clearInterval(making)
    fleet.close()
    await east.close()
    await hub.close()
  }
})
