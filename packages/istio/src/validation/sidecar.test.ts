import { expect, test } from 'vitest'
import { judge, refusal } from './testing/judge.ts'

const port = { number: 8080, name: 'http', protocol: 'HTTP' }

test.each([
  ['nothing', {}, 'sidecar: empty configuration provided'],
  ['a port twice', { ingress: [{ port }, { port }] }, 'sidecar: ports on IP bound listeners must be unique'],
  [
    'an endpoint elsewhere',
    { ingress: [{ port, defaultEndpoint: '10.0.0.1:80' }] },
    'sidecar: defaultEndpoint must be of form 127.0.0.1:<port>,0.0.0.0:<port>,[::1]:port,[::]:port,unix://filepath or unset',
  ],
  [
    'a bare IPv6 endpoint',
    { ingress: [{ port, defaultEndpoint: '::1:80' }] },
    '2 errors occurred:\n\t* address ::1:80: too many colons in address\n\t* sidecar: defaultEndpoint port () is not a number: strconv.Atoi: parsing "": invalid syntax\n\n',
  ],
  [
    'the open listener first',
    { egress: [{ hosts: ['./*'] }, { port, hosts: ['./*'] }] },
    'sidecar: the egress listener with empty port should be the last listener in the list',
  ],
  ['a host without a namespace', { egress: [{ hosts: ['a.b'] }] }, 'host must be of form namespace/dnsName'],
  [
    'a proxy in the wrong mode',
    { outboundTrafficPolicy: { egressProxy: { host: 'a.b', port: { number: 1 } } } },
    'sidecar: egress_proxy must be set only with ALLOW_ANY outbound_traffic_policy mode',
  ],
])('a Sidecar is refused for %s', (_, spec, words) => {
  expect(refusal('Sidecar', spec)).toBe(words)
})

test('a Sidecar may leave namespaces out, and is warned of hosts twice', () => {
  expect(judge('Sidecar', { egress: [{ hosts: ['*/*', '~a/*'] }] })).toEqual({ allowed: true, warnings: [] })
  expect(judge('Sidecar', { egress: [{ hosts: ['shop/a.b', './*'] }] }).warnings).toEqual([
    'duplicated egress host: ./*',
  ])
})
