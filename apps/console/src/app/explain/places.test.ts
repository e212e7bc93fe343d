import { expect, it } from 'vitest'
import { explainPlaces } from './places.ts'

const ref = (group: string, kind: string) => ({
  cluster: 'east',
  group,
  version: 'v1',
  kind,
  namespace: 'shop',
  name: 'web',
})
const at = (resource: string) => `east%2F${resource}%2Fshop%2Fweb`

it.each([
  [
    ref('apps', 'Deployment'),
    ['explain/call?to=' + at('Deployment.v1.apps'), 'explain/injection?of=' + at('Deployment.v1.apps')],
  ],
  [{ ...ref('', 'Namespace'), namespace: undefined }, ['explain/injection?of=east%2FNamespace.v1%2F-%2Fweb']],
  [ref('', 'Service'), ['explain/call?to=' + at('Service.v1')]],
  [
    ref('networking.istio.io', 'Gateway'),
    [`explain?from=${at('Gateway.v1.networking.istio.io')}&gateway=yes&host=shop`],
  ],
  [ref('networking.istio.io', 'VirtualService'), ['explain?host=shop']],
  [ref('security.istio.io', 'AuthorizationPolicy'), []],
])('what can be asked about %o', ({ namespace, ...of }, wanted) => {
  const whole = { ...of, ...(namespace !== undefined && { namespace }) }
  const places = explainPlaces('prod', [whole, whole], 'shop')
  expect(places.map(({ to }) => to)).toEqual(wanted.map((each) => `/meshes/prod/${each}`))
})
