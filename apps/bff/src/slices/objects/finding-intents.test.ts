import type { JsonRecord } from '@orbweaver/contracts/json'
import type { IntentOf } from '@orbweaver/contracts/intent'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { expect, test } from 'vitest'
import type { DraftItem } from '../../changes/draft.ts'
import { knownFindings } from '../../fleet/known-findings.ts'
import { meshOfCluster } from '../../fleet/mesh-of.ts'
import type { ViewerDoor } from '../../kube/doors.ts'
import { changingMirror, fleetOf } from '../../testing/changing-mirror.ts'
import { stillViewer } from '../../testing/viewers.ts'
import { findingPlanners } from './finding-intents.ts'

const meshObject: KubernetesObject = {
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name: 'shop' },
  spec: { kind: 'Dedicated', version: 'v1.30.3', controlPlane: { cluster: 'east' }, members: [] },
}
const rule = (spec: object): KubernetesObject => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'web', namespace: 'shop', uid: 'u' },
  spec: { hosts: ['web'], ...spec },
})
const route = [{ route: [{ destination: { host: 'web' } }] }]

async function planned(object: KubernetesObject, code: string, beside: KubernetesObject[] = []) {
  const hub = changingMirror('hub', [meshObject])
  const east = changingMirror('east', [object, ...beside])
  const fleet = fleetOf(() => [hub.door, east.door])
  const mesh = meshOfCluster(fleet, 'east')
  const finding = mesh && (await knownFindings(fleet, mesh)).find((each) => each.code === code)
  const [fix] = finding?.fixes ?? []
  if (finding === undefined || fix === undefined) throw new Error(`nothing mends ${code}`)
  const viewer: ViewerDoor = { ...stillViewer('ada', () => true), get: () => Promise.resolve(meshObject) }
  const intent: IntentOf<'objects.fix'> = { type: 'objects.fix', mesh: 'shop', finding, fix }
  const outcome = await findingPlanners['objects.fix']({ viewer, fleet, intent })
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.reasons))
  const [item] = outcome.draft.items
  if (item === undefined) throw new Error('nothing to do')
  return { draft: outcome.draft, item }
}

function edited(item: DraftItem, live: KubernetesObject) {
  if (!('edit' in item)) throw new Error('no edit')
  return item.edit(live)
}

test('a fix changes what it found as it found it, and nothing else of the object', async () => {
  const { item, draft } = await planned(rule({ gatways: ['mesh'], http: route }), 'schema.field-unknown')
  expect(draft.title).toMatchObject({
    code: 'objects.fix',
    params: { what: 'finding.schema.field-unknown.fixes.use-field', value: 'gateways', object: 'shop/web' },
  })
  expect(item).toMatchObject({ op: 'update', how: 'merge', by: 'person' })
  expect(edited(item, rule({ gatways: ['mesh'], http: [] }))).toEqual(rule({ gateways: ['mesh'], http: [] }))
})

test('it is refused where somebody changed that place since, and nothing where somebody did the same', async () => {
  const { item } = await planned(rule({ gatways: ['mesh'], http: route }), 'schema.field-unknown')
  expect(edited(item, rule({ gatways: ['other'], http: route }))).toMatchObject([{ code: 'objects.fix_outdated' }])
  const mended = rule({ gateways: ['mesh'], http: route })
  expect(edited(item, mended)).toBe(mended)
})

test('what stands in a list is written with the whole object', async () => {
  const typo = rule({ http: [{ ...route[0], timout: '1s' }] })
  const { item } = await planned(typo, 'schema.field-unknown')
  expect(item).toMatchObject({ how: 'replace' })
  expect(edited(item, typo)).toEqual(rule({ http: [{ ...route[0], timeout: '1s' }] }))
})

test('what is put at the end of a list leaves alone what the mirror does not hold of it', async () => {
  const istiod = (...env: JsonRecord[]): KubernetesObject => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'istiod', namespace: 'istio-system', uid: 'd', labels: { app: 'istiod' } },
    spec: { template: { spec: { containers: [{ name: 'discovery', env }] } } },
  })
  const tokens: KubernetesObject = {
    apiVersion: 'security.istio.io/v1',
    kind: 'RequestAuthentication',
    metadata: { name: 'tokens', namespace: 'shop', uid: 't' },
    spec: { jwtRules: [{ issuer: 'https://id.example' }] },
  }
  const kept = { name: 'REVISION', value: 'default' }
  const { item } = await planned(istiod(kept), 'istiod.jwks-fetch-open', [tokens])
  const closed = { name: 'BLOCKED_CIDRS_IN_JWKS_URIS', value: '169.254.0.0/16,127.0.0.0/8' }
  const other = { name: 'PILOT_TRACE_SAMPLING', value: '1' }
  expect(edited(item, istiod(kept, other))).toEqual(istiod(kept, other, closed))
  const mended = istiod(kept, closed, other)
  expect(edited(item, mended)).toBe(mended)
  const moved = istiod(kept)
  const elsewhere = { ...moved, spec: { template: { spec: { containers: [{ name: 'other', env: [kept, other] }] } } } }
  expect(edited(item, elsewhere)).toMatchObject([{ code: 'objects.fix_outdated' }])
})

test('where a template changes, its Pods are told to restart', async () => {
  const deployment: KubernetesObject = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { template: { spec: { containers: [{ name: 'app', securityContext: { runAsUser: 1337 } }] } } },
    status: { replicas: 3 },
  }
  const { draft } = await planned(deployment, 'workload.user-of-proxy')
  expect(draft.impact).toMatchObject({ podsRestarting: 3, connectionsBreak: true, workloads: [{ restarts: true }] })
})
