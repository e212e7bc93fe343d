import { expect, it } from 'vitest'
import { ask } from './samples.ts'

const machine = `{apiVersion: networking.istio.io/v1, kind: WorkloadEntry, metadata: {name: vm, namespace: shop}, spec: {address: 198.51.100.7, labels: {app: reviews}}}`
const elsewhere = `
{apiVersion: v1, kind: Service, metadata: {name: reviews, namespace: shop}, spec: {clusterIP: 10.9.0.1, selector: {app: reviews}, ports: [{name: http, port: 9080}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: far, namespace: shop, labels: {app: reviews}}, spec: {}, status: {podIP: 10.2.0.1}}
`

function addresses(remote?: string): readonly string[] {
  const { outcome } = ask({ yaml: machine, question: {}, ...(remote !== undefined && { remote }) })
  const destinations = outcome.kind === 'routed' ? outcome.destinations : []
  return destinations.flatMap(({ endpoints }) => endpoints.map(({ address }) => address)).toSorted()
}

it('are Pods and machines that a Service selects', () => {
  expect(addresses()).toEqual(['10.1.0.1', '10.1.0.2', '198.51.100.7'])
})

it('of several clusters are the Pods of each, and a machine once: a Service selects those of its own cluster', () => {
  expect(addresses(elsewhere)).toEqual(['10.1.0.1', '10.1.0.2', '10.2.0.1', '198.51.100.7'])
})

const makes = (more = '') =>
  `{apiVersion: apps/v1, kind: Deployment, metadata: {name: cart-v1, namespace: new${more}}, spec: {template: {metadata: {labels: {app: cart, version: v1}}}}}`
const cart = (selector = '{app: cart}') =>
  `{apiVersion: v1, kind: Service, metadata: {name: cart, namespace: new}, spec: {clusterIP: 10.9.0.9, selector: ${selector}, ports: [{name: http, port: 80}]}}`
const pod = (status: string) =>
  `{apiVersion: v1, kind: Pod, metadata: {name: other, namespace: new, labels: {app: other}}, spec: {}${status}}`

function arriving(...objects: string[]): (string | undefined)[] {
  const yaml = objects.map((each) => `---\n${each}`).join('\n')
  const { outcome, trail } = ask({ yaml, question: { host: 'cart.new', port: 80 } })
  const destinations = outcome.kind === 'routed' ? outcome.destinations : []
  const step = trail.find(({ code }) => code === 'endpoints-to-come')
  const told = step === undefined ? [] : [`${String(step.params['kind'])} ${String(step.params['name'])}`]
  return [...destinations.map(({ fails }) => fails?.code), ...told]
}

it('are still to come where a file has who makes them, and nothing runs', () => {
  const coming = [undefined, 'Deployment cart-v1']
  const nowhere = ['no-ready-endpoint']
  expect(arriving(cart(), makes())).toEqual(coming)
  expect(arriving(cart(), makes(), pod(''))).toEqual(coming)
  expect(arriving(cart(), makes(), pod(', status: {podIP: 10.3.0.1}'))).toEqual(nowhere)
  expect(arriving(cart(), makes(', uid: u'))).toEqual(nowhere)
  expect(arriving(cart('{app: gone}'), makes())).toEqual(nowhere)
  expect(arriving(cart('{}'), makes())).toEqual(nowhere)
  expect(arriving(cart())).toEqual(nowhere)
})

it('of a subset are those that its labels are to have', () => {
  const rule = (version: string) =>
    `{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: cart, namespace: new}, spec: {host: cart, subsets: [{name: own, labels: {version: ${version}}}]}}`
  const routed = `{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: cart, namespace: new}, spec: {hosts: [cart], http: [{route: [{destination: {host: cart, subset: own}}]}]}}`
  expect(arriving(cart(), makes(), routed, rule('v1'))).toEqual([undefined, 'Deployment cart-v1'])
  expect(arriving(cart(), makes(), routed, rule('v2'))).toEqual(['no-ready-endpoint'])
})
