import type { Step } from '@orbweaver/contracts/learning-path'
import { stepIds } from '@orbweaver/istio/start/learning-path'
import { describe, expect, it } from 'vitest'
import { flowchart } from './flowchart.ts'
import { placeOf } from './step-place.ts'

const steps: Step[] = stepIds.map((id) => ({ id, state: 'open' }))
const words = { row: (row: string) => row, step: (step: Step) => step.id, state: (step: Step) => step.state }

describe('flowchart', () => {
  it('has a node for every step, with its state', () => {
    const source = flowchart(steps, words)
    for (const id of stepIds) expect(source).toContain(`${id}["${id}<br/>open"]:::step-open`)
  })

  it('draws every arrow, those between rows from box to box', () => {
    const source = flowchart(steps, words)
    expect(source).toContain('create-managed --> join-cluster')
    expect(source).toContain('create-dedicated --> inject')
    expect(source).toContain('inject --> govern')
    expect(source).toContain('govern --> operate')
    expect(source).toContain('services --> gateways')
    expect(source).not.toContain('--> inject-global')
  })

  it('lets no word break out of its label', () => {
    const source = flowchart([{ id: 'traffic', state: 'done' }], { ...words, step: () => 'a"] --> x;<b>' })
    expect(source).toContain('traffic["a ] --  x  b <br/>done"]')
  })
})

describe('placeOf', () => {
  it('leads into the chosen mesh', () => {
    const target = { mesh: 'shop', managed: 'fleet' }
    expect(placeOf('inject-namespace', target)).toBe('/meshes/shop/sidecars?tab=namespaces')
    expect(placeOf('join-cluster', target)).toBe('/meshes/fleet/clusters')
    expect(placeOf('security', target)).toBe('/meshes/shop/security')
    expect(placeOf('monitoring', target)).toBe('/meshes/shop/metrics')
  })

  it('begins with a mesh where there is none', () => {
    const target = { mesh: undefined, managed: undefined }
    expect(placeOf('traffic', target)).toBe('/new/mesh')
    expect(placeOf('join-cluster', target)).toBe('/new/mesh?kind=Managed')
  })

  it('leads nowhere for what is not built', () => {
    expect(placeOf('upgrade', { mesh: 'shop', managed: undefined })).toBeUndefined()
  })
})
