import { expect, it } from 'vitest'
import { object } from '../samples.ts'
import { proxiesByRevision } from './served.ts'

it('counts proxies by who injected them, and neither bare Pods nor those that ended', () => {
  const pod = (name: string, revision: string, phase = 'Running') => ({
    ...object('Pod', name, {
      namespace: 'shop',
      labels: { 'istio.io/rev': 'wished' },
      annotations: { 'sidecar.istio.io/status': '{}', 'istio.io/rev': revision },
    }),
    status: { phase },
  })
  const pods = [
    pod('a', '1-29'),
    pod('b', '1-29'),
    pod('c', '1-30'),
    pod('d', '1-30', 'Succeeded'),
    object('Pod', 'bare', { namespace: 'shop' }),
  ]
  expect([...proxiesByRevision(pods)]).toEqual([
    ['1-29', 2],
    ['1-30', 1],
  ])
})
