import { expect, test } from 'vitest'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { object, pod } from '../samples.ts'
import { faultsOfFixes, findingsOf } from './fixes/cases.ts'

const named = 'app.kubernetes.io/name'
const canonical = 'service.istio.io/canonical-name'
const web = (labels: Record<string, string>) => pod('web-1', 'shop', { labels, by: 'v1' })
const rules: Record<string, (name: string, labels: Record<string, string>) => KubernetesObject> = {
  sidecar: (name, labels) =>
    object('Sidecar', name, {
      namespace: 'shop',
      spec: { workloadSelector: { labels }, egress: [{ hosts: ['*/*'] }] },
    }),
  telemetry: (name, matchLabels) =>
    object('Telemetry', name, { namespace: 'shop', spec: { selector: { matchLabels }, metrics: [] } }),
  peerauthentication: (name, matchLabels) =>
    object('PeerAuthentication', name, {
      namespace: 'shop',
      spec: { selector: { matchLabels }, mtls: { mode: 'STRICT' } },
    }),
  requestauthentication: (name, matchLabels) =>
    object('RequestAuthentication', name, { namespace: 'shop', spec: { selector: { matchLabels } } }),
}

test.each<[selector: Record<string, string>, pods: Record<string, string>, meant: Record<string, string> | undefined]>([
  [{ app: 'web' }, { [named]: 'web' }, { [named]: 'web' }],
  [
    { [named]: 'web', tier: 'x' },
    { app: 'web', tier: 'x' },
    { app: 'web', tier: 'x' },
  ],
  [{ [named]: 'web', tier: 'x' }, { app: 'web', tier: 'y' }, undefined],
  [{ app: 'web' }, { [named]: 'web', [canonical]: 'web' }, undefined],
  [{ app: 'web' }, { [named]: 'other' }, undefined],
  [{ app: 'web', [named]: 'web' }, { [canonical]: 'web' }, undefined],
  [{ tier: 'web' }, { app: 'web' }, undefined],
])('a selector by %j, where Pods have %j', (selector, labels, meant) => {
  for (const [family, rule] of Object.entries(rules)) {
    const ways = (...others: KubernetesObject[]) => {
      const objects = [web(labels), rule('a', selector), ...others]
      expect(faultsOfFixes({ objects }).filter((each) => each.startsWith(family))).toEqual([])
      const found = findingsOf({ objects }).filter(
        ({ code, ref }) => [`${family}.selector-empty`, `${family}.no-workload`].includes(code) && ref.name === 'a',
      )
      expect(found).toHaveLength(1)
      return found.flatMap(({ fixes }) => fixes.map(({ patches }) => patches[0]?.operations[0]))
    }
    expect(ways()).toMatchObject(meant === undefined ? [] : [{ op: 'replace', value: meant }])
    // Of rules of a kind one alone counts for a Pod, but for those of tokens.
    if (family !== 'requestauthentication') expect(ways(rule('b', labels))).toEqual([])
  }
})
