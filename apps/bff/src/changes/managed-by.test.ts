import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { expect, it } from 'vitest'
import { managedBy } from './managed-by.ts'

const object = (metadata: object): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', ...metadata },
})

it.each([
  ['Argo CD by its tracking annotation', { annotations: { 'argocd.argoproj.io/tracking-id': 'shop:v1' } }, 'argocd'],
  ['Argo CD by its label', { labels: { 'argocd.argoproj.io/instance': 'shop' } }, 'argocd'],
  ['Flux by its label', { labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' } }, 'flux'],
  ['Helm by its field manager', { managedFields: [{ manager: 'helm', operation: 'Update' }] }, 'helm'],
  ['Flux by its field manager', { managedFields: [{ manager: 'kustomize-controller' }] }, 'flux'],
])('finds %s', (_what, metadata, tool) => {
  expect(managedBy(object(metadata))?.tool).toBe(tool)
})

it.each([
  ['ours', { managedFields: [{ manager: 'orbweaver' }] }],
  ['kubectl', { managedFields: [{ manager: 'kubectl-client-side-apply' }] }],
  ['a status writer', { managedFields: [{ manager: 'helm', subresource: 'status' }] }],
  ['nobody', {}],
])('does not take %s for a keeper', (_what, metadata) => {
  expect(managedBy(object(metadata))).toBeUndefined()
})
