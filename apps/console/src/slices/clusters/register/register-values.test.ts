import { describe, expect, it } from 'vitest'
import { emptyValues, intentOf, nameOf, sourceOf, staleContext } from './register-values.ts'

describe('nameOf', () => {
  it.each([
    ['arn:aws:eks:eu-west-1:123:cluster/Prod_A', 'prod-a'],
    ['kind-east', 'kind-east'],
    ['admin@Frankfurt 1', 'frankfurt-1'],
    ['gke_my-project_europe-west1_blue', 'gke-my-project-europe-west1-blue'],
    ['--x--', 'x'],
    ['', ''],
  ])('%s → %s', (context, name) => {
    expect(nameOf(context)).toBe(name)
  })

  it('never is longer than a label, and never ends in a hyphen', () => {
    expect(nameOf(`${'a'.repeat(62)}-b`)).toBe('a'.repeat(62))
  })
})

describe('sourceOf', () => {
  it('is undefined until credentials were given', () => {
    expect(sourceOf(emptyValues(undefined))).toBeUndefined()
    expect(sourceOf({ ...emptyValues(undefined), kubeconfig: '  \n' })).toBeUndefined()
    expect(sourceOf({ ...emptyValues(undefined), how: 'offered' })).toBeUndefined()
  })

  it('says which context of a pasted kubeconfig only when one was chosen', () => {
    const pasted = { ...emptyValues(undefined), kubeconfig: 'kind: Config' }
    expect(sourceOf(pasted)).toEqual({ kind: 'pasted', kubeconfig: 'kind: Config' })
    expect(sourceOf({ ...pasted, context: 'b' })).toEqual({ kind: 'pasted', kubeconfig: 'kind: Config', context: 'b' })
  })

  it('sends no pasted text along with an offered context', () => {
    expect(sourceOf({ ...emptyValues('kind-east'), kubeconfig: 'secret' })).toEqual({
      kind: 'offered',
      context: 'kind-east',
    })
  })
})

it('forgets the context with the kubeconfig it was of', () => {
  const before = { ...emptyValues(undefined), kubeconfig: 'a', context: 'x' }
  expect(staleContext(before, { kubeconfig: 'b' })).toEqual({ context: '' })
  expect(staleContext(before, { kubeconfig: 'a', context: 'y' })).toEqual({})
  expect(staleContext(before, { context: 'y' })).toEqual({})
})

describe('intentOf', () => {
  it('leaves empty fields out of the spec', () => {
    const values = { ...emptyValues('east'), region: ' eu-central-1 ', peerAddress: 'https://10.0.0.1:6443' }
    expect(intentOf(values, { kind: 'offered', context: 'east' }, 'east')).toEqual({
      type: 'clusters.register',
      source: { kind: 'offered' },
      clusters: [
        {
          name: 'east',
          spec: { region: 'eu-central-1', peerAddress: 'https://10.0.0.1:6443' },
          context: 'east',
        },
      ],
    })
  })
})
