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
