import { faultsOfFixes } from '@orbweaver/istio/findings/fixes/cases'
import { structureJudge } from '@orbweaver/istio/findings/schema/structure'
import { istioCrds } from '@orbweaver/schemas/istio'
import { expect, it } from 'vitest'
import { generate } from './generate.ts'
import { describedBy, objects } from './objects.ts'

it('carries out every way out of what is found in generated worlds', () => {
  const faults = Array.from({ length: 60 }, (_, index) => faultsOfFixes({ objects: generate(index + 1).objects }))
  expect(faults.flat()).toEqual([])
})

it('carries out every way out of what istiod and schemas have against generated objects', () => {
  const more = [structureJudge(istioCrds)]
  const made = [...objects(describedBy(istioCrds), 7, 250)]
  expect(made.flatMap((object) => faultsOfFixes({ objects: [object], more }))).toEqual([])
})
