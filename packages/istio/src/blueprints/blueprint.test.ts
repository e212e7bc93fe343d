import { expect, it } from 'vitest'
import { meshOf } from '../samples.ts'
import { blueprint } from './blueprint.ts'
import { nothing } from './samples.ts'

it('installs nothing for an external mesh', () => {
  const stages = blueprint(meshOf({ kind: 'External', version: undefined }), nothing)
  expect(stages.map((each) => [each.id, each.objects])).toEqual([['adopt@hub', []]])
})

it('orders stages so that each comes after those it waits for', () => {
  const mesh = meshOf({
    kind: 'Managed',
    members: [
      { cluster: 'east', network: 'a' },
      { cluster: 'west', network: 'b' },
    ],
  })
  const seen = new Set<string>()
  for (const stage of blueprint(mesh, nothing)) {
    expect(stage.after.filter((each) => !seen.has(each))).toEqual([])
    expect(seen.has(stage.id)).toBe(false)
    seen.add(stage.id)
  }
})
