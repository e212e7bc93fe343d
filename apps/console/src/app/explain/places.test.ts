import type { RuleSubject } from '@orbweaver/contracts/objects'
import { expect, it } from 'vitest'
import { explainPlaces } from './places.ts'

const ref = (group: string, kind: string, name = 'web') => ({
  cluster: 'east',
  group,
  version: 'v1',
  kind,
  namespace: 'shop',
  name,
})
const at = (resource: string, name = 'web') => `east%2F${resource}%2Fshop%2F${name}`
const gateway = ref('networking.istio.io', 'Gateway')
const deployment = ref('apps', 'Deployment')
const policy = ref('security.istio.io', 'AuthorizationPolicy')
const route = ref('networking.istio.io', 'VirtualService')
const fromGateway = `explain?from=${at('Gateway.v1.networking.istio.io')}&gateway=yes`
const toDeployment = `explain/call?to=${at('Deployment.v1.apps')}`
const { namespace: _namespace, ...namespace } = ref('', 'Namespace')

it.each<[what: string, refs: (typeof gateway | typeof namespace)[], known: RuleSubject, wanted: string[]]>([
  ['a workload', [deployment], {}, [toDeployment, `explain/injection?of=${at('Deployment.v1.apps')}`]],
  ['a namespace', [namespace], {}, ['explain/injection?of=east%2FNamespace.v1%2F-%2Fweb']],
  ['a Service', [ref('', 'Service')], {}, [`explain/call?to=${at('Service.v1')}`]],
  ['a ConfigMap', [ref('', 'ConfigMap')], {}, []],
  [
    'a gateway',
    [gateway],
    { host: 'shop', port: 443, protocol: 'https' },
    [`${fromGateway}&host=shop&port=443&protocol=https`],
  ],
  ['a route inside the mesh', [route], { host: 'shop', port: 80, protocol: 'http' }, ['explain?host=shop&port=80']],
  ['a route at a gateway', [route], { host: 'shop', gateway }, [`${fromGateway}&host=shop`]],
  ['an outside service', [ref('networking.istio.io', 'ServiceEntry')], { host: 'api' }, ['explain?host=api']],
  ['an HTTPRoute', [ref('gateway.networking.k8s.io', 'HTTPRoute')], {}, ['explain']],
  ['a policy', [policy], { protects: deployment }, [toDeployment]],
  ['a policy of the mesh', [policy], {}, ['explain/call']],
  [
    'a policy with evidence',
    [policy, ref('', 'Service'), ref('', 'Service')],
    {},
    [`explain/call?to=${at('Service.v1')}`],
  ],
])('what can be asked about %s', (...[, refs, known, wanted]) => {
  expect(explainPlaces('prod', refs, known).map(({ to }) => to)).toEqual(wanted.map((each) => `/meshes/prod/${each}`))
})
