import { listAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf } from '@orbweaver/contracts/kubernetes'
import type { KubeClient } from '@orbweaver/kube/client'
import * as kinds from '@orbweaver/kube/resources'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fleet } from '../fleet.ts'
import { namespace } from '../worlds/objects.ts'
import { clientOf, eventually, object, startTestFleet } from './fleet-under-test.ts'

type Labels = Record<string, string>
type Row = { title: string; namespace: Labels; pod: Labels; by: string | undefined }

const REV = 'istio.io/rev'
const ENABLED = { 'istio-injection': 'enabled' }
const inject = (value: string): Labels => ({ 'sidecar.istio.io/inject': value })

/** The decision table of istio-and-sail.md 3.1, with revisions `default` and `canary`. */
const TABLE: Row[] = [
  { title: 'enabled beats a revision label', namespace: { ...ENABLED, [REV]: 'canary' }, pod: {}, by: 'default' },
  { title: 'enabled, Pod opts out', namespace: ENABLED, pod: inject('false'), by: undefined },
  { title: 'enabled ignores the wish of the Pod', namespace: ENABLED, pod: { [REV]: 'canary' }, by: 'default' },
  { title: 'any other value blocks', namespace: { 'istio-injection': 'disabled' }, pod: inject('true'), by: undefined },
  { title: 'a revision label', namespace: { [REV]: 'canary' }, pod: {}, by: 'canary' },
  {
    title: 'a revision label ignores the wish of the Pod',
    namespace: { [REV]: 'canary' },
    pod: { [REV]: 'default' },
    by: 'canary',
  },
  { title: 'a revision nobody serves', namespace: { [REV]: 'gone' }, pod: {}, by: undefined },
  { title: 'a revision label, Pod opts out', namespace: { [REV]: 'canary' }, pod: inject('false'), by: undefined },
  { title: 'unlabelled, Pod names a revision', namespace: {}, pod: { [REV]: 'canary' }, by: 'canary' },
  { title: 'unlabelled, Pod opts in', namespace: {}, pod: inject('true'), by: 'default' },
  { title: 'unlabelled, nothing said', namespace: {}, pod: {}, by: undefined },
  { title: 'unlabelled, Pod opts out', namespace: {}, pod: inject('false'), by: undefined },
]

describe('who injects', () => {
  let fleet: Fleet
  let client: KubeClient
  beforeAll(async () => {
    fleet = await startTestFleet(1)
    client = clientOf(fleet, 'member-1')
    await client.create(kinds.namespaces, namespace('istio-system'))
    for (const name of ['default', 'canary']) {
      const spec = { version: 'v1.30.3', namespace: 'istio-system' }
      await client.create(
        kinds.istios,
        object({ apiVersion: 'sailoperator.io/v1', kind: 'Istio', metadata: { name }, spec }),
      )
    }
    for (const name of ['istio-sidecar-injector', 'istio-sidecar-injector-canary']) {
      await eventually(client, { resource: kinds.mutatingWebhookConfigurations, name }, (seen) => {
        const hooks = listAt(seen, 'webhooks')
        return hooks.length > 0 && hooks.every((each) => (textAt(each, 'clientConfig', 'caBundle') ?? '') !== '')
      })
    }
  }, 30_000)
  afterAll(() => fleet.stop())

  test.each(TABLE.map((row, index) => ({ ...row, place: `row-${index}` })))('$title', async (row) => {
    await client.create(kinds.namespaces, namespace(row.place, row.namespace))
    const metadata = { name: 'probe', namespace: row.place, labels: row.pod }
    const spec = { containers: [{ name: 'app', image: 'app:1' }] }
    const { object: pod } = await client.create(kinds.pods, object({ apiVersion: 'v1', kind: 'Pod', metadata, spec }))
    expect(annotationsOf(pod)[REV]).toBe(row.by)
    const proxies = [...listAt(pod, 'spec', 'initContainers'), ...listAt(pod, 'spec', 'containers')].filter(
      (each) => textAt(each, 'name') === 'istio-proxy',
    )
    expect(proxies).toHaveLength(row.by === undefined ? 0 : 1)
  })
})
