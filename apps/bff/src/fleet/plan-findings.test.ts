import { recordAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding, Plan } from '@orbweaver/contracts/plan'
import { expect, test } from 'vitest'
import { changingMirror, fleetOf } from '../testing/changing-mirror.ts'
import { findingsByRef, foundAbout, knownFindings } from './known-findings.ts'
import { meshOfCluster } from './mesh-of.ts'
import { findingsOfChange } from './plan-findings.ts'

const meshObject: KubernetesObject = {
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name: 'shop' },
  spec: { kind: 'Dedicated', version: 'v1.30.3', controlPlane: { cluster: 'east' }, members: [] },
}
const rule = (name: string, host: string, annotations: Record<string, string> = {}): KubernetesObject => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name, namespace: 'shop', annotations },
  spec: { hosts: ['web'], http: [{ route: [{ destination: { host } }] }] },
})
const web: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { ports: [{ name: 'http', port: 80 }] },
}
const conflict: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'bank', labels: { 'istio-injection': 'enabled', 'istio.io/rev': 'canary' } },
}
const now = new Date('2026-06-01T12:00:00Z')
const mute = (text: string) => ({ 'orbweaver.dev/mute': text })

function fleetWith(...objects: KubernetesObject[]) {
  const hub = changingMirror('hub', [meshObject])
  const east = changingMirror('east', [web, conflict, ...objects])
  return { fleet: fleetOf(() => [hub.door, east.door]), east }
}

const codes = (findings: readonly Finding[]) => findings.map(({ code }) => code)
const told = ({ introduced, solved, remaining }: Plan['findings']) => ({
  introduced: codes(introduced),
  solved: codes(solved),
  remaining: codes(remaining),
})
const gone = 'virtualservice.host-not-found'

test('a plan is told of whatever it changes in a mesh, and what stays of what it touches', async () => {
  const before = rule('web', 'gone')
  const { fleet } = fleetWith(before)
  const solved = { ref: refOf('east', before), before, after: rule('web', 'web') }
  expect(told(await findingsOfChange(fleet, [solved], now))).toEqual({ introduced: [], solved: [gone], remaining: [] })
  const same = { ref: refOf('east', before), before, after: rule('web', 'gone', { note: 'x' }) }
  expect(told(await findingsOfChange(fleet, [same], now))).toEqual({ introduced: [], solved: [], remaining: [gone] })
  const labels = { 'istio-injection': 'enabled' }
  const after = { ...conflict, metadata: { ...conflict.metadata, labels } }
  const label = { ref: refOf('east', conflict), before: conflict, after }
  expect(told(await findingsOfChange(fleet, [label], now)).solved).toEqual(['namespace.injection-conflict'])
  expect(
    told(await findingsOfChange(fleet, [{ ...label, ref: { ...label.ref, cluster: 'hub' } }], now)).solved,
  ).toEqual([])
})

test('muting and unmuting are neither solving nor introducing, and what is muted is not told', async () => {
  const [loud, quiet] = [rule('web', 'gone'), rule('web', 'gone', mute(`${gone} until=2026-06-01 known`))]
  const ref = refOf('east', loud)
  const muting = await findingsOfChange(fleetWith(loud).fleet, [{ ref, before: loud, after: quiet }], now)
  expect(told(muting)).toEqual({ introduced: [], solved: [], remaining: [] })
  const unmuting = await findingsOfChange(fleetWith(quiet).fleet, [{ ref, before: quiet, after: loud }], now)
  expect(told(unmuting)).toEqual({ introduced: [], solved: [], remaining: [gone] })
  const mending = await findingsOfChange(
    fleetWith(quiet).fleet,
    [{ ref, before: quiet, after: rule('web', 'web') }],
    now,
  )
  expect(told(mending)).toEqual({ introduced: [], solved: [], remaining: [] })
})

test('a mesh that goes to another version is told of what that changes in its rules', async () => {
  const patch = (name: string, annotations: Record<string, string> = {}): KubernetesObject => ({
    apiVersion: 'networking.istio.io/v1alpha3',
    kind: 'EnvoyFilter',
    metadata: { name, namespace: 'shop', annotations },
    spec: {
      priority: 1,
      configPatches: [
        {
          applyTo: 'CLUSTER',
          match: { proxy: { proxyVersion: '^1\\.30' } },
          patch: { operation: 'MERGE', value: {} },
        },
      ],
    },
  })
  const { fleet } = fleetWith(patch('old'), patch('quiet', mute('upgrade.patch-ends')))
  const going = (version: string) => ({ ...meshObject, spec: { ...recordAt(meshObject, 'spec'), version } })
  const step = (after: KubernetesObject | undefined) =>
    findingsOfChange(fleet, [{ ref: refOf('hub', meshObject), before: meshObject, after }], now)
  expect((await step(going('v1.31.0'))).introduced).toMatchObject([
    { code: 'upgrade.patch-ends', ref: { cluster: 'east', name: 'old' }, params: { from: '1.30.3', to: '1.31.0' } },
  ])
  expect(told(await step(going('v1.30.3')))).toEqual({ introduced: [], solved: [], remaining: [] })
  expect(told(await step(going('v1.30.4')))).toEqual({ introduced: [], solved: [], remaining: [] })
  expect(told(await step(undefined))).toEqual({ introduced: [], solved: [], remaining: [] })
  const named = { ...refOf('east', meshObject) }
  expect(
    (await findingsOfChange(fleet, [{ ref: named, before: meshObject, after: going('v1.31.0') }], now)).introduced,
  ).toEqual([])
})

test('a mute is known with its reason, and ends with its last day; docs and what Istio does come with the finding', async () => {
  const quiet = rule('web', 'gone', mute(`${gone} until=2026-06-01 known`))
  const { fleet, east } = fleetWith(quiet)
  const mesh = meshOfCluster(fleet, 'east')
  if (mesh === undefined) throw new Error('no mesh')
  const ref = refOf('east', quiet)
  const of = async (at: Date) => (await knownFindings(fleet, mesh, at)).find(({ code }) => code === gone)
  expect(await of(now)).toMatchObject({
    mute: { reason: 'known', until: '2026-06-01' },
    docs: 'https://istio.io/latest/docs/reference/config/analysis/ist0101/',
  })
  expect(foundAbout(await findingsByRef(fleet, mesh, now), ref)).toEqual({ count: 0 })
  const later = new Date('2026-06-02T00:00:00Z')
  expect((await of(later))?.mute).toBeUndefined()
  expect(foundAbout(await findingsByRef(fleet, mesh, later), ref)).toEqual({ count: 1, worst: 'error' })
  expect(await knownFindings(fleet, mesh, later)).toBe(await knownFindings(fleet, mesh, later))
  east.objects.splice(east.objects.indexOf(quiet), 1, rule('web', 'gone'))
  east.counted.version += 1
  expect((await of(now))?.mute).toBeUndefined()
})
